#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes of a trace.dat one whose events are in a buffer instance.

    instance.py OLD.dat NEW.dat

OLD is version 7, uncompressed and little-endian (trace-cmd convert
--file-version 7 --compression none).  As `trace-cmd record -B name` leaves
it, the top buffer of NEW has no data and the instance "boot" has all.  A
table of options is appended that names the instance, and the old tables'
last entry is led to it.
"""
import struct
import sys

OPTION_DONE, OPTION_BUFFER = 0, 3


def first_options(data):
    """The offset of the first table of options."""
    at = data.index(b"\0", 10) + 1  # magic, "tracing", version
    at += 1 + 1 + 4  # endian, long size, page size
    at = data.index(b"\0", at) + 1  # compression
    at = data.index(b"\0", at) + 1  # its version
    return struct.unpack_from("<Q", data, at)[0]


def options(data, at):
    """Of all tables: (id, offset of the entry, its data)."""
    while at:
        entry = at + 2 + 2 + 4 + 8  # id, flags, string, size
        at = 0
        while True:
            kind, size = struct.unpack_from("<HI", data, entry)
            body = bytes(data[entry + 6:entry + 6 + size])
            yield kind, entry, body
            if kind == OPTION_DONE:
                at = struct.unpack("<Q", body)[0]
                break
            entry += 6 + size


def main():
    data = bytearray(open(sys.argv[1], "rb").read())
    found = list(options(data, first_options(data)))
    buffers = [x for x in found if x[0] == OPTION_BUFFER]
    assert len(buffers) == 1, "one buffer expected"
    _, at, body = buffers[0]
    offset, rest = body[:8], body[8:]
    name, rest = rest.split(b"\0", 1)
    assert name == b"", "the top buffer expected"
    clock, rest = rest.split(b"\0", 1)
    page, cpus = struct.unpack_from("<II", rest)
    # The top buffer keeps its entry, with no CPU that has data.
    empty = bytearray(body)
    cpu_at = len(body) - 20 * cpus
    for i in range(cpus):
        struct.pack_into("<Q", empty, cpu_at + 20 * i + 12, 0)
    data[at + 6:at + 6 + len(body)] = empty
    new = offset + b"boot\0" + clock + b"\0" + rest
    assert page and len(rest) == 8 + 20 * cpus
    table = struct.pack("<HI", OPTION_BUFFER, len(new)) + new
    table += struct.pack("<HIQ", OPTION_DONE, 8, 0)
    done = [x for x in found if x[0] == OPTION_DONE][-1]
    struct.pack_into("<Q", data, done[1] + 6, len(data))
    data += struct.pack("<HHIQ", 0, 0, 0, len(table)) + table
    open(sys.argv[2], "wb").write(data)


if __name__ == "__main__":
    main()
