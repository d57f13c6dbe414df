#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens a page of `kmemdb html` in Chromium and uses it as people do.

    page.py FILE.html WHAT...

Talks to chromedriver by the W3C WebDriver protocol.  Each WHAT is one of the
checks below; a line "ok WHAT" for each, or what is wrong, and exit 1.
readable and axe are done in a wide light window and in a narrow dark one.
$AXE is the script of axe-core (scripts/axe.sh), $SHOTS where screenshots go.
"""
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ENTER, ESCAPE, TAB, RIGHT = "\ue007", "\ue00c", "\ue004", "\ue014"


class Browser:
    def __init__(self, width=1400, height=1000, dark=False):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        self.dir = tempfile.mkdtemp()
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={port}", "--log-level=OFF"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
                f"--user-data-dir={self.dir}", "--hide-scrollbars",
                f"--window-size={width},{height}"]
        if dark:
            args.append("--blink-settings=preferredColorScheme=0")
        wanted = {"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": args},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}}
        for _ in range(300):
            try:
                self.session = self.call("POST", "/session", wanted)["sessionId"]
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise SystemExit("chromedriver does not answer")
        # A window is 500 px wide at least; what a page has can be less.
        self.do("POST", "/goog/cdp/execute", {
            "cmd": "Emulation.setDeviceMetricsOverride",
            "params": {"width": width, "height": height,
                       "deviceScaleFactor": 1, "mobile": False}})
        if self.js("return innerWidth") != width:
            raise SystemExit("the window has another width")

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            self.base + path, method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as e:
            raise AssertionError(json.load(e)["value"]["message"]) from e

    def do(self, method, path, body=None):
        return self.call(method, f"/session/{self.session}{path}", body)

    def open(self, url):
        self.do("POST", "/url", {"url": url})

    def js(self, script, *args):
        return self.do("POST", "/execute/sync",
                       {"script": script, "args": list(args)})

    def find(self, css):
        return next(iter(self.do("POST", "/element", {
            "using": "css selector", "value": css}).values()))

    def click(self, css):
        self.do("POST", f"/element/{self.find(css)}/click", {})

    def type(self, css, text):
        self.do("POST", f"/element/{self.find(css)}/value", {"text": text})

    def keys(self, *keys):
        actions = []
        for k in keys:
            actions += [{"type": "keyDown", "value": k},
                        {"type": "keyUp", "value": k}]
        self.do("POST", "/actions", {"actions": [
            {"type": "key", "id": "keyboard", "actions": actions}]})

    def text(self, css):
        return self.js("return document.querySelector(arguments[0]).textContent", css)

    def log(self, kind):
        return self.do("POST", "/se/log", {"type": kind})

    def close(self):
        try:
            self.do("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()
            shutil.rmtree(self.dir, ignore_errors=True)


def same(have, want, what):
    if have != want:
        raise AssertionError(f"{what}: {have!r}, not {want!r}")


def quiet(b, page):
    """No error, and nothing asked of any network."""
    b.open(page)
    for tab in b.js("return tabsOnPage = [...document.querySelectorAll('#tabs button')].map(t => t.id)"):
        b.click("#" + tab)
    bad = [m["message"] for m in b.log("browser")]
    same(bad, [], "console")
    asked = []
    for entry in b.log("performance"):
        message = json.loads(entry["message"])["message"]
        # The browser's own first page asks for its own parts.
        if message["method"] == "Network.requestWillBeSent" and \
                message["params"]["documentURL"].startswith("file:"):
            asked.append(message["params"]["request"]["url"])
    same([u for u in asked if not u.startswith(("file:", "data:"))], [], "requests")


def opens(b, page):
    """In a second of the processor's time, however many others use it."""
    b.open(page)
    b.do("POST", "/goog/cdp/execute", {"cmd": "Performance.enable", "params": {"timeDomain": "threadTicks"}})
    b.open(page)
    took = {m["name"]: m["value"] for m in b.do("POST", "/goog/cdp/execute", {
        "cmd": "Performance.getMetrics", "params": {}})["metrics"]}
    assert 0 < took["TaskDuration"] < 1, f"{took['TaskDuration']:.2f} s to open it"


