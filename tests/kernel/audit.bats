#!/usr/bin/env bats
# The audit of a real kernel against binutils: to the byte, object by object.
#
# kernels: small arm mips second tiny

load common

setup_file() {
	kernel_setup_file || return
	[ -z "$SKIP" ] || return 0
	"$B/kmemdb" audit "$TREE" 2>"$D/summary"
	# Without modules lib.a is linked on demand: only a map tells its share.
	export MODULES=y
	grep -q '^CONFIG_MODULES=y' "$TREE/.config" || MODULES=
	if [ -z "$MODULES" ]; then
		tests/kernel/relink.sh "$TREE" "$D/setup.map"
	fi
}

members() {
	if [ -n "$MODULES" ]; then
		(cd "$TREE" && "${CROSS}ar" t vmlinux.a)
		return
	fi
	awk '/^Archive member included/ { on = 1; next }
		/^(Discarded|Memory|Allocating|There are)/ { on = 0 }
		on && /^[^ ]/ { print $1 }' "$D/setup.map"
}

# text data bss of the objects named on standard input, one a line.
size_sums() {
	(cd "$TREE" && xargs "${CROSS}size") |
		awk '$1 != "text" { t += $1; d += $2; b += $3 } END { print t + 0, d + 0, b + 0 }'
}

# The same from a report's sums.
report_sums() {
	query footprint --depth 99 --format tsv "$@" |
		awk -F '\t' 'NR > 1 { t += $3; d += $4; b += $5 } END { print t + 0, d + 0, b + 0 }'
}

@test "vmlinux has as many objects as ar lists" {
	[ "$(query objects --format tsv | tail -n +2 | wc -l)" -eq "$(members | wc -l)" ]
	diff <(query objects --format tsv | tail -n +2 | cut -f 1 | sort) \
		<(members | sort)
}

@test "every object of every image is as size says" {
	query objects --image all --format tsv | tail -n +2 |
		awk -F '\t' '{ print $1, $3, $4, $5 }' | sort >"$BATS_TEST_TMPDIR/ours"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/ours")" -gt 500 ]
	cut -d ' ' -f 1 "$BATS_TEST_TMPDIR/ours" | (cd "$TREE" && xargs "${CROSS}size") |
		awk '$1 != "text" { print $6, $1, $2, $3 }' | sort >"$BATS_TEST_TMPDIR/theirs"
	diff "$BATS_TEST_TMPDIR/ours" "$BATS_TEST_TMPDIR/theirs"
}

@test "the image, fs and fs/proc are the sums of size" {
	members >"$BATS_TEST_TMPDIR/all"
	[ "$(report_sums)" = "$(size_sums <"$BATS_TEST_TMPDIR/all")" ]
	[ "$(report_sums --branch fs)" = "$(grep '^fs/' "$BATS_TEST_TMPDIR/all" | size_sums)" ]
	[ "$(report_sums --branch fs/proc)" = "$(grep '^fs/proc/' "$BATS_TEST_TMPDIR/all" | size_sums)" ]
	# One level at a time is the same bytes, however they are grouped.
	[ "$(query footprint --branch fs --format tsv | awk -F '\t' 'NR > 1 { s += $6 } END { print s }')" = \
		"$(query objects --branch fs --format tsv | awk -F '\t' 'NR > 1 { s += $6 } END { print s }')" ]
}

@test "each module is the sum of its objects, and its .ko as size says" {
	local n=0 ko module
	[ -n "$MODULES" ] || skip "no modules in kernel '$KERNEL'"
	while read -r ko; do
		module=$(basename "${ko%.*}")
		query modules --format tsv | awk -F '\t' -v m="$module" '$1 == m { print $3, $4, $5 }' >"$BATS_TEST_TMPDIR/ours"
		tr ' ' '\n' <"$TREE/${ko%.*}.mod" | grep . | size_sums >"$BATS_TEST_TMPDIR/theirs"
		diff "$BATS_TEST_TMPDIR/ours" "$BATS_TEST_TMPDIR/theirs"
		[ "$(query modules --format tsv | awk -F '\t' -v m="$module" '$1 == m { print $8 }')" -eq \
			"$("${CROSS}size" "$TREE/${ko%.*}.ko" | awk 'NR == 2 { print $4 }')" ]
		n=$((n + 1))
	done <"$TREE/modules.order"
	[ "$n" -gt 0 ]
	[ "$n" -eq "$(query modules --format tsv | tail -n +2 | wc -l)" ]
}

