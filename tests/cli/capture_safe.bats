#!/usr/bin/env bats
# scripts/capture.sh on a machine that others work on: whatever ends it, the
# settings are put back; what belongs to others stays as it is.

load capture_common

setup() {
	capture_setup
	echo 2 >"$D/proc/sys/kernel/kptr_restrict"
	remember
	SIGNALLED=$PWD/tests/cli/signalled.py
	# (busybox sh may take its own find and diff for a command, so what needs
	# those of the machine is run by bash.)
	# A command that says that it runs, and takes a long time.
	cat >"$D/long" <<-END
	echo \$\$ >"$D/pid"
	cat "$D/tracing/tracing_on" >"$D/seen"
	exec sleep 20
	END
	sample >"$D/sample"
	echo precious >"$D/victim"
}

# The long command has ended, or does so now.
long_is_gone() {
	local i
	for i in 1 2 3 4 5 6 7 8 9 10; do
		kill -0 "$(cat "$D/pid")" 2>/dev/null || return 0
		sleep 0.1
	done
	return 1
}

# ---- signals ----

run_ended() {
	local on signal
	for on in 0 1; do
		echo "$on" >"$D/tracing/tracing_on"
		remember
		for signal in HUP:129 QUIT:131 TERM:143; do
			rm -f "$D/pid"
			echo "$signal, tracing_on=$on"
			run python3 "$SIGNALLED" "${signal%:*}" "test -s '$D/seen' && test -e '$D/pid'" \
				"${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- sh "$D/long"
			[ "$status" -eq "${signal#*:}" ]
			[ "$(cat "$D/seen")" -eq 1 ]
			unchanged
			nothing_left
			[ ! -e "$D/x.tar" ]
			long_is_gone
		done
	done
}
@test "a signal during run ends the command, too, and puts all back" { shells run_ended; }

run_interrupted() {
	local how
	for how in INT ^C; do
		rm -f "$D/pid" "$D/x.tar"
		run python3 "$SIGNALLED" "$how" "test -s '$D/pid'" \
			"${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- sh "$D/long"
		echo "$how: $status $output"
		[ "$status" -eq 130 ]
		[[ $output == *"saved to"* ]]
		tar -tf "$D/x.tar" | grep -qx kmemdb-capture/trace
		unchanged
		nothing_left
		long_is_gone
	done
}
@test "Ctrl-C ends the command, and what was traced is saved" { shells run_interrupted; }

copy_ended() {
	local signal
	for signal in HUP:129 INT:130 QUIT:131 TERM:143; do
		rm -f "$D/proc/kallsyms"
		mkfifo "$D/proc/kallsyms"
		run python3 "$SIGNALLED" "${signal%:*}" "! grep -q 2 '$D/proc/sys/kernel/kptr_restrict'" \
			"${CAPTURE[@]}" save -o "$D/x.tar"
		echo "$signal: $status $output"
		[ "$status" -eq "${signal#*:}" ]
		unchanged -x tracing_on
		nothing_left
		[ ! -e "$D/x.tar" ]
	done
}
@test "a signal while kallsyms is copied puts kptr_restrict back" { shells copy_ended; }

trace_ended() {
	rm -f "$D/tracing/trace"
	mkfifo "$D/tracing/trace"
	run python3 "$SIGNALLED" TERM "! grep -q 1 '$D/tracing/options/hash-ptr'" \
		"${CAPTURE[@]}" save -o "$D/x.tar"
	[ "$status" -eq 143 ]
	unchanged -x tracing_on
	nothing_left
}
@test "a signal while the trace is copied puts the options back" {
	echo quiet >"$D/proc/cmdline"
	remember
	shells trace_ended
}

pipe_closed() {
	{
		code=0
		"${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- sh -c 'sleep 0.5; exit 3' || code=$?
		echo "$code" >"$D/code"
	} 2>&1 >/dev/null | true
	[ "$(cat "$D/code")" -eq 3 ]
	tar -tf "$D/x.tar" | grep -qx kmemdb-capture/trace
	unchanged
	nothing_left
	# The tar itself has nobody who reads it.
	{
		code=0
		"${CAPTURE[@]}" run -s 2048 -t "$D" -o - -- sleep 0.5 || code=$?
		echo "$code" >"$D/code"
	} 2>/dev/null | true
	[ "$(cat "$D/code")" -eq 1 ]
	unchanged
	nothing_left
}
@test "a closed pipe of messages costs only the messages" { shells pipe_closed; }

