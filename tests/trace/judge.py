#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Are the objects of a trace's call sites the right ones?

    judge.py MAP [MODULE=MAP...] <sites.tsv

MAP is the linker's own map of a relink (tests/kernel/relink.sh), and of each
module's `ld -r -Map`.  Each line of standard input is a site that kmemdb gave
an object: image, section (of a module), address (64-bit two's complement),
path, caller, separated by tabs.  The byte before the return address must lie
in that object's section of that map.  Prints every site that does not, and
"N sites judged, N wrong".
"""
import bisect
import re
import sys

SECTION = re.compile(
    r"^ (\S+)?\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S+)$")
FILE = re.compile(r"^(?:[^()]*\()?([^()]+)\)?$")


def read(path, relocatable):
    """Sorted (output section, start, end, object) of all input sections."""
    rows, out, pending = [], None, None
    started = False
    for line in open(path, encoding="latin-1"):
        line = line.rstrip("\n")
        started = started or line.startswith("Linker script and memory map")
        if not started:
            continue
        if re.match(r"^[._A-Za-z]", line):
            out = line.split()[0]
        # A long name is on a line of its own.
        if re.match(r"^ [._A-Za-z]\S*$", line):
            pending = line
            continue
        m = SECTION.match(pending + line if pending else line)
        pending = None
        if not m or int(m[3], 16) == 0 or m[4].startswith("*"):
            continue
        start = int(m[2], 16)
        rows.append((out if relocatable else "", start, start + int(m[3], 16),
                     FILE.match(m[4])[1]))
    rows.sort()
    return rows


def main():
    maps = {"vmlinux": read(sys.argv[1], False)}
    for word in sys.argv[2:]:
        name, path = word.split("=", 1)
        maps[name] = read(path, True)
    judged = wrong = 0
    for line in sys.stdin:
        image, section, address, path, caller = line.rstrip("\n").split("\t")
        rows = maps[image]
        at = (int(address) - 1) & (2**64 - 1)
        i = bisect.bisect_right(rows, (section, at, 2**64, "")) - 1
        judged += 1
        hit = rows[i] if i >= 0 else ("", 0, 0, "nowhere")
        if hit[0] != section or not hit[1] <= at < hit[2] or hit[3] != path:
            wrong += 1
            print(f"{caller}: {path}, but the map says {hit[3]}")
    print(f"{judged} sites judged, {wrong} wrong")
    sys.exit(wrong != 0 or judged == 0)


if __name__ == "__main__":
    main()
