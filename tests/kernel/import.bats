#!/usr/bin/env bats
# A real boot of the small kernel, traced from its first allocation on,
# imported next to the audit of its tree, against a dictionary by pointer
# (tests/trace/dict.py) and the linker's own maps.
#
# kernels: small

load common

setup_file() {
	kernel_setup_file || return
	export CAPTURE=$D/boot.tar DAT=$D/dat.tar
	kernel_boot "$CAPTURE" "$DAT" || return
	[ -z "$SKIP" ] || return 0
	"$B/kmemdb" audit -q "$TREE"
	"$B/kmemdb" import "$CAPTURE" 2>"$D/summary"
	tar -xOf "$CAPTURE" kmemdb-capture/trace >"$D/trace.txt"
}

# What dict.py prints, of trace $1.
site_rows() {
	sql "SELECT caller, kind, sum(allocs), sum(frees), sum(implicit),
		    sum(live), sum(unknown), sum(failed), sum(total_bytes),
		    sum(total_req), sum(live_bytes), sum(waste_bytes),
		    sum(total_waste_bytes), sum(null_free), sum(unmatched_free)
	       FROM site_sums
	      WHERE trace = $1 AND kind IN ('malloc', 'cache')
	      GROUP BY caller, kind" | LC_ALL=C sort
}

@test "600,000 events and more, none lost" {
	[ "$(sql 'SELECT events >= 600000 FROM traces WHERE trace = 1')" -eq 1 ]
	[ "$(sql 'SELECT lost + lost_unknown + unreadable + truncated FROM traces WHERE trace = 1')" -eq 0 ]
	# As mawk counts them.
	[ "$(sql "SELECT events FROM traces WHERE trace = 1")" -eq \
		"$(mawk '/: (kmalloc|kfree|kmem_cache_alloc|kmem_cache_free)(_node)?: /{n++}END{print n}' "$D/trace.txt")" ]
}

@test "every site and kind is as a dictionary by pointer has it" {
	python3 tests/trace/dict.py "$D/trace.txt" |
		LC_ALL=C sort >"$BATS_TEST_TMPDIR/theirs"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/theirs")" -gt 300 ]
	# A function's offset may be printed for two functions of one name.
	python3 -c '
import collections, sys
rows = collections.defaultdict(lambda: [0] * 13)
for line in sys.stdin:
    f = line.rstrip("\n").split("\t")
    rows[f[0], f[1]] = [a + int(b) for a, b in zip(rows[f[0], f[1]], f[2:])]
for k in rows:
    print(*k, *rows[k], sep="\t")' <"$BATS_TEST_TMPDIR/theirs" |
		LC_ALL=C sort >"$BATS_TEST_TMPDIR/summed"
	diff <(site_rows 1) "$BATS_TEST_TMPDIR/summed"
}

@test "the rows of allocations are the sums" {
	# kind, count, bytes, live bytes from single rows and from roll-ups.
	sql "SELECT kind, count(*), sum(bytes_alloc),
		    sum(CASE WHEN ending = 'live' THEN bytes_alloc ELSE 0 END)
	       FROM allocations WHERE trace = 1 GROUP BY kind ORDER BY kind" >"$BATS_TEST_TMPDIR/rows"
	sql "SELECT kind, sum(allocs), sum(total_bytes), sum(live_bytes)
	       FROM site_sums WHERE trace = 1 GROUP BY kind
	     HAVING sum(allocs) > 0 ORDER BY kind" | diff "$BATS_TEST_TMPDIR/rows" -
	# allocs = frees + implicit + live + unknown, site by site.
	[ "$(sql 'SELECT count(*) FROM site_sums WHERE allocs <> frees + implicit + live + unknown')" -eq 0 ]
	# No more than 48 bytes an allocation.
	[ "$(sql "SELECT sum(pgsize) FROM dbstat WHERE name = 'allocation'")" -le \
		$(($(sql 'SELECT count(*) FROM allocation') * 48)) ]
}

