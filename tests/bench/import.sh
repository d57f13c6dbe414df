#!/bin/bash
# How fast and how small the import of a real boot's trace is, side by side
# with its peers, as ratios with the targets of the design; and the reports
# on a database with ten million allocations.
#
#   tests/bench/import.sh [RUNS]        default: 5 alternating runs each
#
# The trace is a boot of build.sh large (tests/kernel/boot.sh), the database
# a copy of one that holds the audit of its tree.  It needs about 1.5 GB
# below $TMPDIR (default /tmp).  The table goes to stdout, talk to stderr.
# A missed target is printed and fails nothing; an error does.
set -euo pipefail
cd "$(dirname "$0")/../.."
export LC_ALL=C
unset KMEMDB

runs=${1:-5}
program=$PWD/${O:-build}/kmemdb
many=${KMEMDB_BENCH_ALLOCATIONS:-10000000}

# shellcheck source=tests/bench/common.bash
. tests/bench/common.bash
[[ -x $program ]] || die "no $program: run make first"
for tool in mawk trace-cmd python3 sqlite3 zstd gzip /usr/bin/time; do
	command -v "$tool" >/dev/null || die "no $tool: run make check once, it installs what is missing"
done
status=0
tree=$(tests/kernel/build.sh large) || status=$?
((status == 0)) || exit "$status"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tests/kernel/boot.sh large "$work/boot.tar" "$work/dat.tar" || status=$?
((status == 0)) || exit "$status"
tar -xOf "$work/boot.tar" kmemdb-capture/trace >"$work/trace.txt"
tar -xOf "$work/boot.tar" kmemdb-capture/kallsyms >"$work/kallsyms"
tar -xOf "$work/dat.tar" kmemdb-capture/trace.dat >"$work/trace.dat"
gzip -1 -k "$work/trace.txt"
zstd -q -3 "$work/trace.txt" -o "$work/trace.txt.zst"
audited=$work/audited.db db=$work/bench.db
"$program" audit -q --db "$audited" "$tree" || (($? == 1)) || die "audit failed"

# ---- what is timed ----
import() {
	cp "$audited" "$db"
	"$program" import -q --db "$db" "$@"
}
text() { import --kallsyms "$work/kallsyms" "$work/trace.txt"; }
no_lines() { import --no-lines --kallsyms "$work/kallsyms" "$work/trace.txt"; }
gz() { import --no-lines "$work/trace.txt.gz"; }
zst() { import --no-lines "$work/trace.txt.zst"; }
dat() { import --no-lines "$work/trace.dat"; }
run_mawk() { mawk '/call_site=/{n++}END{print n}' "$work/trace.txt" >"$work/out"; }
run_report() { trace-cmd report -i "$work/trace.dat" >"$work/out" 2>/dev/null; }
run_dict() { python3 tests/trace/dict.py "$work/trace.txt" >"$work/out"; }

row() { printf '%-48s %10s %10s  %-17s %s\n' "$@"; }

events=$(mawk '/call_site=/{n++}END{print n}' "$work/trace.txt")
say "$events events, $(($(stat -c %s "$work/trace.txt") / 1000000)) MB; $runs alternating runs of each"
# The copy is part of what is timed: written once before.
text
for ((i = 0; i < runs; i++)); do
	clock mawk run_mawk
	clock text text
	clock plain no_lines
	clock gz gz
	clock zst zst
	clock report run_report
	clock dat dat
done
clock dict run_dict
import --kallsyms "$work/kallsyms" "$work/trace.txt"
lines_db=$work/lines.db
mv "$db" "$lines_db"
# The second trace of a build finds its source lines in the database.
head -n -1 "$work/trace.txt" >"$work/other.txt"
for ((i = 0; i < runs; i++)); do
	cp "$lines_db" "$db"
	clock again "$program" import -q --db "$db" --kallsyms "$work/kallsyms" "$work/other.txt"
