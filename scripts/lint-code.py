#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the files of auditor/ hang together; a line a finding.

    scripts/lint-code.py        (from the top of the tree; run by lint.sh)

rooms     a room includes support/, model/, itself and what is left of it
          where data flow (auditor/README.md); only the commands see cli/,
          audit/ and import/
circles   A.c and A.h are one node; no way through includes leads back
declares  a header declares what its own .c defines, and nothing else's
commands  cmd_*.c are thin: options, one call, a summary, in 120 lines
literals  no string is cut in two within a line of its text: git grep must
          find a message
"""
import collections
import pathlib
import re
import subprocess
import sys

# What a room may include besides support/, model/ and itself.
ROOMS = {
    "support": "",
    "model": "",
    "code": "",
    "kbuild": "",
    "trace": "",
    "bfd": "",
    "compare": "",
    "lineage": "",
    "elf": "code",
    "link": "elf",
    "symbols": "elf",
    "codemap": "elf link symbols",
    "store": "elf codemap",
    "query": "bfd compare lineage",
    "render": "query",
    "check": "query",
    "plot": "query render",
    "html": "query render",
    "profile": "query render",
    "top": "query render",
    "cli": "query check render",
    "audit": "code kbuild elf link symbols bfd codemap store",
    "exchange": "store query",
    "import": "elf symbols codemap trace store",
}
# cmd_*.c and main.c: whatever has a face to the user, and what it opens.
HALL = "cli plot html profile top exchange audit import check store query render kbuild elf symbols trace"

# Made by scripts/embed-sql.sh.
GENERATED = {"sql_files", "html_page_head", "html_page_tail"}

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def sources(*patterns):
    """Known and new files, for a new one is to be checked, too."""
    out = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
        check=True, capture_output=True, text=True).stdout
    return sorted(p for p in out.split("\n") if p and pathlib.Path(p).exists())


def room_of(path):
    """auditor/link/script/place.c: link; auditor/main.c: the hall, ''."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else ""


def strip(text):
    """Without comments, literals and preprocessor lines; same line count."""
    def blank(m):
        return re.sub(r"[^\n]", " ", m.group(0))
    text = re.sub(r'/\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'',
                  blank, text, flags=re.S)
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", blank, text, flags=re.M)


def included(path, name, known):
    """The file of auditor/ that an include names, or None (generated)."""
    for candidate in (f"auditor/{name}",
                      str(pathlib.PurePosixPath(path).parent / name)):
        if candidate in known:
            return candidate
    return None


def check_rooms(texts):
    for path, text in texts.items():
        room = room_of(path)
        if room not in ROOMS and room:
            yield f"rooms: {path}: no room '{room}' is known to scripts/lint-code.py"
            continue
        allowed = {"support", "model", room, *ROOMS.get(room, HALL).split()}
        if room == "support":
            allowed = {"support"}
        for name in sorted(set(INCLUDE.findall(text))):
            # What is generated belongs to the room that it is named after.
            target = included(path, name, texts) or f"auditor/{name}"
            if ".." in name:
                yield f"rooms: {path} includes {name}: name it from auditor/"
            elif room_of(target) not in allowed:
                where = room_of(target) or "the commands"
                yield f"rooms: {path} includes {name}: {where} is not left of {room or 'the commands'}"


def check_circles(texts):
    graph = collections.defaultdict(set)
    for path, text in texts.items():
        for name in INCLUDE.findall(text):
            target = included(path, name, texts)
            if target and target[:-2] != path[:-2]:
                graph[path[:-2]].add(target[:-2])
    # Tarjan: the knots that have more than one file.
    index, low, stack, on, knots = {}, {}, [], set(), []

    def visit(v):
        index[v] = low[v] = len(index)
        stack.append(v)
        on.add(v)
        for w in sorted(graph[v]):
            if w not in index:
                visit(w)
                low[v] = min(low[v], low[w])
            elif w in on:
                low[v] = min(low[v], index[w])
        if low[v] == index[v]:
            knot = []
            while not knot or knot[-1] != v:
                knot.append(stack.pop())
                on.discard(knot[-1])
            if len(knot) > 1:
                knots.append(sorted(knot))

    sys.setrecursionlimit(10000)
    for v in sorted(graph):
        if v not in index:
            visit(v)
    for knot in sorted(knots):
        yield "circles: " + " <-> ".join(k.removeprefix("auditor/") for k in knot)


