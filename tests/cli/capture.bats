#!/usr/bin/env bats
# scripts/capture.sh against folders that look like tracefs, proc and sysfs:
# what it sets, saves, puts back and warns of.  tests/kernel/boot.bats has it
# run in real kernels.

bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	D=$BATS_TEST_TMPDIR
	export KMEMDB_TRACEFS=$D/tracing KMEMDB_PROC=$D/proc KMEMDB_SYS=$D/sys
	mkdir -p "$D"/tracing/{options,per_cpu/cpu0,per_cpu/cpu1,events/percpu/percpu_alloc_percpu} \
		"$D"/proc/{self,sys/kernel} "$D"/sys/kernel
	for e in kmalloc kfree kmem_cache_alloc kmem_cache_free mm_page_alloc; do
		mkdir -p "$D/tracing/events/kmem/$e"
		echo 0 >"$D/tracing/events/kmem/$e/enable"
	done
	echo 0 >"$D/tracing/events/percpu/percpu_alloc_percpu/enable"
	echo 1 >"$D/tracing/tracing_on"
	echo '7 (expanded: 1408)' >"$D/tracing/buffer_size_kb"
	echo '[local] global counter' >"$D/tracing/trace_clock"
	echo 1 >"$D/tracing/options/hash-ptr"
	echo 0 >"$D/tracing/options/fields"
	echo 0 >"$D/tracing/options/stacktrace"
	echo 0 >"$D/tracing/options/raw"
	printf 'entries: 1\noverrun: 0\ncommit overrun: 0\ndropped events: 0\n' |
		tee "$D/tracing/per_cpu/cpu0/stats" >"$D/tracing/per_cpu/cpu1/stats"
	sample >"$D/tracing/trace"
	echo 6.1.192 >"$D/proc/sys/kernel/osrelease"
	echo 'Linux version 6.1.192 (x)' >"$D/proc/version"
	echo 'quiet no_hash_pointers' >"$D/proc/cmdline"
	echo 'ffffffff81000000 T _text' >"$D/proc/kallsyms"
	echo 'slabinfo - version: 2.1' >"$D/proc/slabinfo"
	echo 'MemTotal: 1 kB' >"$D/proc/meminfo"
	echo 'fuse 1 0 - Live 0xffffffffa0000000' >"$D/proc/modules"
	printf '\4\0\0\0' >"$D/sys/kernel/notes"
	cp -r "$D/tracing" "$D/before"
}

sample() {
	echo '# tracer: nop'
	echo '# entries-in-buffer/entries-written: 2/2   #P:2'
	echo ' a-1 [000] ..... 1.000001: kmalloc: call_site=f+0x8/0x20 ptr=ffff888000001000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1'
}

# Under each shell that a target may have: a test is one function.  (Not
# `"$1" || …`: that would switch off the -e which makes it a test.)
both() {
	local shell
	for shell in dash 'busybox sh'; do
		rm -rf "$D/tracing"
		cp -r "$D/before" "$D/tracing"
		CAPTURE=($shell "$PWD/scripts/capture.sh")
		echo "under $shell"
		"$1"
	done
}

# Settings as they were; what the kernel prints of two of them, in short.
unchanged() {
	local side
	rm -rf "$D/short"
	mkdir "$D/short"
	for side in before tracing; do
		cp -r "$D/$side" "$D/short/$side"
		sed -i 's/.*\[\(.*\)\].*/\1/' "$D/short/$side/trace_clock"
		sed -i 's/.*expanded: \(.*\))/\1/' "$D/short/$side/buffer_size_kb"
	done
	diff -r -x trace "$@" "$D/short/before" "$D/short/tracing"
}

