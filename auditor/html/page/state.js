// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown.  It is kept in the address, so that a link leads to it, and
// Back goes to what was shown before.

const defaults = { attr: attributes.length ? attributes[0].id : "", view: "sunburst", path: "", tab: "directories", q: "", sort: "" };
const state = { ...defaults };
const listeners = [];

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const key of Object.keys(defaults)) state[key] = given.get(key) ?? defaults[key];
  state.attr = attributeOf(state.attr) ? attributeOf(state.attr).id : "";
  if (!["sunburst", "treemap"].includes(state.view)) state.view = "sunburst";
  state.path = findNode(state.path).path;
}

function address() {
  const said = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) if (value !== defaults[key]) said.set(key, value);
  return "#" + said;
}

// change({path: "fs"}): a new entry of the history, but for what is typed.
function change(what, typed) {
  Object.assign(state, what);
  if (typed) history.replaceState(null, "", address());
  else history.pushState(null, "", address());
  listeners.forEach((f) => f());
}

function onAddress() {
  readAddress();
  listeners.forEach((f) => f());
}

window.addEventListener("popstate", onAddress);
window.addEventListener("hashchange", onAddress);
