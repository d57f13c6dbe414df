#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the first inputs of the fuzzers: seeds.py DIRECTORY.

DIRECTORY/fuzz_NAME/seed-N: one good input of each shape that the
reader knows, from where a fuzzer finds the bad ones.
"""
import gzip
import io
import os
import sqlite3
import struct
import sys
import tarfile

TOP = sys.argv[1]


def put(name, *inputs):
    directory = os.path.join(TOP, name)
    os.makedirs(directory, exist_ok=True)
    for i, data in enumerate(inputs):
        if isinstance(data, str):
            data = data.encode("latin-1")
        with open(os.path.join(directory, "seed-%d" % i), "wb") as f:
            f.write(data)


# ---- machine code ----

X86 = bytes.fromhex(
    "53bf10000000bec00c0000e8000000004885c07513488d3d00000000e800000000"
    "b8f4ffffff5bc331c05bc3" "4883ec08e800000000480f44c70f94c04819c04883c408c3"
    "48630748c1e020480fafc77002ebfe0f0bff24c500000000")
I386 = bytes.fromhex("5389d8e80000000085c075106800000000e80000000083c4045bc3"
                     "31c05bc38d442404ff2485000000000f0b")
THUMB = bytes.fromhex("10b50446fff7feff00b110bd40f20000c0f20000fff7feff10bd"
                      "0028bf0108bfdfe801f00204fee770470de7")
ARM = bytes.fromhex("10402de9feffffeb000050e31080bd18000000e3000040e3feffffeb"
                    "1080bde8010051e103f1df971eff2fe1f001f0e7")
ARM64 = bytes.fromhex("fd7bbea9fd030091000000940000b4f4000000900000009100000094"
                      "fd7bc2a8c0035fd60000403908fa4092200080d2000020d4")
put("fuzz_decode", *(
    bytes([isa, 12, gap]) + code * 2
    for gap in (4, 9)
    for isa, code in ((0, X86), (1, I386), (2, ARM), (2, THUMB), (3, ARM64))),
    b"\x07\x01" + bytes(40))

# ---- traces ----

HEADS = [
    "            bash-1234    [000] .....     1.000001: ",
    "            bash-1234    (-------) [001] d..1.     1.000001: ",
    "            bash-1234  [001]     1.000001: ",
    "            bash-1234  [001]  123456789: ",
    "    bash-13970     1..... 2669749445us!: ",
    "            bash   13970   1 0 00000000 00000001 [9f2125e4]"
    " 2669749.732ms (+0.001ms): ",
    "bash 22203 [001]  2905.193579: kmem:",
    "kmdb:   a b:[c]-9 d: x-22328 [001]  2942.863735: ",
    "[   12.345678] [    T1]     bash-1     1.....  1000us : ",
    "",
]
EVENTS = [
    "kmalloc: call_site=f+0x8/0x20 ptr=ffff888000000040 bytes_req=40"
    " bytes_alloc=64 gfp_flags=GFP_KERNEL|__GFP_ZERO node=-1 accounted=false",
    "kmem_cache_alloc: call_site=ffffffff815c6c21 ptr=0xffff888000000080"
    " name=maple_node bytes_req=29 bytes_alloc=64 gfp_flags=0xcc0",
    "kmem_cache_alloc_node: call_site=c01234 ptr=(____ptrval____)"
    " bytes_req=8 bytes_alloc=8 gfp_flags=none node=0",
    "kmalloc: call_site=f+0x10d/0x490 (-2125993171) ptr=0xffff88814a307a40"
    " (-131386099860928) bytes_req=0x40 (64) bytes_alloc=0x40 (64)"
    " gfp_flags=0xcc0 (3264) node=0xffffffff (-1)",
    "kmem_cache_free: call_site=g+0x1/0x2 [mod] ptr=ffff888000000080 name=a",
    "kfree: call_site=h+0x0/0x20 ptr=          (null)",
    "kfree: call_site=h+0x0/0x20 ptr=ffff888000000040",
    "mm_page_alloc: page=ffffea0000000000 pfn=0x10 order=1 migratetype=1"
    " gfp_flags=GFP_KERNEL",
    "mm_page_free: page=ffffea0000000000 pfn=0x10 order=1",
    "mm_page_free_batched: page=ffffea0000000000 pfn=0x11 order=0",
    "percpu_alloc_percpu: call_site=f+0x1/0x2 reserved=0 is_atomic=0 size=8"
    " align=8 base_addr=0000000012345678 off=8 ptr=0000000000000008"
    " bytes_alloc=16 gfp_flags=GFP_KERNEL",
    "percpu_free_percpu: base_addr=0000000012345678 off=8"
    " ptr=0000000000000008",
    "sched_switch: prev_comm=bash",
]
NOTES = [
    "# tracer: nop\n#\n# entries-in-buffer/entries-written: 10/20   #P:2\n",
    "##### CPU 1 buffer started ####\n",
    "CPU:1 [LOST 123 EVENTS]\n",
    "CPU:1 [EVENTS DROPPED]\n",
    "[    1.0] Dumping ftrace buffer:\n",
    "            bash-1234    [000] .....     1.000001: kmalloc:"
    " call_site=f+0x8/0x20 ptr=ffff888000\n000040 bytes_req=40"
    " bytes_alloc=64\n gfp_flags=GFP_KERNEL\r\n",
]


def trace_text():
    all_events = ["\0" + NOTES[0] + "".join(h + e + "\n" for e in EVENTS)
                  for h in HEADS]
    mixed = "\x07" + "".join(n + HEADS[0] + e + "\n"
                             for n, e in zip(NOTES * 3, EVENTS))
    put("fuzz_trace_text", *all_events, mixed)


STACKS = [
    HEADS[0] + "<stack trace>\n => trace_event_raw_event_kmalloc\n"
    " => __kmalloc\n => f\n => g\n",
    HEADS[0] + "<stack trace>\n => __kmalloc+0x95/0xe0\n"
    " => f+0x8/0x20 [mod]\n => [FTRACE TRAMPOLINE]\n",
    HEADS[0] + "<stack trace>\n => f <ffffffff815c6c21>\n"
    " => g+0x1/0x2 <ffffffff815c6c22>\n",
    HEADS[0] + "<user stack trace>\n =>  <00007f1234567890>\n => ??\n",
    HEADS[7] + "kernel_stack:         <stack trace >\n"
    "=> kmem_cache_alloc (ffffffff811d2f5e)\n=> f (ffffffff811d2f5f)\n",
    HEADS[7] + "user_stack:           <user stack trace >\n=>  (7f12345678)\n",
    "\tffffffff811cd4a5 __kmalloc+0x95 ([kernel.kallsyms])\n"
    "\tffffffff811cd4a6 f+0x8 ([mod])\n\t          4004d0 main (/bin/x)\n\n",
    "<stack trace>\n => f\n",
    "[   12.345678]  => f\n[   12.345679]  => g\n",
    HEADS[4] + "<stack trace>\n => f\n => g\n",
]


def stacks():
    one = [HEADS[0] + EVENTS[0] + "\n" + s + HEADS[0] + EVENTS[6] + "\n"
           for s in STACKS]
    pieces = "".join(chr(0x80 + i) for i in range(37))
    put("fuzz_stack", "".join(one), pieces, pieces[::-1],
        "\x80\x89\x98\x97\x90\x91\x82\x8a\x90\x83\x84", *one)


PREFIXES = ["Jan  1 00:00:01 host kernel: ", "[    1.234567][  T1] ",
            "<6>[    1.0] ", "2024-01-01T00:00:00.000+01:00 ", "#", "|", "- ",
            "kern  :info  : [Mon Jan  1] ", "\x1b[0;32m"]


def prefixes():
    put("fuzz_prefix", *(bytes([head, 30, len(p)]) + p.encode() + after
                         for p in PREFIXES for head in range(10)
                         for after in (b"", b"*/", b'"}', b"\x1b[0m\r")))


def containers():
    log = "".join(HEADS[0] + e + "\n" for e in EVENTS).encode()
    put("fuzz_container", *(bytes([kind]) + damage + log[:2000]
                            for kind in range(13)
                            for damage in (b"\0", b"\1\0\x40\xff",
                                           b"\2\0\x05\1\0\x90\x80")))


# ---- captures ----

def slabinfo(version):
    return ("slabinfo - version: %s\n# name            <active_objs> <num_objs>"
            " <objsize> <objperslab> <pagesperslab> : tunables <limit>\n"
            "kmalloc-64          1024   1088     64   64    1 : tunables"
            "    0    0    0 : slabdata     17     17      0\n"
            "names_cache           8      8   4096    8    8 : tunables    0"
            "    0    0 : slabdata      1      1      0\n" % version)


VMALLOC = ("0xffffc90000033000-0xffffc90000037000   16384 n_tty_open+0x14/0x8e"
           " pages=3 vmalloc N0=3\n"
           "0xffffffffa0000000-0xffffffffa0009000   36864 f+0x9b0/0x1994 [fuse]"
           " pages=8 vmalloc user\n"
           "0x(____ptrval____)-0x(____ptrval____) 8192 vm_map_ram\n")
SLABS = ("name\ttarget\tobject_size\tslab_size\tobjs_per_slab\torder\n"
         "pid\t:0000128\t128\t128\t32\t0\ndentry\t-\t192\t192\t21\t0\n")
STATS = ("entries: 100\noverrun: 7\ncommit overrun: 1\nbytes: 8000\n"
         "oldest event ts:     1.0\nnow ts:     2.0\ndropped events: 2\n"
         "read events: 0\n")
VERSION = "Linux version 6.1.192 (x@y) (gcc (Debian) 12, GNU ld) #1 SMP\n"


def note(order):
    other = struct.pack(order + "3I4s4s", 4, 4, 1, b"Xen\0", b"abcd")
    return other + struct.pack(order + "3I4s20s", 4, 20, 3, b"GNU\0",
                               bytes(range(20)))


def tar(members, fmt=tarfile.USTAR_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=fmt) as t:
        for name, data in members:
            if isinstance(data, str):
                data = data.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    data = out.getvalue().rstrip(b"\0")
    return data + b"\0" * (-len(data) % 512 + 1024)


def captures():
    put("fuzz_capture_parts", note("<"), note(">"), STATS * 2, VERSION,
        slabinfo("2.1"), slabinfo("1.1"), VMALLOC, SLABS)
    log = NOTES[0] + "".join(HEADS[0] + e + "\n" for e in EVENTS)
    parts = [("kmemdb-capture/" + n, d) for n, d in (
        ("notes", note("<")), ("version", VERSION), ("cmdline", "quiet\n"),
        ("page_size", "4096\n"), ("stats", STATS), ("modules",
         "fuse 4096 0 - Live 0xffffffffc0000000\n"),
        ("slabinfo", slabinfo("2.1")), ("slabs", SLABS),
        ("vmallocinfo", VMALLOC), ("kallsyms",
         "ffffffff81000000 T _text\n"), ("trace", log))]
    put("fuzz_capture", tar(parts), tar(parts[::-1]), log,
        tar([("x/trace.txt.gz", gzip.compress(log.encode(), mtime=0)),
             ("stats", STATS)], tarfile.GNU_FORMAT),
        tar([("a/" * 60 + "boot.trace", log)], tarfile.PAX_FORMAT),
        tar([("trace.dat", b"\x17\x08\x44tracing6\0"), ("trace", log)]),
        gzip.compress(tar(parts), mtime=0), "13970 1 2669 type: 658\n")


# ---- what the helper processes write ----

def record(kind, known=0, table=0, cpu=0, flags=0, site=0, gfp=0, word=0,
           number=0, req=0, alloc=0, time=0):
    return struct.pack("<4B2H4I2i4Q", kind, known, 0, table, cpu, flags, site,
                       gfp, word, 0, 7, -1, time, number, req, alloc)


def define(table, text):
    data = text + b"\0" * (-len(text) % 64)
    return record(4, table=table, word=len(text)) + data


def wires():
    names = b"".join(define(t, b"text %d" % t) for t in range(5))
    names += define(0, b"f+0x8 (0xffffffff81000008)" + b" " * 64)
    stack = define(5, struct.pack("<2I", 1, 2))
    info = record(7, word=64, number=4096)
    events = b"".join(
        record(1, known=k, site=1, gfp=1, number=4096 * (k // 3), req=40,
               alloc=64, time=1000 + k) + record(3, word=1)
        for k in range(14))
    put("fuzz_dat_wire", info + names + stack + events + record(9),
        names + events + record(2, word=1) + record(5, number=3) + record(6),
        record(8, word=8))
    head = struct.pack("<2I1024s", 0, 1, b"")
    frame = struct.pack("<3I", 12, 5, 5) + b"func" + b"a.c\0"
    answer = struct.pack("<I", 2) + frame + struct.pack("<3I", 0, 0, 0)
    put("fuzz_lines_wire", head + answer * 16,
        head + struct.pack("<I", 0) * 16,
        struct.pack("<2I1024s", 4, 0, b"bad file"))


    commit = b"0123456789abcdef" * 2 + b"01234567"
    reply = struct.pack("<2i2q72s1024s512s", 1, 1, 1700000000, 1700000001,
                        commit, b"fs: add a table", b"")
    head = struct.pack("<2i2q72s1001s512s3x", 1, 1, 1700000000, 1700000001,
                       commit, b"fs: add a table", b"")
    refused = struct.pack("<2i2q72s1001s512s3x", 2, 0, 0, 0, b"", b"", b"why")
    graph = struct.pack("<9q", 5, 2, 6, 7, 6, 0, 7, -1, 8)
    trailers = b"\1" + struct.pack("800s256s", b"3fa2: a table", b"")
    put("fuzz_git", b"", *(bytes([how, which, 0, 9, len(text)]) + text
                           for how, which, text in (
        (3, 0, b"../../other/.git\n"), (3, 3, b"[core]\n\tworktree = /\n"),
        (3, 6, b"ref: refs/heads/side\n"), (3, 7, b"/proc/self/cwd\n"),
        (4, 3, b""), (0, 5, b"\xff\xff\xff\x7f"), (1, 7, b""),
        (2, 9, b"0" * 40))))
    put("fuzz_git_wire", b"\0" + reply + b"\1", b"\0" + reply,
        b"\4" + reply, b"\1" + head + graph, b"\x09" + head + graph,
        b"\1" + refused, b"\2" + trailers, b"\6")


# ---- builds ----

def leb(v):
    out = b""
    while v > 127:
        out += bytes([v & 127 | 128])
        v >>= 7
    return out + bytes([v])


def zigzag(v):
    return leb(v << 1 if v >= 0 else (-v << 1) - 1)


def blobs():
    text = 0xffffffff81000000 - (1 << 64)
    places = zigzag(text) + zigzag(0) + leb(0)
    places += zigzag(16) + zigzag(2) + leb(1) + leb(0x18)
    places += zigzag(0) + zigzag(-2) + leb(2)
    symbols = leb(0xffffffff81000000) + leb(1) + leb(32) + leb(18)
    symbols += leb(64) + leb(2) + leb(0) + leb(16)
    for n in range(9):
        if len(places) <= (len(places) + len(symbols)) * n // 8:
            break
    room = len(places) * 8 // n - len(places) - len(symbols)
    put("fuzz_map_blob", bytes([8]) + places, bytes([0]) + symbols,
        bytes([n]) + places + symbols + symbols[:max(room, 0)],
        bytes([4]) + places + places)


def sites():
    base = 0xffffffff81000000
    names = [(0, "T", "_text"), (0, "T", "first"), (0x100, "t", "second"),
             (0x180, "t", "third.isra.0"), (0x20, "t", "init_once")]

    def kallsyms(slide, at):
        text = "".join("%x %s %s\n" % (at + slide + a, t, n)
                       for a, t, n in names)
        return text + ("ffffffffc0000000 t own\t[fuse]\n"
                       "ffffffffc0010000 t init_module\t[fuse]\n\n")

    texts = ("first+0x5/0x20\nsecond+0x11/0x30\ninit_once+0x8/0x10\n"
             "init_once+0x6/0x20 [fuse]\nown+0x0/0x20 [fuse]\nweak\n"
             "third.isra.0+0x10\nsecond+0x0/0x30\n0xffffffff81000017\n-\n"
             "own+0x20/0x40 [snd-pcm]\n")
    raw = "".join("@%x\n" % (base + 0x1000000 + r) for r in
                  (5, 0x17, 0x2b, 0x100, 0x111, 0x129, 0x140, 0x1004, 0x1008))
    arm = "".join("@%x first+0x5/0x20\n" % (0xc0008000 + r)
                  for r in (5, 0x17, 0x111, 0x129))
    put("fuzz_site", "\0" + texts, "\2" + kallsyms(0, base) + texts,
        "\2" + kallsyms(0x1000000, base) + raw + texts, "\4" + raw + texts,
        "\3" + kallsyms(0, 0xc0008000) + arm + texts, "\5" + arm)


SCRIPT = """OUTPUT_ARCH(i386:x86-64) ENTRY(a) jiffies = jiffies_64;
PHDRS { text PT_LOAD FLAGS(5); }
SECTIONS { . = 0x1000; .text : AT(ADDR(.text) - 0x10) SUBALIGN(4) { _text = .;
 *(.text.[a-z]*) KEEP(*(SORT(.text))) EXCLUDE_FILE(*a.o) *(.text)
 . = ALIGN(16); . += (1 << 3) / 2; LONG(1) } :text = 0xcccc
 .rodata : { *(.rodata .rodata.*) *(SORT(___ksymtab+*)) } /* c */
 . = ALIGN((1 << 12)); .data : { *(.data) } __init_begin = .;
 .init.text : { *(.init.text) } __init_end = ALIGN(0x100);
 .bss (NOLOAD) : { *(.bss) *(COMMON) } .idx : { *(.ARM.exidx*) }
 OVERLAY 0 : AT(x) { .o { *(.o) } } /DISCARD/ : { *(.gone) }
 PROVIDE(y = DEFINED(z) ? MAX(1, 2) : SIZEOF(.text)); _end = .;
 ASSERT((_end - _text <= 0x8000), "big") }