boot_args() {
	run --separate-stderr "${CAPTURE[@]}" boot-args -k 6.1.192
	[ "$status" -eq 0 ]
	[ "$output" = 'trace_event=kmem:kmalloc,kmem:kfree,kmem:kmem_cache_alloc,kmem:kmem_cache_free trace_buf_size=64M trace_clock=global no_hash_pointers slab_nomerge' ]
	[[ $stderr == *slab_nomerge*"costs memory"* ]]
	for v in 2.6.39 3.6 5.19.17 6.0-rc1; do
		run --separate-stderr "${CAPTURE[@]}" boot-args -k "$v" -s 8M
		[[ $output == *kmem:kmalloc_node,kmem:kmem_cache_alloc_node\ trace_buf_size=8M* ]]
	done
	for v in 6.1 6.18.0 10.0 nonsense; do
		run --separate-stderr "${CAPTURE[@]}" boot-args -k "$v"
		[[ $output != *_node* ]]
	done
}
@test "boot-args prints what the kernel takes, and what it costs" { both boot_args; }

save_all() {
	run "${CAPTURE[@]}" save -o "$D/x.tar"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output != *warning* ]]
	[ "$(tar -tf "$D/x.tar" | tr '\n' ' ')" = "$(printf 'kmemdb-capture/%s ' \
		version cmdline notes page_size stats modules meminfo slabinfo kallsyms trace)" ]
	cmp <(tar -xOf "$D/x.tar" kmemdb-capture/trace) <(sample)
	[ "$(tar -xOf "$D/x.tar" kmemdb-capture/page_size)" = "$(getconf PAGESIZE)" ]
	[ "$(cat "$D/tracing/tracing_on")" -eq 0 ]
	unchanged -x tracing_on
	[ -z "$(find "$D" -name '.kmemdb*')" ]
}
@test "save puts small things first, the trace last, settings back" { both save_all; }

save_elsewhere() {
	cmp <("${CAPTURE[@]}" save -t "$D" -o - 2>/dev/null | tar -xOf - kmemdb-capture/trace) <(sample)
	"${CAPTURE[@]}" save -z -o "$D/z.tar"
	cmp <(tar -xOf "$D/z.tar" kmemdb-capture/trace.gz | gzip -d) <(sample)
	run "${CAPTURE[@]}" save -o "$D/none/x.tar"
	[ "$status" -eq 1 ]
	[[ $output == *"name another folder with -t"* ]]
}
@test "save to standard output, compressed, and nowhere" { both save_elsewhere; }

warnings() {
	printf 'entries: 9\noverrun: 40\ncommit overrun: 0\ndropped events: 2\n' \
		>"$D/tracing/per_cpu/cpu1/stats"
	sample | sed 's|: 2/2|: 2/42|' >"$D/tracing/trace"
	run "${CAPTURE[@]}" save -o "$D/x.tar"
	[ "$status" -eq 0 ]
	[[ $output == *"10 events in the buffer"* ]]
	[[ $output == *"warning: 40 events were overwritten"* ]]
	[[ $output == *"warning: 2 events were dropped"* ]]
	[[ $output == *"warning: 2/42 entries"* ]]

	sample | sed 's/ffff888000001000/(____ptrval____)/' >"$D/tracing/trace"
	run "${CAPTURE[@]}" save -o "$D/x.tar"
	[[ $output == *"hidden as (____ptrval____): boot with no_hash_pointers"* ]]
	sample | sed 's/ffff888000001000/000000003bd51ce4/' >"$D/tracing/trace"
	run "${CAPTURE[@]}" save -o "$D/x.tar"
	[[ $output == *"pointers are hashed"* ]]
	sample | sed 's/gfp_flags=GFP_KERNEL/gfp_flags=/' >"$D/tracing/trace"
	run "${CAPTURE[@]}" save -o "$D/x.tar"
	[[ $output == *"prints no gfp_flags"* ]]
}
@test "lost events and hidden pointers are warned of" { both warnings; }

