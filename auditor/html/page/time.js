// SPDX-License-Identifier: GPL-3.0-or-later
// Memory over the trace and over builds, and what to know before trusting it.

const HIGH = 300, LEFT = 60, RIGHT = 130, TOP = 24, LOW = 30, LAYERS = 8;

// Steps are the times at which anything changed; a layer without a row in one
// is as before.
function timeLayers() {
  const rows = rowsOf("timeline"), starts = [...new Set(rows.map((r) => r.start_ns))].sort((a, b) => a - b);
  const at = new Map(starts.map((s, i) => [s, i])), layers = new Map();
  for (const row of rows) {
    if (!layers.has(row.path)) layers.set(row.path, new Array(starts.length).fill(null));
    layers.get(row.path)[at.get(row.start_ns)] = row.live_bytes;
  }
  const list = [...layers].map(([path, values]) => {
    let last = 0;
    for (let i = 0; i < values.length; i++) values[i] = last = values[i] ?? last;
    return { path, values, most: Math.max(...values) };
  }).sort((a, b) => b.most - a.most);
  const rest = list.splice(LAYERS);
  if (rest.length) list.push({ path: `other (${rest.length})`, rest: true, values: starts.map((_, i) => rest.reduce((s, l) => s + l.values[i], 0)) });
  return { list, starts };
}

// Steps of bytes are powers of two, as the units are.
function byteTicks(most) {
  const step = 2 ** Math.ceil(Math.log2(Math.max(most, 5) / 5));
  return d3.range(0, most, step);
}

function axes(svg, x, y, format) {
  svg.append("g").attr("class", "axis").attr("transform", `translate(0,${HIGH - LOW})`)
    .call(d3.axisBottom(x).ticks(narrowPage.matches ? 3 : 6).tickFormat(format));
  svg.append("g").attr("class", "axis").attr("transform", `translate(${LEFT},0)`)
    .call(d3.axisLeft(y).tickValues(byteTicks(y.domain()[1])).tickFormat(shortBytes));
}

function frame(box, label) {
  return d3.select(box).append("svg").attr("viewBox", `0 0 ${unitsWide()} ${HIGH}`).attr("role", "img").attr("aria-label", label);
}

function legend(svg, list) {
  const g = svg.append("g").attr("class", "legend");
  list.forEach((l, i) => {
    const square = g.append("rect").attr("x", unitsWide() - RIGHT + 12).attr("y", TOP + i * 18).attr("width", 10);
    // A line among areas: its square is as flat as it.
    if (l.line) square.attr("class", "line").attr("y", TOP + 4 + i * 18).attr("height", 2);
    else square.attr("height", 10).attr("fill", l.colour);
    g.append("text").attr("x", unitsWide() - RIGHT + 28).attr("y", TOP + 10 + i * 18).attr("font-size", 11).text(l.words);
  });
}

// What a step has at its end is drawn where the next one begins; before the
// first one there was nothing.
function stepTimes(starts) {
  return [...starts, trace.end_ns].map((ns) => ns / 1e9);
}

// What was wasted of it; a trace of an older version does not know.
function drawWaste(svg, x, y) {
  const steps = rowsOf("memory").filter((r) => r.waste_bytes !== null);
  if (!steps.length) return null;
  const times = stepTimes(steps.map((r) => r.start_ns)), values = [0, ...steps.map((r) => r.waste_bytes)];
  const last = values[values.length - 1];
  svg.append("path").attr("class", "waste").attr("data-value", last)
    .attr("d", d3.line().x((v, i) => x(times[i])).y((v) => y(v))(values))
    .append("title").text(`waste ${shortBytes(last)}`);
  return { line: true, words: `waste ${shortBytes(last)}` };
}

