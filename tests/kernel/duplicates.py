#!/usr/bin/env python3
"""duplicates.py TREE N <ROWS: proves report duplicates by objdump.

ROWS is the report as tab-separated values.  For its first N functions, and for
N more whose name and size several contents have, every copy in a member of
vmlinux is disassembled.  Two copies are equal where the bytes of all
instructions are, and what each relocation or call names: a symbol without counters and
the place in it, of a local function its content, too; in a section, what is
there, or the string there.  The
report must have one row for each content that two objects have, with as many
copies and objects, and no other of that name and size.
"""
import collections
import csv
import re
import subprocess
import sys

TREE, N = sys.argv[1], int(sys.argv[2])
INSN = re.compile(r"^ *([0-9a-f]+):\t((?:[0-9a-f]{2} )+)")
FAR = re.compile(r"\t(?:call|j[a-z]+) +([0-9a-f]+) <([^>+]+)>$")
RELOC = re.compile(r"([0-9a-f]+): (R_X86_64_\S+)\t(\S+?)([+-]0x[0-9a-f]+)?(?=\t|$)")
CONSTANT = re.compile(r"text|rodata")


def run(*words):
    return subprocess.run(words, cwd=TREE, capture_output=True, text=True, check=True).stdout


def norm(name):
    return re.sub(r"\.[0-9]+(?=\.|$)", ".#", name)


class Unnamed(Exception):
    """A relocation to a file's own variable, or to something without a name."""


class Object:
    def __init__(self, path):
        self.path = path
        self.sections, self.names, self.local = {}, collections.defaultdict(list), {}
        self.strings, self.addresses = {}, {}
        self.known, self.busy = {}, set()
        for line in run("readelf", "-SW", path).splitlines():
            m = re.match(r"^ *\[ *(\d+)\] (\S+) +(\S+) +\S+ (\S+) (\S+) \S+ +(\S*)", line)
            if m:
                self.sections[m[1]] = m[2]
                if "S" in m[6]:
                    self.strings[m[2]] = (int(m[4], 16), int(m[5], 16))
        for line in run("readelf", "-sW", path).splitlines():
            f = line.split()
            if len(f) == 8 and f[0] != "Num:" and f[3] in ("FUNC", "OBJECT") and f[6].isdigit():
                size = int(f[2], 0)
                self.names[self.sections[f[6]]].append((int(f[1], 16), size, f[7], f[4]))
                self.local[f[7]] = (self.sections[f[6]], int(f[1], 16), f[4])

    def place(self, section, at, of):
        """What is there, however the section is laid out."""
        if section in self.strings:
            offset, size = self.strings[section]
            with open(f"{TREE}/{self.path}", "rb") as f:
                f.seek(offset)
                text = f.read(size)
            return "string", text[at:text.index(b"\0", at)]
        for value, size, name, bind in self.names[section]:
            if value <= at < value + size:
                # A file's own variable is not another file's.
                if bind == "LOCAL" and "." not in name and not CONSTANT.search(section):
                    raise Unnamed
                inner = None
                if name in self.local and bind == "LOCAL" and "text" in section and name != of[3]:
                    inner = self.content(name, of[4] + 1)
                return "name", norm(name), at - value, inner
        return self.table(section, at, of)

    def table(self, section, at, of):
        """A jump table: addresses in the function, one after the other."""
        if not self.addresses:
            part = None
            for line in run("readelf", "-rW", self.path).splitlines():
                if line.startswith("Relocation section"):
                    part = line.split("'")[1].removeprefix(".rela")
                f = line.split()
                if len(f) == 7 and f[2] == "R_X86_64_64" and f[5] == "+":
                    self.addresses[part, int(f[0], 16)] = f[4], int(f[6], 16)
        code, start, size = of[:3]
        entries = []
        while (section, at) in self.addresses:
            target, where = self.addresses[section, at]
            if target != code or not start <= where < start + size:
                break
            entries.append(where - start)
            at += 8
        if not entries:
            raise Unnamed
        return "table", tuple(entries)

    def is_local(self, name):
        return name in self.local and self.local[name][2] == "LOCAL"

    def content(self, name, depth=0):
        """None where the calls go too deep."""
        key = name, depth
        if depth > 3 or key in self.busy:
            return None
        if key not in self.known:
            self.busy.add(key)
            try:
                self.known[key] = self.look(name, depth)
            finally:
                self.busy.discard(key)
        return self.known[key]

    def look(self, name, depth):
        out = []
        section, start, _ = self.local[name]
        size = next(z for v, z, n, _ in self.names[section] if n == name and v == start)
        at_insn = end = 0
        # -w prints a relocation at the end of the instruction's line, and with
        # the first and the last those of the functions around.
        text = run("objdump", "-drw", f"--disassemble={name}", "-j", section, self.path)
        for line in text.splitlines():
            m = INSN.match(line)
            if m:
                at_insn, data = int(m[1], 16), bytes.fromhex(m[2])
                end = at_insn + len(data)
                # A call of another function of the section needs no relocation.
                far = FAR.search(line)
                if far and int(far[1], 16) not in range(start, start + size) and far[2] in self.local:
                    out.append((m[2].split()[0], self.place(section, int(far[1], 16), (section, start, size, name, depth))))
                else:
                    out.append(data)
            for m in RELOC.finditer(line):
                at, kind, target, addend = int(m[1], 16), m[2], m[3], int(m[4] or "0", 16)
                if not at_insn <= at < end:
                    continue
                if target in self.sections.values() or self.is_local(target):
                    where = addend + (end - at if kind in ("R_X86_64_PC32", "R_X86_64_PLT32") else 0)
                    if self.is_local(target):
                        target, value, _ = self.local[target]
                        where += value
                    out.append((at - start, kind, self.place(target, where, (section, start, size, name, depth))))
                else:
                    out.append((at - start, kind, target, addend))
        return tuple(out)


rows = collections.defaultdict(list)
order = []
for r in csv.DictReader(sys.stdin, delimiter="\t"):
    if r["type"] != "func":
        continue
    key = r["symbol"], int(r["size"])
    rows[key].append((int(r["copies"]), int(r["objects"]), int(r["saved"])))
    order.append(key)

found = collections.defaultdict(list)
members = run("ar", "t", "vmlinux.a").split()
for line in run("nm", "-A", "-S", *members).splitlines():
    f = line.split()
    if len(f) == 4 and f[2] == "t":
        path, _ = f[0].split(":")
        found[norm(f[3]), int(f[1], 16)].append((path, f[3]))

first = list(dict.fromkeys(order))[:N]
several = [k for k in sorted(found) if len({p for p, _ in found[k]}) > 1 and k[1] > 16 and k not in first]
# Names with more than one content, and names that the report does not have.
odd = [k for k in several if len(rows[k]) > 1][:N] + [k for k in several if not rows[k]][:N]
if len(first) < N or not odd:
    sys.exit("too few rows")
objects, wrong, proved = {}, 0, 0
for key in first + odd:
    groups = collections.defaultdict(list)
    for path, name in found[key]:
        o = objects.setdefault(path, None) or Object(path)
        objects[path] = o
        try:
            groups[o.content(name)].append(path)
        except Unnamed:
            pass
    theirs = sorted((len(g), len(set(g)), (len(g) - 1) * key[1]) for g in groups.values() if len(set(g)) > 1)
    ours = sorted(rows[key])
    if ours != theirs:
        wrong += 1
        print(f"{key}: report {ours}, objdump {theirs}")
    proved += 1
print(f"{proved} names, {wrong} wrong")
sys.exit(wrong != 0)