"""
GNU_MAP = """Discarded input sections

 .gone          0x0000000000000000        0x5 lib.a(b.o)
Memory Configuration

Linker script and memory map

.text           0x0000000000001000       0x90 load address 0x9000
 *(.text .text.*)
 .text          0x0000000000001000       0x10 dir/a.o
                0x0000000000001000                a
 .text          0x0000000000001010       0x20 lib.a(b.o)
 *fill*         0x0000000000001030       0x10 cccc
 .text          0x0000000000001040        0x4 init/c.o
                0x0000000000001044                . = (. + 0x8)
                0x000000000000102c        0x4 LONG 0x0
.rodata         0x0000000000002000       0x30
 .rodata.str1.1
                0x0000000000002000        0xc dir/a.o
 .note.gnu.build-id
                0x000000000000200c       0x24 dir/a.o
LOAD dir/a.o
"""
FOREIGN_MAP = """Linker script and memory map
.text           0x1000       0x90
 .text          0x1000       0x90 vmlinux.o
.rodata         0x2000       0x30
 .rodata.str1.1 0x2000       0xc vmlinux.o
"""
LLD_MAP = """     VMA      LMA     Size Align Out     In      Symbol
    1000     9000       90    16 .text
    1000     9000       10     4         dir/a.o:(.text)
    1000     9000        0     1                 a
    1010     9010       20    16         lib.a(b.o):(.text)
    1030     9030        8     1         . = . + 8
    1038     9038        8     1         . = ALIGN ( 8 )
    102c     902c        4     1         LONG ( 0 )
    2000     a000       30     4 .rodata
    2000     a000        c     1         <internal>:(.rodata)
