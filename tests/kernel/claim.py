#!/usr/bin/env python3
"""Does deleting a message free what is claimed?

    claim.py TREE FINDINGS.csv COUNT WITHIN

FINDINGS.csv: kmemdb query oom-printk --image all --format csv, of TREE.  Takes
COUNT findings, static or with a value, of all objects alike (by the SHA-256 of
object and text), whose string nobody else needs.  Deletes the call in a copy
of the source, compiles that and an untouched copy by Kbuild's command, and
compares the sections that are loaded.  Prints a line each: claimed, real, what
differs by section.  Left out are those whose text is not found exactly once as
one literal in the object's own source file.  Ends with 1 where one is more
than WITHIN bytes off.
"""
import csv
import hashlib
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from printk_index import command_of  # noqa: E402


def call_of(source, message):
    """Where the statement that prints it begins and ends; None."""
    for start in range(len(message)):
        tail = message[start:] + '"'
        if len(tail) < 8:
            return None
        n = source.count(tail)
        if n == 1:
            break
        if n > 1:
            return None
    at, depth = source.index(tail), 0
    while depth >= 0:
        at -= 1
        # Back over the statement, to the bracket that it is in.
        depth += {")": 1, "(": -1}.get(source[at], 0)
        if source[at] in ";{}":
            return None
    begin = at
    while re.match(r"\w", source[begin - 1]):
        begin -= 1
    end, depth = at, 0
    while True:
        skip = re.compile(r'"(?:[^"\\]|\\.)*"').match(source, end)
        if skip:
            end = skip.end()
            continue
        depth += {"(": 1, ")": -1}.get(source[end], 0)
        end += 1
        if depth == 0:
            break
    rest = re.compile(r"\s*;").match(source, end)
    before = source[:begin].rstrip()
    # A statement of its own: nobody uses what the call returns.
    if not rest or before[-1:] not in ";{})" and not before.endswith("else"):
        return None
    return begin, rest.end()


def compile_copy(tree, obj, source_path, text, folder):
    os.mkdir(folder)
    source = os.path.join(folder, os.path.basename(source_path))
    with open(source, "w", encoding="latin1") as f:
        f.write(text)
    command = re.split(r"\s*;\s*(?=\S)", command_of(tree, obj))[0]
    command = re.sub(r"-Wp,-MM?D,\S+", "", command)
    command = re.sub(r"-o\s+\S+\.o\s+\S+\.c\b",
                     "-iquote %s -o %s.o %s" % (os.path.dirname(source_path), source, source),
                     command)
    subprocess.run(command, shell=True, cwd=tree, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    out = subprocess.run(["readelf", "-SW", source + ".o"], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    sizes = {}
    for m in re.finditer(r"\] (\S+) +\S+ +\w+ \w+ (\w+) \w+ +(\w*A\w*) ", out):
        sizes[m[1]] = sizes.get(m[1], 0) + int(m[2], 16)
    return sizes


def main(argv):
    if len(argv) != 5:
        sys.exit(__doc__)
    tree, wanted, within = argv[1], int(argv[3]), int(argv[4])
    with open(argv[2], encoding="utf-8", newline="") as f:
        rows = [r for r in csv.DictReader(f)
                if r["verdict"] in ("static", "value") and int(r["string"])
                and r["others"] == "0" and r["code"] != "0"]
    rows.sort(key=lambda r: hashlib.sha256((r["path"] + r["message"]).encode()).hexdigest())
    done, bad = 0, 0
    for r in rows:
        if done == wanted:
            break
        path = os.path.join(os.path.realpath(os.path.join(tree, "source")),
                            r["path"][:-2] + ".c")
        if not os.path.exists(path):
            continue
        with open(path, encoding="latin1") as f:
            source = f.read()
        place = call_of(source, r["message"])
        if not place:
            continue
        gone = ";" + "\n" * source[place[0]:place[1]].count("\n")
        with tempfile.TemporaryDirectory() as folder:
            before = compile_copy(tree, r["path"], path, source, folder + "/a")
            after = compile_copy(tree, r["path"], path,
                                 source[:place[0]] + gone + source[place[1]:], folder + "/b")
        by = {s: before.get(s, 0) - after.get(s, 0) for s in before.keys() | after.keys()}
        real, claim = sum(by.values()), int(r["bytes"])
        done += 1
        bad += abs(real - claim) > within
        print("%4d claimed %4d real %+4d  %s %s: \"%s\"  %s" % (
            claim, real, real - claim, r["path"], r["function"], r["message"],
            " ".join("%s %d" % x for x in sorted(by.items()) if x[1])))
    print("%d messages deleted, %d more than %d bytes off" % (done, bad, within))
    return 1 if bad or done < wanted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
