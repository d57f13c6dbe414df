#!/bin/bash
# How fast and how small the audit is, side by side with its peers on one
# real tree (build.sh large), as ratios with the targets of the design.
#
#   tests/bench/bench.sh [RUNS]        default: 5 alternating runs each
#
# It needs about 1 GB below $TMPDIR (default /tmp): a copy of the tree.
#
# The table goes to stdout, talk to stderr.  A missed target is printed and
# fails nothing; an error does (exit 3, or 77 where no kernel can be built).
set -euo pipefail
cd "$(dirname "$0")/../.."
export LC_ALL=C
unset KMEMDB

runs=${1:-5}
program=$PWD/${O:-build}/kmemdb
builds=50
changed=10

# shellcheck source=tests/bench/common.bash
. tests/bench/common.bash

[[ -x $program ]] || die "no $program: run make first"
for tool in nm size readelf objcopy xargs sqlite3 /usr/bin/time; do
	command -v "$tool" >/dev/null || die "no $tool: run make check once, it installs what is missing"
done
status=0
tree=$(tests/kernel/build.sh large) || status=$?
((status == 0)) || exit "$status"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
db=$work/bench.db
find "$tree" -name '*.o' -print0 >"$work/list"
objects=$(tr -dc '\0' <"$work/list" | wc -c)

# ---- what is timed ----
# Exit 1 of an audit says that something was skipped: no error.
audit() {
	local rc=0
	"$program" audit -q --db "$@" || rc=$?
	((rc <= 1)) || die "audit failed: exit $rc"
}
first_audit() {
	rm -f "$db" "$db"-*
	audit "$db" "$tree"
}
audit_without() {
	rm -f "$db" "$db"-*
	audit "$db" --no-messages "$tree"
}
second_audit() { audit "$db" "$tree"; }
run_nm() { xargs -0 nm -S <"$work/list" >"$work/out" 2>"$work/err" || [[ -s $work/out ]]; }
run_size() {
	xargs -0 size <"$work/list" >"$work/out" 2>"$work/err" || [[ -s $work/out ]]
	xargs -0 readelf -sW <"$work/list" >"$work/out" 2>"$work/err" || [[ -s $work/out ]]
}
run_find() { find "$tree" -name '*.o' >"$work/out"; }

# ---- the table ----
row() { printf '%-44s %12s %12s  %-17s %s\n' "$@"; }

say "$objects objects; $runs alternating runs of each"
run_nm
run_size
first_audit
for ((i = 0; i < runs; i++)); do
	clock nm run_nm
	clock without audit_without
	clock first first_audit
	clock size run_size
done
bytes=$(stat -c %s "$db")
for ((i = 0; i < runs; i++)); do
	clock find run_find
	clock second second_audit
done
rm -f "$db"
# most_memory [OPTION]...: the KiB of a first audit
most_memory() {
	rm -f "$db" "$db"-*
	/usr/bin/time -f %M -o "$work/peak" "$program" audit -q --db "$db" "$@" "$tree" || (($? == 1)) ||
		die "audit failed"
	tail -n 1 "$work/peak"
}
peak=$(most_memory)
peak_without=$(most_memory --no-messages)

# ---- a tree that changes ----
say "copying the tree"
copy=$work/tree
cp -a "$tree" "$copy"
db=$work/copy.db
sleep 3 # younger stamps are not trusted
audit "$db" --commit "$(printf '%040x' 0)" "$copy"
"$program" query objects --db "$db" --format tsv |
	awk -F '\t' 'NR > 1 && $2 == "vmlinux" { print $1 }' >"$work/objects"