function drawTimeline(box) {
  const { list, starts } = timeLayers(), times = stepTimes(starts);
  const below = new Array(times.length).fill(0);
  const stacked = list.map((l) => [0, ...l.values].map((v, i) => [below[i], below[i] += v]));
  const x = d3.scaleLinear().domain([times[0], times[starts.length]]).range([LEFT, unitsWide() - RIGHT]);
  const y = d3.scaleLinear().domain([0, Math.max(trace.peak_bytes || 0, ...below) * 1.04]).range([HIGH - LOW, TOP]);
  const words = "Live bytes of kmalloc and kmem_cache memory over the trace, by directory; the line is what of them is wasted";
  box.append(element("p", {}, words + ". The numbers beside it are those at the end."));
  const svg = frame(box, words);
  const area = d3.area().x((d, i) => x(times[i])).y0((d) => y(d[0])).y1((d) => y(d[1]));
  list.forEach((l, i) => {
    l.colour = l.rest ? restColour() : pathColour(l.path);
    l.words = `${clean(l.path)} ${shortBytes(l.values[starts.length - 1])}`;
    svg.append("path").attr("d", area(stacked[i])).attr("fill", l.colour).append("title").text(l.words);
  });
  const waste = drawWaste(svg, x, y);
  axes(svg, x, y, (s) => s + " s");
  legend(svg, [...list.slice().reverse(), waste].filter(Boolean));
  if (trace.peak_ns === null) return;
  const at = x(trace.peak_ns / 1e9), left = at > unitsWide() / 2;
  const g = svg.append("g").attr("class", "peak");
  g.append("line").attr("x1", at).attr("x2", at).attr("y1", y(trace.peak_bytes)).attr("y2", HIGH - LOW);
  g.append("text").attr("x", at + (left ? -6 : 6)).attr("y", TOP - 8).attr("font-size", 12).attr("font-weight", 600)
    .attr("text-anchor", left ? "end" : "start").text(`peak ${shortBytes(trace.peak_bytes)} at ${seconds(trace.peak_ns)}`);
}

function drawHistory(box) {
  const list = rowsOf("builds").filter((b) => b.total !== null && b.total !== undefined)
    .sort((a, b) => (a.commit_ns ?? a.audited ?? 0) - (b.commit_ns ?? b.audited ?? 0) || a.build - b.build);
  if (list.length < 2) return;
  const series = ["total", "text", "data", "bss"].map((name, i) => ({ name, words: name, colour: oklch(0.62, 0.13, [30, 255, 150, 305][i]) }));
  const x = d3.scaleLinear().domain([0, list.length - 1]).range([LEFT, unitsWide() - RIGHT]);
  const y = d3.scaleLinear().domain([0, d3.max(list, (b) => b.total) * 1.05]).range([HIGH - LOW, TOP]);
  box.append(element("p", {}, "Bytes of vmlinux as linked, build by build."));
  const svg = frame(box, "Size of vmlinux over builds");
  axes(svg, x, y, (i) => Number.isInteger(i) && list[i] ? "build " + list[i].build : "");
  for (const s of series)
    svg.append("path").attr("fill", "none").attr("stroke", s.colour).attr("stroke-width", 2)
      .attr("d", d3.line().x((b, i) => x(i)).y((b) => y(b[s.name] || 0))(list));
  legend(svg, series);
}

function drawTrust(box) {
  const caveats = rowsOf("caveats").map((r) => element("li", {}, clean(r.caveat)));
  const skipped = rowsOf("skipped").map((r) => element("li", {}, clean(r.path) + ": " + clean(r.reason)));
  const open = rowsOf("reconcile").find((r) => r.line === "unexplained");
  if (open) box.append(element("p", {}, `Bytes of the image that nothing explains: ${grouped.format(open.bytes)}.`));
  if (caveats.length) box.append(element("h3", {}, "Caveats of the audit"), element("ul", {}, ...caveats));
  if (skipped.length) box.append(element("h3", {}, "Files that could not be measured"), element("ul", {}, ...skipped));
  if (!caveats.length && !skipped.length && build) box.append(element("p", {}, "The audit has no caveats, and skipped no file."));
}
