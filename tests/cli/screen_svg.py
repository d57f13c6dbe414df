# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen of text as SVG, for `>FILE.svg` of top.py.

Text stays text, a run of it an element at its own column, so that another
font cannot move what follows.  Blocks, of which bars are made, become the
rectangles that they look like.
"""
import re
from xml.sax.saxutils import escape

WIDTH, HEIGHT, SIZE, MARGIN = 7.8, 17.0, 13.0, 10.0
PAPER, INK, BAR = "#15171b", "#eceef1", "#7cb8ff"
FONTS = "DejaVu Sans Mono, Menlo, Consolas, monospace"
EIGHTHS = " ▏▎▍▌▋▊▉█"


def number(v):
    return f"{v:.2f}".rstrip("0").rstrip(".")


def rect(x, y, w, h, fill):
    return (f'<rect x="{number(x)}" y="{number(y)}" width="{number(w)}" '
            f'height="{number(h)}" fill="{fill}"/>')


def line_svg(text, looks, y):
    """One line: its ground where it is reversed, bars, runs of letters."""
    if "reverse" in looks:
        yield rect(MARGIN, y, len(looks) * WIDTH, HEIGHT, INK)
    for m in re.finditer(f"[{EIGHTHS[1:]}]+", text):
        eighths = sum(EIGHTHS.index(c) for c in m[0])
        yield rect(MARGIN + m.start() * WIDTH, y + 3, eighths / 8 * WIDTH,
                   HEIGHT - 6, "#0b5cad" if looks[m.start()] == "reverse" else BAR)
    for m in re.finditer(f"[^ {EIGHTHS[1:]}]+(?: [^ {EIGHTHS[1:]}]+)*", text):
        look = looks[m.start()]
        bold = ' font-weight="bold"' if look == "bold" else ""
        yield (f'<text x="{number(MARGIN + m.start() * WIDTH)}" '
               f'y="{number(y + 13)}" textLength="{number(len(m[0]) * WIDTH)}" '
               f'fill="{PAPER if look == "reverse" else INK}"{bold}>'
               f'{escape(m[0])}</text>')


def svg(lines, looks, title):
    """lines: text of each row; looks: of each row one of "", "bold", "reverse"
    for each column."""
    wide = len(looks[0]) * WIDTH + 2 * MARGIN
    high = len(lines) * HEIGHT + 2 * MARGIN
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
           f'width="{number(wide)}" height="{number(high)}" '
           f'viewBox="0 0 {number(wide)} {number(high)}" '
           f'font-family="{FONTS}" font-size="{number(SIZE)}">',
           f"<title>{escape(title)}</title>", rect(0, 0, wide, high, PAPER)]
    for n, (text, look) in enumerate(zip(lines, looks)):
        out += line_svg(text, look, MARGIN + n * HEIGHT)
    return "\n".join(out + ["</svg>", ""])
