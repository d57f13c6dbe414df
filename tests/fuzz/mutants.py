#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Damaged files whose library must not take kmemdb along.

  mutants.py dat KMEMDB COUNT SEED TRACE.DAT...
      imports COUNT damaged copies into one database with a good trace.
  mutants.py lines LINES_PROBE COUNT SEED
      looks up lines in COUNT damaged copies of small programs.

Prints what came of them, and exits 1 where kmemdb crashed, hung, or spoilt
the database; the file at fault is then kept in the folder $O.
"""
import collections
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

TIMEOUT = 120  # s: the library's process is ended before
ODD = (0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000,
       0xfffffff0, 0xffffffff, 1 << 40, (1 << 63) - 1, (1 << 64) - 1)


def place(rng, size):
    """Often near the beginning or the end, where the structure is."""
    where = rng.random()
    if where < 0.4:
        return rng.randrange(min(size, 8192))
    if where < 0.6:
        return size - 1 - rng.randrange(min(size, 65536))
    return rng.randrange(size)


def mutate(rng, good):
    data = bytearray(good)
    if rng.random() < 0.15:
        return data[:place(rng, len(data))]
    for _ in range(rng.choice((1, 1, 2, 4, 16, 64))):
        at = place(rng, len(data))
        how = rng.randrange(6)
        if how < 2:
            data[at] ^= 1 << rng.randrange(8)
        elif how == 2:
            data[at] = rng.randrange(256)
        elif how == 3:
            width = rng.choice((1, 2, 4, 8))
            odd = rng.choice(ODD) & ((1 << 8 * width) - 1)
            new = odd.to_bytes(width, rng.choice(("little", "big")))
            data[at:at + width] = new[:len(data) - at]
        elif how == 4:
            n = rng.choice((4, 64, 4096))
            data[at:at + n] = bytes(len(data[at:at + n]))
        else:
            n = rng.choice((4, 64, 4096))
            other = place(rng, len(data))
            chunk = data[other:other + n]
            data[at:at + len(chunk)] = chunk[:len(data) - at]
    return data


def fail(why, path, name):
    kept = os.path.abspath(os.path.join(os.environ.get("O", "."), name))
    shutil.copy(path, kept)
    sys.exit("%s: see %s" % (why, kept))


def run(words, path):
    """Its exit code and last line of words."""
    try:
        p = subprocess.run(words, stdin=subprocess.DEVNULL, timeout=TIMEOUT,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        fail("%s hung" % words[0], path, "mutant-hang")
    text = p.stdout.decode("utf-8", "replace")
    if p.returncode < 0 or p.returncode >= 128 or "Sanitizer" in text:
        print(text)
        fail("%s crashed (%d)" % (words[0], p.returncode), path,
             "mutant-crash")
    return p.returncode, text


def sql(db, text):
    return subprocess.run(["sqlite3", "-readonly", db, text], check=True,
                          stdout=subprocess.PIPE).stdout.decode()


GOOD = ("SELECT count(*), sum(allocs), sum(total_bytes), sum(live_bytes)"
        " FROM rollup WHERE trace = 1")
WHOLE = "PRAGMA integrity_check; PRAGMA foreign_key_check;"


def dat(kmemdb, count, rng, paths):
    goods = [open(p, "rb").read() for p in paths]
    ends = collections.Counter()
    with tempfile.TemporaryDirectory() as work:
        db, mutant = work + "/m.db", work + "/mutant.dat"
        code, text = run([kmemdb, "import", "--db", db, paths[0]], paths[0])
        if code:
            sys.exit("%s cannot import %s: %s" % (kmemdb, paths[0], text))
        before = sql(db, GOOD)
        for n in range(1, count + 1):
            with open(mutant, "wb") as f:
                f.write(mutate(rng, rng.choice(goods)))
            code, text = run([kmemdb, "import", "--db", db, mutant], mutant)
            why = re.search(r"libtracecmd (crashed \([^)]*\)|broke off|did "
                            r"not come to an end)|damaged|no trace|before",
                            text)
            ends["exit %d%s" % (code, ": " + why.group() if why else "")] += 1
            if code not in (0, 1, 3):
                fail("exit %d" % code, mutant, "mutant-exit")
            if n % 100 and n != count:
                continue
            if sql(db, WHOLE) != "ok\n" or sql(db, GOOD) != before:
                fail("the database is spoilt", mutant, "mutant-database")
    return ends


PROGRAM = r"""
static inline __attribute__((always_inline)) int inner(int x)
{
	return x * 3 + (x >> 2);
}
struct s { int a[4]; union { long b; char c[8]; } u; };
static int middle(struct s *p, int i) { return inner(p->a[i & 3]) + p->u.c[1]; }
int outer(struct s *p, int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += middle(p, i) ^ inner(sum);
	return sum;
}
int main_(void) { struct s s = { { 1 }, { 2 } }; return outer(&s, 9); }
"""
LINKED = ["-nostdlib", "-static", "-no-pie", "-Wl,-e,outer",
          "-Wl,-Ttext=0x401000"]
SHAPES = (
    ("-", "401000", LINKED),
    ("-", "401000", LINKED + ["-gdwarf-4", "-gz=zlib"]),
    (".text", "0", ["-c"]),
    (".text", "0", ["-c", "-gdwarf-4", "-fdebug-types-section"]),
)


def lines(probe, count, rng):
    ends = collections.Counter()
    with tempfile.TemporaryDirectory() as work:
        for section, address, flags in SHAPES:
            good = work + "/good"
            subprocess.run(["gcc", "-g", "-O2", "-x", "c", "-", "-o", good]
                           + flags, input=PROGRAM.encode(), check=True)
            data = open(good, "rb").read()
            code, text = run([probe, section, address, good], good)
            if code or not re.match(r"ok [1-9]", text):
                sys.exit("no lines in the good program: " + text)
            for n in range(count // len(SHAPES)):
                mutant = work + "/mutant"
                with open(mutant, "wb") as f:
                    f.write(mutate(rng, data))
                code, text = run([probe, section, address, mutant], mutant)
                if code:
                    fail("exit %d" % code, mutant, "mutant-exit")
                text = re.sub(r"'[^']*'", "X", text.strip())
                text = re.sub(r"^ok [1-9].*", "lines", text)
                ends[re.sub(r": .*", "", text)] += 1
                if os.environ.get("KEEP") and "broke off" in text:
                    shutil.copy(mutant, "%s/%s-%s-%d" % (
                        os.environ["KEEP"], section, address, n))
    return ends


def main():
    what, program, count, seed = sys.argv[1:5]
    rng = random.Random(int(seed))
    ends = (dat(program, int(count), rng, sys.argv[5:]) if what == "dat"
            else lines(program, int(count), rng))
    for text, n in ends.most_common():
        print("# %6d %s" % (n, text))


main()
