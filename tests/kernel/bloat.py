#!/usr/bin/env python3
# Holds the rows of `kmemdb diff --by symbol` against the kernel's own
# scripts/bloat-o-meter, name by name.
#
#   bloat.py ROWS.tsv METER.txt
#
# The script adds up all symbols of a name (without counters) and leaves out
# some; the rows are added up likewise here.  It prints what differs, one line
# a name: name, change of the rows, change of the script.
import csv
import re
import sys

NUMBER = re.compile(r"\.[0-9]+")


def left_out(name):
    return name == "-" or name.startswith(
        ("__mod_", "__se_sys", "__se_compat_sys", "__addressable_"))


def add(sums, name, change):
    if not left_out(name):
        name = NUMBER.sub("", name)
        sums[name] = sums.get(name, 0) + change


def rows(path):
    sums = {}
    for r in csv.DictReader(open(path), delimiter="\t", quoting=csv.QUOTE_NONE):
        before, after = int(r["before"]), int(r["after"])
        if r["what"] == "renamed":
            add(sums, r["from"], -before)
            add(sums, r["symbol"], after)
        else:
            add(sums, r["symbol"], after - before)
    return sums


def meter(path):
    sums = {}
    for line in open(path).read().splitlines()[2:-1]:
        name, _, _, change = line.split()
        sums[name] = int(change)
    return sums


ours, theirs = rows(sys.argv[1]), meter(sys.argv[2])
for name in sorted(ours.keys() | theirs.keys()):
    a, b = ours.get(name, 0), theirs.get(name, 0)
    if a != b:
        print(name, a, b)