def statements(text):
    """Of a file's outermost level: (text before, "{" or ";")."""
    depth, start = 0, 0
    for i, c in enumerate(text):
        if c == "{":
            if depth == 0:
                yield text[start:i], "{"
            depth += 1
        elif c == "}":
            depth -= 1
            if depth == 0:
                start = i + 1
        elif c == ";" and depth == 0:
            yield text[start:i], ";"
            start = i + 1


def declared(head):
    """The function or variable that a declaration names, or None."""
    head = re.sub(r"__attribute__\s*\(\(.*?\)\)", " ", head, flags=re.S).strip()
    if not head or re.match(r"(typedef|static|_Static_assert)\b", head):
        return None
    m = re.match(r"[^(=]*?\b(\w+)\s*\(", head)
    if m:
        return m.group(1)
    m = re.match(r"extern\b.*?(\w+)\s*(\[[^\]]*\]\s*)*$", head, flags=re.S)
    return m.group(1) if m else None


def check_declares(texts):
    defined = collections.defaultdict(set)
    promised = []
    for path, text in texts.items():
        for head, end in statements(strip(text)):
            if path.endswith(".h"):
                name = declared(head) if end == ";" else None
                if name:
                    promised.append((path, name))
            elif end == "{" and head.strip().endswith(")"):
                name = declared(head)
                if name:
                    defined[name].add(path)
            elif "=" in head or end == "{":
                m = re.match(r"\s*(?!static|typedef)[\w\s*]*?\b(\w+)\s*(\[[^\]]*\]\s*)*=", head)
                if m:
                    defined[m.group(1)].add(path)
    foreign = collections.defaultdict(lambda: collections.defaultdict(list))
    for path, name in promised:
        # The commands' header is a list: cmd_x() of cmd_x.c.
        own = {path[:-1] + "c", f"auditor/{name}.c"}
        if not own & defined[name] and name not in GENERATED:
            where = ", ".join(sorted(defined[name])) or "no file"
            foreign[path][where.removeprefix("auditor/")].append(name)
    for path, places in sorted(foreign.items()):
        for where, names in sorted(places.items()):
            yield f"declares: {path}: of {where}: {', '.join(names)}"


def check_commands(texts):
    for path, text in texts.items():
        n = text.count("\n")
        if re.match(r"auditor/cmd_\w+\.c$", path) and n > 120:
            yield f"commands: {path}: {n} lines, of 120: options, one call, a summary"


LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def check_literals(files):
    for path in files:
        before = None
        lines = pathlib.Path(path).read_text(encoding="utf-8").split("\n")
        for n, line in enumerate(lines, 1):
            bare = line.rstrip("\\").strip()
            literals = LITERAL.findall(bare)
            if before is not None and bare.startswith('"') and literals:
                # Bytes are no text, and a hex escape has to be ended.
                if not re.search(r"\\[0-7x]", before + literals[0]):
                    yield f"literals: {path}:{n}: cut off after '{before[-30:]}'"
            before = None
            if bare.endswith('"') and literals and not bare.startswith("#"):
                before = literals[-1] if not literals[-1].endswith("\\n") else None


def main():
    texts = {p: pathlib.Path(p).read_text(encoding="utf-8")
             for p in sources("auditor/*.c", "auditor/*.h")}
    findings = [*check_rooms(texts), *check_circles(texts),
                *check_declares(texts), *check_commands(texts),
                *check_literals([*texts, *sources("tests/*.c", "tests/*.h")])]
    print(*findings, sep="\n", end="\n" if findings else "")
    return bool(findings)


sys.exit(main())
