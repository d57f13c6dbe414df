#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every call site of a built kernel, as the kernel would print it, and the
object that the linker says it is from.

    tests/kernel/sites.py TREE LD.map OUT [CROSS_COMPILE]

writes OUT.sites, a line for each call in vmlinux and the modules: the running
address of the return, its %pS text, and the object, with tabs between; and
OUT.kallsyms, the /proc/kallsyms of that run: vmlinux moved by SLIDE, modules
where they were put here, their init code gone.

Calls come from objdump, objects from ld's maps (of vmlinux's relink and of
`ld -r` on each module's parts), names and sizes from nm and readelf, sorted
as the kernel's scripts/kallsyms and kernel/module/kallsyms.c sort them.
"""
import bisect
import os
import re
import subprocess
import sys
import tempfile

SLIDE = 0x1a000000
IGNORED = ("$", ".L", "__crc_", "__efistub_", "__kvm_nvhe_",
           "__AArch64ADRPThunk_", "__ARMV5PILongThunk_",
           "__ARMV7PILongThunk_", "__ThumbV7PILongThunk_",
           "__LA25Thunk_", "__microLA25Thunk_", "__kcfi_typeid_")
IGNORED_ENDS = ("_from_arm", "_from_thumb", "_veneer")
CALL = re.compile(r"\t(?:[a-z]+ )*"
                  r"(?:l?call[qlw]?|blx?(?:[a-z]{2})?(?:\.[wn])?)(?:\s|$)")


def lines(*command):
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL) as p:
        yield from p.stdout


def from_script(name):
    return len(name) >= 8 and name.startswith("__") and (
        name[2:].startswith(("start_", "stop_", "end_")) or
        name.endswith(("_start", "_end")))


def kallsyms(tree, cross):
    """Rows (address, type, name) of the kernel's table, and its code."""
    rows, bounds = [], {}
    for seq, line in enumerate(lines(cross + "nm", "-n", tree + "/vmlinux")):
        word = line.split()
        if len(word) != 3 or word[1] in "UNn-":
            continue
        addr, kind, name = int(word[0], 16), word[1], word[2]
        bounds[name] = addr
        if not name.startswith(IGNORED) and not name.endswith(IGNORED_ENDS):
            rows.append((addr, kind in "wW", from_script(name),
                         len(name) - len(name.lstrip("_")), seq, kind, name))
    code = [(bounds["_stext"], bounds["_etext"], "_etext"),
            (bounds["_sinittext"], bounds["_einittext"], "_einittext")]
    with open(tree + "/include/config/auto.conf", encoding="ascii") as f:
        if "CONFIG_KALLSYMS_ALL=y\n" not in f:
            rows = [s for s in rows if any(
                low <= s[0] < high or (s[0] == high and s[6] == last)
                for low, high, last in code)]
    rows.sort()
    return [(s[0], s[5], s[6]) for s in rows], code


def ld_places(path):
    """{input section: [(address, end, object)]} of a linker's map."""
    found, name = [], None
    with open(path, encoding="utf-8", errors="replace") as f:
        for line in f:
            if line.startswith("Linker script and memory map"):
                break
        for line in f:
            m = re.match(r"^ (\S+)\n$", line)
            if m:
                name = m.group(1)
                continue
            m = re.match(r"^ (\S*) +0x([0-9a-f]+) +0x([0-9a-f]+) (\S+\.o\)?)$",
                         line.rstrip("\n"))
            if m and (m.group(1) or name):
                addr, size = int(m.group(2), 16), int(m.group(3), 16)
                found.append((m.group(1) or name, addr, addr + size,
                              m.group(4)))
            name = None
    return [f for f in found if f[1] < f[2]]


def object_at(places, starts, addr):
    k = bisect.bisect_right(starts, addr)
    return places[k - 1][3] if k and addr < places[k - 1][2] else "-"


def returns(path, cross):
    """(section, address) after each call."""
    insn = re.compile(r"^ *([0-9a-f]+):\t")
    after, section = False, None
    for line in lines(cross + "objdump", "-d", "--no-show-raw-insn", path):
        m = insn.match(line)
        if m:
            # Alternatives run where they were copied to.
            if after and not section.startswith(".altinstr"):
                yield section, int(m.group(1), 16)
            after = CALL.search(line) is not None
        elif line.startswith("Disassembly of section "):
            section, after = line.split()[-1].rstrip(":"), False