@test "symbols and unattributed bytes close every section, sections every object" {
	[ "$(sqlite3 "$KMEMDB" "
		SELECT count(*) FROM sections AS s
		 WHERE s.class <> 'debug' AND EXISTS (SELECT 1 FROM footprint f WHERE f.id = s.footprint AND f.full)
		   AND s.size <> s.unattributed + coalesce((SELECT sum(own) FROM symbols AS y
		        WHERE y.footprint = s.footprint AND y.section_ordinal = s.ordinal), 0)")" -eq 0 ]
	[ "$(sqlite3 "$KMEMDB" "
		SELECT count(*) FROM objects AS o
		 WHERE o.total <> (SELECT coalesce(sum(size), 0) FROM sections AS s
		        WHERE s.footprint = o.footprint AND s.class <> 'debug')")" -eq 0 ]
	# largest has every byte once.
	[ "$(query largest --format tsv | awk -F '\t' 'NR > 1 { s += $5 } END { print s }')" -eq \
		"$(query footprint --format tsv | awk -F '\t' 'NR > 1 { s += $6 } END { print s }')" ]
}

@test "symbols are those of nm, with their sizes" {
	query symbols --labels --format tsv | tail -n +2 |
		awk -F '\t' '{ print $2, $1, $5 }' | sort >"$BATS_TEST_TMPDIR/ours"
	members | (cd "$TREE" && xargs "${CROSS}nm" -A -f posix -t d --defined-only 2>/dev/null) |
		awk '{ sub(/:$/, "", $1); print $1, $2, $5 + 0 }' | sort >"$BATS_TEST_TMPDIR/theirs"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/theirs")" -gt 10000 ]
	# Footprints are shared by objects that differ only in counters, so a
	# name's counter may be that of its twin.
	norm() { sed -E 's/\.[0-9]+/.#/g; s/(__UNIQUE_ID_[A-Za-z_0-9]*[A-Za-z_])[0-9]+/\1#/; s/__[0-9]+_[0-9]+_/__#_#_/'; }
	diff <(norm <"$BATS_TEST_TMPDIR/ours" | sort) <(norm <"$BATS_TEST_TMPDIR/theirs" | sort)
}

@test "vmlinux as linked: size, build-id, span and init range" {
	query images --format tsv | awk -F '\t' '$1 == "vmlinux" { print $4, $5, $6 }' >"$BATS_TEST_TMPDIR/ours"
	"${CROSS}size" "$TREE/vmlinux" | awk 'NR == 2 { print $1, $2, $3 }' | diff "$BATS_TEST_TMPDIR/ours" -
	[ "$(query images --format tsv | awk -F '\t' '$1 == "vmlinux" { print $8 }')" = \
		"$("${CROSS}readelf" -n "$TREE/vmlinux" 2>/dev/null | sed -n 's/.*Build ID: //p')" ]
	local from to
	for pair in "span _text _end" "init __init_begin __init_end"; do
		# shellcheck disable=SC2086
		set -- $pair
		from=$("${CROSS}nm" "$TREE/vmlinux" | awk -v s="$2" '$3 == s { print $1 }')
		to=$("${CROSS}nm" "$TREE/vmlinux" | awk -v s="$3" '$3 == s { print $1 }')
		[ "$(query reconcile --format tsv | awk -F '\t' -v l="$1" '$1 == l { print $3 }')" -eq $((0x$to - 0x$from)) ]
	done
}

@test "the build-id of every image, wherever among its notes it is" {
	local file id n=0
	while IFS=$'\t' read -r file id; do
		[ "$id" = "$("${CROSS}readelf" -n "$TREE/$file" 2>/dev/null | sed -n 's/.*Build ID: //p')" ]
		[ -z "$id" ] || n=$((n + 1))
	done < <(sql "SELECT CASE d.path WHEN '' THEN '' ELSE d.path || '/' END || p.file, lower(hex(i.build_id)) FROM image AS i JOIN path AS p ON p.id = i.path JOIN dir AS d ON d.id = p.dir WHERE i.linked_image IS NOT NULL")
	[ "$n" -ge 1 ]
}

