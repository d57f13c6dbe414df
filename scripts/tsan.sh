#!/bin/bash
# The two users of threads under ThreadSanitizer: the pipeline of an audit and
# the thread that an import stores its rows with.
#
#   scripts/tsan.sh        O=DIR: where to build, default build/tsan
#
# Builds the program and the tests with -fsanitize=thread, runs the unit tests
# of both and the tests of the command line that audit and import, and closes
# with "tsan: N passed, N failed, N races".  Exit 1 where either is not 0.
set -u
cd "$(dirname "$0")/.." || exit 3
O=${O:-build/tsan}
unit=(test_support_pipeline test_store_rows)
cli=(tests/cli/audit.bats tests/cli/import.bats)

env -u MAKEFLAGS -u MFLAGS make --no-print-directory -s -j2 O="$O" \
	"$O/kmemdb" "${unit[@]/#/$O/unit/}" \
	CFLAGS='-O1 -g -fsanitize=thread' LDFLAGS=-fsanitize=thread || exit 3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Reports go to files: a test that looks at no stderr must not hide one.
export TSAN_OPTIONS="log_path=$work/race exitcode=66 second_deadlock_stack=1"
export BUILD=$O
passed=0 failed=0

# The shadow memory wants the old layout of addresses.
plain=()
setarch -R true 2>/dev/null && plain=(setarch -R)
run() {
	local name=$1 ok not
	shift
	timeout 1800 "${plain[@]}" "$@" >"$work/tap" 2>&1 </dev/null
	local status=$?
	ok=$(grep -cE '^ok ' "$work/tap")
	not=$(grep -cE '^not ok ' "$work/tap")
	if [ "$not" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$ok" -eq 0 ]; }; then
		not=1
		tail -n 15 "$work/tap"
	fi
	[ "$not" -eq 0 ] || grep -vE '^ok ' "$work/tap" | head -n 40
	passed=$((passed + ok)) failed=$((failed + not))
	printf '%-44s %4d passed %3d failed\n' "$name" "$ok" "$not"
}
for t in "${unit[@]}"; do
	CMOCKA_MESSAGE_OUTPUT=TAP run "$t" "$O/unit/$t"
done
for t in "${cli[@]}"; do
	run "$t" bats --tap "$t"
done

races=0
for f in "$work"/race.*; do
	[ -e "$f" ] || continue
	races=$((races + $(grep -c '^WARNING: ThreadSanitizer' "$f")))
	[ "$races" -gt 3 ] || head -n 60 "$f"
done
printf 'tsan: %d passed, %d failed, %d races\n' "$passed" "$failed" "$races"
[ "$failed" -eq 0 ] && [ "$races" -eq 0 ]
