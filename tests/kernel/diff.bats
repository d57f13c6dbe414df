#!/usr/bin/env bats
# Two real builds of one source with other configurations: every object's
# difference as binutils size has it, and sums that close.
#
# kernels: small

load common

setup_file() {
	kernel_setup_file || return
	[ -z "$SKIP" ] || return 0
	local status=0
	export OTHER
	OTHER=$(tests/kernel/build.sh second) || status=$?
	[ "$status" -ne 77 ] || SKIP="kernel 'second' cannot be built here"
	[ -z "$SKIP" ] || return 0
	[ "$status" -eq 0 ] || return
	"$B/kmemdb" audit -q --label small "$TREE"
	"$B/kmemdb" audit -q --label second "$OTHER"
}

setup() { kernel_setup; }

diff_tsv() { "$B/kmemdb" diff small second --format tsv "$@" 2>/dev/null | tail -n +2; }
# path and total of each member of vmlinux.a, sorted
sizes() {
	(cd "$1" && ar t vmlinux.a | xargs size) |
		awk 'NR > 1 && $1 != "text" { print $6 "\t" $4 }' | LC_ALL=C sort
}

@test "objects differ by what size says, one by one" {
	LC_ALL=C join -t '	' -a 1 -a 2 -e 0 -o 0,1.2,2.2 <(sizes "$TREE") <(sizes "$OTHER") |
		awk -F '\t' '$2 != $3 { print $1 "\t" $2 "\t" $3 "\t" $3 - $2 }' >"$BATS_TEST_TMPDIR/size"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/size")" -gt 500 ]
	diff "$BATS_TEST_TMPDIR/size" \
		<(diff_tsv --by object | awk -F '\t' '$7 != "link" && $6 != "moved"' | cut -f 1-4 | LC_ALL=C sort)
}

@test "however the rows are divided, they add up to the image's change" {
	local change=$(($(size "$OTHER/vmlinux" | awk 'NR == 2 { print $4 }') - $(size "$TREE/vmlinux" | awk 'NR == 2 { print $4 }')))
	[ "$change" -ne 0 ]
	for by in branch object section symbol; do
		c=4; [ "$by" != symbol ] || c=5
		[ "$(diff_tsv --by "$by" | awk -F '\t' -v c="$c" '{ s += $c } END { print s }')" -eq "$change" ]
	done
	[ "$(diff_tsv --by link | awk -F '\t' '$1 == "image" { print $4 }')" -eq "$change" ]
	[ "$(diff_tsv --by object --branch fs | awk -F '\t' '{ s += $4 } END { print s }')" -eq \
		"$(diff_tsv --by symbol --branch fs | awk -F '\t' '{ s += $5 } END { print s }')" ]
}

@test "the options that differ are those of diff" {
	LC_ALL=C join -t '=' -a 1 -a 2 -e n -o 0,1.2,2.2 \
		<(grep '^CONFIG_' "$TREE/.config" | sed 's/=/\x01/; s/=/~/g; s/\x01/=/' | LC_ALL=C sort -t = -k 1,1) \
		<(grep '^CONFIG_' "$OTHER/.config" | sed 's/=/\x01/; s/=/~/g; s/\x01/=/' | LC_ALL=C sort -t = -k 1,1) |
		awk -F = '$2 != $3 { print $1 }' | LC_ALL=C sort >"$BATS_TEST_TMPDIR/options"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/options")" -gt 50 ]
	diff "$BATS_TEST_TMPDIR/options" <("$B/kmemdb" diff small second --format json | python3 -c '
import json, sys
for r in json.load(sys.stdin)["options"]: print(r["option"])' | LC_ALL=C sort)
}
