#!/usr/bin/env bats
# scripts/check.sh itself: it finds the tests, and counts what did not run.

bats_require_minimum_version 1.5.0

# A repository of its own, whose kernels are names.
setup() {
	R=$BATS_TEST_TMPDIR/repo
	mkdir -p "$R/scripts" "$R/tests/kernel" "$R/tests/cli"
	cp "$BATS_TEST_DIRNAME/../../scripts/check.sh" "$R/scripts/"
	printf '#!/bin/sh\necho "$1" >>"$(dirname "$0")/built"\n' >"$R/tests/kernel/build.sh"
	chmod +x "$R/tests/kernel/build.sh"
}

# kernel_file NAME LINE...: a file of one test that notes its kernel.
kernel_file() {
	local name=$1
	shift
	{
		printf '%s\n' "$@"
		printf '@test "t" {\n\techo "%s $KMEMDB_TEST_KERNEL" >>"%s/ran"\n}\n' "$name" "$R"
	} >"$R/tests/kernel/$name.bats"
}

@test "a new kernel test runs on the kernels that it names" {
	kernel_file one '# About one.' '# kernels: small arm'
	kernel_file two '# kernels: arm'
	run "$R/scripts/check.sh" kernel
	[ "$status" -eq 0 ]
	[ "${lines[-1]}" = '3 passed, 0 failed, 0 skipped' ]
	[ "$(tr '\n' , <"$R/ran")" = 'one small,one arm,two arm,' ]
	[ "$(tr '\n' , <"$R/tests/kernel/built")" = 'small,arm,' ]
}

@test "a kernel test that names no kernel fails the check" {
	kernel_file one '# kernels: small'
	kernel_file two '# About kernels: small'
	run "$R/scripts/check.sh" kernel
	[ "$status" -eq 1 ]
	[[ $output == *"/two.bats does not say on which kernels it runs"* ]]
	[ "${lines[-1]}" = '1 passed, 1 failed, 0 skipped' ]
}

@test "a file that dies in the middle, and one without tests, fail" {
	printf '@test "a" {\n\ttrue\n}\n@test "b" {\n\tkill -KILL $PPID\n}\n' >"$R/tests/cli/dies.bats"
	: >"$R/tests/cli/none.bats"
	run "$R/scripts/check.sh" cli
	[ "$status" -eq 1 ]
	[[ $output == *"none.bats ended with status"* ]]
	[[ $output =~ passed,\ 2\ failed ]]
}

@test "a skip is counted, and is no pass" {
	printf '@test "a" {\n\tskip "no reason"\n}\n' >"$R/tests/cli/skips.bats"
	run "$R/scripts/check.sh" cli
	[ "$status" -eq 0 ]
	[[ $output == *"no reason"* ]]
	[ "${lines[-1]}" = '0 passed, 0 failed, 1 skipped' ]
	run "$R/scripts/check.sh" nothing
	[ "$status" -eq 2 ]
}

@test "what a sanitizer finds fails the test that did not ask" {
	printf '#include <stdlib.h>\nint main(void) { return !malloc(7); }\n' |
		gcc -fsanitize=address -o "$R/leaks" -x c - 2>/dev/null || skip "no ASan here"
	printf '@test "a" {\n\trun "%s/leaks"\n\ttrue\n}\n' "$R" >"$R/tests/cli/leaks.bats"
	run "$R/scripts/check.sh" cli
	[ "$status" -eq 1 ]
	[[ $output == *"7 byte(s) leaked in 1 allocation(s)"* ]]
	[ "${lines[-1]}" = '1 passed, 1 failed, 0 skipped' ]
}