hashing() {
	local cmdline=$D/proc/cmdline release=$D/proc/sys/kernel/osrelease
	# 5.10 hashes and has no way to stop it; 4.9 does not hash.
	echo quiet >"$cmdline"
	rm "$D/tracing/options/hash-ptr"
	echo 5.10.0 >"$release"
	run "${CAPTURE[@]}" save -o "$D/x.tar"
	[[ $output == *"this kernel hides pointers from text"* ]]
	echo 4.9.0 >"$release"
	run "${CAPTURE[@]}" save -o "$D/x.tar"
	[[ $output != *"hides pointers"* ]]
	# hash-ptr is turned off for the time of saving, and only where needed.
	echo 1 >"$D/tracing/options/hash-ptr"
	"${CAPTURE[@]}" run -o "$D/x.tar" -- cp "$D/tracing/options/hash-ptr" "$D/seen"
	[ "$(cat "$D/seen")" -eq 0 ]
	[ "$(cat "$D/tracing/options/hash-ptr")" -eq 1 ]
	echo 'quiet no_hash_pointers' >"$cmdline"
	"${CAPTURE[@]}" run -o "$D/x.tar" -- cp "$D/tracing/options/hash-ptr" "$D/seen"
	[ "$(cat "$D/seen")" -eq 1 ]
	echo 6.1.192 >"$release"
}
@test "pointers are shown by the means the kernel has" { both hashing; }

run_command() {
	sample >"$D/sample"
	cat >"$D/command" <<-END
	cd "$D/tracing"
	cat tracing_on buffer_size_kb trace_clock options/stacktrace \
		events/kmem/kmalloc/enable events/kmem/mm_page_alloc/enable >"$D/seen"
	cat "$D/sample" >trace
	echo said
	exit 5
	END
	run --separate-stderr "${CAPTURE[@]}" run --stack -s 2048 -t "$D" -o "$D/x.tar" -- sh "$D/command"
	[ "$status" -eq 5 ]
	[ "$output" = said ]
	[ "$(tr '\n' ' ' <"$D/seen")" = '1 2048 global 1 1 0 ' ]
	cmp <(tar -xOf "$D/x.tar" kmemdb-capture/trace) "$D/sample"
	unchanged

	# Its output must not get into a tar on standard output.
	"${CAPTURE[@]}" run -t "$D" -o - -e kmalloc,percpu:percpu_alloc_percpu -- \
		sh "$D/command" >"$D/y.tar" 2>/dev/null || [ $? -eq 5 ]
	cmp <(tar -xOf "$D/y.tar" kmemdb-capture/trace) "$D/sample"
	run "${CAPTURE[@]}" run -e kmalloc_node -- true
	[ "$status" -eq 1 ]
	[[ $output == *"no event 'kmem:kmalloc_node'"* ]]
}
@test "run traces one command and puts everything back" { both run_command; }

interrupted() {
	sample >"$D/sample"
	printf 'cat "%s/sample" >"%s/tracing/trace"\nkill -TERM $PPID\nsleep 1\n' "$D" "$D" >"$D/command"
	run "${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- sh "$D/command"
	[ "$status" -ne 0 ]
	unchanged
	[ -z "$(find "$D" -name '.kmemdb*')" ]
}
@test "killed, it puts the settings back" { both interrupted; }

missing() {
	rm -r "$D/tracing/events/kmem"
	run "${CAPTURE[@]}" save
	[ "$status" -eq 1 ]
	[[ $output == *CONFIG_FTRACE=y*CONFIG_ENABLE_DEFAULT_TRACERS=y* ]]
	unset KMEMDB_TRACEFS
	: >"$D/proc/mounts"
	echo 'nodev sysfs' >"$D/proc/filesystems"
	if [ "$(id -u)" -eq 0 ]; then
		run "${CAPTURE[@]}" save
		[[ $output == *"this kernel cannot trace"*CONFIG_FTRACE=y* ]]
	fi
	[ "$status" -eq 1 ]
	export KMEMDB_TRACEFS=$D/tracing
}
@test "what is missing is named, and what to build in" { both missing; }

usage() {
	for bad in '' help 'save x' 'save -o' 'save -s 1' run 'run -x -- true' 'boot-args -k'; do
		# shellcheck disable=SC2086 # words
		run "${CAPTURE[@]}" $bad
		[ "$status" -eq 2 ]
		[[ $output == usage:* ]]
	done
}
@test "wrong words are answered with the usage" { both usage; }
