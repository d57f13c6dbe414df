#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two traces beside each other, the plain way, against kmemdb diff --trace.

    sites_diff.py BEFORE AFTER ROWS.tsv

BEFORE and AFTER are what dict.py prints of two logs, ROWS the rows by site.
Independent of kmemdb: where a function has as many call sites of a kind in
both, the first is the first and so on, and each pair's sums must be those of
a row (or all be equal, and there is none); where it has not, the function's
rows must add up to what came and went in it.  Prints what differs, and at the
end how much was compared.
"""
import csv
import sys

METRICS = ("live_bytes", "waste_bytes", "total_bytes", "allocs")
COLUMNS = (("before", "after"), ("waste_before", "waste_after"),
           ("total_before", "total_after"), ("allocs_before", "allocs_after"))
NAMES = ("site kind allocs frees implicit live unknown failed total_bytes "
         "total_req live_bytes waste_bytes total_waste_bytes null_free "
         "unmatched_free").split()


def split(caller):
    name, _, offset = caller.rpartition("+")
    return name, int(offset, 16)


def read(path):
    """(function, kind) -> [(offset, caller, sums)], by offset."""
    groups = {}
    for line in open(path):
        r = dict(zip(NAMES, line.rstrip("\n").split("\t")))
        if int(r["allocs"]):
            name, offset = split(r["site"])
            groups.setdefault((name, r["kind"]), []).append(
                (offset, r["site"], tuple(int(r[m]) for m in METRICS)))
    for sites in groups.values():
        sites.sort()
    return groups


def read_rows(path):
    rows = []
    for r in csv.DictReader(open(path), delimiter="\t", quoting=csv.QUOTE_NONE):
        before = tuple(int(r[b]) for b, _ in COLUMNS)
        after = tuple(int(r[a]) for _, a in COLUMNS)
        rows.append((r["caller"], r["kind"], r["what"], r["from"], before, after))
    return rows


def total(tuples):
    return tuple(map(sum, zip((0,) * len(METRICS), *tuples)))


def minus(a, b):
    return tuple(x - y for x, y in zip(a, b))


def main():
    before, after = read(sys.argv[1]), read(sys.argv[2])
    rows, bad, pairs, sums = read_rows(sys.argv[3]), 0, 0, 0
    by_caller = {(r[0], r[1]): r for r in rows}
    by_function = {}
    for r in rows:
        by_function.setdefault((split(r[0])[0], r[1]), []).append(r)
    for key in sorted(before.keys() | after.keys()):
        b, a = before.get(key, []), after.get(key, [])
        if len(b) != len(a):
            sums += 1
            want = minus(total(s[2] for s in a), total(s[2] for s in b))
            mine = by_function.get(key, [])
            have = minus(total(r[5] for r in mine), total(r[4] for r in mine))
            whats = [r[2] for r in mine]
            count = whats.count("added") - whats.count("removed")
            if want != have or count != len(a) - len(b):
                bad += 1
                print("function", *key, "want", want, len(a) - len(b),
                      "have", have, count)
            continue
        for (_, was, x), (_, now, y) in zip(b, a):
            pairs += 1
            r = by_caller.get((now, key[1]))
            have = (r[3] if r[3] != "-" else now, r[4], r[5]) if r else None
            want = (was, x, y) if x != y else None
            if want != have:
                bad += 1
                print("site", now, key[1], "want", want, "have", have)
    print(f"{pairs} sites and {sums} functions compared, {bad} differ")


main()