"""


def links():
    change = "\x02" + "\x10" + "\xff" * 7 + "\x7f"
    # Two sections without bytes in the file, of half of all there can be.
    huge = "\x04\x51" + "\xff" * 7 + "\x7f\x50" + "\xff" * 7 + "\x7f"
    put("fuzz_link_script", "\0" + SCRIPT, "\1" + SCRIPT, change + SCRIPT,
        huge + SCRIPT)
    put("fuzz_link_map", "\0" + GNU_MAP, "\0" + LLD_MAP, "\0" + FOREIGN_MAP,
        "\1" + GNU_MAP, change + LLD_MAP, huge + GNU_MAP)


# ---- trees ----

def archives():
    def member(name, size, data=b""):
        return ("%-16s%-12d%-6d%-6d%-8s%-10d`\n" %
                (name, 0, 0, 0, "644", size)).encode() + data

    names = b"fs/long_name_of_an_object.o/\n../up.o/\n"
    thin = b"!<thin>\n" + member("/", 4, b"\0\0\0\0") + \
        member("//", len(names), names + b"\n" * (len(names) % 2)) + \
        member("/0", 100) + member("/29", 7) + member("a.o/", 3)
    fat = b"!<arch>\n" + member("a.o/", 3, b"abc\n") + \
        member("#1/4", 6, b"b.o\0xy") + member("c.o", 2, b"xy")
    put("fuzz_archive", thin, fat)
    put("fuzz_budgets",
        "# what it may cost\nimage vmlinux total 13M\n"
        "branch \"my dir\" text +16K image=all warn\n"
        "symbol log_*buf bss +0.25%\nbranch . live 1.5G\n"
        "check new-symbols 4K warn\nquiet 1K\nsaving 16K\nslack 20%\n")
    put("fuzz_savedcmd",
        "savedcmd_vmlinux.o := ld -m elf_x86_64 -r -o vmlinux.o "
        "--whole-archive vmlinux.a --no-whole-archive --start-group lib/lib.a "
        "@list 'a b.o' \\\n c.o --end-group ; objtool x.o\n\n"
        "source_x := x.c\n",
        "cmd_fs/a.o := gcc -Wp,-MMD,fs/.a.o.d -D__KERNEL__ -c -o fs/a.o"
        " fs/a.c && objcopy --strip a.o b.o\n",
        "fs/fuse/a.o fs/fuse/b.o\n\n__sym other\n",
        "fs/fuse/fuse.ko\nkernel/fs/x.o\n")


def databases():
    """A row in every table, numbers and references 1."""
    sql = os.path.join(os.path.dirname(__file__), "../../sql/schema/current.sql")
    os.makedirs(TOP, exist_ok=True)
    path = os.path.join(TOP, "seed.db")
    if os.path.exists(path):
        os.remove(path)
    db = sqlite3.connect(path)
    db.execute("PRAGMA page_size = 512")
    with open(sql, encoding="utf-8") as f:
        db.executescript(f.read())
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        columns = db.execute(f"PRAGMA table_info({table})").fetchall()
        own = {r[3] for r in db.execute(f"PRAGMA foreign_key_list({table})") if r[2] == table}
        row = [None if c[1] in own else {"INTEGER": 1, "TEXT": "text", "BLOB": b"0123456789abcdef"}[c[2]]
               for c in columns]
        db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    # Blobs with numbers of names.
    db.execute("UPDATE image_map SET places = x'', symbols = ?", (leb(16) + leb(1) + leb(4) + leb(2),))
    db.commit()
    db.execute("VACUUM")
    db.close()
    with open(path, "rb") as f:
        put("fuzz_merge", f.read())
    os.remove(path)


def records():
    def name(text, shared=0):
        return leb(shared) + leb(len(text)) + text.encode()

    section = name(".text") + leb(1) + leb(6) + leb(8) + leb(16) + leb(0) + leb(1)
    strings = name(".rodata.str", 1) + leb(1) + leb(0x32) + leb(4) + leb(1) + leb(1) + leb(2) + b"abc\0"
    symbol = leb(0) + leb(4) + leb(2 + 16) + name("f")
    head = leb(2) + b"".join(leb(v) for v in (2, 1, 1, 62, 0, 8, 4, 0, 0))
    body = head + leb(2) + section + strings + leb(1) + symbol
    put("fuzz_record", body + leb(0), body + leb(1) + leb(1) + leb(0) + leb(2),
        body + leb(1) + leb(1) + leb(0) + leb(0) + name("g"))


for make in (databases, records, trace_text, stacks, prefixes, containers,
             captures, wires, blobs, sites, links, archives):
    make()
