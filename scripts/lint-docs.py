#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what the documents and comments name is there; a line a finding.

    scripts/lint-docs.py        (from the top of the tree; run by lint.sh)

links     [text](file#heading) of a document leads to a file and a heading,
          <img src="file"> to a file
pictures  each of docs/pictures is small, is text, and a document shows it
files     a path that a document or a comment names exists.  Capitals stand
          for something else: sql/reports/NAME.sql; a * must match something
targets   "make x" of a document is a target of the Makefile
commands  "kmemdb x" of a document or a message is a command
outside   nothing is cited that is not in this repository
"""
import pathlib
import re
import subprocess
import sys

# What a path in running text begins with, seen from the top of the tree, from
# auditor/ (as includes are written), from tests/ or among what the build makes.
TOP = {"auditor", "sql", "scripts", "tests", "ci", "docs"}
UNDER = ("", "auditor/", "sql/", "tests/", "tests/kernel/", "build/gen/")
# Documents and notes that were never a part of the repository.
OUTSIDE = re.compile(r"\b(DESIGN|HOUSE)(\.md)?\b|\bissue #?[0-9]+\b")


def git_files():
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"],
                         check=True, capture_output=True, text=True).stdout
    return sorted(p for p in out.split("\n") if p and pathlib.Path(p).is_file())


def text_of(path):
    return pathlib.Path(path).read_text(encoding="utf-8", errors="replace")


def anchors(text):
    """Headings as they are linked to."""
    for heading in re.findall(r"^#+ +(.*?) *#*$", text, flags=re.M):
        heading = re.sub(r"[`*_]|\[([^]]*)\]\([^)]*\)", r"\1", heading)
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def check_links(path, text):
    for target in re.findall(r"\]\(([^)\s]+)\)", text) + pictures_of(text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = pathlib.Path(path).parent / name if name else pathlib.Path(path)
        if not file.exists():
            yield f"links: {path}: '{target}' leads nowhere"
        elif anchor and file.suffix == ".md" and anchor not in anchors(text_of(file)):
            yield f"links: {path}: '{target}': no such heading"


def pictures_of(text):
    return re.findall(r"<img\b[^>]*\bsrc=[\"']([^\"']+)[\"']", text)


# Every clone has them, and every reader of the README loads them.
PICTURE_BYTES = 40 * 1024


def check_pictures(files):
    shown = {str(pathlib.Path(f).parent / name) for f in files if f.endswith(".md")
             for name in pictures_of(text_of(f))}
    for path in files:
        if not path.startswith("docs/pictures/"):
            continue
        if path not in shown:
            yield f"pictures: {path}: no document shows it"
        if pathlib.Path(path).stat().st_size > PICTURE_BYTES:
            yield f"pictures: {path}: more than {PICTURE_BYTES} bytes"
        if "<text " not in text_of(path):
            yield f"pictures: {path}: no text in it that can be searched and read aloud"


def exists(name):
    for start in UNDER:
        if "*" in name:
            if any(pathlib.Path().glob(start + name)):
                return True
        elif pathlib.Path(start + name).exists():
            return True
    return False


def named_files(text, starts, ends):
    """Paths that begin with a folder of ours."""
    for name in re.findall(r"(?<![\w/.$~{}<>*-])((?:[\w.-]+/)+[\w.*-]*)(?![\w/{<$])", text):
        name = name.rstrip(".")
        first, last = name.split("/")[0], name.split("/")[-1]
        if first not in starts or re.search(r"[A-Z]{2,}|NNNN", last.split(".")[0]):
            continue
        if name.endswith("/") or re.search(ends, last):
            yield name


def check_files(path, text, starts):
    here = pathlib.Path(path).parent
    ends = r"\.(c|h|md|sql|sh|py|bats|bash|config|in|tar|conf|txt)$|\*"
    for name in sorted(set(named_files(text, starts, ends))):
        if not exists(name) and not (here / name).exists():
            yield f"files: {path}: '{name}' is not there"


def code_of(text):
    """What is printed as code: fenced blocks and words in backticks."""
    fences = re.findall(r"^```.*?\n(.*?)^```", text, flags=re.M | re.S)
    rest = re.sub(r"^```.*?\n.*?^```", "", text, flags=re.M | re.S)
    return "\n".join(fences + re.findall(r"`([^`]+)`", rest))


def check_targets(path, text, targets):
    for line in code_of(text).split("\n"):
        m = re.match(r"\s*(?:\$ )?make((?: +[\w=./-]+)*)", line)
        for word in m.group(1).split() if m else []:
            if word.startswith("-") or "=" in word or re.match(r"\d+$", word):
                continue
            if word not in targets:
                yield f"targets: {path}: 'make {word}' is no target of the Makefile"


def check_commands(path, text, commands):
    # Where a command can begin: "a kmemdb database" is none.
    begins = r"(?:^|['\"`(;|&$] ?|: |[a-z]/)kmemdb ([a-z]+)\b"
    for word in sorted(set(re.findall(begins, text, flags=re.M))):
        if word not in commands:
            yield f"commands: {path}: 'kmemdb {word}' is no command"


def literals(text):
    """The strings of a C file, which users read."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return "\n".join(re.findall(r'"((?:[^"\\\n]|\\.)*)"', text))


def main():
    files = git_files()
    rooms = {p.name for p in pathlib.Path("auditor").iterdir() if p.is_dir()}
    targets = set(re.findall(r"^([a-z][\w-]*)(?: [a-z][\w -]*)?:(?!=)", text_of("Makefile"), flags=re.M))
    for names in re.findall(r"^\.PHONY:((?:.*\\\n)*.*)", text_of("Makefile"), flags=re.M):
        targets |= set(names.replace("\\", " ").split())
    table = text_of("auditor/cli/command_table.c")
    commands = set(re.findall(r'^\s*\.name = "(\w+)"', table, flags=re.M)) | {"help"}
    findings = list(check_pictures(files))
    for path in files:
        # The rules, and what breaks them on purpose.
        if path in ("scripts/lint-docs.py", "tests/cli/lint.bats"):
            continue
        text = text_of(path)
        source = re.search(r"\.(c|h|sql|sh|py|bash|bats)$|^Makefile$|^scripts/", path)
        if path.endswith(".md"):
            findings += check_links(path, text)
            findings += check_files(path, re.sub(r"\]\([^)]*\)", "]", text), TOP)
            findings += check_targets(path, text, targets)
            findings += check_commands(path, code_of(text), commands)
        elif path.startswith("auditor/"):
            findings += check_commands(path, literals(text), commands)
        elif path.startswith("sql/"):
            findings += check_commands(path, text, commands)
        # A stored schema is what it was; it may name what has moved.
        # scripts/ in a source may be the kernel's.
        if source and not path.startswith(("sql/schema/", "tests/migration/v")):
            starts = rooms | {"auditor", "sql", "tests"}
            findings += check_files(path, re.sub(r"\S*\*\S*", "", text), starts)
        for n, line in enumerate(text.split("\n"), 1):
            m = OUTSIDE.search(line)
            if m and (source or path.endswith(".md")):
                findings.append(f"outside: {path}:{n}: cites '{m.group(0)}'")
    print(*findings, sep="\n", end="\n" if findings else "")
    return bool(findings)


sys.exit(main())
