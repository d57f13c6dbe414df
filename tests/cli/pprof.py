#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pprof.py FILE: reads a profile of pprof by hand (varints and fields, no
protobuf library), checks that all its parts hang together, and prints

    type NAME UNIT SUM          for each sample type
    stack A;B;C VALUE...        for each sample, the outermost function first;
                                a function is NAME or NAME@FILE:LINE
"""
import gzip
import sys


def varint(b, at):
    value = shift = 0
    while True:
        value |= (b[at] & 0x7f) << shift
        shift += 7
        at += 1
        if not b[at - 1] & 0x80:
            return value, at


def signed(v):
    return v - (1 << 64) if v >= 1 << 63 else v


def fields(b):
    at = 0
    while at < len(b):
        key, at = varint(b, at)
        if key & 7 == 0:
            value, at = varint(b, at)
        elif key & 7 == 2:
            n, at = varint(b, at)
            value = b[at:at + n]
            assert len(value) == n, "cut"
            at += n
        else:
            raise AssertionError(f"wire type {key & 7}")
        yield key >> 3, value


def numbers(value):
    """A packed list, or one that is not."""
    if isinstance(value, int):
        return [value]
    out, at = [], 0
    while at < len(value):
        v, at = varint(value, at)
        out.append(v)
    return out


def one(message):
    out = {}
    for number, value in fields(message):
        out.setdefault(number, []).append(value)
    return out


profile = one(gzip.open(sys.argv[1]).read())
assert set(profile) <= {1, 2, 3, 4, 5, 6, 10, 13, 14}, set(profile)
strings = [s.decode("utf-8") for s in profile[6]]
assert strings[0] == "" and len(set(strings)) == len(strings)
functions, locations, sums = {}, {}, []
for f in map(one, profile.get(5, [])):
    name, file = f[2][0], f.get(4, [0])[0]
    assert f[1][0] not in functions and strings[name]
    functions[f[1][0]] = (strings[name], strings[file])
mappings = {one(m)[1][0] for m in profile.get(3, [])}
for loc in map(one, profile.get(4, [])):
    assert loc[1][0] not in locations and loc[2][0] in mappings
    lines = []
    for line in map(one, loc[4]):
        name, file = functions[line[1][0]]
        number = line.get(2, [0])[0]
        lines.append(f"{name}@{file}:{number}" if file and number else name)
    locations[loc[1][0]] = lines
types = [(strings[one(t)[1][0]], strings[one(t)[2][0]]) for t in profile[1]]
sums = [0] * len(types)
used = set()
stacks = []
for sample in map(one, profile.get(2, [])):
    ids = [i for v in sample[1] for i in numbers(v)]
    values = [signed(x) for v in sample[2] for x in numbers(v)]
    assert len(values) == len(types) and ids and min(values) >= 0
    used |= set(ids)
    sums = [a + b for a, b in zip(sums, values)]
    names = [n for i in reversed(ids) for n in reversed(locations[i])]
    stacks.append(f"stack {';'.join(names)} {' '.join(map(str, values))}")
assert used == set(locations), "a location that no sample has"
assert strings[profile[14][0]] in dict(types)
for (name, unit), total in zip(types, sums):
    print("type", name, unit, total)
print("\n".join(stacks))
