#!/bin/bash
# Run the tests on a build with --coverage (make coverage) and print what part
# of each room's lines they ran, least first, then of all.
#
#   BUILD=build/coverage scripts/coverage.sh [PART...]    as check.sh: unit cli
#
# What a killed process ran is not counted, nor a child's that ends by _exit.
set -u
cd "$(dirname "$0")/.." || exit 3
export BUILD=${BUILD:-build/coverage}
[ $# -gt 0 ] || set -- unit cli kernel

find "$BUILD" -name '*.gcda' -delete
status=0
scripts/check.sh "$@" || status=$?

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A file that no test ran has no .gcda, only the compiler's .gcno.
find "$BUILD/auditor" -name '*.gcno' | while read -r notes; do
	gcov -n -o "$(dirname "$notes")" "$notes" 2>/dev/null
done >"$work/gcov"
awk -F "[':% ]+" '
	/^File / { file = $2; next }
	/^Lines executed:/ && file ~ /^auditor\/.*\.c$/ {
		split(file, part, "/")
		room = part[3] == "" ? "commands" : part[2]
		ran[room] += $3 * $5 / 100
		all[room] += $5
		file = ""
	}
	/^No executable lines/ { file = "" }
	END {
		for (room in all) {
			printf "%6.2f %% of %5d lines  %s\n", 100 * ran[room] / all[room], all[room], room | "sort -n"
			r += ran[room]
			n += all[room]
		}
		close("sort -n")
		printf "%6.2f %% of %5d lines in all\n", n ? 100 * r / n : 0, n
		exit !n
	}' "$work/gcov" || status=1
exit $status
