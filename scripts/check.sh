#!/bin/bash
# Run every test and close with one line: "N passed, N failed, N skipped".
#
#   scripts/check.sh [unit] [cli] [kernel] [readme] [fuzz]   default: all
#
# Tests are found: unit tests that were built, every .bats file of tests/cli,
# every one of tests/kernel on the kernels that its line "# kernels:" names.
#
# BUILD names the folder of the program and the unit tests (default build).
# A skip is counted and its reason printed; it is never a pass.  Of a build
# with sanitizers every report fails, of a leak, too, whatever exit code the
# test expected of the program that was found out.
set -u
cd "$(dirname "$0")/.." || exit 3
export BUILD=${BUILD:-build}
parts=${*:-unit cli kernel readme fuzz}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
mkdir "$work/reports"
# Added to what the caller has set; the last word of a name counts.
for tool in ASAN LSAN TSAN UBSAN; do
	options=${tool}_OPTIONS
	export "$options=${!options:+${!options}:}log_path=$work/reports/$tool"
done
export ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=1
export UBSAN_OPTIONS=$UBSAN_OPTIONS:print_stacktrace=1

# What the sanitizers said during one test, and how often.
reports() {
	local file
	for file in "$work"/reports/*; do
		[ -e "$file" ] || continue
		head -n 60 "$file"
		rm "$file"
		found=$((found + 1))
	done
}

# Reads TAP from a file; prints what did not pass.
count() {
	local name=$1 file=$2 status=$3 ok not skip plan found=0
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
	reports
	if [ "$found" -gt 0 ]; then
		echo "not ok - $name: $found reports of sanitizers"
		not=$((not + found))
	fi
	passed=$((passed + ok)) failed=$((failed + not)) skipped=$((skipped + skip))
	printf '%-44s %4d passed %3d failed %3d skipped\n' "$name" "$ok" "$not" "$skip"
}

run_tap() {
	local name=$1
	shift
	timeout 1800 "$@" >"$work/tap" 2>&1 </dev/null
	count "$name" "$work/tap" $?
}

# Builds each kernel once: a test's limit of time is for the test.
declare -A built=()
build_kernel() {
	[ -z "${built[$1]:-}" ] || return 0
	built[$1]=1
	tests/kernel/build.sh "$1" >/dev/null || [ $? -eq 77 ] ||
		echo "kernel '$1' could not be built"
}

kernel_tests() {
	local t k kernels
	for t in tests/kernel/*.bats; do
		kernels=$(sed -n 's/^# kernels: *//p' "$t")
		if [ -z "$kernels" ]; then
			echo "not ok - $t does not say on which kernels it runs: '# kernels: small arm'"
			failed=$((failed + 1))
		fi
		for k in $kernels; do
			build_kernel "$k"
			KMEMDB_TEST_KERNEL=$k run_tap "$t ($k)" bats --tap "$t"
		done
	done
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
		kernel_tests
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