pipe_restore() {
	# Putting back has something to say to nobody, and goes on.
	{ "${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- sh -c "sleep 0.5
		rm '$D/tracing/options/fields'; mkdir '$D/tracing/options/fields'" || :; } 2>&1 >/dev/null | true
	rmdir "$D/tracing/options/fields"
	unchanged -x fields
	nothing_left
}
@test "a setting that cannot be put back does not keep the others" { shells pipe_restore; }

closed() {
	"${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- true <&- 2>&-
	unchanged
	"${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- true >&-
	unchanged
	nothing_left
	code=0
	"${CAPTURE[@]}" save -t "$D" -o - >&- 2>"$D/said" || code=$?
	[ "$code" -eq 1 ]
	grep -q 'standard output is closed' "$D/said"
}
@test "closed descriptors do not get the settings mixed with words" { shells closed; }

stdin_and_names() {
	# The command has the standard input, and is no function of the script.
	run bash -c 'echo heard | "$@"' - "${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- cat
	[[ $output == *heard* ]]
	run -127 "${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- restore
	unchanged
	nothing_left
}
@test "the command gets the standard input, and is a program" { shells stdin_and_names; }

sizes_differ() {
	"${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- sh -c \
		"cp '$D/tracing/buffer_size_kb' '$D/seen'; echo 2048 >'$D/tracing/per_cpu/cpu0/buffer_size_kb'"
	[ "$(cat "$D/seen")" -eq 2048 ]
	unchanged -x buffer_size_kb
	[ "$(cat "$D/tracing/per_cpu/cpu0/buffer_size_kb")" -eq 100 ]
	[ "$(cat "$D/tracing/per_cpu/cpu1/buffer_size_kb")" -eq 200 ]
}
@test "buffers of different sizes get each its own back" {
	echo X >"$D/tracing/buffer_size_kb"
	echo 100 >"$D/tracing/per_cpu/cpu0/buffer_size_kb"
	echo '7 (expanded: 200)' >"$D/tracing/per_cpu/cpu1/buffer_size_kb"
	remember
	shells sizes_differ
}

# ---- files ----

modes() {
	(
		umask 022
		"${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- bash -c \
			"umask >'$D/seen'; find '$D' -name '.kmemdb*' -printf '%m ' >>'$D/seen'"
	)
	[ "$(cat "$D/seen")" = "0022
700 " ]
	[ "$(stat -c %a "$D/x.tar")" = 600 ]
	echo old >"$D/x.tar"
	chmod 644 "$D/x.tar"
	"${CAPTURE[@]}" save -o "$D/x.tar"
	[ "$(stat -c %a "$D/x.tar")" = 600 ]
	[ "$(tar -tvf "$D/x.tar" | grep -c '^-rw-------')" -ge 9 ]
}
@test "what it writes is for nobody else, what the command writes is its own" { shells modes; }

links() {
	local to
	for to in "$D/victim" "$D/none" "$D"; do
		ln -sfn "$to" "$D/x.tar"
		run "${CAPTURE[@]}" save -o "$D/x.tar"
		[ "$status" -eq 1 ]
		[[ $output == *"is a link"* ]]
		unchanged
	done
	run "${CAPTURE[@]}" save -o "$D"
	[ "$status" -eq 1 ]
	[[ $output == *"is a folder"* ]]
	rm "$D/x.tar"
	"${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- ln -s "$D/victim" "$D/x.tar"
	[ ! -h "$D/x.tar" ]
	tar -tf "$D/x.tar" | grep -qx kmemdb-capture/trace
	[ "$(cat "$D/victim")" = precious ]
	[ ! -e "$D/none" ]
	nothing_left
}
@test "nothing is written through a link" { shells links; }

same_name() {
	(
		cd "$D"
		sh -c 'mkdir ".kmemdb-capture.$$" && echo precious >".kmemdb-capture.$$/file" &&
			exec "$@" save -o x.tar' - "${CAPTURE[@]}"
	)
	tar -tf "$D/x.tar" | grep -qx kmemdb-capture/trace
	[ "$(cat "$D"/.kmemdb-capture.*/file)" = precious ]
	rm -r "$D"/.kmemdb-capture.*
	nothing_left
}
@test "a folder of the same name stays whose it is" { shells same_name; }

odd_names() {
	(
		cd "$D"
		"${CAPTURE[@]}" save -o '-x y;$(id).tar'
		tar -tf './-x y;$(id).tar' | grep -qx kmemdb-capture/trace
		rm './-x y;$(id).tar'
	)
	run "${CAPTURE[@]}" save -o ''
	[ "$status" -eq 2 ]
	run "${CAPTURE[@]}" save -o /dev/full
	[ "$status" -eq 1 ]
	[[ $output == *"cannot write '/dev/full'"* ]]
	run "${CAPTURE[@]}" save -o /dev/no-such-disk
	[ "$status" -eq 1 ]
	[[ $output == *"no device '/dev/no-such-disk'"* ]]
	nothing_left
}
@test "odd names of files, and devices" { shells odd_names; }

events() {
	local bad
	for bad in '*' '../../../../etc:passwd' kmem: :kmalloc '../events/kmem:kmalloc'; do
		run "${CAPTURE[@]}" run -o "$D/x.tar" -e "$bad" -- true
		[ "$status" -eq 1 ]
		[[ $output == *"is no name of an event"* ]]
		unchanged
	done
	for bad in 64M 0 -1 '1 2' 99999999999999999999; do
		run "${CAPTURE[@]}" run -o "$D/x.tar" -s "$bad" -- true
		[ "$status" -eq 1 ]
		[[ $output == *"a number of KB"* ]]
	done
	unchanged
	nothing_left
}
@test "names of events and sizes are looked at" { shells events; }

# ---- what others do ----

used_by() { # WORDS: run is refused with these, and changes nothing
	cp -a "$D/tracing" "$D/used"
	run "${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- true
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"is in use: "*"$1"*--force* ]]
	diff -r "$D/used" "$D/tracing"
	rm -r "$D/used"
	nothing_left
	# --force goes on, and puts back.
	cp -a "$D/before" "$D/really.before"
	remember
	# The kernel shows as none what is written as 0.
	filter=none
	grep -q none "$D/tracing/events/kmem/kmalloc/filter" || filter=0
	run "${CAPTURE[@]}" run --force -s 2048 -o "$D/x.tar" -- bash -c \
		"cat '$D'/tracing/{current_tracer,events/kmem/kmalloc/filter,events/kmem/mm_page_alloc/enable} >'$D/seen'"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"warning: going on all the same"* ]]
	[ "$(tr '\n' ' ' <"$D/seen")" = "nop $filter 0 " ]
	unchanged
	rm -rf "$D/before"
	mv "$D/really.before" "$D/before"
	rm -rf "$D/tracing"
	cp -a "$D/before" "$D/tracing"
}
in_use() {
	local t=$D/tracing
	echo function >"$t/current_tracer"
	used_by "the tracer 'function' is set"
	echo 1 >"$t/events/kmem/mm_page_alloc/enable"
	used_by "events are on (set_event): kmem:mm_page_alloc"
	echo 1* >"$t/events/kmem/kmalloc/enable"
	used_by "events are on (set_event): kmem:kmalloc"
	printf 'percpu:percpu_alloc_percpu\nkmem:a\nkmem:b\nkmem:c\n' >"$t/set_event"
	used_by "percpu:percpu_alloc_percpu, kmem:a, kmem:b, and more"
	echo 'bytes_req > 100' >"$t/events/kmem/kmalloc/filter"
	used_by "a filter is set: kmem:kmalloc: bytes_req > 100"
	echo 12 >"$t/set_event_pid"
	used_by "set_event_pid is set"
	sample >"$t/trace"
	used_by "the buffer holds a trace"
}
@test "run keeps away from a trace that is in use" { shells in_use; }

