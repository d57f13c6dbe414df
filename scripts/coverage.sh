#!/bin/bash
# Which lines of auditor/ the unit tests and the tests of the command line
# execute, by gcov.
#
#   scripts/coverage.sh [unit] [cli]      default: both
#
# O=DIR: where to build, default build/coverage.  Prints a table by room, the
# ten files with the most lines that were never executed, and one figure.
# Exit 1 where a test failed or a file was never reached by any.
#
# What runs in a child that ends by _exit or by a limit (the readers of
# trace.dat and of debug information) counts as not executed.
set -u
cd "$(dirname "$0")/.." || exit 3
O=${O:-build/coverage}
parts=${*:-unit cli}

env -u MAKEFLAGS -u MFLAGS make --no-print-directory -s -j2 O="$O" all units \
	CFLAGS='-O0 -g --coverage -fprofile-update=atomic' LDFLAGS=--coverage || exit 3
find "$O" -name '*.gcda' -delete
# shellcheck disable=SC2086 # a list of words
BUILD=$O scripts/check.sh $parts
status=$?

# A line for each source: lines, lines executed, file.
table=$(mktemp)
trap 'rm -f "$table"' EXIT
find "$O/auditor" -name '*.gcno' | while IFS= read -r notes; do
	source=${notes#"$O"/}
	source=${source%.gcno}.c
	# A file whose source is gone is left from an older build.
	[ -e "$source" ] || continue
	gcov --no-output "$notes" 2>/dev/null | awk -v want="$source" '
		/^File / { here = $0 == "File '\''" want "'\''" }
		here && /^Lines executed:/ {
			split($2, a, /[:%]/)
			printf "%d %.0f %s\n", $4, $4 * a[2] / 100, want
			here = 0
		}'
done >"$table"

awk '
	{
		n = split($3, part, "/")
		room = n > 2 ? part[2] : "(commands)"
		lines[room] += $1; done[room] += $2; files[room]++
		if (!$2 && $1) none[++nones] = $3
	}
	END {
		printf "%-12s %6s %8s %9s %7s\n", "room", "files", "lines", "executed", ""
		for (r in lines) {
			printf "%-12s %6d %8d %9d %6.1f%%\n", r, files[r], lines[r], done[r], 100 * done[r] / lines[r] | "sort"
		}
		close("sort")
		for (i = 1; i <= nones; i++)
			print "coverage: no test reaches " none[i]
		exit nones > 0
	}' "$table" || status=1
echo "most lines never executed:"
awk '{ printf "%6d of %5d  %s\n", $1 - $2, $1, $3 }' "$table" | sort -rn | head -n 10
awk '{ l += $1; d += $2 } END { if (!l) exit 1; printf "coverage: %.1f %% of %d lines\n", 100 * d / l, l }' "$table" || status=1
exit "$status"
