#!/usr/bin/env python3
"""Do two builds of one source say the same of the messages they share?

    agree.py LEAST FINDINGS.csv FINDINGS.csv

FINDINGS.csv: kmemdb query oom-printk --image all --format csv.  Messages are
shared where both have a finding of that object, function and text.  Lists
where the verdicts differ, and ends with 1 where fewer than the part LEAST
agree.
"""
import csv
import re
import sys

SUFFIX = re.compile(r"\.(cold|part|isra|constprop|llvm|lto_priv)(\.\d+)*")


def read(path):
    found = {}
    with open(path, encoding="utf-8", newline="") as lines:
        for r in csv.DictReader(lines):
            key = (r["path"], SUFFIX.sub("", r["function"]), r["message"])
            found.setdefault(key, set()).add(r["verdict"])
    return found


def main(argv):
    if len(argv) != 4:
        sys.exit(__doc__)
    one, other = read(argv[2]), read(argv[3])
    shared = one.keys() & other.keys()
    agree = 0
    for key in sorted(shared):
        if one[key] == other[key]:
            agree += 1
        else:
            print('%s %s: "%s": %s and %s'
                  % (*key, "|".join(sorted(one[key])), "|".join(sorted(other[key]))))
    print("%d messages shared (of %d and %d), %d agree"
          % (len(shared), len(one), len(other), agree))
    return 0 if shared and agree >= float(argv[1]) * len(shared) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
