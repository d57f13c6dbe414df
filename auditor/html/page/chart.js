// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of a directory: sunburst or treemap, three levels at a time.

const LEVELS = 3;
// Letters are of one size in a drawing's own units: on a narrow screen it has
// fewer of these, not smaller letters.
const narrowPage = window.matchMedia("screen and (max-width: 600px)");

function unitsWide() {
  return narrowPage.matches ? 380 : 760;
}

const pen = document.createElement("canvas").getContext("2d");

function textWidth(text) {
  pen.font = '12px system-ui, "DejaVu Sans", Verdana, sans-serif';
  return pen.measureText(text).width;
}

// A copy of a node for d3: a few levels deep, what is too small gathered.
function prune(node, id, levels, least) {
  const copy = { node, name: clean(node.name), value: node.size[id] || 0, net: node.net[id] || 0 };
  if (!levels) return copy;
  const list = childrenOf(node, id);
  const kept = list.filter((c) => c.size[id] >= least);
  const rest = list.filter((c) => c.size[id] < least);
  if (rest.length === 1) kept.push(rest.pop());
  if (!list.length) return copy;
  copy.children = kept.map((c) => prune(c, id, levels - 1, least));
  if (rest.length) {
    copy.children.push({
      name: `other (${rest.length})`, node: null,
      value: rest.reduce((s, c) => s + c.size[id], 0), net: rest.reduce((s, c) => s + (c.net[id] || 0), 0),
    });
  }
  return copy;
}

function colourOf(d, a) {
  if (!d.data.node) return restColour();
  if (a.signed) return changeColour(d.data.net);
  const n = d.data.node;
  return pathColour(n.kind === "part" ? n.path + "/" + n.name : n.path);
}

function opens(d) {
  return !!d.data.node && d.data.node.kind !== "part" && d.depth > 0;
}

function words(d, a) {
  const whole = root.net[a.id] || 0;
  const n = d.data.node;
  const where = n ? clean(n.kind === "part" ? n.path + ": " + n.name : n.path || "all") : d.data.name;
  return a.signed
    ? `${where}: ${signed(d.data.net, exactBytes)}`
    : `${where}: ${exactBytes(d.data.value)}, ${percent(d.data.value, whole)} of all`;
}

// Shapes are reached by Tab once, then by the arrows.
function makeReachable(shapes, a) {
  const list = shapes.nodes();
  shapes
    .attr("tabindex", (d, i) => i === 0 ? 0 : -1)
    .attr("role", (d) => opens(d) ? "button" : "img")
    .attr("aria-label", (d) => words(d, a))
    .attr("data-path", (d) => d.data.node ? d.data.node.path : null)
    .attr("data-value", (d) => d.data.value)
    .classed("opens", opens)
    .on("click", function () { open_(d3.select(this).datum()); })
    .on("mouseenter focus", function () { tell(d3.select(this).datum(), a); })
    .on("keydown", function () {
      const event = d3.event;
      const at = list.indexOf(this);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Enter" || event.key === " ") open_(d3.select(this).datum());
      else if (step) {
        const next = list[(at + step + list.length) % list.length];
        this.setAttribute("tabindex", -1);
        next.setAttribute("tabindex", 0);
        next.focus();
      } else return;
      event.preventDefault();
    });
  shapes.append("title").text((d) => words(d, a));
}

function open_(d) {
  if (opens(d)) change({ path: d.data.node.path });
}

function tell(d, a) {
  document.getElementById("about").textContent = words(d, a);
}

function sunburst(svg, tree, a) {
  const SIDE = unitsWide(), radius = SIDE / 2 - 2, hole = radius * 0.24, ring = (radius - hole) / tree.height;
  const inner = (d) => hole + (d.depth - 1) * ring;
  const arc = d3.arc().startAngle((d) => d.x0).endAngle((d) => d.x1)
    .innerRadius(inner).outerRadius((d) => inner(d) + ring);
  d3.partition().size([2 * Math.PI, 1])(tree);
  const g = svg.append("g").attr("transform", `translate(${SIDE / 2},${SIDE / 2})`);
  const nodes = tree.descendants().filter((d) => d.depth > 0 && d.x1 > d.x0);
  const shapes = g.selectAll("path").data(nodes).enter().append("path")
    .attr("class", "shape").attr("d", arc).attr("fill", (d) => colourOf(d, a));
  makeReachable(shapes, a);
  for (const d of nodes) labelSector(g, d, inner(d), inner(d) + ring, a);
  const up = g.append("circle").attr("class", "hole").attr("r", hole - 2)
    .on("click", goUp);
  up.append("title").text("up one directory");
  g.append("text").attr("text-anchor", "middle").attr("dy", 5).attr("fill", "currentColor")
    .attr("font-weight", 600).text(valueOf(tree.data, a));
}

function valueOf(data, a) {
  return a.signed ? signed(data.net, shortBytes) : shortBytes(data.value);
}

