#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Peaks and owners of a kmem trace, counted the plain way.

    recount.py peaks TREE LD.map TRACE.txt
    recount.py composition TREE LD.map TRACE.txt
    recount.py sites TREE LD.map TRACE.txt
    recount.py owners TREE LD.map TRACE.txt WRAPPERS

Independent of kmemdb: regular expressions, a dictionary by pointer, objdump,
nm and addr2line, and the linker's own maps (of vmlinux's relink; those of
modules are made here with `ld -r`).  TRACE.txt is the kernel's text of one
boot, WRAPPERS rows `kind<TAB>pattern` of functions and headers that allocate
for their callers.

peaks prints, of the whole (.), each directory and each object, with tabs
between: path, and bytes and nanoseconds of the highest point of malloc, of
cache and of both.  composition prints what each site and kind had at the
highest point of both, sites the object of each site.  owners prints: owner,
allocations, frees, live ones, bytes of all, of live ones.  What it could not
place is said on standard error.
"""
import bisect
import collections
import os
import re
import subprocess
import sys
import tempfile

EVENT = re.compile(
    r"^\s*.*?-\d+ +(?:\( *[\d-]+\) )?\[(?P<cpu>\d+)\] .{5} +(?P<s>\d+)\.(?P<us>\d{6}): "
    r"(?P<name>kmalloc|kmalloc_node|kmem_cache_alloc|kmem_cache_alloc_node"
    r"|kfree|kmem_cache_free): call_site=(?P<site>\S+(?: \[\w+\])?)"
    r" ptr=(?P<ptr>\([^)]*\)|[0-9a-f]+)"
    r"(?:.* bytes_req=(?P<req>\d+) bytes_alloc=(?P<alloc>\d+))?")
STACK = re.compile(r"\[(?P<cpu>\d+)\] .{5} +\d+\.\d+: <stack trace>$")
TEXT = re.compile(r"^([^+/ ]+)\+0x([0-9a-f]+)(?:/0x([0-9a-f]+))?(?: \[(\w+)\])?$")
CALL = re.compile(r"\t(?:[a-z]+ )*l?call[qlw]?(?:\s|$)")
MAP_ROW = re.compile(r"^ (\S*) +0x([0-9a-f]+) +0x([0-9a-f]+) (\S+\.o\)?)$")


def lines(*command, **how):
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL, **how) as p:
        yield from p.stdout


def read_map(path):
    """Sorted (section, start, end, object)."""
    rows, name, begun = [], None, False
    for line in open(path, encoding="latin-1"):
        line = line.rstrip("\n")
        begun = begun or line.startswith("Linker script and memory map")
        if not begun:
            continue
        m = re.match(r"^ (\S+)$", line)
        if m:
            name = m[1]
            continue
        m = MAP_ROW.match(line)
        if m and int(m[3], 16):
            start = int(m[2], 16)
            rows.append((m[1] or name, start, start + int(m[3], 16),
                         re.sub(r"^.*\(|\)$", "", m[4])))
        name = None
    return rows


class Image:
    """The code of vmlinux, or of a module: by symbol to object and address."""

    def __init__(self, file, rows, relocatable):
        self.file = file
        self.relocatable = relocatable
        self.rows = sorted(rows, key=lambda r: (r[0], r[1]) if relocatable
                           else r[1])
        self.keys = [(r[0], r[1]) if relocatable else r[1] for r in self.rows]
        self.calls = set()
        section, after = None, False
        for line in lines("objdump", "-d", "--no-show-raw-insn", file):
            m = re.match(r"^ *([0-9a-f]+):\t", line)
            if m:
                if after:
                    self.calls.add((section, int(m[1], 16)))
                after = CALL.search(line) is not None
            elif line.startswith("Disassembly of section "):
                section, after = line.split()[-1].rstrip(":"), False
                self.sections = getattr(self, "sections", []) + [section]
        self.symbols = collections.defaultdict(set)
        names = {}
        for line in lines("readelf", "-SW", file):
            m = re.match(r"^ *\[ *(\d+)\] (\S+)", line)
            if m:
                names[m[1]] = m[2]
        for line in lines("readelf", "-sW", file):
            w = line.split()
            if len(w) == 8 and w[6] in names and names[w[6]] in self.sections \
                    and w[3] not in ("SECTION", "FILE"):
                self.symbols[w[7]].add((names[w[6]], int(w[1], 16)))

    def object_at(self, section, address):
        key = (section, address) if self.relocatable else address
        i = bisect.bisect_right(self.keys, key) - 1
        if i >= 0 and self.rows[i][1] <= address < self.rows[i][2] and (
                not self.relocatable or self.rows[i][0] == section):
            return self.rows[i][3]
        return None

    def find(self, name, offset, size):
        """{(section, return address, object)} that the text could mean."""
        found = set()
        for section, value in self.symbols.get(name, ()):
            at = value + offset
            if (section, at) in self.calls and self.fits(section, value, size):
                found.add((section, at, self.object_at(section, at - 1)))
        return found

    def fits(self, section, value, size):
        """Is the next symbol so far?  Its end may be that of its section."""
        if size is None:
            return True
        if not hasattr(self, "starts"):
            self.starts = collections.defaultdict(list)
            for places in self.symbols.values():
                for s, v in places:
                    self.starts[s].append(v)
            for s in self.starts:
                self.starts[s] = sorted(set(self.starts[s]))
        later = self.starts[section]
        i = bisect.bisect_right(later, value)
        return i == len(later) or later[i] - value == size


class Kernel:
    def __init__(self, tree, ldmap):
        self.images = {None: Image(tree + "/vmlinux", read_map(ldmap), False)}
        order = tree + "/modules.order"
        for ko in open(order).read().split() if os.path.exists(order) else []:
            ko = re.sub(r"\.(ko|o)$", "", ko)
            parts = open(f"{tree}/{ko}.mod").read().split()
            with tempfile.TemporaryDirectory() as tmp:
                subprocess.run(["ld", "-r", f"-Map={tmp}/map", "-o", f"{tmp}/o",
                                *parts], cwd=tree, check=True)
                rows = read_map(f"{tmp}/map")
            self.images[os.path.basename(ko).replace("-", "_")] = Image(
                f"{tree}/{ko}.ko", rows, True)
        self.known, self.unplaced = {}, collections.Counter()

    def site(self, text):
        """(image, section, return address, object); None: not exactly one."""
        if text not in self.known:
            m = TEXT.match(text)
            found = set()
            if m and m[4] in self.images:
                found = self.images[m[4]].find(
                    m[1], int(m[2], 16), int(m[3], 16) if m[3] else None)
            # A module's names are printed with it.
            self.known[text] = (m[4], *found.pop()) if len(found) == 1 else None
        if self.known[text] is None:
            self.unplaced[text] += 1
        return self.known[text]

    def chains(self, places):
        """{place: [(function, file)] by addr2line, innermost first}."""
        groups, found = collections.defaultdict(list), {}
        for p in places:
            groups[p[0], p[1] if p[0] else None].append(p)
        for (image, section), group in groups.items():
            at = {p[2] - 1: p for p in group}
            with tempfile.TemporaryFile("w+") as asked:
                asked.writelines(f"{a:#x}\n" for a in at)
                asked.seek(0)
                pairs, function = None, None
                for line in lines("addr2line", "-a", "-i", "-f", "-e",
                                  self.images[image].file,
                                  *(["-j", section] if section else []),
                                  stdin=asked):
                    line = line.rstrip("\n")
                    if re.fullmatch(r"0x[0-9a-f]{8,16}", line):
                        pairs = found[at[int(line, 16)]] = []
                        function = None
                    elif function is None:
                        function = line
                    else:
                        pairs.append((function, line.split(":")[0]))
                        function = None
        return {p: c if c and c[0][1] not in ("??", "") else []
                for p, c in found.items()}


def events(path):
    """(time in ns, name, site, pointer or None, req, alloc, frames)."""
    found, last, frames = [], {}, None
    for line in open(path, encoding="latin-1"):
        line = line.rstrip("\n")
        if frames is not None and line.startswith(" => "):
            frames.append(line[4:].split(" ")[0].split("+")[0])
            continue
        m = STACK.search(line)
        if m:
            # After its event, but for what another CPU did meanwhile; no
            # other event was traced that could nest.
            frames = []
            if m["cpu"] in last:
                last[m["cpu"]][6] = frames
            continue
        frames = None
        m = EVENT.match(line)
        if not m:
            continue
        ptr = None if m["ptr"].startswith("(") else int(m["ptr"], 16)
        found.append([int(m["s"]) * 10**9 + int(m["us"]) * 1000, m["name"],
                      m["site"], ptr, int(m["req"] or 0), int(m["alloc"] or 0),
                      None])
        last[m["cpu"]] = found[-1]
    yield from found


def is_alloc(name):
    return name.startswith(("kmalloc", "kmem_cache_alloc"))


def changes(path):
    """(time, place text, kind, signed bytes, event) in the order of the log."""
    live = {}
    for e in events(path):
        at, name, site, ptr, _, alloc, _ = e
        if ptr in (None, 0, 0x10):
            continue
        old = live.pop(ptr, None)
        if old:
            yield (at, old[0], old[1], -old[2], old[3], name)
        if is_alloc(name):
            kind = "cache" if name.startswith("kmem_cache") else "malloc"
            live[ptr] = (site, kind, alloc, e)
            yield (at, site, kind, alloc, e, name)


def peaks(kernel, path):
    branches = {}
    live = collections.Counter()
    top = collections.defaultdict(lambda: [0, 0])

    def grown(branch, kind, at):
        now = live[branch, kind]
        if now > top[branch, kind][0]:
            top[branch, kind] = [now, at]

    for at, site, kind, size, _, _ in changes(path):
        if site not in branches:
            place = kernel.site(site)
            parts = (place[3] if place and place[3] else "(not placed)").split("/")
            branches[site] = ["/".join(parts[:i]) for i in
                              range(1, len(parts) + 1)] + ["."]
        for b in branches[site]:
            for k in (kind, "both"):
                live[b, k] += size
                if size > 0:
                    grown(b, k, at)
    for b in sorted({b for b, _ in top}):
        print(b, *(n for k in ("malloc", "cache", "both") for n in top[b, k]),
              sep="\t")


def composition(path):
    now = highest = until = 0
    for n, (_, _, _, size, _, _) in enumerate(changes(path)):
        now += size
        if now > highest:
            highest, until = now, n
    live = collections.Counter()
    for n, (_, site, kind, size, _, _) in enumerate(changes(path)):
        if n > until:
            break
        live[site.split("/")[0].split(" ")[0], kind] += size
    for (site, kind), size in sorted(live.items()):
        if size:
            print(site, kind, size, sep="\t")


def sites(kernel, path):
    for text in sorted({e[2] for e in events(path)}):
        place = kernel.site(text)
        if place and place[3]:
            print(text, place[0] or "vmlinux", place[3], sep="\t")


def base(name):
    return name[0] + name[1:].split(".")[0]


def owners(kernel, path, wrappers):
    headers = [p for k, p in wrappers if k == "file"]
    hidden = {p for k, p in wrappers if k in ("function", "allocator")}
    own, asked = {}, {}
    texts = {e[2] for e in events(path) if is_alloc(e[1])}
    chains = kernel.chains({p for p in map(kernel.site, texts) if p})

    def owner_of_site(text):
        place = kernel.site(text)
        name = TEXT.match(text)[1] if TEXT.match(text) else text
        chain = chains.get(place, []) if place else []
        for function, file in chain or [(name, "")]:
            if base(function) not in hidden and not any(
                    file.endswith("/" + h) or file == h for h in headers):
                return base(function)
        return None

    def owner(e):
        site, frames = e[2], e[6]
        if site not in own:
            own[site] = owner_of_site(site)
        if own[site]:
            return own[site]
        name = TEXT.match(site)[1] if TEXT.match(site) else site
        key = (site, tuple(frames or ()))
        if key not in asked:
            rest = list(key[1])
            rest = rest[rest.index(name) + 1:] if name in rest else rest
            asked[key] = next((base(f) for f in rest if base(f) not in hidden),
                              base(name))
        return asked[key]

    rows = collections.defaultdict(lambda: [0] * 5)
    for _, _, _, size, e, name in changes(path):
        r = rows[owner(e)]
        if size > 0:
            r[0] += 1
            r[2] += 1
            r[3] += size
            r[4] += size
        else:
            r[1] += not is_alloc(name)
            r[2] -= 1
            r[4] += size
    for name in sorted(rows):
        print(name, *rows[name], sep="\t")


def main():
    what, tree, ldmap, path = sys.argv[1:5]
    if what == "composition":
        composition(path)
        return
    kernel = Kernel(tree, ldmap)
    if what == "peaks":
        peaks(kernel, path)
    elif what == "sites":
        sites(kernel, path)
    else:
        owners(kernel, path, [line.rstrip("\n").split("\t")
                              for line in open(sys.argv[5])])
    for text, n in kernel.unplaced.most_common():
        print(f"not placed: {text}, {n} times", file=sys.stderr)


if __name__ == "__main__":
    main()
