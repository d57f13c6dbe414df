// SPDX-License-Identifier: GPL-3.0-or-later
// The head of the page, and what people do to it.

function drawHead() {
  const ram = rowsOf("ram");
  const line = (name) => ram.some((r) => r.line === name)
    ? ram.filter((r) => r.line === name).reduce((s, r) => s + r.bytes, 0) : null;
  const figures = [];
  const put = (words, value, more, short = shortBytes) => {
    if (value === null || value === undefined) return;
    figures.push(element("div", {}, element("dt", {}, words),
      element("dd", { title: exactBytes(value) }, short(value), element("small", {}, more || exactBytes(value)))));
  };
  if (build) {
    put("vmlinux (size)", build.total);
    put("sum of its objects", root.net.static, grouped.format(build.objects) + " objects");
    put("in memory at boot", line("span"), "_text to _end");
    put("freed after boot", line("freed") === null ? null : -line("freed"));
    put("stays after boot", line("after"));
    if (line("modules")) put("modules as loaded", line("modules"), ram.find((r) => r.line === "modules").what);
  }
  if (trace) {
    put("live at the end", root.net.live, trace.events ? grouped.format(trace.events) + " events" : null);
    put("wasted of it", root.net.waste, percent(root.net.waste, root.net.live) + " of live");
    put("peak", trace.peak_bytes, trace.peak_ns === null ? null : "at " + seconds(trace.peak_ns));
  }
  if (has.change)
    put("change against the base", root.net.change, signed(root.net.change, exactBytes), (n) => signed(n, shortBytes));
  document.getElementById("figures").replaceChildren(...figures);
  document.getElementById("title").textContent = build
    ? `Memory of Linux ${clean(build.release || "")}${build.label ? " “" + clean(build.label) + "”" : ""}`
    : "Memory of a trace";
  const words = [];
  if (build) words.push(`build ${build.build}`, build.arch, build.compiler, build.commit_id && "commit " + build.commit_id.slice(0, 12) + (build.dirty ? " (dirty)" : ""), build.subject);
  if (trace) words.push(`trace ${trace.trace}${trace.label ? " “" + trace.label + "”" : ""}`, trace.lost ? grouped.format(trace.lost) + " events lost" : null);
  document.getElementById("source").textContent = words.filter(Boolean).map(clean).join(" · ");
  document.getElementById("program").textContent = page.program;
  document.title = document.getElementById("title").textContent + " - kmemdb";
}

function drawAll() {
  document.getElementById("attr").value = state.attr;
  document.getElementById("view").value = state.view;
  const search = document.getElementById("search");
  if (search.value !== state.q) search.value = state.q;
  drawChart();
  drawTabs();
  drawTable();
}

function onKey(event) {
  const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName);
  if (event.key === "/" && !typing) {
    document.getElementById("search").focus();
    event.preventDefault();
  } else if (event.key === "Escape" && typing) {
    event.target.blur();
  } else if ((event.key === "Escape" || event.key === "Backspace") && !typing) {
    goUp();
    event.preventDefault();
  }
}

function start() {
  document.getElementById("attr").replaceChildren(...attributes.map((a) => element("option", { value: a.id }, a.words)));
  document.getElementById("attr").addEventListener("change", (e) => change({ attr: e.target.value, sort: "" }));
  document.getElementById("view").addEventListener("change", (e) => change({ view: e.target.value }));
  document.getElementById("search").addEventListener("input", (e) => change({ q: e.target.value }, true));
  document.addEventListener("keydown", onKey);
  darkPage.addEventListener("change", drawAll);
  narrowPage.addEventListener("change", drawAll);
  listeners.push(() => { shown = PAGE_ROWS; }, drawAll);
  readAddress();
  drawHead();
  drawAll();
}

// For tests and for who is curious: the tree, in the console of the browser.
function allObjects(node, list) {
  if (node.kind !== "directory") list.push(node);
  node.children.forEach((c) => allObjects(c, list));
  return list;
}
window.kmemdb = {
  root, objects: () => allObjects(root, []), parts: partsOf, attributes: () => attributes.map((a) => a.id),
};

start();
