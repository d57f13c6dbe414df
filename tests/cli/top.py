#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""top.py PROGRAM WIDTHxHEIGHT STEP...: plays `kmemdb top` on a terminal of its
own.  PROGRAM is a command, its words divided by blanks.  A step is

    KEYS        to type: Enter, Left, Right, Up, Down, Tab, Esc, or characters
    =TEXT       the screen must show TEXT (waits for it)
    !TEXT       the screen must not show TEXT
    @WIDTHxHEIGHT   the window gets that size
    $CODE       the program ends with that exit code
    >FILE       the screen as it is, into FILE; as a picture where FILE ends
                with .svg

The screen is kept by a small terminal of its own, which knows what TERM=linux
sends ($TOP_TERM: another, to be refused).  After the end what came after the screen is printed.  Exit 1 where a
step fails, with the screen.
"""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
import unicodedata

import screen_svg

KEYS = {"Enter": "\r", "Left": "\x1b[D", "Right": "\x1b[C", "Up": "\x1b[A",
        "Down": "\x1b[B", "Tab": "\t", "Esc": "\x1b", "End": "\x1b[4~",
        "Home": "\x1b[1~", "PgDn": "\x1b[6~", "Backspace": "\x7f"}
ESCAPE = re.compile(r"\x1b(?:\[([?0-9;]*)([@A-Za-z`])|\][^\x07\x1b]*(?:\x07|\x1b\\)"
                    r"|[()*+][A-Za-z0-9]|[=>78HMcDE])")


class Screen:
    def __init__(self, width, height):
        self.rest = ""
        self.after = ""
        self.strange = []
        self.resize(width, height)

    def resize(self, width, height):
        self.width, self.height, self.x, self.y = width, height, 0, 0
        self.lines = [[" "] * width for _ in range(height)]
        self.look = ""
        # How each line looks; what scrolls takes it along no further than top
        # needs: it paints whole lines.
        self.looks = [[""] * width for _ in range(height)]

    def blank(self, y, a, b):
        for x in range(max(a, 0), min(b, self.width)):
            self.lines[y][x] = " "
            self.looks[y][x] = self.look

    def graphics(self, numbers):
        for n in numbers:
            if n in (0, 22, 27):
                self.look = ""
            elif n in (1, 7):
                self.look = {1: "bold", 7: "reverse"}[n]

    def escape(self, args, what):
        n = [int(a or 0) for a in (args or "").lstrip("?").split(";")]
        one = n[0] or 1
        if what in "Hf":
            self.y, self.x = one - 1, ((n[1] or 1) if len(n) > 1 else 1) - 1
        elif what == "J":
            for y in range(0 if n[0] == 2 else self.y + 1, self.height):
                self.blank(y, 0, self.width)
            self.blank(self.y, 0 if n[0] == 2 else self.x, self.width)
        elif what == "K":
            self.blank(self.y, 0 if n[0] else self.x,
                       self.x + 1 if n[0] == 1 else self.width)
        elif what == "X":
            self.blank(self.y, self.x, self.x + one)
        elif what in "P@":
            line = self.lines[self.y]
            for _ in range(one):
                if what == "P":
                    del line[self.x]
                    line.append(" ")
                else:
                    line.insert(self.x, " ")
                    line.pop()
        elif what in "LM":
            for _ in range(one):
                if what == "L":
                    self.lines.insert(self.y, [" "] * self.width)
                    self.lines.pop()
                else:
                    del self.lines[self.y]
                    self.lines.append([" "] * self.width)
        elif what in "ABCD":
            self.y += {"A": -one, "B": one}.get(what, 0)
            self.x += {"C": one, "D": -one}.get(what, 0)
        elif what in "G`":
            self.x = one - 1
        elif what == "d":
            self.y = one - 1
        elif what == "b":
            for _ in range(one):
                self.put(self.last)
        elif what == "m":
            self.graphics(n)
        elif what not in "hlrc":
            self.strange.append(what)
        self.y = max(0, min(self.y, self.height - 1))
        self.x = max(0, min(self.x, self.width))

    def put(self, c):
        self.last = c
        if c == "\r":
            self.x = 0
        elif c == "\n":
            if self.y + 1 == self.height:
                del self.lines[0]
                self.lines.append([" "] * self.width)
            else:
                self.y += 1
        elif c == "\b":
            self.x = max(self.x - 1, 0)
        elif c >= " " and c != "\x7f":
            if self.x >= self.width:
                self.put("\r")
                self.put("\n")
            self.lines[self.y][self.x] = c
            self.looks[self.y][self.x] = self.look
            self.x += 2 if unicodedata.east_asian_width(c) in "WF" else 1
        elif c not in "\x0e\x0f\x07\x00":
            self.strange.append(ascii(c))

    def feed(self, text):
        self.after = (self.after + text)[-20000:]
        text = self.rest + text
        at = 0
        while at < len(text):
            if text[at] != "\x1b":
                self.put(text[at])
                at += 1
                continue
            m = ESCAPE.match(text, at)
            if not m:
                if len(text) - at > 64:
                    self.strange.append(ascii(text[at:at + 8]))
                    at += 1
                    continue
                break
            if m.group(2):
                self.escape(m.group(1), m.group(2))
            at = m.end()
        self.rest = text[at:]

    def text(self):
        return "\n".join("".join(line).rstrip() for line in self.lines)


def size_of(words):
    width, height = words.split("x")
    return int(width), int(height)


def main():
    program, size, steps = sys.argv[1].split(), size_of(sys.argv[2]), sys.argv[3:]
    pid, fd = pty.fork()
    if pid == 0:
        os.environ["TERM"] = os.environ.get("TOP_TERM", "linux")
        time.sleep(0.1)  # until the window has its size
        os.execvp(program[0], program)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    screen = Screen(*size)
    ended = None

    def read(seconds):
        """What comes within the time; False at the end of the program."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not select.select([fd], [], [], left)[0]:
                return True
            try:
                more = os.read(fd, 65536)
            except OSError:
                return False
            if not more:
                return False
            screen.feed(more.decode("utf-8", "replace"))
        return True

    def fail(step, why):
        print(f"step {step!r}: {why}; the screen:\n{screen.text()}")
        sys.exit(1)

    for step in steps:
        if step.startswith("="):
            until = time.monotonic() + 20
            while step[1:] not in screen.text():
                more = read(0.1) and time.monotonic() < until
                if not more and step[1:] not in screen.text():
                    fail(step, "it is not there")
        elif step.startswith("!"):
            read(0.5)
            if step[1:] in screen.text():
                fail(step, "it is there")
        elif step.startswith("@"):
            width, height = size_of(step[1:])
            screen.resize(width, height)
            fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
            read(0.6)
        elif step.startswith("$"):
            until = time.monotonic() + 20
            while read(0.2) and time.monotonic() < until:
                pass
            status = os.waitpid(pid, 0)[1]
            ended = os.waitstatus_to_exitcode(status)
            if ended != int(step[1:]):
                fail(step, f"it ended with {ended}")
            # What a program says after its screen: alone on a line's begin.
            print(re.sub(r"\x1b(\[[?0-9;]*[A-Za-z]|[()][A-Z0-9]|[=>78])", "",
                         screen.after.split("\x1b[?1049l")[-1]
                         .split("\x1b[?25h")[-1]).replace("\r", ""))
        elif step.startswith(">"):
            read(0.3)
            with open(step[1:], "w", encoding="utf-8") as f:
                if step.endswith(".svg"):
                    f.write(screen_svg.svg(screen.text().split("\n"), screen.looks,
                                           " ".join(program[0].split("/")[-1:] + program[1:])))
                else:
                    f.write(screen.text() + "\n")
        else:
            os.write(fd, KEYS.get(step, step).encode())
            read(0.15)
    if screen.strange:
        print("sent to the terminal, and not known here:", screen.strange)
        sys.exit(1)
    if ended is None:
        fail("$", "the program was left running")


main()
