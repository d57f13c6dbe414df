// SPDX-License-Identifier: GPL-3.0-or-later
// The tables, which follow the directory that is chosen in the picture.

// Most of a small kernel's image may be no object's.
function beyondObjects() {
  const beyond = build && build.total ? build.total - (root.net.static || 0) : 0;
  return beyond > 0 && state.path === "" && rowsOf("reconcile").length
    ? `${shortBytes(beyond)} of vmlinux are no object's: Reconcile has them.` : "";
}

const PAGE_ROWS = 200;
let shown = PAGE_ROWS;

// A column: name, unit, get(row); bar: draws its share of the largest.
function column(name, unit, get, more) {
  return { name, unit, get: get || ((r) => r[name]), ...more };
}

function under(path) {
  return state.path === "" || path === state.path || path.startsWith(state.path + "/");
}

function goto(path) {
  return element("button", { onclick: () => change({ path, tab: state.tab }) }, clean(path || "all"));
}

// The columns of a table of the page, as the program describes them.
function own(name) {
  const table = page.tables[name];
  return table ? table.columns.map((c) => ({ name: c.name, unit: c.unit, help: c.help, get: (r) => r[c.name] })) : [];
}

// What they cost and whether they may go, before what is long.
function messageColumns() {
  const first = ["path", "bytes", "verdict", "message"];
  const place = (c) => first.includes(c.name) ? first.indexOf(c.name) : first.length;
  const more = { path: { button: (r) => goto(r.path) }, bytes: { bar: true } };
  return own("messages").map((c) => ({ ...c, ...more[c.name] })).sort((a, b) => place(a) - place(b));
}

function directoryRows() {
  const node = findNode(state.path), q = state.q.toLowerCase();
  if (!q) return [...node.children.values()];
  const found = [];
  const look = (n) => {
    if (n.path.toLowerCase().includes(q)) found.push(n);
    n.children.forEach(look);
  };
  node.children.forEach(look);
  return found;
}

// whole: of the kernel, whichever directory is chosen.
const tabs = [
  {
    id: "directories", words: "Directories", rows: directoryRows, searched: true,
    // What the picture shows stands first.
    columns: () => [
      column("path", "text", (r) => r.path, { button: (r) => goto(r.path) }),
      ...attributes.slice().sort((a, b) => (b.id === state.attr) - (a.id === state.attr)).map((a) => column(a.id, "bytes", (r) => r.net[a.id] || 0,
        { help: a.words, bar: a.id === state.attr, signed: a.signed })),
    ],
    sort: () => state.attr, caption: beyondObjects,
  },
  {
    id: "symbols", words: "Symbols", needs: "symbols", sort: () => "bytes",
    rows: () => symbols.filter((s) => under(s.path)),
    columns: () => [
      column("symbol", "text"), column("object", "text", (r) => r.path, { button: (r) => goto(r.path) }),
      column("bytes", "bytes", (r) => r.own, { bar: true }), column("class", "text"),
    ],
  },
  {
    id: "sites", words: "Call sites", needs: "sites", sort: () => "live_bytes",
    rows: () => sites.filter((s) => under(s.path)),
    columns: () => [
      column("caller", "text"), column("object", "text", (r) => r.path, { button: (r) => goto(r.path) }), column("kind", "text"),
      column("allocs", "count"), column("live", "count"), column("live_bytes", "bytes", null, { bar: true }),
      column("waste_bytes", "bytes"), column("total_bytes", "bytes"), column("peak_bytes", "bytes"),
      column("owner", "text"), column("line", "text"),
    ],
  },
  {
    id: "messages", words: "Messages", needs: "messages", sort: () => "bytes",
    rows: () => rowsOf("messages").filter((r) => under(r.path)), columns: messageColumns,
    caption: "Messages printed where an allocation failed: the allocator has already said so.",
  },
  {
    id: "changes", words: "Changes", needs: "change", sort: () => "change",
    rows: () => rowsOf("change").filter((r) => under(r.path)), columns: () => own("change"),
    caption: "Against the base, by object; what the link adds and takes is in parentheses.",
  },
  {
    id: "time", words: "Over time", needs: "timeline", sort: () => "peak_bytes", extra: (box) => drawTimeline(box),
    rows: () => rowsOf("peak").filter((r) => under(r.path)), columns: () => own("peak"),
    caption: "What was alive at the peak of the whole trace.",
  },
  { id: "modules", whole: true, words: "Modules", needs: "modules", sort: () => "total", rows: () => rowsOf("modules"), columns: () => own("modules") },
  {
    id: "ram", whole: true, words: "RAM", needs: "ram", sort: () => "", rows: () => rowsOf("ram"),
    columns: () => own("ram").filter((c) => c.name !== "ordinal"),
    caption: "What of the kernel stays in RAM: the image, less what boot frees, with per-CPU copies, modules and live memory.",
  },
  {
    id: "link", whole: true, words: "Reconcile", needs: "reconcile", sort: () => "", rows: () => rowsOf("reconcile"),
    columns: () => own("reconcile").filter((c) => c.name !== "ordinal"),
    caption: "From the sizes of the objects to the size of the image; unexplained is what is left.",
  },
  {
    id: "trust", whole: true, words: "Trust", sort: () => "", rows: () => rowsOf("coverage"),
    columns: () => own("coverage").filter((c) => ["what", "value", "percent", "note"].includes(c.name)), extra: (box) => drawTrust(box),
    caption: "What the trace covers, and how far to trust it.",
  },
  { id: "history", whole: true, words: "History", needs: "builds", sort: () => "", rows: () => rowsOf("builds"), columns: () => own("builds"), extra: (box) => drawHistory(box) },
].filter((t) => !t.needs || rowsOf(t.needs).length > 0 && (t.needs !== "builds" || rowsOf("builds").length > 1));

