#!/usr/bin/env python3
"""Holds findings against what the compiler and checkpatch say.

    messages_oracle.py index FINDINGS.csv INDEX.tsv TREE
    messages_oracle.py hits OBJECTS.csv SOURCE
    messages_oracle.py checkpatch FINDINGS.csv INDEX.tsv HITS.tsv ABSENT.tsv

FINDINGS.csv: kmemdb query oom-printk --image all --format csv; INDEX.tsv: of
printk_index.py, for the objects of the findings (index) or of the files in
which checkpatch has a hit (checkpatch).

index: each finding whose printer is in the index has an entry of its object
with its text, in its function, or in one that was inlined (that has no symbol).

hits: where checkpatch reports OOM_MESSAGE in the sources of these objects: a
line "object TAB number" each.

checkpatch: each of these hits on a line that was compiled is a finding; those
that are none are in ABSENT.tsv (path, message, why).

Prints what is not so, and a line of counts; ends with 1 where something is not.
"""
import csv
import os
import re
import subprocess
import sys

# These have no entry: include/linux/printk.h, dev_printk.h.
NOT_IN_INDEX = re.compile(r"^(netdev_|__?drm|__warn_printk|warn_slowpath|dev_err_probe"
                          r"|__dynamic_|.*_ratelimit)")


def read_findings(path):
    with open(path, encoding="utf-8", newline="") as f:
        return [r for r in csv.DictReader(f)]


def read_index(path):
    index = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            obj, function, number, text = line.rstrip("\n").split("\t")
            index.setdefault(obj, []).append((function, int(number), text))
    return index


def functions_of(tree, obj):
    """Functions that have code of their own; without the compiler's suffixes."""
    out = subprocess.run(["nm", os.path.join(tree, obj)], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    return {line.split()[2].split(".")[0] for line in out.splitlines()
            if len(line.split()) == 3 and line.split()[1] in "tTwW"}


def check_index(findings, index, tree):
    agreed, left_out, bad = 0, 0, []
    for f in findings:
        entries = [e for e in index.get(f["path"], []) if e[2] == f["message"]]
        where = "%s %s: \"%s\"" % (f["path"], f["function"], f["message"])
        if not entries and NOT_IN_INDEX.match(f["printer"]):
            left_out += 1
            continue
        if not entries:
            # A wrapper's own format is in the index, its callers' are not.
            if not re.match("_?(printk|printk_deferred|dev_[a-z]+)$", f["printer"]):
                left_out += 1
                continue
            bad.append("not in the index: " + where)
            continue
        own = functions_of(tree, f["path"])
        if not any(e[0] == f["function"] or e[0] not in own for e in entries):
            bad.append("in %s by the index: %s" % (entries[0][0], where))
            continue
        lines = {"%d" % e[1] for e in entries}
        line = f["line"].rpartition(":")[2]
        if f["line"] != "-" and line.isdigit() and \
                not any(abs(int(line) - int(x)) <= 4 for x in lines):
            bad.append("line %s, by the index %s: %s" % (f["line"], sorted(lines), where))
            continue
        agreed += 1
    print("%d findings agree with the index, %d are of printers that it does not have, "
          "%d do not agree" % (agreed, left_out, len(bad)))
    return bad


def candidates(source, objects):
    """Files where a log call may follow a failed allocation: checkpatch needs
    seconds for each."""
    call = re.compile(r"(?:alloc|kstrdup|kmemdup)[^;{}]*;\n\s*if \((?:!|NULL ==|[^()\n]*== NULL)"
                      r"[^\n]*\n[^\n]*\b(?:pr|dev|printk|\w*_?"
                      r"(?:err|warn|info|emerg|crit|alert|notice|dbg))\w*\(")
    for obj in objects:
        path = os.path.join(source, obj[:-2] + ".c")
        if os.path.exists(path) and call.search(open(path, errors="replace").read()):
            yield obj


def hits(source, obj):
    out = subprocess.run(["perl", "scripts/checkpatch.pl", "--no-tree", "--terse",
                          "--types", "OOM_MESSAGE", "-f", obj[:-2] + ".c"],
                         cwd=source, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, text=True).stdout
    return [int(n) for n in re.findall(r":(\d+): WARNING: Possible unnecessary", out)]


def print_hits(objects_path, source):
    with open(objects_path, encoding="utf-8", newline="") as f:
        objects = sorted({r["path"] for r in csv.DictReader(f)})
    for obj in candidates(source, objects):
        for line in hits(source, obj):
            print(obj, line, sep="\t")


def check_checkpatch(findings, index, hits_path, absent_path):
    with open(absent_path, encoding="utf-8") as f:
        absent = {tuple(l.split("\t")[:2]) for l in f if l.strip() and l[0] != "#"}
    found, explained, elsewhere, bad = 0, 0, 0, []
    with open(hits_path, encoding="utf-8") as f:
        places = [l.split() for l in f]
    for obj, line in places:
        # The index has the line where the call ends or begins.
        texts = [e[2] for e in index.get(obj, []) if -1 <= e[1] - int(line) <= 4]
        messages = {f["message"] for f in findings if f["path"] == obj}
        if not texts:
            print("%s:%s: not compiled, or no log call" % (obj, line))
            elsewhere += 1
        elif any(t in messages for t in texts):
            found += 1
        elif any((obj, t) in absent for t in texts):
            explained += 1
        else:
            bad.append("%s:%s: \"%s\" is no finding" % (obj, line, texts[0]))
    print("%d hits of checkpatch are findings, %d are explained, %d are not compiled, "
          "%d are missing" % (found, explained, elsewhere, len(bad)))
    return bad


def main(argv):
    if argv[1] == "hits":
        print_hits(*argv[2:4])
        return 0
    findings, index = read_findings(argv[2]), read_index(argv[3])
    bad = (check_index(findings, index, argv[4]) if argv[1] == "index" else
           check_checkpatch(findings, index, *argv[4:6]))
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