DATA = "JSON.parse(document.getElementById('kmemdb-data').textContent).tables"
# The innermost shapes of the picture: those of the first level.
FIRST = """
const out = {};
for (const s of document.querySelectorAll('#chart .shape'))
  if (s.__data__.depth === 1) out[s.__data__.data.name] = s.__data__.data.net;
return out;"""


def sums(b, page):
    """What is drawn of each attribute adds up to the table's sum."""
    for attr in b.js("return [...document.querySelectorAll('#attr option')].map(o => o.value)") or []:
        b.open(page + f"#attr={attr}")
        drawn = sum(b.js(FIRST).values())
        table, column = {
            "static": ("objects", "total"), "text": ("objects", "text"),
            "data": ("objects", "data"), "bss": ("objects", "bss"),
            "resident": ("objects", "resident"), "init": ("objects", "init"),
            "live": ("dynamic", "live_bytes"), "waste": ("dynamic", "waste_bytes"),
            "peak": ("dynamic", "peak_bytes"), "total": ("dynamic", "total_bytes"),
            "copies": ("objects", "copies"), "current": (None, None), "change": ("change", "change"),
        }[attr]
        total = """const t = %s[arguments[0]]; if (!t) return 0;
            const i = t.columns.findIndex(c => c.name === arguments[1]);
            return t.rows.filter(r => arguments[0] !== "objects" || !r[0].startsWith("("))
                .reduce((s, r) => s + (r[i] || 0), 0)""" % DATA
        want = b.js(total, table, column) if table else \
            b.js(total, "objects", "resident") + b.js(total, "objects", "copies") + \
            b.js(total, "dynamic", "live_bytes")
        same(drawn, want, f"sum of {attr}")


def deeper(b, page):
    """The parts of each object drawn add up to it, symbols and sites."""
    b.open(page)
    wrong = b.js("""
      const wrong = [];
      for (const row of window.kmemdb.objects())
        for (const id of window.kmemdb.attributes())
          if (row.size[id] > 0) {
            const parts = window.kmemdb.parts(row, id);
            const sum = parts.reduce((s, p) => s + p.size[id], 0);
            if (parts.length && sum !== row.size[id]) wrong.push([row.path, id, sum, row.size[id]]);
          }
      return wrong.slice(0, 5);""")
    same(wrong, [], "objects whose parts do not add up")


