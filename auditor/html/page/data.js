// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of the page, and the tree of directories, objects, symbols and
// call sites that is made of them.

const page = JSON.parse(document.getElementById("kmemdb-data").textContent);

// A table as objects with the columns' names; [] where the page has none.
function rowsOf(name) {
  const table = page.tables[name];
  if (!table) return [];
  const names = table.columns.map((c) => c.name);
  return table.rows.map((r) => Object.fromEntries(names.map((n, i) => [n, r[i]])));
}

const build = rowsOf("build")[0] || null;
const trace = rowsOf("trace")[0] || null;
const has = { build: !!build, trace: !!trace, change: !!page.tables.change };

// What a picture can show: how a node gets its number, and what it is called.
const attributes = [
  { id: "static", words: "static memory", needs: "build", of: "total", from: "objects" },
  { id: "text", words: "code and constants (text)", needs: "build", of: "text", from: "objects" },
  { id: "data", words: "initialised data", needs: "build", of: "data", from: "objects" },
  { id: "bss", words: "zero-initialised data (bss)", needs: "build", of: "bss", from: "objects" },
  { id: "resident", words: "static memory that stays after boot", needs: "build", of: "resident", from: "objects" },
  { id: "init", words: "static memory that boot frees", needs: "build", of: "init", from: "objects" },
  { id: "copies", words: "per-CPU data of one CPU", needs: "build", of: "copies", from: "objects" },
  { id: "live", words: "live dynamic memory", needs: "trace", of: "live_bytes", from: "dynamic" },
  { id: "waste", words: "internal fragmentation (waste)", needs: "trace", of: "waste_bytes", from: "dynamic" },
  { id: "peak", words: "dynamic memory at the peak", needs: "trace", of: "peak_bytes", from: "dynamic" },
  { id: "total", words: "all allocations of the trace", needs: "trace", of: "total_bytes", from: "dynamic" },
  { id: "current", words: "memory taken when the trace ended", needs: "trace", also: "build", sum: ["resident", "copies", "live"] },
  { id: "change", words: "change against the base", needs: "change", of: "change", from: "change", signed: true },
].filter((a) => has[a.needs] && (!a.also || has[a.also]));

function attributeOf(id) {
  return attributes.find((a) => a.id === id) || attributes[0];
}

// A node: its own path, its children by name, its numbers by attribute.  size
// is what it takes in a picture (of a change: up and down added up), net what
// is said of it.
function makeNode(name, path, kind) {
  return { name, path, kind, children: new Map(), net: {}, size: {} };
}

const root = makeNode("(all)", "", "directory");

function nodeAt(path) {
  let node = root, at = "";
  for (const part of path === "" ? [] : path.split("/")) {
    at = at === "" ? part : at + "/" + part;
    if (!node.children.has(part)) node.children.set(part, makeNode(part, at, "directory"));
    node = node.children.get(part);
  }
  return node;
}

function findNode(path) {
  let node = root;
  for (const part of path === "" ? [] : path.split("/")) {
    node = node.children.get(part);
    if (!node) return root;
  }
  return node;
}

function add(path, id, value, signed) {
  let node = root, at = 0;
  const size = signed ? Math.abs(value) : value;
  const parts = path.split("/");
  for (;;) {
    node.net[id] = (node.net[id] || 0) + value;
    node.size[id] = (node.size[id] || 0) + size;
    if (at === parts.length) break;
    node = node.children.get(parts[at++]);
  }
}

function fillTree() {
  for (const a of attributes) {
    if (!a.from) continue;
    for (const row of rowsOf(a.from)) {
      const value = row[a.of] || 0;
      // What the link adds and takes is no directory: Reconcile has it.
      if (!value || (a.from === "objects" && row.path.startsWith("("))) continue;
      nodeAt(row.path).kind = row.path.startsWith("(") ? "rest" : "object";
      add(row.path, a.id, value, a.signed);
    }
  }
  const current = attributes.find((a) => a.sum);
  if (!current) return;
  const sumUp = (node) => {
    for (const kind of ["net", "size"])
      node[kind].current = current.sum.reduce((s, id) => s + (node[kind][id] || 0), 0);
    node.children.forEach(sumUp);
  };
  sumUp(root);
}

// Symbols and call sites, by object: lists, for tables; and the leaves of the
// picture, made when an object is looked into.
const symbols = [], sites = [];
const symbolsOf = new Map(), sitesOf = new Map();

function fillLists() {
  let path = null;
  for (const row of rowsOf("symbols")) {
    if (row.path !== null) path = row.path;
    const symbol = {
      symbol: row.symbol === null ? `(${row.symbols} smaller)` : row.symbol,
      path, own: row.own, class: row.class || "-", rest: row.symbol === null,
    };
    symbols.push(symbol);
    if (!symbolsOf.has(path)) symbolsOf.set(path, []);
    symbolsOf.get(path).push(symbol);
  }
  for (const row of rowsOf("sites")) {
    row.line = row.file ? row.file + (row.line ? ":" + row.line : "") : "";
    sites.push(row);
    if (!sitesOf.has(row.path)) sitesOf.set(row.path, []);
    sitesOf.get(row.path).push(row);
  }
}

const siteColumn = { live: "live_bytes", waste: "waste_bytes", total: "total_bytes", peak: "peak_bytes", current: "live_bytes" };

// What an object is made of, for one attribute; the parts add up to it.
function partsOf(node, id) {
  const parts = [];
  const put = (name, value) => {
    if (value > 0) parts.push({ name, path: node.path, kind: "part", size: { [id]: value }, net: { [id]: value }, children: new Map() });
  };
  if (node.kind !== "object" && node.kind !== "rest") return parts;
  if (id === "current") put("(static and per-CPU)", (node.net.resident || 0) + (node.net.copies || 0));
  if (id === "static") {
    const list = symbolsOf.get(node.path) || [];
    const covered = list.reduce((s, x) => s + x.own, 0);
    list.forEach((x) => put(x.symbol, x.own));
    if (list.length) put("(no symbol)", (node.net.static || 0) - covered);
  }
  if (siteColumn[id]) {
    const list = sitesOf.get(node.path) || [], column = siteColumn[id];
    list.forEach((x) => put(x.caller + " (" + x.kind + ")", x[column]));
    // A page has the largest 20,000 sites.
    const whole = id === "current" ? node.net.live || 0 : node.net[id];
    put("(other sites)", whole - list.reduce((s, x) => s + x[column], 0));
  }
  return parts;
}

function childrenOf(node, id) {
  const list = node.children.size ? [...node.children.values()] : partsOf(node, id);
  return list.filter((c) => c.size[id] > 0).sort((a, b) => b.size[id] - a.size[id] || (a.name < b.name ? -1 : 1));
}

fillTree();
fillLists();