@test "reconcile adds up to the image, with nothing unexplained" {
	local unexplained
	query reconcile --format tsv | tail -n +2 >"$BATS_TEST_TMPDIR/lines"
	unexplained=$(awk -F '\t' '$1 == "unexplained" { print $3 }' "$BATS_TEST_TMPDIR/lines")
	[ "$unexplained" -eq 0 ]
	[ "$(awk -F '\t' '$1 == "image" { exit } { s += $3 } END { print s }' "$BATS_TEST_TMPDIR/lines")" -eq \
		$(("$("${CROSS}size" "$TREE/vmlinux" | awk 'NR == 2 { print $4 }')" - unexplained)) ]
	grep -q "symbol addresses match" "$BATS_FILE_TMPDIR/summary"
	sqlite3 "$KMEMDB" "SELECT checked > 5000 AND matched = checked FROM images WHERE image = 'vmlinux'" | grep -qx 1
}

@test "reconcile and every section's place equal ld's own map of a relink" {
	local map=$BATS_TEST_TMPDIR/relink.map script gc
	[ -n "$MODULES" ] || skip "relink.sh does not tell in which order members of lib.a were taken"
	tests/kernel/relink.sh "$TREE" "$map"
	# From the map's text alone: what ld filled, output section by section.
	sed -n '/^Linker script and memory map/,$p' "$map" | python3 -c "
import collections, re, sys
fill, out = collections.Counter(), None
for line in sys.stdin:
    head = re.match(r'^([._]\S+)', line)
    out = head.group(1) if head else out
    m = re.match(r'^ \*fill\*\s+0x[0-9a-f]+\s+0x([0-9a-f]+)', line)
    if m:
        fill[out] += int(m.group(1), 16)
for name in sorted(fill):
    if fill[name]:
        print(name, fill[name])" >"$BATS_TEST_TMPDIR/theirs"
	[ -s "$BATS_TEST_TMPDIR/theirs" ]
	query reconcile --format tsv | awk -F '\t' '$1 == "fill" || $1 == "script" { s[$2] += $3 } END { for (n in s) print n, s[n] }' |
		LC_ALL=C sort >"$BATS_TEST_TMPDIR/ours"
	diff "$BATS_TEST_TMPDIR/ours" <(LC_ALL=C sort "$BATS_TEST_TMPDIR/theirs")
	# Every section's place, and every line of reconcile, by the map.
	kernel_probe link_probe.c "$BATS_TEST_TMPDIR/probe"
	script=$(cd "$TREE" && echo arch/*/kernel/vmlinux.lds)
	gc=$(sed -n 's/^CONFIG_LD_DEAD_CODE_DATA_ELIMINATION=y/gc/p' "$TREE/.config")
	# The probe keeps what it read until it ends.
	# shellcheck disable=SC2086 # gc: a word, or none
	ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 "$BATS_TEST_TMPDIR/probe" "$TREE" "$map" "$script" $gc >"$BATS_TEST_TMPDIR/probe.out"
	# The relink without debug information has the sections of vmlinux.
	diff <("${CROSS}size" -A "$map.vmlinux" | awk '$1 ~ /^\./ && $1 !~ /debug|comment|attributes/ { print $1, $2, $3 }') \
		<("${CROSS}size" -A "$TREE/vmlinux" | awk '$1 ~ /^\./ && $1 !~ /debug|comment|attributes/ { print $1, $2, $3 }')
}

@test "auditing again changes nothing" {
	query objects --image all --format tsv >"$BATS_TEST_TMPDIR/before"
	run --separate-stderr "$B/kmemdb" audit "$TREE"
	[ "$status" -eq 0 ]
	[[ $stderr == *"nothing changed"* ]]
	query objects --image all --format tsv | diff "$BATS_TEST_TMPDIR/before" -
	[ "$(query builds --format tsv | tail -n +2 | wc -l)" -eq 1 ]
	"$B/kmemdb" audit -q --full "$TREE"
	query objects --image all --format tsv | diff "$BATS_TEST_TMPDIR/before" -
	[ "$(sqlite3 "$KMEMDB" 'PRAGMA integrity_check')" = ok ]
}

@test "what is unchanged by its stamp gives the database that opening it gives" {
	local db=$BATS_TEST_TMPDIR/known.db full=$BATS_TEST_TMPDIR/full.db
	kernel_settle
	"$B/kmemdb" audit -q "$TREE"
	cp "$KMEMDB" "$db"
	run --separate-stderr "$B/kmemdb" audit --db "$db" --label other "$TREE"
	[ "$status" -eq 0 ]
	[[ $stderr == *"  0 objects opened, "* ]]
	"$B/kmemdb" audit -q --full --db "$full" --label other "$TREE"
	sqlite3 "$db" <tests/kernel/build_rows.sql >"$BATS_TEST_TMPDIR/ours"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/ours")" -gt 10000 ]
	sqlite3 "$full" <tests/kernel/build_rows.sql | cmp "$BATS_TEST_TMPDIR/ours" -
}

@test "nothing in the tree is skipped, unlinked or unaccounted for" {
	[ "$(query skipped --format tsv 2>/dev/null | tail -n +2 | wc -l)" -eq 0 ]
	# Unlinked are only members of lib.a that nothing calls.
	[ "$(sqlite3 "$KMEMDB" "SELECT count(*) FROM objects WHERE role = 'unlinked' AND path NOT GLOB '*lib/*'")" -eq 0 ]
	[ -z "$MODULES" ] || [ "$(sqlite3 "$KMEMDB" "SELECT count(*) FROM objects WHERE role = 'unlinked'")" -eq 0 ]
	[ "$(sqlite3 "$KMEMDB" 'SELECT count(*) FROM objects')" -eq "$(find "$TREE" -name '*.o' | wc -l)" ]
}

@test "boot images are as large as ls says, and hold what was packed" {
	tsv boot-files | awk -F '\t' '{ print $3, $8 }' | LC_ALL=C sort >"$BATS_TEST_TMPDIR/ours"
	(cd "$TREE" && find arch/*/boot -maxdepth 2 -type f ! -name '.*' \
		\( -name '?zImage' -o -name zImage -o -name Image -o -name 'vmlinux.bin.*z' -o -name piggy_data \) \
		-exec stat -c '%s %n' {} +) | LC_ALL=C sort >"$BATS_TEST_TMPDIR/theirs"
	diff "$BATS_TEST_TMPDIR/theirs" "$BATS_TEST_TMPDIR/ours"
	if [ "$KERNEL" != mips ]; then [ -s "$BATS_TEST_TMPDIR/ours" ]; fi
	# The payload that an image names is the file that went into it.
	tsv boot-files | awk -F '\t' '$7 == "yes" || $2 == "payload" { print $5, $4 }' >"$BATS_TEST_TMPDIR/payloads"
	[ "$(sort -u "$BATS_TEST_TMPDIR/payloads" | wc -l)" -le 1 ]
}

@test "footprint and largest add up to the image, with what belongs to no object" {
	local image kallsyms
	image=$("${CROSS}size" "$TREE/vmlinux" | awk 'NR == 2 { print $4 }')
	for report in "footprint 6" "largest 5"; do
		[ "$(tsv "${report% *}" | awk -F '\t' -v c="${report#* }" '{ s += $c } END { print s }')" -eq "$image" ]
	done
	tsv footprint >"$BATS_TEST_TMPDIR/rows"
	[ -z "$(awk -F '\t' '$6 != $8 + $9 + $10' "$BATS_TEST_TMPDIR/rows")" ]
	# kallsyms is the object that the final link took.
	kallsyms=$(cd "$TREE" && "${CROSS}size" .tmp_vmlinux.kallsyms[0-9].o 2>/dev/null | awk 'END { print $4 + 0 }')
	[ "$(awk -F '\t' '$1 == "(kallsyms)" { n += $6 } END { print n + 0 }' "$BATS_TEST_TMPDIR/rows")" -eq "$kallsyms" ]
	# Below a branch there is nothing of the link.
	run ! grep -q '^(' <(tsv footprint --branch fs)
}
