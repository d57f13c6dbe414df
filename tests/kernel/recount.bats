#!/usr/bin/env bats
# Owners, peaks and sites of a real boot, counted once more by a script that
# shares no code with the program (tests/trace/recount.py).  Runs on the large
# kernel, too: KMEMDB_TEST_KERNEL=large, which has debug information.
#
# kernels: small

load common

setup_file() {
	kernel_setup_file || return
	kernel_boot "$D/boot.tar" "$D/boot.dat.tar" "$D/run.tar" \
		"$D/stack.tar" "$D/stack.dat.tar" || return
	[ -z "$SKIP" ] || return 0
	"$B/kmemdb" audit -q "$TREE"
	local log
	for log in boot boot.dat stack stack.dat run; do
		"$B/kmemdb" import -q --label "$log" "$D/$log.tar"
	done
	text boot
	text stack
	text run
	tests/kernel/relink.sh "$TREE" "$D/vmlinux.map"
	sqlite3 -separator '	' "$KMEMDB" 'SELECT kind, pattern FROM wrappers' >"$D/wrappers"
}

# The text in a capture, packed or not.
text() {
	tar -xOf "$D/$1.tar" kmemdb-capture/trace >"$D/$1.txt" 2>/dev/null ||
		tar -xOf "$D/$1.tar" kmemdb-capture/trace.gz | gzip -dc >"$D/$1.txt"
	[ -s "$D/$1.txt" ]
}

recount() { python3 tests/trace/recount.py "$1" "$TREE" "$D/vmlinux.map" "${@:2}"; }
sorted() { LC_ALL=C sort; }

@test "the peak of the whole, of each directory and object, of each kind" {
	local log
	for log in boot stack; do
		recount peaks "$D/$log.txt" | sorted >"$BATS_TEST_TMPDIR/theirs"
		[ "$(wc -l <"$BATS_TEST_TMPDIR/theirs")" -gt 30 ]
		sql "SELECT CASE branch WHEN '' THEN '.' ELSE branch END,
			    malloc_peak_bytes, malloc_peak_ns, cache_peak_bytes,
			    cache_peak_ns, slab_peak_bytes, slab_peak_ns
		       FROM branch_peaks AS b JOIN traces AS t USING (trace)
		      WHERE tracing AND label = '$log'" | sorted |
			diff - "$BATS_TEST_TMPDIR/theirs"
	done
	# What reports say: the branch's own, and its part of the common one.
	[ "$(tsv traces --branch fs | awk -F '\t' '$2 == "boot" { print $19 }')" = \
		"$(recount peaks "$D/boot.txt" | awk -F '\t' '$1 == "fs" { print $6 }')" ]
}

@test "what each site had at the peak" {
	local log
	for log in boot stack run; do
		recount composition "$D/$log.txt" | sorted >"$BATS_TEST_TMPDIR/theirs"
		tsv peak --trace "$log" 2>/dev/null | cut -f 1,3,4 |
			awk -F '\t' -v OFS='\t' '{ n[$1 OFS $2] += $3 }
				END { for (k in n) print k, n[k] }' |
			sorted | diff - "$BATS_TEST_TMPDIR/theirs"
		# It adds up to the peak, whatever came with a stack.
		[ "$(sql "SELECT peak_bytes FROM traces WHERE label = '$log'")" -eq \
			"$(awk -F '\t' '{ n += $3 } END { print n }' "$BATS_TEST_TMPDIR/theirs")" ]
		[ "$(sql "SELECT sum(r.peak_bytes) FROM rollups AS r JOIN traces AS t USING (trace)
			WHERE label = '$log' AND kind IN ('malloc', 'cache')")" -eq \
			"$(sql "SELECT peak_bytes FROM traces WHERE label = '$log'")" ]
	done
}

owners_of() {
	tsv owners --trace "$1" 2>/dev/null | awk -F '\t' -v OFS='\t' '
		{ a[$1] += $4; f[$1] += $5; l[$1] += $6; t[$1] += $7; b[$1] += $8 }
		END { for (k in a) print k, a[k], f[k], l[k], t[k], b[k] }' | sorted
}

@test "owners, with stacks, of text and of trace.dat" {
	local log
	for log in stack run boot; do
		recount owners "$D/$log.txt" "$D/wrappers" | sorted >"$BATS_TEST_TMPDIR/theirs"
		[ "$(wc -l <"$BATS_TEST_TMPDIR/theirs")" -gt 10 ]
		owners_of "$log" | diff - "$BATS_TEST_TMPDIR/theirs"
	done
	diff <(owners_of stack) <(owners_of stack.dat)
	diff <(owners_of boot) <(owners_of boot.dat)
	# Nothing is the tracer's own event, and stacks led past alloc_inode.
	[ "$(owners_of stack.dat | grep -c 'trace_event_raw_event')" -eq 0 ]
	owners_of stack.dat | grep -q '^tracefs_get_inode	'
}

