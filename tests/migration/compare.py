"""compare.py PROGRAM OLD.csv: what a program of an old time said of its
database (tests/migration/make.sh) against what PROGRAM says of $KMEMDB, to
which that database was migrated.  A line a difference; exit 1 where there is
one.

Every old column must be there with the same values, row by row; new columns
and new words in notes may come.  What was renamed is in the tables below.
"""
import csv
import io
import subprocess
import sys

REPORTS = {"remarks": "caveats"}
COLUMNS = {"remark": "caveat", "chosen": "build_choice", "agree": "match"}
# Of coverage: what a row is about.
ROWS = {
    "slide": "KASLR offset",
    "doubled": "duplicate events",
    "build: remark": "build: caveat",
}
# Prose may be reworded.
PROSE = {("coverage", "note"), ("boot-memory", "note")}

# Reports that show what belongs to no object, too, and in which column.
# Their percent is a share of more.
LINK = {"footprint": "path", "largest": "what"}

UNPAIRED = ("unmatched_free", "implicit", "unknown", "failed")


def row_name(old):
    """What a row of coverage is about, as it is called today."""
    if old.startswith("first "):
        return "event " + old[len("first "):]
    return ROWS.get(old, old)


def sections(path):
    """The arguments of each report, and its rows as dictionaries."""
    with open(path, encoding="utf-8") as f:
        parts = f.read().split("== ")[1:]
    for part in parts:
        words, text = part.split("\n", 1)
        yield words.split(), list(csv.DictReader(io.StringIO(text)))


def ask(program, words, old):
    words = [REPORTS.get(words[0], words[0])] + words[1:]
    if words[0] == "symbols":  # had symbols of no size, too
        words.append("--labels")
    done = subprocess.run([program, "query"] + words + ["--format", "csv"],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        return None, done.stderr.strip()
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    if words[0] == "coverage":  # rows that old programs did not have
        known = {row_name(r["what"]) for r in old}
        rows = [r for r in rows if r["what"] in known]
    if words[0] in ("builds", "history"):  # the audit that migrated is another one
        rows = [r for r in rows if r["build"] == "1"]
    # What belongs to no object was not shown before version 5.
    if words[0] in LINK and not any(r[LINK[words[0]]].startswith("(") for r in old):
        rows = [r for r in rows if not r[LINK[words[0]]].startswith("(")]
    if words[0] == "frequent":  # was sorted by allocs, not by saves
        order = [r["caller"] + r["kind"] for r in old]
        rows.sort(key=lambda r: order.index(r["caller"] + r["kind"])
                  if r["caller"] + r["kind"] in order else -1)
    if words[0] == "unmatched":  # frees of NULL were in the rows of their sites
        was = sum(int(r["null_free"]) for r in old)
        if was != sum(int(r["null_free"]) for r in rows):
            return None, "other frees of NULL"
        old[:] = [r for r in old if any(r[c] != "0" for c in UNPAIRED)]
        for r in old:
            r["null_free"] = "0"
        rows = [r for r in rows if not r["caller"].startswith("(frees")]
        order = [r["caller"] + r["kind"] for r in old]
        rows.sort(key=lambda r: order.index(r["caller"] + r["kind"]))
    if words[0] == "combined":  # was sorted by another current_bytes
        order = [r["path"] for r in old]
        rows.sort(key=lambda r: order.index(r["path"]) if r["path"] in order else -1)
    return rows, None


def same(report, column, old, new):
    if (report, column) in PROSE:
        return True
    if report in LINK and column == "percent":
        return True
    # Of what takes memory now, not of all that was linked.
    if report == "combined" and column in ("current_bytes", "percent"):
        return True
    # Modules count as loaded: the line says so, and one more may come.
    if report == "ram" and column in ("what", "note", "ordinal"):
        return True
    if report == "coverage" and column == "what":
        return new == row_name(old)
    if report == "frequent" and column == "average_alloc":
        return int(old) == int(float(new))  # was cut off
    # In whole slabs, and of nothing nothing.
    if report == "frequent" and column == "saves":
        return int(new or 0) <= int(old or 0)
    return old == new


def compare(words, old, new):
    if len(old) != len(new):
        yield f"{len(old)} rows before, {len(new)} now"
        return
    for n, (a, b) in enumerate(zip(old, new)):
        for column, value in a.items():
            now = b.get(COLUMNS.get(column, column))
            if now is None or not same(words[0], column, value, now):
                yield f"row {n + 1}, {column}: {value!r} before, {now!r} now"


def main(program, path):
    count = found = 0
    for words, old in sections(path):
        new, error = ask(program, words, old)
        differences = [error] if error else list(compare(words, old, new))
        for d in differences:
            print(" ".join(words) + ": " + d)
        found += len(differences)
        count += 1
    print(f"{count} reports compared")
    return 1 if found or not count else 0


sys.exit(main(*sys.argv[1:]))