@test "waste, accounting and dynamic agree with each other" {
	local waste accounting dynamic
	waste=$(query waste --format tsv 2>/dev/null | awk -F '\t' 'NR > 1 { s += $9; l += $8 } END { print s, l }')
	accounting=$(query accounting --format tsv 2>/dev/null | awk -F '\t' 'NR > 1 { s += $9; l += $8 } END { print s, l }')
	[ "${waste% *}" = "${accounting% *}" ]
	dynamic=$(query dynamic --format tsv 2>/dev/null | awk -F '\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		{ s += $at["waste_bytes"]; l += $at["live_bytes"] } END { print s, l }')
	[ "$dynamic" = "$accounting" ]
	# The sentence the tool is known by: rows of fs, and of nothing else.
	query waste --branch fs --format tsv 2>"$BATS_TEST_TMPDIR/said" | tail -n +2 >"$BATS_TEST_TMPDIR/fs"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/fs")" -gt 10 ]
	[ "$(cut -f 2 "$BATS_TEST_TMPDIR/fs" | grep -vc '^fs/')" -eq 0 ]
	grep -q '^coverage: ' "$BATS_TEST_TMPDIR/said"
}

@test "99.9 % of live bytes and 99 % of sites have an object" {
	sql "SELECT 100.0 * sum(CASE WHEN state = 'object' THEN live_bytes END) / sum(live_bytes),
		    100.0 * count(DISTINCT CASE WHEN state = 'object' THEN site END) / count(DISTINCT site)
	       FROM site_sums
	      WHERE trace = 1 AND kind IN ('malloc', 'cache')
		AND allocs > 0" >"$BATS_TEST_TMPDIR/shares"
	cat "$BATS_TEST_TMPDIR/shares"
	sql "SELECT caller, text FROM sites WHERE trace = 1 AND state <> 'object' AND state <> 'none'" >&2
	awk -F '\t' '{ exit !($1 >= 99.9 && $2 >= 99) }' "$BATS_TEST_TMPDIR/shares"
	sql "SELECT matched >= checked * 0.98 AND checked > 300 FROM traces WHERE trace = 1" | grep -qx 1
	sql "SELECT build_choice FROM traces WHERE trace = 1" | grep -qx build-id
}

# ld's own maps of vmlinux and of the modules.
judge() {
	local ko parts args=() map=$D/vmlinux.map
	[ -e "$map" ] || tests/kernel/relink.sh "$TREE" "$map"
	while read -r ko; do
		parts=$(cat "$TREE/${ko%.*}.mod")
		map=$D/$(basename "${ko%.*}").map
		# shellcheck disable=SC2086 # a list
		(cd "$TREE" && ld -r -Map="$map" -o "$map.o" $parts "${ko%.*}.mod.o")
		args+=("$(basename "${ko%.*}" | tr - _)=$map")
	done <"$TREE/modules.order"
	sql "SELECT replace(image, '-', '_'), coalesce(section, ''), address, path, caller
	       FROM sites WHERE trace = $1 AND state = 'object'" |
		python3 tests/trace/judge.py "$D/vmlinux.map" "${args[@]}"
}

@test "no site has a wrong object, by ld's own maps" {
	run judge 1
	echo "$output"
	[ "$status" -eq 0 ]
	[ "$(sql "SELECT count(*) FROM sites WHERE trace = 1 AND state = 'object' AND image <> 'vmlinux'")" -gt 5 ]
}

@test "trace.dat of the same boot: the same sites and sums" {
	"$B/kmemdb" import -q "$DAT"
	[ "$(sql "SELECT format FROM traces WHERE trace = 2")" = dat ]
	diff <(site_rows 1) <(site_rows 2)
	judge 2
}