mapfile -t path <"$work/objects"
((${#path[@]} >= builds * changed + 50)) || die "only ${#path[@]} objects in vmlinux"

say "one object changed"
for ((i = 0; i < runs; i++)); do
	touch "$copy/${path[i]}"
	sleep 3
	clock one audit "$db" --commit "$(printf '%040x' 0)" "$copy"
done

say "$builds builds that change $changed objects each"
rows() { sqlite3 "$db" "SELECT count(*) FROM $1"; }
# Bytes of the database; all of it is in the one file.
bytes_of() {
	[[ ! -s $db-wal && ! -s $db-journal ]] || die "the database left a journal"
	stat -c %s "$db"
}
before=$(bytes_of)
footprints=$(rows footprint)
for ((i = 1; i <= builds; i++)); do
	for ((k = 0; k < changed; k++)); do
		head -c $((16 + i * 8 + k)) /dev/zero >"$work/blob"
		objcopy --add-section .kmemdb_bench="$work/blob" \
			--set-section-flags .kmemdb_bench=alloc,readonly,data \
			"$copy/${path[(i - 1) * changed + k]}"
	done
	audit "$db" --commit "$(printf '%040x' "$i")" "$copy"
done
after=$(bytes_of)
new=$(($(rows footprint) - footprints))
((new >= builds * changed)) || die "$new new footprints instead of $((builds * changed))"
(($(rows build) == builds + 1)) || die "$(rows build) builds instead of $((builds + 1))"
growth=$(((after - before) / builds))
each=$(awk -v g="$growth" -v n=$((objects - changed)) 'BEGIN { printf "%.1f", g / n }')

say "a build in which only counters in names changed"
footprints=$(rows footprint)
renamed=0
symbols=0
for ((i = builds * changed; i < ${#path[@]} && renamed < 50; i++)); do
	file=$copy/${path[i]}
	# Local symbols NAME.N get another N, as from a line in a header.
	nm "$file" 2>/dev/null | awk '$2 ~ /^[a-z]$/ && $3 ~ /^[A-Za-z_][A-Za-z0-9_]*\.[0-9]+$/ && !seen[$3]++ {
		at = match($3, /[0-9]+$/)
		print $3, substr($3, 1, at - 1) (substr($3, at) + 5000)
	}' >"$work/names"
	[[ -s $work/names ]] || continue
	objcopy --redefine-syms="$work/names" "$file"
	renamed=$((renamed + 1))
	symbols=$((symbols + $(wc -l <"$work/names")))
done
((renamed == 50)) || die "only $renamed objects have counters in their names"
before=$(bytes_of)
audit "$db" --commit "$(printf '%040x' $((builds + 1)))" "$copy"
counters=$(($(rows footprint) - footprints))
counter_bytes=$(($(bytes_of) - before))

printf '%s objects, %s processors, medians of %s runs\n\n' "$objects" "$(nproc)" "$runs"
row work kmemdb peer "ratio ($(released_version))" target
against 'first audit' first 'nm -S (must)' nm 1.0
against 'first audit' first 'size + readelf -sW (aim)' size 1.0
against 'second audit, nothing changed' second 'find (must)' find 4
against 'second audit, nothing changed' second 'find (aim)' find 2
one=$(median one)
row "one object changed" "$(ms "$one")" - - -
against 'first audit, messages searched for' first 'without (must)' without 1.5
against 'first audit, messages searched for' first 'without (aim)' without 1.2
row 'peak memory of the first audit (must)' "$((peak / 1024)) MB" "$((peak_without / 1024)) MB" - \
	"<= 150: $(met $((peak / 1024)) 150)"
row 'database after 1 build' "$((bytes / 1024)) KiB" - "$((bytes / objects)) B/obj" -
row "growth a build, $changed objects changed" "$growth B" - - -
row '  for each unchanged object (must)' "$each B" - - "<= 100: $(met "$each" 100)"
row '  for each unchanged object (aim)' "$each B" - - "<= 50: $(met "$each" 50)"
row "new footprints, $symbols counters, 50 objects" "$counters" - - "<= 0: $(met "$counters" 0)"
row '  growth of that build' "$counter_bytes B" - "$((counter_bytes / objects)) B/obj" -
