#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks an SVG of `kmemdb plot`, by what is drawn and not by what it says.

    svg.py FILE rings|treemap CSV COLUMN BRANCH DEPTH
    svg.py FILE timeline|diff|classes CSV
    svg.py FILE labels

CSV has the report's rows.  The words that follow are wrong: two labels
overlap, one leaves the page or cannot be read on its ground, an area or an
angle is not in proportion (0.5 %), or a sum is not that of the report.
"""
import csv
import math
import re
import sys
import xml.etree.ElementTree as ET

NS = "{http://www.w3.org/2000/svg}"
wrong = []


def num(el, name):
    return float(el.get(name))


def check(ok, *words):
    if not ok:
        wrong.append(" ".join(map(str, words)))


def luminance(colour):
    def linear(v):
        v /= 255
        return v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
    r, g, b = (linear(int(colour[i:i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    x, y = sorted((luminance(a) + 0.05, luminance(b) + 0.05))
    return y / x


def box_of(text):
    """Of a label: left, top, right, bottom."""
    size = num(text, "font-size")
    x, y = num(text, "x"), num(text, "y")
    return x, y - 0.75 * size, x + num(text, "textLength"), y + 0.2 * size


def check_labels(root):
    width, height = num(root, "width"), num(root, "height")
    boxes = []
    for t in root.iter(NS + "text"):
        b = box_of(t)
        check(b[0] >= -0.5 and b[1] >= 0 and b[2] <= width + 0.5 and
              b[3] <= height, "outside the page:", t.text, b)
        for other, name in boxes:
            check(not (b[0] < other[2] - 0.3 and other[0] < b[2] - 0.3 and
                       b[1] < other[3] - 0.3 and other[1] < b[3] - 0.3),
                  "overlap:", t.text, "and", name)
        boxes.append((b, t.text))
        check(contrast(t.get("fill"), ground(root, t)) >= 4.5,
              "low contrast:", t.text)
    check(len(boxes) >= 3, "no labels")
    check_words(root)


def check_words(root):
    """No number is cut, and each line of a legend has a name."""
    texts = list(root.iter(NS + "text"))
    check(re.search(r"\(−?[\d,]+ bytes( to −?[\d,]+ bytes)?\)",
                    " ".join(t.text for t in texts)), "the total is cut")
    for t in texts:
        if t.text.startswith("peak"):
            check(re.fullmatch(r"peak: \S+ at [\d.]+ s", t.text), "cut:", t.text)
    for el in root.iter(NS + "rect"):
        if num(el, "width") == num(el, "height") == 12 and not el.get("data-name"):
            x, y = num(el, "x"), num(el, "y")
            check(any(abs(num(t, "y") - y - 11) < 1 and 17 < num(t, "x") - x < 21
                      for t in texts), "a legend has no name at", x, y)




def covers(el, x, y):
    if el.tag == NS + "rect":
        return (num(el, "x") <= x <= num(el, "x") + num(el, "width") and
                num(el, "y") <= y <= num(el, "y") + num(el, "height"))
    if el.tag == NS + "path":
        c, inner, outer, a0, a1 = ring_of(el)
        r = math.hypot(x - c[0], y - c[1])
        a = math.atan2(x - c[0], c[1] - y) % (2 * math.pi)
        return inner <= r <= outer and (a0 <= a <= a1 or
                                        a0 <= a + 2 * math.pi <= a1)
    if el.tag == NS + "polygon":
        p = [tuple(map(float, v)) for v in
             zip(*[iter(el.get("points").split())] * 2)]
        inside = False
        for (x0, y0), (x1, y1) in zip(p, p[1:] + p[:1]):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                inside = not inside
        return inside
    return False


def ground(root, text):
    """The fill of the last shape painted under the middle of a label."""
    b = box_of(text)
    x, y = (b[0] + b[2]) / 2, (b[1] + b[3]) / 2
    found = "#ffffff"
    for el in root:
        if el is text:
            break
        if el.tag != NS + "text" and el.get("fill", "none") != "none" and \
                covers(el, x, y):
            found = el.get("fill")
    return found


def ring_of(path):
    """Centre, inner and outer radius, first and last angle: from the drawing."""
    d = path.get("d")
    m = re.match(r"M(\S+) (\S+)A(\S+) \S+ 0 \d \d (\S+) (\S+)"
                 r"A\S+ \S+ 0 \d \d (\S+) (\S+)L(\S+) (\S+)A(\S+) ", d)
    x0, y0, outer, xm, ym, x1, y1, xi, yi, inner = map(float, m.groups())
    # The middle of the inner edge at the sector's end lies on one ray.
    k = (outer - inner) or 1e-9
    cx = xi - (x1 - xi) / k * inner
    cy = yi - (y1 - yi) / k * inner
    def angle(x, y):
        return math.atan2(x - cx, cy - y) % (2 * math.pi)
    first, middle, last = angle(x0, y0), angle(xm, ym), angle(x1, y1)
    while middle < first - 1e-9:
        middle += 2 * math.pi
    while last < middle - 1e-9:
        last += 2 * math.pi
    return (cx, cy), inner, outer, first, last


def report_sums(file, column, branch, depth):
    """Bytes of each directory, by adding up objects."""
    sums = {}
    for row in csv.DictReader(open(file, newline="")):
        parts = row["path"].split("/")
        base = branch.count("/") + 1 if branch else 0
        for n in range(base, min(len(parts), base + depth) + 1):
            key = "/".join(parts[:n])
            sums[key] = sums.get(key, 0) + int(row[column])
    return sums


def check_tree(root, kind, file, column, branch, depth):
    sums = report_sums(file, column, branch, depth)
    total = sums[branch]
    shapes = [el for el in root.iter()
              if el.get("data-name") and el.tag in (NS + "path", NS + "rect")]
    check(shapes, "nothing was drawn")
    for el in shapes:
        name, value = el.get("data-name"), int(el.get("data-value"))
        if not name.startswith("other ("):
            check(sums.get(name) == value, "not the report's:", name, value,
                  sums.get(name))
    if kind == "rings":
        check_angles(shapes, total)
    else:
        check_areas(shapes, total)


def check_angles(shapes, total):
    rings = {}
    for el in shapes:
        _, inner, _, first, last = ring_of(el)
        value = int(el.get("data-value"))
        angle = last - first
        if angle > 0.05:
            check(abs(angle / (2 * math.pi) - value / total) <=
                  0.005 * value / total + 2e-4, "angle of", el.get("data-name"),
                  angle / 2 / math.pi, value / total)
        rings.setdefault(round(inner), []).append(value)
    innermost = rings[min(rings)]
    check(sum(innermost) == total, "the innermost ring is", sum(innermost),
          "of", total)


def check_areas(shapes, total):
    top = [el for el in shapes if num(el, "width") * num(el, "height") > 0]
    # What one byte is worth: from the rectangles of the first level, which
    # cover everything.
    first = [el for el in top if el.get("stroke-width") == "3"]
    check(sum(int(el.get("data-value")) for el in first) == total,
          "the first level is", sum(int(el.get("data-value")) for el in first),
          "of", total)
    scale = sum(num(el, "width") * num(el, "height") for el in first) / total
    for el in top:
        area = num(el, "width") * num(el, "height")
        value = int(el.get("data-value"))
        if area > 400:
            check(abs(area - value * scale) <= 0.005 * value * scale,
                  "area of", el.get("data-name"), area, value * scale)


def check_bars(root, file, name_of, value_of, signed):
    rows = list(csv.DictReader(open(file, newline="")))
    want = {name_of(r): value_of(r) for r in rows if value_of(r)}
    bars = {}
    for el in root.iter(NS + "rect"):
        name = el.get("data-name")
        if name:
            name = name.removesuffix(" waste")
            bar = bars.setdefault(name, [0, 0.0])
            bar[0] += int(el.get("data-value"))
            bar[1] += num(el, "width")
    check(bars, "no bars")
    check(sum(b[0] for b in bars.values()) == sum(want.values()),
          "bars add up to", sum(b[0] for b in bars.values()), "not to",
          sum(want.values()))
    most = max(bars.values(), key=lambda b: b[1])
    for name, (value, width) in bars.items():
        if not name.startswith("other ("):
            check(want.get(name) == value, "not the report's:", name, value,
                  want.get(name))
        check(abs(width - most[1] * abs(value) / abs(most[0])) <= 0.1 +
              0.005 * width, "length of", name)


def check_layers(root, file):
    last = {}
    for row in sorted(csv.DictReader(open(file, newline="")),
                      key=lambda r: int(r["start_ns"])):
        last[row["path"]] = int(row["live_bytes"])
    layers = [el for el in root.iter(NS + "polygon") if el.get("data-name")]
    check(layers, "no layers")
    for el in layers:
        name = el.get("data-name")
        if not name.startswith("other ("):
            check(int(el.get("data-value")) == last[name],
                  "not the report's:", name)
    check(sum(int(el.get("data-value")) for el in layers) ==
          sum(last.values()), "layers do not add up")
    # Heights at the right end, in proportion.
    tall = {}
    for el in layers:
        p = [tuple(map(float, v)) for v in
             zip(*[iter(el.get("points").split())] * 2)]
        n = len(p) // 2
        tall[el.get("data-name")] = (p[n][1] - p[n - 1][1],
                                     int(el.get("data-value")))
    scale = sum(h for h, _ in tall.values()) / sum(v for _, v in tall.values())
    for name, (h, v) in tall.items():
        check(abs(h - v * scale) <= 0.05 + 0.005 * h, "height of", name)


def main():
    file, kind = sys.argv[1:3]
    rows = sys.argv[3] if len(sys.argv) > 3 else None
    root = ET.parse(file).getroot()
    check_labels(root)
    if kind == "labels":
        pass
    elif kind in ("rings", "treemap"):
        column, branch, depth = sys.argv[4:7]
        check_tree(root, kind, rows, column, branch, int(depth))
    elif kind == "diff":
        check_bars(root, rows, lambda r: r["path"],
                   lambda r: int(r["change"]), True)
    elif kind == "classes":
        word = {"malloc": "kmalloc", "cache": "cache"}
        check_bars(root, rows, lambda r: word[r["kind"]] + " " + r["bytes_alloc"],
                   lambda r: int(r["live_bytes"]), False)
    else:
        check_layers(root, rows)
    for w in wrong[:20]:
        print(w)
    print(f"{len(wrong)} wrong" if wrong else "all right")
    sys.exit(bool(wrong))


main()