@test "the same log again is noticed, whatever it is wrapped in" {
	run --separate-stderr "$B/kmemdb" import "$CAPTURE"
	[ "$status" -eq 0 ]
	[[ $stderr == *"imported before, as trace 1"* ]]
	gzip -1 <"$D/trace.txt" >"$BATS_TEST_TMPDIR/trace.gz"
	run --separate-stderr "$B/kmemdb" import - <"$BATS_TEST_TMPDIR/trace.gz"
	[[ $stderr == *"imported before, as trace 1"* ]]
	[ "$(sql 'SELECT count(*) FROM traces WHERE source NOT LIKE "%dat%"')" -eq 1 ]
}

@test "everything works after the tree is gone" {
	local db=$BATS_TEST_TMPDIR/gone.db tree=$BATS_TEST_TMPDIR/tree
	cp -r --reflink=auto "$TREE" "$tree" 2>/dev/null || cp -r "$TREE" "$tree"
	KMEMDB=$db "$B/kmemdb" audit -q "$tree"
	rm -rf "$tree"
	KMEMDB=$db "$B/kmemdb" import -q "$CAPTURE"
	diff <(query waste --format csv 2>/dev/null | cut -d, -f 1-9) \
		<(query waste --db "$db" --format csv 2>/dev/null | cut -d, -f 1-9)
}

@test "a trace of another kernel is noticed" {
	local db=$BATS_TEST_TMPDIR/other.db other
	other=$(tests/kernel/build.sh tiny) || skip "no second kernel here"
	KMEMDB=$db "$B/kmemdb" audit -q "$other"
	KMEMDB=$db run --separate-stderr "$B/kmemdb" import "$D/trace.txt"
	[ "$status" -eq 1 ]
	[[ $stderr == *"of another kernel"* ]]
	KMEMDB=$db run --separate-stderr "$B/kmemdb" query waste
	[[ $stderr == *"another kernel"* ]]
}

# trace-cmd report prints neither sizes nor modules.
@test "text without sizes and modules finds the same objects" {
	local db=$BATS_TEST_TMPDIR/plain.db
	sed -E 's#(call_site=[^ /]+)/0x[0-9a-f]+( \[[a-z0-9_]+\])?#\1#' \
		"$D/trace.txt" >"$BATS_TEST_TMPDIR/plain.txt"
	grep -q 'call_site=fuse_get_tree+0x[0-9a-f]* ptr' "$BATS_TEST_TMPDIR/plain.txt"
	KMEMDB=$db "$B/kmemdb" audit -q "$TREE"
	KMEMDB=$db "$B/kmemdb" import -q "$BATS_TEST_TMPDIR/plain.txt"
	[ "$(sqlite3 "$db" "SELECT count(*) > 5 FROM sites WHERE image = 'fuse'")" = 1 ]
	# Ambiguous is allowed, another object is not.  Call sites of vmallocinfo are
	# in the capture alone.
	diff <(sqlite3 "$KMEMDB" "SELECT caller, image, path FROM sites
			WHERE trace = 1 AND state = 'object'
			  AND (site IN (SELECT site FROM rollups WHERE trace = 1)
			       OR site NOT IN (SELECT site FROM vmalloc_area WHERE trace = 1))
			ORDER BY caller") \
		<(sqlite3 "$db" "ATTACH '$KMEMDB' AS full;
			SELECT p.caller, coalesce(p.image, f.image), coalesce(p.path, f.path)
			  FROM main.sites AS p
			  JOIN full.sites AS f ON f.trace = 1 AND f.caller = p.caller
			 WHERE p.trace = 1 AND f.state = 'object'
			   AND p.state IN ('object', 'ambiguous') ORDER BY p.caller")
	[ "$(sqlite3 "$db" "SELECT count(*) FROM sites WHERE state = 'ambiguous'")" -lt 5 ]
}

@test "without a tree it reports by function name" {
	local db=$BATS_TEST_TMPDIR/bare.db
	KMEMDB=$db "$B/kmemdb" import -q "$D/trace.txt"
	diff <(query accounting --format tsv 2>/dev/null | tail -n +2 | cut -f 1,3-9 | LC_ALL=C sort) \
		<(query accounting --db "$db" --format tsv 2>/dev/null | tail -n +2 | cut -f 1,3-9 | LC_ALL=C sort)
}