function labelSector(g, d, from, to, a) {
  const middle = (d.x0 + d.x1) / 2, r = (from + to) / 2;
  const x = r * Math.sin(middle), y = -r * Math.cos(middle);
  const fits = (w, h) => {
    for (let i = 0; i <= 8; i++) {
      const edge = [[x - w / 2 + w * i / 8, y - h / 2], [x - w / 2 + w * i / 8, y + h / 2],
        [x - w / 2, y - h / 2 + h * i / 8], [x + w / 2, y - h / 2 + h * i / 8]];
      for (const [px, py] of edge) {
        const radius = Math.hypot(px, py);
        let angle = Math.atan2(px, -py);
        if (angle < 0) angle += 2 * Math.PI;
        if (radius < from + 2 || radius > to - 2) return false;
        if (d.x1 - d.x0 < 6.28 && (angle < d.x0 + 2 / radius || angle > d.x1 - 2 / radius)) return false;
      }
    }
    return true;
  };
  const amount = valueOf(d.data, a), wide = textWidth(d.data.name);
  const ink = inkOn(colourOf(d, a));
  const put = (dy, text) => g.append("text").attr("x", x).attr("y", y + dy)
    .attr("text-anchor", "middle").attr("fill", ink).text(text);
  if (fits(Math.max(wide, textWidth(amount)), 28)) {
    put(-3, d.data.name);
    put(11, amount);
  } else if (fits(wide, 14)) {
    put(4, d.data.name);
  }
}

function treemap(svg, tree, a) {
  const SIDE = unitsWide();
  d3.treemap().size([SIDE, SIDE]).paddingTop((d) => d.depth === 1 && d.children && d.y1 - d.y0 > 36 ? 17 : 0)
    .paddingInner(1).round(true)(tree);
  const nodes = tree.descendants().filter((d) => d.depth > 0 && d.x1 > d.x0 && d.y1 > d.y0);
  const shapes = svg.selectAll("rect").data(nodes).enter().append("rect")
    .attr("class", "shape").attr("x", (d) => d.x0).attr("y", (d) => d.y0)
    .attr("width", (d) => d.x1 - d.x0).attr("height", (d) => d.y1 - d.y0)
    .attr("fill", (d) => colourOf(d, a));
  makeReachable(shapes, a);
  for (const d of nodes) {
    const heads = d.depth === 1 && d.children && d.y1 - d.y0 > 36;
    if (d.children && !heads) continue;
    const text = heads ? d.data.name + "  " + valueOf(d.data, a) : d.data.name;
    const room = d.x1 - d.x0 - 8;
    const put = (dy, s) => svg.append("text").attr("x", d.x0 + 4).attr("y", d.y0 + dy)
      .attr("fill", inkOn(colourOf(d, a))).attr("font-weight", heads ? 600 : 400).text(s);
    if (textWidth(text) * (heads ? 1.08 : 1) > room || d.y1 - d.y0 < 16) continue;
    put(13, text);
    if (!heads && d.y1 - d.y0 > 32 && textWidth(valueOf(d.data, a)) <= room) put(28, valueOf(d.data, a));
  }
}

function goUp() {
  if (state.path !== "") change({ path: state.path.split("/").slice(0, -1).join("/") });
}

function drawCrumbs() {
  const nav = document.getElementById("crumbs"), parts = state.path === "" ? [] : state.path.split("/");
  nav.replaceChildren(element("button", { onclick: () => change({ path: "" }), "aria-current": parts.length ? null : "page" }, "all"));
  parts.forEach((part, i) => {
    nav.append(" / ", element("button", {
      onclick: () => change({ path: parts.slice(0, i + 1).join("/") }),
      "aria-current": i + 1 === parts.length ? "page" : null,
    }, clean(part)));
  });
}

function drawChart() {
  const SIDE = unitsWide(), a = attributeOf(state.attr), box = document.getElementById("chart");
  const node = findNode(state.path), value = a ? node.size[a.id] || 0 : 0;
  box.replaceChildren();
  drawCrumbs();
  if (!value) {
    document.getElementById("about").textContent = "Nothing of it here.";
    return;
  }
  const sum = prune(node, a.id, LEVELS, value / (state.view === "sunburst" ? SIDE * 0.92 : SIDE * SIDE / 144));
  const tree = d3.hierarchy(sum).sum((d) => d.children ? 0 : d.value);
  const svg = d3.select(box).append("svg").attr("viewBox", `0 0 ${SIDE} ${SIDE}`)
    .attr("role", "group").attr("aria-label", `${a.words} of ${node.path || "everything"}`);
  (state.view === "sunburst" ? sunburst : treemap)(svg, tree, a);
  document.getElementById("about").textContent =
    `${clean(node.path || "All")}: ${a.signed ? signed(node.net[a.id], exactBytes) : exactBytes(value)} of ${a.words}.`;
}
