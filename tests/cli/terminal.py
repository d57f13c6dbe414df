#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""terminal.py PROGRAM ARGUMENT... [--then ARGUMENT...]...: runs it with each
list of arguments on a terminal of its own, and prints each line that brings
there a byte which is no plain text; exit 1 then.

The program's own progress line (carriage return, erase) is let through.
"""
import os
import pty
import subprocess
import sys
import termios


def run(command):
    ours, theirs = pty.openpty()
    mode = termios.tcgetattr(theirs)
    mode[1] &= ~termios.OPOST
    termios.tcsetattr(theirs, termios.TCSANOW, mode)
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs,
                             stderr=theirs)
    os.close(theirs)
    out = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:
            break
        if not more:
            break
        out += more
    os.close(ours)
    child.wait()
    return out.replace(b"\r\x1b[K", b"")


def command(char):
    code = ord(char)
    return (code < 0x20 and char not in "\n\t" or 0x7f <= code < 0xa0 or
            0x200b <= code <= 0x200f or 0x2028 <= code <= 0x202e or
            0xdc80 <= code <= 0xdcff)


bad = 0
runs = [[]]
for argument in sys.argv[2:]:
    if argument == "--then":
        runs.append([])
    else:
        runs[-1].append(argument)
for arguments in runs:
    out = run([sys.argv[1]] + arguments).decode("utf-8", "surrogateescape")
    if not out:
        print(arguments, "printed nothing")
        bad += 1
    for line in out.split("\n"):
        if any(map(command, line)):
            print(arguments, ascii(line))
            bad += 1
sys.exit(bad > 0)
