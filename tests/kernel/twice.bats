#!/usr/bin/env bats
# Nothing changed means nothing: the same sources and configuration built
# twice, elsewhere, by somebody else on another machine, at another time, the
# twelfth time instead of the first, under another release of the same length.
#
# kernels: tiny

load common

setup_file() {
	kernel_setup_file || return
	[ -z "$SKIP" ] || return 0
	local status=0
	export AGAIN
	AGAIN=$(tests/kernel/again.sh "$KERNEL") || status=$?
	[ "$status" -ne 77 ] || SKIP="kernel '$KERNEL' cannot be built again here"
	[ -z "$SKIP" ] || return 0
	[ "$status" -eq 0 ] || return
	"$B/kmemdb" audit -q --label first "$TREE"
	"$B/kmemdb" audit -q --label again "$AGAIN"
}

setup() { kernel_setup; }

diff_tsv() { "$B/kmemdb" diff first again --format tsv "$@" 2>/dev/null | tail -n +2; }

@test "the two are unlike where nobody cares" {
	[ "$(readelf -n "$TREE/vmlinux" | grep -c 'Build ID')" -eq "$(readelf -n "$AGAIN/vmlinux" | grep -c 'Build ID')" ]
	run ! cmp -s "$TREE/vmlinux" "$AGAIN/vmlinux"
	strings "$AGAIN/vmlinux" | grep -q '^Linux version .*somebody@another.machine.example.* #12 .*2025'
	run ! grep -q 'another.machine' <(strings "$TREE/vmlinux")
	[ "$(wc -c <"$TREE/include/config/kernel.release")" -eq "$(wc -c <"$AGAIN/include/config/kernel.release")" ]
	run ! cmp -s "$TREE/include/config/kernel.release" "$AGAIN/include/config/kernel.release"
	# By size, some objects are longer: those that hold these words.
	LC_ALL=C join -t '	' -a 1 -a 2 -e 0 -o 0,1.2,2.2 \
		<(cd "$TREE" && ar t vmlinux.a | xargs size | awk 'NR > 1 { print $6 "\t" $4 }' | LC_ALL=C sort) \
		<(cd "$AGAIN" && ar t vmlinux.a | xargs size | awk 'NR > 1 { print $6 "\t" $4 }' | LC_ALL=C sort) |
		awk -F '\t' '$2 != $3 { print $1 "\t" $2 "\t" $3 }' >"$BATS_TEST_TMPDIR/size"
	[ "$(cut -f 1 "$BATS_TEST_TMPDIR/size")" = init/version.o ]
	diff "$BATS_TEST_TMPDIR/size" <(diff_tsv --by object | awk -F '\t' '$7 != "link"' | cut -f 1-3)
}

@test "what differs is linktime, however it is divided" {
	local by
	for by in branch object section symbol link; do
		diff_tsv --by "$by" >"$BATS_TEST_TMPDIR/rows"
		[ -z "$(grep -v linktime "$BATS_TEST_TMPDIR/rows")" ] || { cat "$BATS_TEST_TMPDIR/rows"; false; }
	done
	for by in branch object symbol; do
		[ -z "$(diff_tsv --by "$by" --image all | grep -v linktime)" ]
	done
	[ -n "$(diff_tsv --by object)" ]
	[ -z "$(diff_tsv --by object --branch fs)$(diff_tsv --by symbol --branch kernel)" ]
}

@test "the rows still add up to the image's change" {
	local by change
	change=$(($(size "$AGAIN/vmlinux" | awk 'NR == 2 { print $4 }') - $(size "$TREE/vmlinux" | awk 'NR == 2 { print $4 }')))
	for by in branch object section; do
		[ "$(diff_tsv --by "$by" | awk -F '\t' '{ s += $4 } END { print s + 0 }')" -eq "$change" ]
	done
	[ "$(diff_tsv --by symbol | awk -F '\t' '{ s += $5 } END { print s + 0 }')" -eq "$change" ]
}

@test "the first table says what was made otherwise, and no option is" {
	"$B/kmemdb" diff first again --format json | python3 -c '
import json, sys
r = json.load(sys.stdin)
assert [x["fact"] for x in r["built"]] == ["release", "tree"], r["built"]
assert r["options"] == [], r["options"]'
}
