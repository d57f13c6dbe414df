#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns a copy of a built 6.1 x86 tree into the shape that 3.x left behind.

usage: older.py TREE

Every built-in.a becomes a built-in.o by ld -r, its inputs only in its .cmd
file; vmlinux is linked from those of the top directories, the head objects
and lib.a, and no list of that is kept.  Prints the members of lib.a that ld
took, by its own map.
"""
import os
import re
import subprocess
import sys

HEADS = ["head_64.o", "head64.o", "ebda.o", "platform-quirks.o"]
LIBS = ["lib/lib.a", "arch/x86/lib/lib.a"]
made = set()


def ar(path):
    return subprocess.check_output(["ar", "t", path], text=True).split()


def ld_r(target, inputs):
    subprocess.check_call(["ld", "-r", "-o", target, *inputs], stderr=subprocess.DEVNULL)
    folder, base = os.path.split(target)
    with open(f"{folder}/.{base}.cmd", "w", encoding="utf-8") as f:
        f.write(f"cmd_{target} :=  ld -m elf_x86_64   -r -o {target} {' '.join(inputs)} \n")
    made.add(target)


def run_below(leaves, start, folder):
    end = start
    while end < len(leaves) and leaves[end].startswith(folder + "/"):
        end += 1
    return end


def build(folder, leaves):
    """folder/built-in.o of its own objects and its folders' built-in.o."""
    inputs, i = [], 0
    while i < len(leaves):
        rest = leaves[i][len(folder) + 1:]
        below = f"{folder}/{rest.split('/')[0]}"
        end = run_below(leaves, i, below) if "/" in rest else i + 1
        if "/" in rest and f"{below}/built-in.o" not in made:
            build(below, leaves[i:end])
            inputs.append(f"{below}/built-in.o")
        else:
            inputs += leaves[i:end]
        i = end
    ld_r(f"{folder}/built-in.o", inputs)


def build_tops(leaves):
    tops, i = [], 0
    while i < len(leaves):
        parts = leaves[i].split("/")
        top = "/".join(parts[:2]) if parts[0] == "arch" else parts[0]
        if f"{top}/built-in.o" in made:  # arch/x86/lib, arch/x86/pci
            top = "/".join(parts[:3])
        end = run_below(leaves, i, top)
        build(top, leaves[i:end])
        tops.append(f"{top}/built-in.o")
        i = end
    return tops


def main():
    os.chdir(sys.argv[1])
    leaves = ar("vmlinux.a")
    heads = [p for h in HEADS for p in leaves if p == f"arch/x86/kernel/{h}"]
    libs = {p for a in LIBS for p in ar(a)}
    tops = build_tops([p for p in leaves if p not in heads and p not in libs])
    for folder, _, files in os.walk("."):
        for name in files:
            if name in ("built-in.a", "vmlinux.a", "vmlinux.o"):
                os.remove(f"{folder}/{name}")
    os.remove(".vmlinux.cmd")
    subprocess.check_call(
        ["ld", "--build-id=sha1", "-z", "max-page-size=0x200000", "-Map=ld.map",
         "--script=arch/x86/kernel/vmlinux.lds", "-o", "vmlinux", *heads, tops[0],
         "--start-group", *tops[1:], *LIBS, "--end-group", ".vmlinux.export.o",
         "init/version-timestamp.o", ".tmp_vmlinux.kallsyms2.o"], stderr=subprocess.DEVNULL)
    with open("include/config/kernel.release", "w", encoding="utf-8") as f:
        f.write("3.10.0\n")
    with open("ld.map", encoding="utf-8") as f:
        head = re.split(r"^(?:Discarded input sections|Merging|Memory Configuration)", f.read(), flags=re.M)[0]
    # Members of thin archives are named by their paths.
    print(*re.findall(r"^(\S+\.o)(?:\s|$)", head, re.M), sep="\n")


main()
