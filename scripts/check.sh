#!/bin/bash
# Run every test and close with one line: "N passed, N failed, N skipped".
#
#   scripts/check.sh [unit] [cli] [kernel] [readme] [fuzz]   default: all
#
# BUILD names the folder of the program and the unit tests (default build).
# A skip is counted and its reason printed; it is never a pass.
set -u
cd "$(dirname "$0")/.." || exit 3
export BUILD=${BUILD:-build}
parts=${*:-unit cli kernel readme fuzz}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

# Reads TAP from a file; prints what did not pass.
count() {
	local name=$1 file=$2 status=$3 ok not skip plan
	skip=$(grep -cE '^ok .*# (SKIP|skip)' "$file")
	ok=$(($(grep -cE '^ok ' "$file") - skip))
	not=$(grep -cE '^not ok ' "$file")
	plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$file" | head -n 1)
	# A runner that died has run fewer tests than it planned.
	if [ "$not" -eq 0 ] && { [ "$status" -ne 0 ] || [ $((ok + skip)) -ne "${plan:-0}" ] || [ "${plan:-0}" -eq 0 ]; }; then
		not=1
		echo "not ok - $name ended with status $status after $((ok + skip)) of ${plan:-0} tests"
		tail -n 15 "$file"
	fi
	grep -E '^ok .*# (SKIP|skip)' "$file" | sed "s|^|$name: |"
	[ "$not" -eq 0 ] || grep -vE '^ok ' "$file" | head -n 60 | sed "s|^|$name: |"
	passed=$((passed + ok)) failed=$((failed + not)) skipped=$((skipped + skip))
	printf '%-44s %4d passed %3d failed %3d skipped\n' "$name" "$ok" "$not" "$skip"
}

run_tap() {
	local name=$1
	shift
	timeout 1800 "$@" >"$work/tap" 2>&1 </dev/null
	count "$name" "$work/tap" $?
}

for part in $parts; do
	case $part in
	unit)
		for t in "$BUILD"/unit/test_*; do
			[ -x "$t" ] || continue
			CMOCKA_MESSAGE_OUTPUT=TAP run_tap "$(basename "$t")" "$t"
		done
		;;
	cli)
		for t in tests/cli/*.bats; do
			run_tap "$t" bats --tap "$t"
		done
		;;
	kernel)
		for k in small arm mips second tiny; do
			tests/kernel/build.sh "$k" >/dev/null || [ $? -eq 77 ] ||
				echo "kernel '$k' could not be built"
			KMEMDB_TEST_KERNEL=$k run_tap "tests/kernel/audit.bats ($k)" bats --tap tests/kernel/audit.bats
		done
		run_tap tests/kernel/boot.bats bats --tap tests/kernel/boot.bats
		KMEMDB_TEST_KERNEL=small run_tap tests/kernel/whole.bats bats --tap tests/kernel/whole.bats
		run_tap tests/kernel/life.bats bats --tap tests/kernel/life.bats
		run_tap tests/kernel/import.bats bats --tap tests/kernel/import.bats
		for k in small arm; do
			KMEMDB_TEST_KERNEL=$k run_tap "tests/kernel/sites.bats ($k)" bats --tap tests/kernel/sites.bats
		done
		;;
	readme)
		run_tap tests/readme.bats bats --tap tests/readme.bats
		;;
	fuzz)
		run_tap scripts/fuzz.sh scripts/fuzz.sh --short
		;;
	*)
		echo "check.sh: no part '$part'" >&2
		exit 2
		;;
	esac
done

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
