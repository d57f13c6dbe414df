#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A dictionary by pointer: what a kmem trace's text says, the plain way.

    dict.py TRACE.txt          (or from standard input)

Independent of kmemdb: regular expressions instead of its parser, and no
cleverness.  It reads `trace` and `trace-cmd report` text of kernels from
2.6.31 on with unhashed pointers, malloc and cache events only, and prints a
row a call site and kind, tab-separated, in pair_dump's columns:

    site kind allocs frees implicit live unknown failed total_bytes total_req
    live_bytes waste_bytes total_waste_bytes null_free unmatched_free
"""
import re
import sys

EVENT = re.compile(
    rb"\b(?P<name>kmalloc|kmalloc_node|kmem_cache_alloc|kmem_cache_alloc_node"
    rb"|kfree|kmem_cache_free): .*?call_site=(?P<site>[^ ]+)"
    rb".*? ?ptr= *(?P<ptr>\([^)]*\)|[0-9a-fx]+)"
    rb"(?:.* bytes_req=(?P<req>\d+) bytes_alloc=(?P<alloc>\d+))?")
COLUMNS = ("allocs frees implicit live unknown failed total_bytes total_req "
           "live_bytes waste_bytes total_waste_bytes null_free "
           "unmatched_free").split()


def kind_of(name):
    return "cache" if name.startswith(b"kmem_cache") else "malloc"


def site_of(text):
    """The site without its function's size: trace-cmd does not print it."""
    return text.decode("latin-1").split("/")[0]


def is_null(ptr):
    return ptr in (b"(null)", b"(nil)") or (
        not ptr.startswith(b"(") and int(ptr, 16) in (0, 0x10))


def run(lines):
    rows = {}
    live = {}

    def row(site, kind):
        return rows.setdefault((site, kind), dict.fromkeys(COLUMNS, 0))

    for line in lines:
        m = EVENT.search(line)
        if not m:
            continue
        kind = kind_of(m["name"])
        r = row(site_of(m["site"]), kind)
        ptr = m["ptr"]
        hidden = b"ptrval" in ptr
        if m["req"] is None:
            if is_null(ptr):
                r["null_free"] += 1
            elif hidden or int(ptr, 16) not in live:
                r["unmatched_free"] += 1
            else:
                live.pop(int(ptr, 16))[0]["frees"] += 1
            continue
        if is_null(ptr):
            r["failed"] += 1
            continue
        req, alloc = int(m["req"]), int(m["alloc"])
        r["allocs"] += 1
        r["total_bytes"] += alloc
        r["total_req"] += req
        r["total_waste_bytes"] += alloc - req
        if hidden:
            r["unknown"] += 1
            continue
        old = live.pop(int(ptr, 16), None)
        if old:
            old[0]["implicit"] += 1
        live[int(ptr, 16)] = (r, req, alloc)
    for r, req, alloc in live.values():
        r["live"] += 1
        r["live_bytes"] += alloc
        r["waste_bytes"] += alloc - req
    return rows


def main():
    source = open(sys.argv[1], "rb") if len(sys.argv) > 1 else sys.stdin.buffer
    for (site, kind), r in sorted(run(source).items()):
        if any(r.values()):
            print(site, kind, *(r[c] for c in COLUMNS), sep="\t")


if __name__ == "__main__":
    main()
