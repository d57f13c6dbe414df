#!/usr/bin/env python3
"""How well the findings of `kmemdb query oom-printk` agree with a truth file.

    score.py FINDINGS.csv TRUTH.tsv [OBJECTS.csv [SYMBOLS.csv]]

FINDINGS.csv: kmemdb query oom-printk --image all --format csv
OBJECTS.csv:  kmemdb query objects --image all --format csv: what was built.
              Lines of the truth whose object is not in it are left out.
SYMBOLS.csv: kmemdb query symbols --image all --format csv: which functions the
          compiler kept.  The messages of one that it put into another are
          looked for in all functions of its object.

The truth (truth-tune.tsv, truth-hold.tsv) has a line for each message that
somebody read in the source: path, function, message, verdict, why.  A message
"-" stands for all messages of the function.  Verdict "none": no finding; "?":
can be argued either way, not counted; "a|b": either will do.  A function that is listed was read to
its end: what it has besides is none.  Findings of other functions are not
judged, nor those of verdict "stored": they are printed elsewhere.

Prints what disagrees, then precision, recall and agreement of the verdicts.
--check P R V ends with 1 where one is below.
"""
import csv
import re
import sys

SUFFIX = re.compile(r"\.(cold|part|isra|constprop|llvm|lto_priv)(\.\d+)*")
NO_FINDING = ("none", "?")


def function_name(name):
    return SUFFIX.sub("", name)


def same_message(one, other):
    """Equal, but for a prefix that pr_fmt() put before it."""
    return one == other or one.endswith(other) or other.endswith(one)


def read_truth(path, built):
    truth, left_out = {}, set()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            obj, function, message, verdict, _ = line.rstrip("\n").split("\t")
            key = (obj, function)
            if built is not None and obj not in built:
                left_out.add(key)
                continue
            truth.setdefault(key, []).append((message, verdict))
    return truth, left_out


def read_symbols(path):
    with open(path, encoding="utf-8", newline="") as lines:
        return {(row["path"], function_name(row["symbol"]))
                for row in csv.DictReader(lines)}


def homes_of_inlined(truth, symbols):
    """(path, message) of functions that are in others: their key."""
    return [(key, row[0]) for key, rows in truth.items()
            if key not in symbols for row in rows if row[0] != "-"]


def read_findings(path, truth, symbols):
    found = {}
    inlined = homes_of_inlined(truth, symbols) if symbols else []
    with open(path, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["verdict"] == "stored":
                continue
            key = (row["path"], function_name(row["function"]))
            homes = [k for k, message in inlined
                     if k[0] == key[0] and same_message(row["message"], message)
                     and not any(same_message(row["message"], t[0])
                                 for t in truth.get(key, []) if t[0] != "-")]
            for k in homes or [key]:
                if k in truth:
                    found.setdefault(k, []).append((row["message"], row["verdict"]))
    return found


def judge(truth, found):
    """Lists of (path, function, message, expected, got)."""
    right, wrong, missed = [], [], []
    for key, rows in truth.items():
        left = list(found.get(key, []))
        for message, verdict in rows:
            hits = [f for f in left if message != "-" and same_message(f[0], message)]
            left = [f for f in left if f not in hits]
            if verdict == "?":
                continue
            if verdict == "none":
                wrong += [(*key, f[0], "none", f[1]) for f in hits]
            elif hits:
                verdicts = [f[1] for f in hits]
                fit = [v for v in verdict.split("|") if v in verdicts]
                right.append((*key, message, *([fit[0]] * 2 if fit else (verdict, verdicts[0]))))
            else:
                missed.append((*key, message, verdict, "-"))
        wrong += [(*key, f[0], "none", f[1]) for f in left]
    return right, wrong, missed


def ratio(part, whole):
    return part / whole if whole else 1.0


def main(argv):
    limits = None
    if "--check" in argv:
        at = argv.index("--check")
        limits = [float(x) for x in argv[at + 1 : at + 4]]
        del argv[at : at + 4]
    if len(argv) not in (3, 4, 5):
        sys.exit(__doc__)
    built = symbols = None
    if len(argv) >= 4:
        with open(argv[3], encoding="utf-8", newline="") as lines:
            built = {row["path"] for row in csv.DictReader(lines)}
    truth, left_out = read_truth(argv[2], built)
    if not truth:
        sys.exit("score: no function of %s was built" % argv[2])
    if len(argv) == 5:
        symbols = read_symbols(argv[4])
    right, wrong, missed = judge(truth, read_findings(argv[1], truth, symbols))
    for title, rows in (
        ("false", wrong),
        ("missed", missed),
        ("verdict", [r for r in right if r[3] != r[4]]),
    ):
        for row in sorted(rows):
            print("%-8s %s %s: \"%s\": %s, found %s" % (title, *row))
    agreed = sum(r[3] == r[4] for r in right)
    scores = (
        ratio(len(right), len(right) + len(wrong)),
        ratio(len(right), len(right) + len(missed)),
        ratio(agreed, len(right)),
    )
    print(
        "%d functions, %d messages to find (%d functions not built)"
        % (len(truth), len(right) + len(missed), len(left_out))
    )
    print(
        "precision %.3f (%d of %d)  recall %.3f (%d of %d)  verdicts %.3f (%d of %d)"
        % (
            scores[0], len(right), len(right) + len(wrong),
            scores[1], len(right), len(right) + len(missed),
            scores[2], agreed, len(right),
        )
    )
    if limits and any(s < l for s, l in zip(scores, limits)):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
