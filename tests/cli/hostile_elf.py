#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that no compiler makes: hostile_elf.py KIND FILE [COUNT].

Those of 4 GB are sparse, a few blocks on the disk; each has one table or
section that claims nearly all of it.
"""
import struct
import sys

SIZE = 1 << 32
NAMES = b"\0.strtab\0.symtab\0.text\0.notes\0.rodata.str1.1\0f\0"
NAMES_AT, DATA_AT = 4096, 8192
ALLOC, WRITE, EXEC, MERGE, STRINGS = 2, 1, 4, 0x10, 0x20


def header(table, count, names=1):
    return b"\x7fELF\2\1\1" + bytes(9) + struct.pack(
        "<HHIQQQIHHHHHH", 1, 62, 1, 0, 0, table, 0, 64, 0, 0, 64, count, names)


def section(name="", kind=0, flags=0, at=0, size=0, link=0, align=1, entry=0):
    offset = name if isinstance(name, int) else NAMES.index(
        b"\0" + name.encode() + b"\0") + 1 if name else 0
    return struct.pack("<IIQQQQIIQQ", offset, kind, flags, 0, at, size, link,
                       1, align, entry)


def symbol(name, where, value, size):
    return struct.pack("<IBBHQQ", name, 0x12, 0, where, value, size)


def claim(out, *sections):
    """A sparse file whose last section claims all that is left."""
    names = section(".strtab", 3, 0, NAMES_AT, len(NAMES))
    everything = (section(), names) + sections
    out.write(header(64, len(everything)) + b"".join(everything))
    out.seek(NAMES_AT)
    out.write(NAMES)
    out.truncate(SIZE)


REST = SIZE - DATA_AT
FEW = section(".symtab", 2, 0, DATA_AT, 2400, 1, 8, 24)
CLAIMS = {
    "symtab": [section(".symtab", 2, 0, DATA_AT, REST // 24 * 24, 1, 8, 24)],
    "strtab": [section(".symtab", 2, 0, DATA_AT, 2400, 3, 8, 24),
               section(".strtab", 3, 0, DATA_AT, REST)],
    "text": [section(".text", 1, ALLOC | EXEC, DATA_AT, REST), FEW],
    "merge": [section(".rodata.str1.1", 1, ALLOC | MERGE | STRINGS, DATA_AT,
                      REST, 0, 1, 1), FEW],
    "notes": [section(".notes", 7, ALLOC, DATA_AT, REST), FEW],
}


def file_of(out, names, symbols, sections, contents=b""):
    """header, names, symbols; sections(at) makes the rest of the table."""
    at = (64 + len(names) + 7) & ~7
    table = at + len(symbols) + len(contents)
    rows = [section(), section(1, 3, 0, 64, len(names)),
            section(9, 2, 0, at, len(symbols), 1, 8, 24)] + sections(table)
    count = len(rows)
    if count >= 0xff00:
        rows[0] = section("", 0, 0, 0, count)
        count = 0
    out.write(header(table, count) + names)
    out.seek(at)
    out.write(symbols + contents + b"".join(rows))


def many_sections(out, count):
    names, symbols = bytearray(NAMES), bytearray(24)
    rows = []
    for i in range(count):
        rows.append(section(len(names), 8, ALLOC | EXEC, 0, 8))
        names += b".text.f%d\0" % i
        if i + 3 < 0xff00:
            symbols += symbol(len(names) - 2 - len(str(i)), i + 3, 0, 8)
    file_of(out, bytes(names), bytes(symbols), lambda at: rows)


def many_symbols(out, count):
    names, symbols = bytearray(NAMES), bytearray(24)
    for i in range(count):
        symbols += symbol(len(names), 3, i * 8, 8)
        names += b"function_%d\0" % i
    file_of(out, bytes(names), bytes(symbols),
            lambda at: [section(".text", 8, ALLOC | EXEC, at, 8 * count)])


def nested(out, count):
    """Each symbol inside of the one before."""
    f = NAMES.index(b"\0f\0") + 1
    symbols = bytes(24) + b"".join(
        symbol(f, 3, i, 2 * (count - i)) for i in range(count))
    file_of(out, NAMES, symbols,
            lambda at: [section(".text", 8, ALLOC | EXEC, at, 2 * count)])


def long_names(out, count):
    """All symbols share one name of eight megabytes."""
    names = NAMES + b"x" * (8 << 20) + b"\0"
    symbols = bytes(24) + b"".join(
        symbol(len(NAMES) + i % 64, 3, i * 8, 8) for i in range(count))
    file_of(out, names, symbols,
            lambda at: [section(".text", 8, ALLOC | EXEC, at, 8 * count)])


def overlapping(out, count):
    """Code sections that all are the same sixteen megabytes."""
    size = 16 << 20
    one = section(".text", 1, ALLOC | EXEC, 64, size)
    symbols = bytes(24) + symbol(0, 3, 0, 8)
    file_of(out, NAMES, symbols, lambda at: [one] * count, b"\xe8" * size)


def main():
    kind, path = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    makers = {"sections": many_sections, "symbols": many_symbols,
              "nested": nested, "names": long_names, "overlap": overlapping}
    with open(path, "wb") as out:
        if kind in CLAIMS:
            claim(out, *CLAIMS[kind])
        elif kind == "shstrtab":
            out.write(header(64, 2) + section() +
                      section(1, 3, 0, NAMES_AT, SIZE - NAMES_AT))
            out.truncate(SIZE)
        elif kind == "headers":
            # The first section's size is the number of sections.
            out.write(header(64, 0) + section("", 0, 0, 0, (SIZE - 64) // 64))
            out.truncate(SIZE)
        elif kind == "garbage":
            out.write(header(1 << 31, 65279, 65278))
            out.truncate(SIZE)
        else:
            makers[kind](out, count)


main()
