#!/usr/bin/env bats
# What scripts/capture.sh saves in a real kernel, traced from its first
# allocation on: looked at with tar, grep, readelf and trace-cmd alone.
#
# kernels: small

load common

setup_file() {
	kernel_setup_file || return
	kernel_boot "$D/boot.tar" "$D/dat.tar" "$D/run.tar" || return
	[ -z "$SKIP" ] || return 0
	for kind in boot dat run; do
		mkdir "$D/$kind"
		tar -xf "$D/$kind.tar" -C "$D/$kind" --strip-components=1
	done
	gzip -d "$D/run/trace.gz"
}

@test "the tar has every part, the trace last" {
	[ "$(tar -tf "$D/boot.tar" | tr '\n' ' ')" = "$(printf 'kmemdb-capture/%s ' \
		version cmdline notes page_size stats modules meminfo slabinfo vmallocinfo zoneinfo buddyinfo slabs kallsyms trace)" ]
	[ "$(tar -tf "$D/dat.tar" | tail -n 1)" = kmemdb-capture/trace.dat ]
	[ "$(cat "$D/boot/page_size")" -eq 4096 ]
	grep -q '^slabinfo - version: 2.1' "$D/boot/slabinfo"
	grep -q '^fuse .* Live 0xffffffff' "$D/boot/modules"
}

@test "600,000 events and more from the first on, none lost, none hidden" {
	read -r in written < <(sed -n '1,12s|^# entries-in-buffer/entries-written: \([0-9]*\)/\([0-9]*\).*|\1 \2|p' "$D/boot/trace")
	[ "$in" -ge 600000 ]
	[ "$in" -eq "$written" ]
	[ "$(awk '/^entries: /{n+=$2}END{print n}' "$D/boot/stats")" -eq "$in" ]
	[ "$(awk '/^(overrun|commit overrun|dropped events): /{n+=$NF}END{print n}' "$D/boot/stats")" -eq 0 ]
	[ "$(grep -c ': km\?[a-z_]*: call_site=' "$D/boot/trace")" -eq "$in" ]
	# Before any process, on both CPUs, with module call sites.
	sed -n 1,20p "$D/boot/trace" | grep -q '<idle>-0 .* kmalloc: call_site=allocate_probes'
	grep -q '\[001\]' "$D/boot/trace"
	grep -q 'call_site=fuse_[a-z_]*+0x[0-9a-f/x]* \[fuse\] ' "$D/boot/trace"
	run ! grep -qE 'ptrval|ptr=00000000[0-9a-f]*[1-9a-f]' "$D/boot/trace"
	run ! grep -qE 'gfp_flags= |name=$' "$D/boot/trace"
}

@test "it names its build" {
	id=$(readelf -n "$TREE/vmlinux" | sed -n 's/.*Build ID: //p')
	[ "${#id}" -eq 40 ]
	[[ $(od -An -tx1 "$D/boot/notes" | tr -d ' \n') == *"$id"* ]]
	# Not relocated: the addresses are those of the tree.
	[ "$(grep -w '_stext' "$D/boot/kallsyms")" = "$(grep -w '_stext' "$TREE/System.map")" ]
	grep -q "$(cat "$TREE/include/config/kernel.release")" "$D/boot/version"
	grep -qw slab_nomerge "$D/boot/cmdline"
}

@test "trace.dat of the same boot has the same events" {
	trace-cmd report "$D/dat/trace.dat" 2>/dev/null |
		sed -n 's/.*: \(k[a-z_]*\): .* ptr=0x\([0-9a-f]*\).*/\1 \2/p; s/.*: \(k[a-z_]*\): .* ptr=(nil).*/\1 0000000000000000/p' |
		LC_ALL=C sort | uniq -c >"$BATS_TEST_TMPDIR/dat"
	sed -n 's/.*: \(k[a-z_]*\): .* ptr=\([0-9a-f]*\).*/\1 \2/p' "$D/boot/trace" |
		LC_ALL=C sort | uniq -c >"$BATS_TEST_TMPDIR/text"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/text")" -gt 10000 ]
	sed -i 's/ 0*\([0-9a-f]\)/ \1/g' "$BATS_TEST_TMPDIR/dat" "$BATS_TEST_TMPDIR/text"
	LC_ALL=C sort -o "$BATS_TEST_TMPDIR/dat" "$BATS_TEST_TMPDIR/dat"
	LC_ALL=C sort -o "$BATS_TEST_TMPDIR/text" "$BATS_TEST_TMPDIR/text"
	cmp "$BATS_TEST_TMPDIR/dat" "$BATS_TEST_TMPDIR/text"
}

@test "run traced one command with stacks" {
	[ "$(grep -c '^ *ls-[0-9]* .*call_site=' "$D/run/trace")" -gt 500 ]
	# Each event has its stack; tracing may be stopped between the two, once
	# a CPU at the end.
	[ "$(grep -c '<stack trace>' "$D/run/trace")" -gt 500 ]
	awk 'match($0, /\[[0-9][0-9][0-9]\]/) { cpu = substr($0, RSTART, RLENGTH) }
		/call_site=/ { n[cpu]++ }
		/<stack trace>/ { n[cpu]-- }
		END { for (c in n) if (n[c] != 0 && n[c] != 1) exit 1 }' "$D/run/trace"
	grep -qE '^ => [a-z_]+\+0x[0-9a-f]+/0x[0-9a-f]+ <ffffffff[0-9a-f]{8}>$' "$D/run/trace"
	# capture.sh itself only forks: its saving is not in it.
	[ "$(grep -c '^ *\(tar\|gzip\|sed\)-[0-9]' "$D/run/trace")" -eq 0 ]
}