@test "where lines tell a site's owner, owners and accounting agree" {
	local log
	for log in boot stack.dat; do
		diff <(tsv accounting --trace "$log" 2>/dev/null | awk -F '\t' -v OFS='\t' '
				$18 == 0 { n[$15 OFS $2] += $7 } END { for (k in n) print k, n[k] }' | sorted) \
			<(tsv owners --trace "$log" 2>/dev/null | awk -F '\t' -v OFS='\t' '
				{ print $1, $2, $7 }' | sorted) >"$BATS_TEST_TMPDIR/differ" || :
		# Those of wrappers, which a stack resolved, are added to owners.
		[ "$(grep -c '^<' "$BATS_TEST_TMPDIR/differ")" -le \
			"$(grep -c '^>' "$BATS_TEST_TMPDIR/differ")" ]
	done
	# Without stacks nothing is added: only wrappers differ.
	[ "$(tsv owners --trace boot 2>/dev/null | awk -F '\t' '$11 == 0 { n += $7 } END { print n }')" = \
		"$(tsv accounting --trace boot 2>/dev/null | awk -F '\t' '$18 == 0 { n += $7 } END { print n }')" ]
}

@test "objects of sites, of modules too, with kallsyms and without" {
	local bare=$D/bare.db db text
	recount sites "$D/boot.txt" | sorted >"$BATS_TEST_TMPDIR/theirs"
	[ "$(grep -vc '	vmlinux	' "$BATS_TEST_TMPDIR/theirs")" -gt 5 ]
	# Bare logs have neither kallsyms nor /proc/modules beside them.
	tar -xOf "$D/boot.dat.tar" kmemdb-capture/trace.dat >"$D/bare.dat"
	KMEMDB=$bare "$B/kmemdb" audit -q "$TREE"
	KMEMDB=$bare "$B/kmemdb" import -q "$D/boot.txt"
	KMEMDB=$bare "$B/kmemdb" import -q "$D/bare.dat"
	for db in "$KMEMDB" "$bare"; do
		sqlite3 -separator '	' "$db" "SELECT text, replace(image, '-', '_'), path
			FROM sites WHERE trace = 1 AND state = 'object'" | sorted >"$BATS_TEST_TMPDIR/ours"
		[ "$(wc -l <"$BATS_TEST_TMPDIR/ours")" -gt 300 ]
		# What it could not place itself it does not judge.
		comm -13 "$BATS_TEST_TMPDIR/theirs" "$BATS_TEST_TMPDIR/ours" |
			while IFS='	' read -r text _; do
				! grep -F "$text	" "$BATS_TEST_TMPDIR/theirs" || exit 1
			done
	done
	# By addresses: trace 2 of both is the trace.dat.
	[ "$(sqlite3 "$KMEMDB" "ATTACH '$bare' AS bare;
		SELECT sum(a.state = 'object') > 300 AND
		       sum(a.state = 'object' AND (b.path IS NOT a.path OR b.image IS NOT a.image)) = 0
		  FROM bare.sites AS a JOIN main.sites AS b ON b.trace = 2 AND b.text = a.text
		 WHERE a.trace = 2")" = 1 ]
}

@test "calls of a module are those that the log names so; images make up the whole" {
	local report
	[ "$(tsv accounting --trace boot --image fuse | awk -F '\t' '{ s += $4 + $12 } END { print s }')" -eq \
		"$(grep -cE ': k(malloc|mem_cache_alloc)[a-z_]*: call_site=[^ ]* \[fuse\] ' "$D/boot.txt")" ]
	for report in accounting dynamic waste peak malloc-vs-cache owners; do
		query "$report" --trace boot --format csv 2>/dev/null >"$BATS_TEST_TMPDIR/all"
		for image in vmlinux modules; do
			query "$report" --trace boot --image "$image" --format csv 2>/dev/null >"$BATS_TEST_TMPDIR/$image"
		done
		python3 - "$BATS_TEST_TMPDIR" <<'END'
import csv, sys
def total(name):
    rows = list(csv.DictReader(open(f"{sys.argv[1]}/{name}")))
    assert rows, name
    return [sum(int(r[c]) for r in rows) for c in ("allocs", "live_bytes", "waste_bytes")]
whole, parts = total("all"), zip(total("vmlinux"), total("modules"))
assert whole == [a + b for a, b in parts], whole
END
	done
}
