#!/usr/bin/env python3
"""What a database says, without the numbers of its rows: a line for each build
and trace, so that two databases of one content give the same lines.

    content.py DB [--rows]      --rows: every row of every table, too

Shares no code with kmemdb: references are followed from the schema's foreign
keys.  What belongs to a machine (stamps, cached records) is left out.
"""
import collections
import hashlib
import sqlite3
import sys

LOCAL = {"tree", "stamp", "cached_record", "message_cache", "slim"}
# Digests that have numbers of this database in them.
SKIP = {("placement_set", "hash"), ("member_list", "hash"), ("linked_image", "hash"),
        ("footprint", "hash"), ("message_set", "hash"), ("content_set", "hash"), ("trace", "first_allocation"), ("trace", "last_allocation"),
        # A blob with numbers of names.
        ("image_map", "symbols")}
# References that the schema does not name.
MORE = {("site", "section"): "name", ("source_line", "section"): "name"}

db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
db.text_factory = bytes
tables = [r[0].decode() for r in db.execute(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
columns, refs, rows, by_id = {}, {}, {}, {}
for t in tables:
    columns[t] = [(r[1].decode(), r[5]) for r in db.execute(f"PRAGMA table_info({t})")]
    refs[t] = {r[3].decode(): r[2].decode() for r in db.execute(f"PRAGMA foreign_key_list({t})")}
    refs[t].update({c: to for (tab, c), to in MORE.items() if tab == t})
    rows[t] = [dict(zip([c for c, _ in columns[t]], r)) for r in db.execute(f"SELECT * FROM {t}")]
    by_id[t] = {r["id"]: r for r in rows[t] if "id" in r}

# Rows that are part of another one: their first reference is to it.
owner = {}
for t in tables:
    cols = [c for c, pk in columns[t] if c in refs[t] and refs[t][c] != t]
    keyed = any(c == "id" for c, _ in columns[t])
    first = cols[0] if cols else None
    if first and (not keyed or t in ("image", "alloc_shape", "alloc_task", "alloc_ending")):
        owner[t] = first
parts = collections.defaultdict(lambda: collections.defaultdict(list))
for t, col in owner.items():
    for r in rows[t]:
        parts[refs[t][col], r[col]][t].append(r)
for r in rows["trace"]:
    if r["first_allocation"]:
        for i in range(r["first_allocation"], r["last_allocation"] + 1):
            parts["trace", r["id"]]["allocation"].append(by_id["allocation"][i])

memo = {}


def say(table, row, down=True):
    """The digest of a row with all that it refers to, and of its parts."""
    key = (table, row.get("id"), down)
    if key[1] is not None and key in memo:
        return memo[key]
    memo[key] = "self"
    out = []
    for c, v in sorted(row.items()):
        if c == "id" or (table, c) in SKIP or owner.get(table) == c:
            continue
        to = refs[table].get(c)
        if to and v:
            v = say(to, by_id[to][v], to not in ("build", "trace"))
        out.append(f"{c}={v!r}")
    if down and "id" in row:
        for t, list_ in sorted(parts[table, row["id"]].items()):
            out += sorted(f"{t}:{say(t, r)}" for r in list_)
    elif down and table in refs and "image" in row and table == "image_map":
        pass
    memo[key] = hashlib.sha256("\n".join(out).encode()).hexdigest()
    return memo[key]


lines = []
for t in ("build", "trace"):
    for r in rows[t]:
        name = r.get("identity") or r.get("digest")
        lines.append(f"{t} {name!r} {say(t, r)}")
# Tables that stand for themselves.
for t in tables:
    if t not in owner and t not in LOCAL and t not in ("build", "trace", "allocation") \
            and not any(t in refs[o].values() for o in tables):
        lines += [f"{t} {say(t, r)}" for r in rows[t]]
if "--rows" in sys.argv:
    for t in tables:
        if t not in LOCAL:
            lines.append(f"{t} rows {len(rows[t])}")
print("\n".join(sorted(lines)))