def use(b, page):
    """Click, search, sort, switch, back, and a link that leads there."""
    b.open(page)
    first = b.js("return document.querySelector('#chart .opens').getAttribute('data-path')")
    b.js("document.querySelector('#chart .opens').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    same(b.js("return new URLSearchParams(location.hash.slice(1)).get('path')"), first, "path after a click")
    assert b.text("#crumbs button:last-child") == first, "no crumb"
    rows = b.js("return [...document.querySelectorAll('#rows tbody td:first-child')].map(t => t.textContent)")
    assert rows and all(r.startswith(first + "/") for r in rows), f"table does not follow: {rows[:3]}"
    b.js("history.back()")
    time.sleep(0.3)
    same(b.js("return new URLSearchParams(location.hash.slice(1)).get('path')"), None, "path after Back")
    b.click("#tab-symbols")
    sizes = "return [...document.querySelectorAll('#rows tbody tr')].map(r => r.cells[2].title.replace(/[^0-9]/g, '') * 1)"
    have = b.js(sizes)
    same(have, sorted(have, reverse=True), "symbols by size")
    b.click("#rows th:nth-child(3) button")
    have = b.js(sizes)
    same(have, sorted(have), "symbols by size, upward")
    name = b.js("return document.querySelector('#rows tbody td').textContent")
    b.type("#search", name)
    found = b.js("return [...document.querySelectorAll('#rows tbody tr')].map(r => r.textContent)")
    assert found and all(name.lower() in f.lower() for f in found), f"search: {found[:3]}"
    b.js("const s = document.getElementById('view'); s.value = 'treemap'; s.dispatchEvent(new Event('change'))")
    assert b.js("return document.querySelectorAll('#chart rect.shape').length") > 0, "no treemap"
    link = b.js("return location.href")
    b.open("about:blank")
    b.open(link)
    same(b.js("return [document.getElementById('search').value, document.getElementById('view').value,"
              "document.querySelector('[aria-selected=true]').id]"),
         [name, "treemap", "tab-symbols"], "what a link leads to")
    b.open(page + "#path=no/such/directory&attr=nonsense&tab=none")
    assert b.js("return document.querySelectorAll('#chart .shape').length") > 0, "a wrong link shows nothing"


def keyboard(b, page):
    """All of it without a mouse."""
    b.open(page)
    b.js("document.querySelector('#chart .shape').focus()")
    b.keys(RIGHT)
    label = b.js("return document.activeElement.getAttribute('aria-label')")
    assert label and "bytes" in label, "no name for the reader"
    b.js("document.querySelector('#chart .opens').focus()")
    b.keys(ENTER)
    assert b.js("return location.hash").find("path=") > 0, "Enter does not open"
    b.js("document.activeElement.blur()")
    b.keys(ESCAPE)
    assert b.js("return location.hash").find("path=") < 0, "Escape does not go up"
    b.keys("/")
    same(b.js("return document.activeElement.id"), "search", "/")
    b.js("document.getElementById('tab-directories').focus()")
    b.keys(RIGHT)
    assert b.js("return document.querySelector('[aria-selected=true]').id") != "tab-directories", "arrows on tabs"
    nameless = b.js("""return [...document.querySelectorAll('button, input, select, [tabindex], [role=button]')]
        .filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length))
        .map(e => e.outerHTML.slice(0, 80))""")
    same(nameless, [], "without a name")
    stops = b.js("return [...document.querySelectorAll('#chart [tabindex=\"0\"]')].length")
    same(stops, 1, "stops of Tab in the picture")


CONTRAST = """
const lin = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
const lum = c => 0.2126 * lin(c[0]) + 0.7152 * lin(c[1]) + 0.0722 * lin(c[2]);
const rgb = s => { const m = s.match(/[0-9.]+/g).map(Number); return m.length > 3 && m[3] === 0 ? null : m; };
const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c) return c; } return [255, 255, 255]; };
const bad = [];
for (const e of document.querySelectorAll('p, dt, dd, small, button, label, td, th, h1, h2, a, span, figcaption')) {
  if (!e.textContent.trim() || e.closest('.skip') || e.closest('svg')) continue;
  const a = lum(rgb(getComputedStyle(e).color)) + 0.05, b = lum(ground(e)) + 0.05;
  if (Math.max(a, b) / Math.min(a, b) < 4.5) bad.push(e.outerHTML.slice(0, 90));
}
return bad.slice(0, 5);"""


def readable(b, page):
    """Contrast, and no sideways scrolling of the page, wide and narrow."""
    b.open(page)
    same(b.js(CONTRAST), [], "low contrast")
    small = b.js("""return [...document.querySelectorAll('#chart text, #extra svg text')]
        .filter(t => t.getBoundingClientRect().height < 8).map(t => t.textContent).slice(0, 5)""")
    same(small, [], "too small to be read")
    assert b.js("return document.documentElement.scrollWidth <= innerWidth + 1"), "the page is wider than the window"


# What the page asks for is what its visitors may: the script comes in by
# WebDriver, which no policy of the page holds back.
AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then(
    r => done(r.violations.map(v => [v.impact, v.id, v.nodes.length,
                                     v.nodes.slice(0, 3).map(n => n.html.slice(0, 120))])),
    e => done([["critical", String(e), 0, []]]));"""


def axe(b, page):
    """axe-core finds nothing serious, whichever tab and picture is open."""
    script = pathlib.Path(os.environ["AXE"]).read_text(encoding="utf-8")
    b.open(page)
    views = [f"#tab={t[4:]}" for t in b.js("return [...document.querySelectorAll('#tabs button')].map(t => t.id)")]
    views += [f"#attr={a}" for a in b.js("return [...document.querySelectorAll('#attr option')].map(o => o.value)")[-2:]]
    first = b.js("const o = document.querySelector('#chart .opens'); return o && o.getAttribute('data-path')")
    views += ["#view=treemap"] + ([f"#path={first}", f"#path={first}&view=treemap&tab=symbols"] if first else [])
    assert len(views) > 2, "no views"

    def serious():
        b.js(script + ";window.axe = axe")
        found = b.do("POST", "/execute/async", {"script": AXE, "args": []})
        return [f for f in found if f[0] in ("serious", "critical")]

    for view in views:
        b.open("about:blank")
        b.open(page + view)
        same(serious(), [], view)
    # It looks at all: words that are hardly seen, a field without a name.
    b.js("document.getElementById('source').style.color = 'rgba(128, 128, 128, 0.3)';"
         "document.getElementById('search').parentElement.replaceWith(document.getElementById('search'));"
         "document.getElementById('search').removeAttribute('placeholder')")
    same(sorted(f[1] for f in serious()), ["color-contrast", "label"], "what was broken on purpose")


def over_time(b, page):
    """The line of waste is that of the report, on the scale of the layers."""
    b.open(page + "#tab=time")
    rows = b.js("""const t = %s.memory, i = t.columns.findIndex(c => c.name === "waste_bytes");
        return t.rows.map(r => r[i])""" % DATA)
    assert rows and max(rows) > 0, "no waste"
    points = "return document.querySelector('#extra %s').getAttribute('d').match(/[-0-9.]+,[-0-9.]+/g)"
    line = [[float(v) for v in p.split(",")] for p in b.js(points % "path.waste")]
    same(len(line), len(rows) + 1, "points of waste")
    ticks = b.js("""return [...document.querySelectorAll('#extra .axis')[1].querySelectorAll('.tick')]
        .map(t => [t.__data__, t.transform.baseVal.consolidate().matrix.f])""")
    (low, y0), (high, y1) = ticks[0], ticks[-1]
    assert low == 0 < high, f"ticks {ticks}"
    for (_, y), want in zip(line, [0] + rows):
        have = (y0 - y) / (y0 - y1) * high
        assert abs(have - want) <= high * 0.005, f"{have} drawn for {want}"
    same(b.js("return Number(document.querySelector('#extra path.waste').dataset.value)"), rows[-1], "waste at the end")


def prints(b, page):
    """A long table has its heading on every page of paper."""
    b.open(page + "#tab=symbols")
    pdf = pathlib.Path(b.dir) / "page.pdf"
    pdf.write_bytes(base64.b64decode(b.do("POST", "/goog/cdp/execute", {
        "cmd": "Page.printToPDF", "params": {}})["data"]))
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    paper = text.split("\f")
    rows = [sum(".o " in line for line in p.splitlines()) for p in paper]
    assert sum(r > 0 for r in rows) > 1, f"the table is too short: {rows}"
    for number, p in enumerate(paper, 1):
        lines = [line.split() for line in p.splitlines() if line.split()]
        if rows[number - 1]:
            assert any(w[:2] == ["symbol", "object"] for w in lines), f"no heading on page {number}"


def hostile(b, page):
    """Names are text: nothing of theirs ran, or became an element."""
    b.open(page)
    for tab in ("directories", "symbols"):
        b.click("#tab-" + tab)
        same(b.js("return [typeof window.pwned, document.querySelectorAll('img, iframe, b.evil').length]"),
             ["undefined", 0], "what ran")
    b.open(page + "#path=evil%3Cb%3E%26")
    shown = b.js("return document.body.textContent")
    assert "\u202e" not in b.js("return document.getElementById('rows').textContent"), "turns the direction"
    assert "evil<b>&" in shown, "the name is not shown as it is"
    same([m["message"] for m in b.log("browser")], [], "console")


def shot(b, page):
    """Screenshots, to be looked at: SHOTS says where."""
    where = pathlib.Path(os.environ["SHOTS"])
    b.open(page)
    (where / "page.png").write_bytes(base64.b64decode(b.do("GET", "/screenshot")))


def main():
    page = pathlib.Path(sys.argv[1]).resolve().as_uri()
    failed = False
    everywhere = {"readable", "axe", "shot"}
    sizes = [(1400, 1000, False)] + ([(360, 800, True)] if everywhere & set(sys.argv) else [])
    for size in sizes:
        b = Browser(*size)
        try:
            for what in sys.argv[2:]:
                if size != sizes[0] and what not in everywhere:
                    continue
                b.open(page)
                try:
                    globals()[what](b, page)
                    print("ok", what, "narrow, dark" if size[2] else "")
                except AssertionError as e:
                    failed = True
                    print("not ok", what, e)
        finally:
            b.close()
    sys.exit(failed)


main()
