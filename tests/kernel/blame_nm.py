#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kmemdb blame of every function of a directory against nm -S of each step.

    blame_nm.py KMEMDB HISTORY DIR    the steps are in the database by label

Names that stand in one object of the directory, and in the same one in all
steps: what moves or is renamed nm cannot follow.
"""
import collections
import csv
import pathlib
import subprocess
import sys

kmemdb, history, directory = sys.argv[1:]
steps = sorted(p.name for p in pathlib.Path(history).iterdir()
               if p.is_dir() and p.name[0].isdigit())
# By step: (object, name) to size; a name that is there twice is None.
sizes = []
for step in steps:
    found = {}
    for path in sorted(pathlib.Path(history, step, directory).glob("*.o")):
        out = subprocess.run(["nm", "-S", "--defined-only", path], text=True,
                             check=True, capture_output=True).stdout
        for words in map(str.split, out.splitlines()):
            if len(words) == 4 and words[2] in "tT":
                key = (f"{directory}/{path.name}", words[3])
                found[key] = None if key in found else int(words[1], 16)
    sizes.append(found)
names = collections.Counter(name for found in sizes[:1] for _, name in found)
checked = changed = 0
for key in sorted(sizes[0]):
    path, name = key
    if names[name] > 1 or any(found.get(key) is None for found in sizes):
        continue
    expected = [(steps[i], sizes[i][key], sizes[i][key] - sizes[i - 1][key])
                for i in range(len(steps) - 1, 0, -1)
                if sizes[i][key] != sizes[i - 1][key]]
    expected.append((steps[0], sizes[0][key], sizes[0][key]))
    # The object of a composite (ext2.o) has them all once more.
    out = subprocess.run([kmemdb, "blame", name, "--branch", path, "--format",
                          "tsv"], text=True, check=True,
                         capture_output=True).stdout
    rows = list(csv.DictReader(out.splitlines(), delimiter="\t"))
    if not rows and path.endswith("/ext2.o"):
        continue
    found = [(r["commit"], int(r["size"]), int(r["change"])) for r in rows]
    assert found == expected, (key, found, expected)
    checked += 1
    changed += len(expected) > 1
print(f"{checked} functions, {changed} of them changed")