function tabOf(id) {
  return tabs.find((t) => t.id === id) || tabs[0];
}

function drawTabs() {
  const bar = document.getElementById("tabs"), current = tabOf(state.tab);
  const choose = (t) => { change({ tab: t.id, sort: "" }); document.getElementById("tab-" + t.id).focus(); };
  bar.replaceChildren(...tabs.map((t, i) => element("button", {
    id: "tab-" + t.id, role: "tab", "aria-selected": String(t === current), "aria-controls": "panel",
    tabindex: t === current ? 0 : -1, onclick: () => choose(t),
    onkeydown: (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      if (step) choose(tabs[(i + step + tabs.length) % tabs.length]);
    },
  }, t.words)));
  document.getElementById("panel").setAttribute("aria-labelledby", "tab-" + current.id);
}

function matches(row, columns, q) {
  return columns.some((c) => !isNumber(c.unit) && String(c.get(row) ?? "").toLowerCase().includes(q));
}

// "name" largest or first first, "name:asc" or "name:desc" that way.
function sorted(rows, columns, by) {
  const [name, way] = by.split(":");
  const c = columns.find((x) => x.name === name);
  if (!c) return rows;
  const number = isNumber(c.unit);
  const sign = (way || (number ? "desc" : "asc")) === "desc" ? -1 : 1;
  return rows.slice().sort((a, b) => {
    const x = c.get(a), y = c.get(b);
    if (number) {
      const size = c.signed ? Math.abs : (v) => v;
      return sign * (size(x ?? -Infinity) - size(y ?? -Infinity));
    }
    return sign * (String(x ?? "") < String(y ?? "") ? -1 : String(x ?? "") > String(y ?? "") ? 1 : 0);
  });
}

function share(value, most) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  svg.setAttribute("class", "share");
  svg.setAttribute("viewBox", "0 0 100 4");
  svg.setAttribute("width", "100%");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const width = most ? 100 * Math.abs(value) / most : 0;
  bar.setAttribute("x", 100 - width);
  bar.setAttribute("width", width);
  bar.setAttribute("height", 4);
  svg.append(bar);
  return svg;
}

function cell(row, c, most) {
  const value = c.get(row), text = valueWords(value, c.unit);
  if (c.button) return element("td", { class: "name" }, c.button(row));
  const td = element("td", {
    class: isNumber(c.unit) ? "number" : text.includes(" ") ? null : "name",
    title: c.unit === "bytes" && value !== null && value !== undefined ? exactBytes(value) : null,
  }, c.signed && value ? signed(value, shortBytes) : text);
  if (c.bar) td.append(share(value || 0, most));
  return td;
}

function header(c, by) {
  const [name, way] = by.split(":");
  const number = isNumber(c.unit), usual = number ? "desc" : "asc";
  const now = name === c.name ? way || usual : null;
  const next = now === usual ? c.name + ":" + (usual === "asc" ? "desc" : "asc") : c.name;
  return element("th", {
    scope: "col", class: number ? "number" : null,
    "aria-sort": now ? (now === "asc" ? "ascending" : "descending") : null,
  }, element("button", { title: c.help || null, onclick: () => change({ sort: next }) },
    c.name + (now ? now === "asc" ? " ▲" : " ▼" : "")));
}

function drawTable() {
  const tab = tabOf(state.tab), columns = tab.columns(), q = state.q.toLowerCase();
  const by = state.sort || tab.sort();
  let rows = tab.rows();
  if (q && !tab.searched) rows = rows.filter((r) => matches(r, columns, q));
  rows = sorted(rows, columns, by);
  const caption = typeof tab.caption === "function" ? tab.caption() : tab.caption;
  document.getElementById("caption").textContent = (caption ? caption + " " : "") +
    grouped.format(rows.length) + (rows.length === 1 ? " row" : " rows") +
    (state.path && !tab.whole ? " in " + clean(state.path) : "") + ".";
  const extra = document.getElementById("extra");
  extra.replaceChildren();
  if (tab.extra) tab.extra(extra);
  const bar = columns.find((c) => c.bar);
  const most = bar ? rows.reduce((m, r) => Math.max(m, Math.abs(bar.get(r) || 0)), 0) : 0;
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...columns.map((c) => header(c, by)))),
    element("tbody", {}, ...rows.slice(0, shown).map((r) => element("tr", {}, ...columns.map((c) => cell(r, c, most))))));
  const box = document.getElementById("rows");
  box.replaceChildren(rows.length ? table : "No rows.");
  if (rows.length > shown)
    box.append(element("button", { id: "more", onclick: () => { shown += 2000; drawTable(); } },
      `${grouped.format(rows.length - shown)} more rows`));
}
