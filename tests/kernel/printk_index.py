#!/usr/bin/env python3
"""What the compiler wrote down: every message of an object.

    printk_index.py TREE OBJECT...

Compiles each object of the built kernel TREE once more, by the command that
Kbuild kept, with CONFIG_PRINTK_INDEX, into a folder of its own.  The kernel's
headers then leave a struct pi_entry beside each call of printk() and its kin:
format, function, file and line.  Prints them as tab-separated lines:

    object  function  line  format

The tree is not touched.  Not in the index, by its design: panic(), WARN(),
netdev_*(), drm_*(), dev_err_probe() and formats that are variables.
"""
import os
import re
import struct
import subprocess
import sys
import tempfile

ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\",
           "\a": "\\a", "\b": "\\b", "\f": "\\f", "\v": "\\v"}


def command_of(tree, obj):
    """Kbuild's own command, from .NAME.o.cmd."""
    folder, name = os.path.split(obj)
    with open(os.path.join(tree, folder, ".%s.cmd" % name)) as f:
        line = f.readline()
    match = re.match(r"(?:saved)?cmd_\S+ := (.*)", line)
    if not match:
        raise ValueError("%s: no command" % obj)
    return match.group(1).replace("$(pound)", "#").replace("$$", "$")


def recompile(tree, obj, out):
    """The compiler's part of the command alone: no objtool, no other file."""
    command = re.split(r"\s*;\s*(?=\S)", command_of(tree, obj))[0]
    command = re.sub(r"-Wp,-MM?D,\S+", "", command)
    command, n = re.subn(r"-o\s+\S+\.o(?=\s)", "-o %s -DCONFIG_PRINTK_INDEX=1" % out,
                         command)
    if n != 1:
        raise ValueError("%s: no output in its command" % obj)
    subprocess.run(command, shell=True, cwd=tree, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Linked:
    """A linked ELF file: bytes by address, sections by name."""

    def __init__(self, path):
        with open(path, "rb") as f:
            d = self.bytes = f.read()
        self.wide = d[4] == 2
        self.order = "<" if d[5] == 1 else ">"
        at = self.read("Q" if self.wide else "I", 40 if self.wide else 32)[0]
        size, count, names = self.read("HHH", 58 if self.wide else 46)
        form = "IIQQQQIIQQ" if self.wide else "IIIIIIIIII"
        self.sections = [self.read(form, at + i * size) for i in range(count)]
        strings = self.sections[names][4]
        self.by_name = {}
        for s in self.sections:
            self.by_name.setdefault(self.text_at_offset(strings + s[0]), s)

    def read(self, form, offset):
        return struct.unpack_from(self.order + form, self.bytes, offset)

    def text_at_offset(self, offset):
        return self.bytes[offset : self.bytes.index(b"\0", offset)].decode("latin1")

    def offset(self, address):
        for s in self.sections:
            if s[1] != 8 and s[2] & 2 and s[3] <= address < s[3] + s[5]:
                return s[4] + address - s[3]
        raise ValueError("nothing at %#x" % address)

    def text(self, address):
        return self.text_at_offset(self.offset(address)) if address else ""


def entries(path):
    elf = Linked(path)
    index = elf.by_name.get(".printk_index")
    if not index:
        return
    word = "Q" if elf.wide else "I"
    width = 8 if elf.wide else 4
    for i in range(index[5] // width):
        at = elf.offset(elf.read(word, index[4] + i * width)[0])
        text, function, _ = elf.read(word * 3, at)
        (line,) = elf.read("I", at + 3 * width)
        yield elf.text(function), line, elf.text(text)


def escape(text):
    text = re.sub("^\1[0-9a-z]", "", text)
    return "".join(ESCAPES.get(c, c if " " <= c < "\x7f" else "\\%03o" % ord(c))
                   for c in text)


def main():
    tree, linker = sys.argv[1], os.environ.get("CROSS_COMPILE", "") + "ld"
    with tempfile.TemporaryDirectory() as folder:
        for obj in sys.argv[2:]:
            out = os.path.join(folder, "one.o")
            recompile(tree, obj, out)
            # Linked, its pointers are plain addresses.
            subprocess.run([linker, "-e", "0", "--unresolved-symbols=ignore-all",
                            "--no-warnings", "-o", out + ".elf", out],
                           check=True, stderr=subprocess.DEVNULL)
            for function, line, text in entries(out + ".elf"):
                print(obj, function, line, escape(text), sep="\t")


if __name__ == "__main__":
    main()
