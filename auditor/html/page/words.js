// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and names as people read them.

const grouped = new Intl.NumberFormat("en-US");

// As the tables of the program: 9999, then 9.8K, 1.2M in powers of 1024.
function shortBytes(n) {
  const sign = n < 0 ? "−" : "";
  let v = Math.abs(n), unit = "";
  if (v < 10000) return sign + v;
  for (const u of ["K", "M", "G", "T"]) {
    v /= 1024;
    unit = u;
    if (v < 1024) break;
  }
  return sign + v.toFixed(1) + unit;
}

function exactBytes(n) {
  return grouped.format(n) + (Math.abs(n) === 1 ? " byte" : " bytes");
}

function signed(n, words) {
  return n > 0 ? "+" + words(n) : words(n);
}

function percent(part, whole) {
  return whole ? (100 * part / whole).toFixed(1) + " %" : "-";
}

function seconds(ns) {
  return (ns / 1e9).toFixed(3) + " s";
}

// Names may hold anything: what does not show, or turns the direction of
// reading, is written as its number.
function clean(name) {
  return String(name).replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (c) => "\\u{" + c.codePointAt(0).toString(16) + "}");
}

function valueWords(value, unit) {
  if (value === null || value === undefined || value === "") return "";
  switch (unit) {
  case "bytes": return shortBytes(value);
  case "count": return grouped.format(value);
  case "ns": return seconds(value);
  case "date": return new Date(value / 1e6).toISOString().slice(0, 16).replace("T", " ");
  case "percent": return Number(value).toFixed(1) + " %";
  case "ratio": return Number(value).toFixed(2);
  default: return clean(value);
  }
}

function isNumber(unit) {
  return ["bytes", "count", "ns", "date", "percent", "ratio"].includes(unit);
}

// element("td", {class: "number"}, "text", child...)
function element(tag, attrs, ...children) {
  const el = document.createElement(tag);
  for (const [k, v] of Object.entries(attrs || {})) {
    if (k.startsWith("on")) el.addEventListener(k.slice(2), v);
    else if (v !== null && v !== undefined && v !== false) el.setAttribute(k, v === true ? "" : v);
  }
  el.append(...children.filter((c) => c !== null && c !== undefined));
  return el;
}