save_refused() {
	local t=$D/tracing
	# As boot-args leave it, with an event of the user's own.
	echo 1 >"$t/events/kmem/kmalloc/enable"
	echo 1 >"$t/events/percpu/percpu_alloc_percpu/enable"
	sample >"$t/trace"
	"${CAPTURE[@]}" save -o "$D/x.tar"
	cmp <(tar -xOf "$D/x.tar" kmemdb-capture/trace) <(sample)
	[ "$(cat "$t/tracing_on")" -eq 0 ]
	# Somebody's own.
	echo 1 >"$t/tracing_on"
	echo 0 >"$t/events/kmem/kmalloc/enable"
	run "${CAPTURE[@]}" save -o "$D/x.tar"
	[ "$status" -eq 1 ]
	[[ $output == *"is in use: events are on, but none of kmem: percpu:percpu_alloc_percpu"*--force* ]]
	[ "$(cat "$t/tracing_on")" -eq 1 ]
	echo 1 >"$t/events/kmem/kmalloc/enable"
	echo function >"$t/current_tracer"
	run "${CAPTURE[@]}" save -o "$D/x.tar"
	[ "$status" -eq 1 ]
	[[ $output == *"is in use: the tracer 'function'"* ]]
	[ "$(cat "$t/tracing_on")" -eq 1 ]
	"${CAPTURE[@]}" save --force -o "$D/x.tar"
	# A filter lets save go on, and is told.
	echo nop >"$t/current_tracer"
	echo 'bytes_req > 100' >"$t/events/kmem/kmalloc/filter"
	run "${CAPTURE[@]}" save -o "$D/x.tar"
	[ "$status" -eq 0 ]
	[[ $output == *"a filter is set: kmem:kmalloc: bytes_req > 100"* ]]
}
@test "save takes the trace of boot-args, and stops no other" { shells save_refused; }