done
cp "$audited" "$db"
/usr/bin/time -f %M -o "$work/peak" "$program" import -q --db "$db" --kallsyms "$work/kallsyms" "$work/trace.txt"
peak=$(($(tail -n 1 "$work/peak") / 1024))
cp "$audited" "$db"
/usr/bin/time -f %M -o "$work/peak" "$program" import -q --db "$db" "$work/trace.dat"
dat_peak=$(($(tail -n 1 "$work/peak") / 1024))
rows=$(sqlite3 "$db" 'SELECT count(*) FROM allocation')
row_bytes=$(sqlite3 "$db" "SELECT sum(pgsize) FROM dbstat WHERE name = 'allocation'")
each=$(awk -v b="$row_bytes" -v n="$rows" 'BEGIN { printf "%.1f", b / n }')

# ---- many allocations ----
say "$many allocations, by repeating the boot's events"
loops=$(awk -v m="$many" -v n="$rows" 'BEGIN { print int(m / n) + 1 }')
repeat() {
	# Each round some seconds later; pointers stay, so that what a round
	# left alive ends with the next.
	local i
	for ((i = 0; i < loops; i++)); do
		mawk -v add=$((i * 1000)) '
			match($0, / [0-9]+\.[0-9]+: /) {
				print substr($0, 1, RSTART) \
					sprintf("%.6f", substr($0, RSTART + 1, RLENGTH - 3) + add) \
					substr($0, RSTART + RLENGTH - 2)
			}' "$work/trace.txt"
	done
}
cp "$audited" "$db"
from=${EPOCHREALTIME/./}
repeat | /usr/bin/time -f %M -o "$work/peak" "$program" import -q --no-lines --db "$db" -
to=${EPOCHREALTIME/./}
many_peak=$(($(tail -n 1 "$work/peak") / 1024))
many_rows=$(sqlite3 "$db" 'SELECT count(*) FROM allocation')
worst=0 worst_name='' reports=0
for name in $("$program" query | awk '{ print $1 }'); do
	"$program" query "$name" --help 2>/dev/null | grep -q -- --trace || continue
	reports=$((reports + 1))
	rm -f "$work/query.us"
	for ((i = 0; i < 3; i++)); do
		clock query "$program" query "$name" --db "$db" -o "$work/out.txt" 2>/dev/null
	done
	us=$(median query)
	say "$name: $((us / 1000)) ms"
	((us <= worst)) || { worst=$us worst_name=$name; }
done
((reports >= 10)) || die "only $reports reports of traces"

printf '%s events, %s allocations, %s processors, medians of %s runs\n\n' \
	"$events" "$rows" "$(nproc)" "$runs"
row work kmemdb peer "ratio ($(released_version))" target
against 'import of text, source lines too' text 'mawk (must)' mawk 10
against 'import of text, --no-lines' plain 'mawk (aim)' mawk 6
against 'second trace of the build, lines known' again 'mawk' mawk 10
against 'import of text.gz' gz 'mawk of plain' mawk 10
against 'import of text.zst' zst 'mawk of plain' mawk 10
against 'import of text' text 'dictionary script' dict 0.2
against 'import of trace.dat' dat 'trace-cmd report (must)' report 0.33
against 'import of trace.dat' dat 'trace-cmd report (aim)' report 0.17
row 'peak memory, text, source lines too (must)' "$peak MB" - - "<= 100: $(met "$peak" 100)"
row 'peak memory, trace.dat (aim)' "$dat_peak MB" - - "<= 48: $(met "$dat_peak" 48)"
row 'bytes an allocation (must)' "$each" - - "<= 48: $(met "$each" 48)"
row 'bytes an allocation (aim)' "$each" - - "<= 32: $(met "$each" 32)"
row "import of $many_rows allocations" "$(ms $((to - from)))" - - "$many_peak MB"
row "slowest of $reports reports: $worst_name (must)" "$(ms "$worst")" - - "<= 100 ms: $(met "$worst" 100000)"
row "slowest of $reports reports: $worst_name (aim)" "$(ms "$worst")" - - "<= 20 ms: $(met "$worst" 20000)"
