# For the capture*.bats: folders that look like tracefs, proc and sysfs.
# shellcheck disable=SC2034 # the tests use what is set here

bats_require_minimum_version 1.5.0

capture_setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	D=$BATS_TEST_TMPDIR
	export KMEMDB_TRACEFS=$D/tracing KMEMDB_PROC=$D/proc KMEMDB_SYS=$D/sys
	mkdir -p "$D"/tracing/{options,per_cpu/cpu0,per_cpu/cpu1,events/percpu/percpu_alloc_percpu} \
		"$D"/proc/{self,sys/kernel} "$D"/sys/kernel
	for e in kmalloc kfree kmem_cache_alloc kmem_cache_free mm_page_alloc; do
		mkdir -p "$D/tracing/events/kmem/$e"
		echo 0 >"$D/tracing/events/kmem/$e/enable"
		echo none >"$D/tracing/events/kmem/$e/filter"
	done
	echo 0 >"$D/tracing/events/percpu/percpu_alloc_percpu/enable"
	echo 1 >"$D/tracing/tracing_on"
	echo nop >"$D/tracing/current_tracer"
	echo '7 (expanded: 1408)' >"$D/tracing/buffer_size_kb"
	echo '[local] global counter' >"$D/tracing/trace_clock"
	echo 1 >"$D/tracing/options/hash-ptr"
	echo 0 >"$D/tracing/options/fields"
	echo 0 >"$D/tracing/options/stacktrace"
	echo 0 >"$D/tracing/options/raw"
	printf 'entries: 1\noverrun: 0\ncommit overrun: 0\ndropped events: 0\n' |
		tee "$D/tracing/per_cpu/cpu0/stats" >"$D/tracing/per_cpu/cpu1/stats"
	echo '# tracer: nop' >"$D/tracing/trace"
	echo 6.1.192 >"$D/proc/sys/kernel/osrelease"
	echo 'Linux version 6.1.192 (x)' >"$D/proc/version"
	echo 'quiet no_hash_pointers' >"$D/proc/cmdline"
	echo 'ffffffff81000000 T _text' >"$D/proc/kallsyms"
	echo 'slabinfo - version: 2.1' >"$D/proc/slabinfo"
	echo 'MemTotal: 1 kB' >"$D/proc/meminfo"
	echo 'fuse 1 0 - Live 0xffffffffa0000000' >"$D/proc/modules"
	printf '\4\0\0\0' >"$D/sys/kernel/notes"
	remember
}

# The folders as they are now: what `shells` begins with, and `unchanged` knows.
remember() {
	rm -rf "$D/before" "$D/proc.before"
	cp -a "$D/tracing" "$D/before"
	cp -a "$D/proc" "$D/proc.before"
}

sample() {
	echo '# tracer: nop'
	echo '# entries-in-buffer/entries-written: 2/2   #P:2'
	echo ' a-1 [000] ..... 1.000001: kmalloc: call_site=f+0x8/0x20 ptr=ffff888000001000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1'
}

# Under each shell that a target may have: a test is one function.  (Not
# `"$1" || …`: that would switch off the -e which makes it a test.)  Each time
# with new folders, unless the test has its own way.
shells() {
	local shell ran=0
	for shell in dash 'busybox sh' bash; do
		command -v "${shell%% *}" >/dev/null || continue
		rm -rf "$D/tracing" "$D/proc" "$D/x.tar"
		cp -a "$D/before" "$D/tracing"
		cp -a "$D/proc.before" "$D/proc"
		read -ra SHELL_WORDS <<<"$shell"
		CAPTURE=("${SHELL_WORDS[@]}" "$PWD/scripts/capture.sh")
		echo "under $shell"
		"$1"
		ran=$((ran + 1))
	done
	[ "$ran" -gt 0 ]
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
	diff "$D/proc.before/sys/kernel/kptr_restrict" "$D/proc/sys/kernel/kptr_restrict" 2>/dev/null ||
		[ ! -e "$D/proc.before/sys/kernel/kptr_restrict" ]
}

# Nothing of a work folder, nor of a tar that is not complete.
nothing_left() { [ -z "$(find "$D" -name '.kmemdb*')" ]; }
