#!/usr/bin/env bats
# Every command of the README's sh blocks runs, from the repository's root.

setup() {
	cd "$BATS_TEST_DIRNAME/.." || return 1
	export KMEMDB=$BATS_TEST_TMPDIR/readme.db
}

@test "the commands of the README run as printed" {
	awk '/^```sh$/ { on = 1; next } /^```/ { on = 0 } on' README.md >"$BATS_TEST_TMPDIR/commands"
	[ "$(grep -c kmemdb "$BATS_TEST_TMPDIR/commands")" -ge 5 ]
	# make demo and make check are what CI runs around this.
	grep -vE '^make (demo|check)' "$BATS_TEST_TMPDIR/commands" >"$BATS_TEST_TMPDIR/run"
	run bash -eu -o pipefail "$BATS_TEST_TMPDIR/run"
	echo "$output" | tail -n 20
	[ "$status" -eq 0 ]
}

@test "the demo audits a real kernel and ends with the waste of its boot" {
	run scripts/demo.sh
	echo "$output" | tail -n 5
	[ "$status" -eq 0 ]
	[[ $output == *"query footprint"* ]]
	[[ $output == *"query waste --branch fs"*"alloc_inode"*"coverage: "* ]]
}
