#!/usr/bin/env bats
# scripts/capture.sh against folders that look like tracefs, proc and sysfs:
# what it sets, saves, puts back and warns of.  tests/kernel/boot.bats has it
# run in real kernels.

load capture_common

setup() {
	capture_setup
	# What `save` finds there.
	sample >"$D/tracing/trace"
	remember
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
@test "boot-args prints what the kernel takes, and what it costs" { shells boot_args; }

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
	nothing_left
}
@test "save puts small things first, the trace last, settings back" { shells save_all; }

more_members() {
	"${CAPTURE[@]}" save -o "$D/x.tar"
	[ "$(tar -tf "$D/x.tar" | tail -n 8 | tr '\n' ' ')" = "$(printf 'kmemdb-capture/%s ' \
		meminfo slabinfo vmallocinfo zoneinfo buddyinfo slabs kallsyms trace)" ]
	[ "$(tar -xOf "$D/x.tar" kmemdb-capture/slabs)" = "$(printf '%s\t%s\t%s\t%s\t%s\t%s\n' \
		name target object_size slab_size objs_per_slab order \
		:0000064 - 64 64 64 0 bare - - - - - one :0000064 64 64 64 0)" ]
	[ "$(tar -xOf "$D/x.tar" kmemdb-capture/buddyinfo)" = 'a buddyinfo' ]
	# import has no use for them yet, and takes the rest.
	[ ! -x "${BUILD:-build}/kmemdb" ] ||
		"${BUILD:-build}/kmemdb" import --db "$D/k.db" "$D/x.tar" || [ $? -eq 1 ]
}
@test "slabs and their merging, vmalloc, zones and buddies are taken" {
	local name slab=$D/sys/kernel/slab
	for name in vmallocinfo zoneinfo buddyinfo; do echo "a $name" >"$D/proc/$name"; done
	mkdir -p "$slab/:0000064" "$slab/bare"
	for name in object_size slab_size objs_per_slab; do echo 64 >"$slab/:0000064/$name"; done
	echo 0 >"$slab/:0000064/order"
	ln -s :0000064 "$slab/one"
	sample >"$D/tracing/trace"
	remember
	shells more_members
}

save_elsewhere() {
	cmp <("${CAPTURE[@]}" save -t "$D" -o - 2>/dev/null | tar -xOf - kmemdb-capture/trace) <(sample)
	"${CAPTURE[@]}" save -z -o "$D/z.tar"
	cmp <(tar -xOf "$D/z.tar" kmemdb-capture/trace.gz | gzip -d) <(sample)
	run "${CAPTURE[@]}" save -o "$D/none/x.tar"
	[ "$status" -eq 1 ]
	[[ $output == *"name another folder with -t"* ]]
}
@test "save to standard output, compressed, and nowhere" { shells save_elsewhere; }

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
@test "lost events and hidden pointers are warned of" { shells warnings; }

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
	echo '# tracer: nop' >"$D/tracing/trace"
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
@test "pointers are shown by the means the kernel has" { shells hashing; }

run_command() {
	sample >"$D/sample"
	echo '# tracer: nop' >"$D/tracing/trace"
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
@test "run traces one command and puts everything back" { shells run_command; }

interrupted() {
	sample >"$D/sample"
	echo '# tracer: nop' >"$D/tracing/trace"
	printf 'cat "%s/sample" >"%s/tracing/trace"\nkill -TERM $PPID\nsleep 1\n' "$D" "$D" >"$D/command"
	run "${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- sh "$D/command"
	[ "$status" -eq 143 ]
	unchanged
	nothing_left
}
@test "killed, it puts the settings back" { shells interrupted; }

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
@test "what is missing is named, and what to build in" { shells missing; }

usage() {
	for bad in '' help 'save x' 'save -o' 'save -s 1' run 'run -x -- true' 'boot-args -k'; do
		# shellcheck disable=SC2086 # words
		run "${CAPTURE[@]}" $bad
		[ "$status" -eq 2 ]
		[[ $output == usage:* ]]
	done
}
@test "wrong words are answered with the usage" { shells usage; }
