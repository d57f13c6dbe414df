#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""signalled.py SIGNAL CONDITION COMMAND...: runs COMMAND, sends it (alone) the
signal as soon as the shell says that CONDITION is true, and ends with its exit
code, or 128 + the signal that killed it.  SIGNAL is such as TERM, or ^C: typed
on a terminal, which COMMAND then has as its standard input.

A shell's `&` would have COMMAND ignore INT and QUIT; and a COMMAND that does
not end within 8 seconds is killed: exit 99.
"""
import os
import pty
import signal
import subprocess
import sys
import time

name, condition, command = sys.argv[1], sys.argv[2], sys.argv[3:]
master = stdin = None
if name == "^C":
    master, stdin = pty.openpty()


def prepare():
    os.setsid()
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP,
                   signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    if master is not None:
        # The first terminal that a session opens is its own.
        os.close(os.open(os.ttyname(0), os.O_RDWR))


child = subprocess.Popen(command, stdin=stdin, preexec_fn=prepare)
until = time.monotonic() + 8
while subprocess.call(["sh", "-c", condition]):
    if child.poll() is not None or time.monotonic() > until:
        print("ended before:", condition, file=sys.stderr)
        os.killpg(child.pid, signal.SIGKILL) if child.poll() is None else None
        sys.exit(98)
    time.sleep(0.02)
time.sleep(0.1)
if master is not None:
    os.write(master, b"\x03")
else:
    os.kill(child.pid, getattr(signal, "SIG" + name))
try:
    code = child.wait(timeout=8)
except subprocess.TimeoutExpired:
    os.killpg(child.pid, signal.SIGKILL)
    code = 99
sys.exit(code if code >= 0 else 128 - code)
