#!/usr/bin/env bats
# Savings that one can take, of a real kernel: duplicates against objdump, and
# caches of their own against SLUB's rules, written once more, and slabinfo.
#
# kernels: small

load common

setup_file() {
	kernel_setup_file || return
	kernel_boot "$BATS_FILE_TMPDIR/boot.tar"
	[ -z "$SKIP" ] || return 0
	"$B/kmemdb" audit -q "$TREE"
	"$B/kmemdb" import -q "$BATS_FILE_TMPDIR/boot.tar"
}

@test "duplicates have equal content, and what has not is none" {
	query duplicates --format tsv >"$BATS_TEST_TMPDIR/rows"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/rows")" -gt 100 ]
	tests/kernel/duplicates.py "$TREE" 20 <"$BATS_TEST_TMPDIR/rows"
}

@test "frequent: slabs as in slabinfo, savings in whole slabs" {
	tar -xOf "$BATS_FILE_TMPDIR/boot.tar" --wildcards '*slabinfo' >"$BATS_TEST_TMPDIR/slabinfo"
	query frequent --format csv >"$BATS_TEST_TMPDIR/rows"
	# The kernel had two CPUs: 12 objects are the least.  Up to 8 pages, the
	# first power of two of them that leaves a 16th, an 8th or a quarter.
	python3 - "$BATS_TEST_TMPDIR/slabinfo" "$BATS_TEST_TMPDIR/rows" <<'END'
import csv, sys

def pages(size):
    for least in range(min(12, 32768 // size), 1, -1):
        for part in (16, 8, 4):
            n = 1
            while n * 4096 < least * size:
                n *= 2
            while n <= 8:
                if n * 4096 % size <= n * 4096 // part:
                    return n
                n *= 2
    n = 1
    while n * 4096 < size:
        n *= 2
    return n

known = {}
for line in open(sys.argv[1]):
    f = line.split()
    if len(f) > 10 and f[1].isdigit():
        known[int(f[3])] = int(f[5])
for size, n in known.items():
    assert pages(size) == n, (size, pages(size), n)
rows = saved = 0
for r in csv.DictReader(open(sys.argv[2])):
    if not r["object_bytes"]:
        assert not r["saves"] and (r["kind"] != "malloc" or r["min_req"] != r["max_req"]), r
        continue
    size = -(-int(r["min_req"]) // 8) * 8
    n = pages(size)
    assert (int(r["object_bytes"]), int(r["slab_pages"]), int(r["slab_objects"])) == (size, n, n * 4096 // size), r
    assert r["geometry"] == ("slabinfo" if size in known else "computed"), r
    slabs = -(-int(r["live"]) // (n * 4096 // size))
    saves = int(r["live_bytes"]) - slabs * n * 4096
    assert r["saves"] == (str(saves) if saves > 0 else ""), (r, saves)
    rows += 1
    saved += saves > 0
assert len(known) > 30 and rows > 50 and saved >= 3, (len(known), rows, saved)
END
}