save_dat() {
	local t=$D/tracing
	"${CAPTURE[@]}" save --dat -o "$D/x.tar"
	[ "$(tar -xOf "$D/x.tar" kmemdb-capture/trace.dat)" = dat ]
	unchanged -x tracing_on
	# It would empty this one, although it is stopped.
	echo 0 >"$t/events/kmem/kmalloc/enable"
	echo 1 >"$t/events/percpu/percpu_alloc_percpu/enable"
	run "${CAPTURE[@]}" save --dat -o "$D/x.tar"
	[ "$status" -eq 1 ]
	[[ $output == *"leave out --dat"* ]]
}
@test "what trace-cmd changes is put back" {
	echo 1 >"$D/tracing/events/kmem/kmalloc/enable"
	echo 'bytes_req > 100' >"$D/tracing/events/kmem/kmalloc/filter"
	remember
	mkdir "$D/bin"
	cat >"$D/bin/trace-cmd" <<-END
	#!/bin/sh
	cd "$D/tracing" || exit 1
	for event in events/*/*; do
		echo 0 >"\$event/enable"
		[ ! -e "\$event/filter" ] || echo none >"\$event/filter"
	done
	echo dat >"\$3"
	END
	chmod +x "$D/bin/trace-cmd"
	PATH=$D/bin:$PATH shells save_dat
}

# ---- an instance ----

# The kernel fills a folder that is made in instances/, and lets it be removed.
with_instances() {
	mkdir "$D/tracing/instances"
	remember
	cat >"$D/kernel" <<-END
	mkdir() {
		case \$1 in
		"$D/tracing/instances/"*)
			command mkdir "\$1" && cp -a "$D/before/." "\$1/" &&
				rmdir "\$1/instances" && rm -rf "\$1/\$LACKS"
			;;
		*) command mkdir "\$@" ;;
		esac
	}
	rmdir() {
		case \$1 in
		"$D/tracing/instances/"*) rm -rf "\$1" ;;
		*) command rmdir "\$@" ;;
		esac
	}
	. "$PWD/scripts/capture.sh"
	END
	LACKS=no
	export LACKS
}

instance() {
	local own=$D/tracing/instances/kmemdb
	CAPTURE=("${SHELL_WORDS[@]}" "$D/kernel")
	# Others are busy, and notice nothing.
	echo function >"$D/tracing/current_tracer"
	echo 'somebody is tracing' >"$D/tracing/trace"
	echo 1 >"$D/tracing/events/kmem/kmalloc/enable"
	rm -rf "$D/used"
	cp -a "$D/tracing" "$D/used"
	"${CAPTURE[@]}" run --stack -s 2048 -o "$D/x.tar" -- bash -c \
		"cd '$own' || exit; cat tracing_on buffer_size_kb trace_clock events/kmem/kmalloc/enable options/stacktrace >'$D/seen'
		 cp '$D/sample' trace; diff -r -x instances '$D/used' '$D/tracing' || echo other >'$D/seen'"
	[ "$(tr '\n' ' ' <"$D/seen")" = '1 2048 global 1 1 ' ]
	cmp <(tar -xOf "$D/x.tar" kmemdb-capture/trace) "$D/sample"
	diff -r "$D/used" "$D/tracing"

	rm -f "$D/pid"
	run python3 "$SIGNALLED" TERM "test -s '$D/pid'" \
		"${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- sh "$D/long"
	[ "$status" -eq 143 ]
	diff -r "$D/used" "$D/tracing"

	# One is there: another capture runs, or was killed.
	mkdir "$own"
	run "${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- true
	[ "$status" -eq 1 ]
	[[ $output == *"another capture runs"*"rmdir '$own'"* ]]
	"${CAPTURE[@]}" run --force -s 2048 -o "$D/x.tar" -- true
	diff -r "$D/used" "$D/tracing"
	nothing_left
}
@test "run traces in an instance, and touches nothing else" {
	with_instances
	shells instance
}

no_instance() {
	CAPTURE=("${SHELL_WORDS[@]}" "$D/kernel")
	for LACKS in options tracing_on events/kmem; do
		"${CAPTURE[@]}" run -s 2048 -o "$D/x.tar" -- sh -c \
			"cat '$D/tracing/buffer_size_kb' >'$D/seen'; ls '$D/tracing/instances' >>'$D/seen'"
		[ "$(cat "$D/seen")" = 2048 ]
		unchanged
	done
}
@test "instances that lack something are not used" {
	with_instances
	shells no_instance
}

# ---- before anything is changed ----

memory() {
	run "${CAPTURE[@]}" run -s 25001 -o "$D/x.tar" -- true
	[ "$status" -eq 1 ]
	[[ $output == *"more than half of the memory available (100000 KB): give less with -s (25000 at most)"* ]]
	unchanged
	nothing_left
	"${CAPTURE[@]}" run -s 25000 -o "$D/x.tar" -- true
	run "${CAPTURE[@]}" run -s 25001 --force -o "$D/x.tar" -- true
	[ "$status" -eq 0 ]
	[[ $output == *"warning: 25001 KB for each of 2 CPUs"* ]]
	# Three that are online; before 3.14.
	mkdir -p "$D/sys/devices/system/cpu"
	echo 0-1,8 >"$D/sys/devices/system/cpu/online"
	printf 'MemTotal: 900000 kB\nMemFree: 10000 kB\nBuffers: 5000 kB\nCached: 3000 kB\nSwapCached: 7000 kB\n' >"$D/proc/meminfo"
	run "${CAPTURE[@]}" run -s 3001 -o "$D/x.tar" -- true
	[ "$status" -eq 1 ]
	[[ $output == *"each of 3 CPUs"*"(18000 KB)"*"(3000 at most)"* ]]
	"${CAPTURE[@]}" run -s 3000 -o "$D/x.tar" -- true
	rm -r "$D/sys/devices"
}
@test "a buffer that the memory is short for is refused" {
	printf 'MemTotal: 900000 kB\nMemFree: 1 kB\nMemAvailable:  100000 kB\n' >"$D/proc/meminfo"
	remember
	shells memory
}

no_trace() {
	rm "$D/tracing/tracing_on"
	run "${CAPTURE[@]}" save -o "$D/x.tar"
	[ "$status" -eq 1 ]
	[[ $output == *"cannot see a trace in '$D/tracing'"* ]]
	[ ! -e "$D/tracing/tracing_on" ]
	nothing_left
}
@test "a folder without a trace is said" { shells no_trace; }

mounted() {
	local words
	cat >"$D/kernel" <<-END
	id() { echo 0; }
	mount() { echo "mount \$*" >>"$D/seen"; ln -s "$D/tracing" "$D/sys/kernel/tracing"; }
	umount() { echo "umount \$*" >>"$D/seen"; rm "$D/sys/kernel/tracing"; }
	. "$PWD/scripts/capture.sh"
	END
	for words in "run -s 2048 -o $D/x.tar -- true" "run -s 64M -- true" "save -o $D/none/x"; do
		: >"$D/seen"
		# shellcheck disable=SC2086 # words
		env -u KMEMDB_TRACEFS "${SHELL_WORDS[@]}" "$D/kernel" $words || :
		[ "$(grep -c '^mount ' "$D/seen")" = "$(grep -c '^umount ' "$D/seen")" ]
		[ ! -e "$D/sys/kernel/tracing" ]
		[[ $words != *x.tar* ]] || grep -qx "umount $D/sys/kernel/tracing" "$D/seen"
	done
	unchanged
}
@test "tracefs is unmounted by who mounted it" {
	: >"$D/proc/mounts"
	echo 'nodev tracefs' >"$D/proc/filesystems"
	remember
	shells mounted
}
