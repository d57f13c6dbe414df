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

# ---- before anything is changed ----

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