def vmlinux_sites(tree, ldmap, cross, thumb, sites, symbols):
    rows, code = kallsyms(tree, cross)
    addresses, first = [], {}
    for addr, kind, name in rows:
        # Per-CPU symbols and constants do not move.
        moved = addr + SLIDE if any(r[0] <= addr <= r[1] for r in code) else addr
        symbols.write(f"{moved:016x} {kind} {name}\n")
        if addr not in first:
            addresses.append(addr)
        first.setdefault(addr, name)
    places = sorted(p for p in ld_places(ldmap) if p[1])
    places.sort(key=lambda p: p[1])
    starts = [p[1] for p in places]
    for _, addr in returns(tree + "/vmlinux", cross):
        i = bisect.bisect_right(addresses, addr)
        inside = [r for r in code if r[0] <= addr <= r[1]]
        if not i or not inside:
            continue
        begin = addresses[i - 1]
        end = addresses[i] if i < len(addresses) else inside[0][1]
        sites.write(f"{(addr | thumb) + SLIDE:x}\t"
                    f"{first[begin]}+{(addr | thumb) - begin:#x}"
                    f"/{end - begin:#x}\t"
                    f"{object_at(places, starts, addr - 1)}\n")


def ko_sections(path, cross):
    """[(number, name, size, align)] of executable sections."""
    found = []
    for line in lines(cross + "readelf", "-SW", path):
        m = re.match(r"^ *\[ *(\d+)\] (\S+) +\S+ +[0-9a-f]+ [0-9a-f]+ "
                     r"([0-9a-f]+) [0-9a-f]+ +(\S*X\S*) +\d+ +\d+ +(\d+)", line)
        if m and "A" in m.group(4):
            found.append((m.group(1), m.group(2), int(m.group(3), 16),
                          int(m.group(5))))
    return found


def ko_symbols(path, cross, bases, thumb):
    """[(address, section, name)] of a module's code, in the table's order."""
    found = []
    for line in lines(cross + "readelf", "-sW", path):
        word = line.split()
        if (len(word) == 8 and word[6] in bases and
                word[3] not in ("SECTION", "FILE") and
                not word[7].startswith("$")):
            value = int(word[1], 16) & ~(thumb if word[3] == "FUNC" else 0)
            found.append((bases[word[6]] + value, word[6], word[7]))
    return found


def module_sites(tree, ko, base, cross, thumb, sites, symbols):
    module = os.path.basename(ko)[:-3].replace("-", "_")
    with open(f"{tree}/{ko[:-3]}.mod", encoding="ascii") as f:
        parts = f.read().split()
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run([cross + "ld", "-r", f"-Map={tmp}/map", "-o",
                        f"{tmp}/o", *parts], cwd=tree, check=True)
        places = ld_places(f"{tmp}/map")
    # Core code here, init code a megabyte after.
    bases, ends, at = {}, {}, {False: base, True: base + 0x100000}
    sections = ko_sections(f"{tree}/{ko}", cross)
    for number, name, size, align in sections:
        init = name.startswith(".init")
        at[init] = (at[init] + align - 1) // align * align
        bases[number] = at[init]
        at[init] += size
    for init in at:
        ends[init] = (at[init] + 4095) & ~4095
    listed = ko_symbols(f"{tree}/{ko}", cross, bases, thumb)
    number_of = {name: number for number, name, _, _ in sections}
    for addr, number, name in listed:
        if addr < base + 0x100000:
            symbols.write(f"{addr:016x} t {name}\t[{module}]\n")
    for section, offset in returns(f"{tree}/{ko}", cross):
        init = section.startswith(".init")
        addr = bases[number_of[section]] + offset
        best = None
        same = [s for s in listed if (s[0] >= base + 0x100000) == init]
        for s in same:
            if s[0] <= addr and (best is None or s[0] > best[0]):
                best = s
        if best is None:
            continue
        end = min([s[0] for s in same if s[0] > addr] + [ends[init]])
        mine = sorted((p for p in places if p[0] == section),
                      key=lambda p: p[1])
        sites.write(f"{addr | thumb:x}\t"
                    f"{best[2]}+{(addr | thumb) - best[0]:#x}"
                    f"/{end - best[0]:#x} [{module}]\t"
                    f"{object_at(mine, [p[1] for p in mine], offset - 1)}\n")


def main():
    tree, ldmap, out = sys.argv[1:4]
    cross = (sys.argv[4:] or [""])[0]
    thumb = 1 if "arm" in cross else 0
    base = 0xbf000000 if thumb else 0xffffffffc0000000
    with open(out + ".sites", "w", encoding="ascii") as sites, \
            open(out + ".kallsyms", "w", encoding="ascii") as symbols:
        vmlinux_sites(tree, ldmap, cross, thumb, sites, symbols)
        with open(tree + "/modules.order", encoding="ascii") as f:
            for i, name in enumerate(f.read().split()):
                module_sites(tree, name.rsplit(".", 1)[0] + ".ko",
                             base + i * 0x400000, cross, thumb, sites, symbols)


main()
