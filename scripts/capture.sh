#!/bin/sh
# Capture a kmem trace on the machine to be measured, for kmemdb import.
#
# Needs a POSIX shell and what busybox has: cat, grep, sed, tar, mkdir, mv, rm,
# mount.  Copy this one file over and run it as root:
#
#   capture.sh boot-args [-k VERSION] [-s SIZE]
#       prints the kernel parameters that trace from the first allocation
#       on; then boot with them and run:
#   capture.sh save [-o FILE.tar]
#       stops tracing and saves what the buffer holds
#   capture.sh run [-o FILE.tar] [-s SIZE_KB] [-e EVENTS] -- COMMAND...
#       traces while COMMAND runs, saves, and ends with its exit code
#
# `capture.sh help` lists all options.  The tar goes to `kmemdb import` as it
# is; -o - writes it to standard output (ssh target capture.sh save -o - >x.tar)
# and -o /dev/vda onto a raw disk.
#
# On a machine in use: `run` traces in an instance of its own (kernels from 4.4
# on) and touches no other trace.  Without instances, and for --dat, it uses
# the trace of the machine, and refuses when somebody else does.  Whatever ends it but a KILL,
# all settings are put back.  `save` alone leaves something changed: the trace
# it saved stays stopped.
set -u

# Tests point these at folders of their own.
PROC=${KMEMDB_PROC:-/proc}
SYS=${KMEMDB_SYS:-/sys}
T=${KMEMDB_TRACEFS:-}

tab='	'
nl='
'

# The slab events; the two *_node ones exist before 6.1 only.
EVENTS=kmem:kmalloc,kmem:kfree,kmem:kmem_cache_alloc,kmem:kmem_cache_free
NODE_EVENTS=kmem:kmalloc_node,kmem:kmem_cache_alloc_node

say() { printf '%s\n' "capture: $*" >&2; }
warn() { printf '%s\n' "capture: warning: $*" >&2; }
die() {
	say "$@"
	exit 1
}

usage() {
	cat >&2 <<'END'
usage: capture.sh boot-args [-k VERSION] [-s SIZE]
       capture.sh save [options]
       capture.sh run [options] [-s SIZE_KB] [-c CLOCK] [-e EVENTS] [--stack]
                      -- COMMAND...
options of save and run:
  -o FILE   the tar to write; - is standard output   (kmemdb-capture.tar)
  -z        compress the trace in it with gzip: needs a tenth of the room
  --dat     save trace.dat with trace-cmd instead of text (empties the buffer)
  -t DIR    where to put the pieces meanwhile (beside FILE, or $TMPDIR, or /tmp)
  --force   go on where somebody else's trace is lost, or memory gets short
options of boot-args:
  -k VERSION  for this kernel, such as 5.10     (the running one)
  -s SIZE     of the buffer of each CPU         (64M)
options of run:
  -s SIZE_KB  of the buffer of each CPU         (65536)
  -c CLOCK    the trace clock                   (global)
  -e EVENTS   such as kmalloc,kfree,percpu:percpu_alloc_percpu
              (all of kmalloc, kmem_cache_alloc and their frees)
  --stack     record a stack with every event (ten times the room)
END
	exit 2
}

# ---- what this kernel is ----

# version_before 6 1: is the kernel $version older than that?
version_before() {
	major=${version%%.*}
	minor=${version#*.}
	minor=${minor%%[!0-9]*}
	case "$major$minor" in '' | *[!0-9]*) return 1 ;; esac
	[ "$major" -lt "$1" ] || { [ "$major" -eq "$1" ] && [ "${minor:-0}" -lt "$2" ]; }
}

running_version() { cat "$PROC/sys/kernel/osrelease" 2>/dev/null || uname -r; }

boot_has() {
	case " $(cat "$PROC/cmdline" 2>/dev/null) " in
	*" $1 "*) return 0 ;;
	esac
	return 1
}

need_root() {
	[ -n "${KMEMDB_TRACEFS:-}" ] && return
	[ "$(id -u 2>/dev/null || echo 0)" -eq 0 ] ||
		die "not root, and the trace is root's alone: run it with sudo"
}

# ---- signals ----

# What runs in the background, and whether that is the user's command.
child='' command_runs=''
# A signal that came while $busy is set is $held until `ready`.
busy='' held=''
interrupted=''

# on_signal NAME CODE
on_signal() {
	if [ -n "$busy" ]; then
		held="$1 $2"
		return
	fi
	# Ctrl-C ends the command; what was traced is saved all the same.
	if [ -n "$command_runs" ] && [ "$1" = INT ]; then
		# In the background it does not hear of an INT.
		[ -z "$child" ] || kill -TERM "$child" 2>/dev/null
		interrupted=$2
		return
	fi
	exit "$2"
}

# For steps that cleanup must know of either not at all or in whole.
ready() {
	busy=
	# shellcheck disable=SC2086 # two words
	[ -z "$held" ] || on_signal $held
}

# attend PID: waits for it and takes its exit code.  A shell looks at signals
# between two commands, and in `wait`; so whatever may take long is put into
# the background and attended to.
attend() {
	child=$1
	while :; do
		wait "$child"
		ended=$?
		kill -0 "$child" 2>/dev/null || break
	done
	child=
	return "$ended"
}

# ---- where the kernel shows its trace ----

# Set where this script mounted it.
mounted=

# mount_it TYPE DIR
mount_it() {
	busy=1
	mount -t "$1" nodev "$2" 2>/dev/null && mounted=$2
	ready
	[ -n "$mounted" ]
}

# Finds the tracing folder, mounting it where nobody did.
find_tracefs() {
	[ -n "$T" ] && return
	[ -r "$PROC/mounts" ] || die "no $PROC/mounts: mount -t proc proc $PROC"
	for fs in tracefs debugfs; do
		T=$(sed -n "s|^[^ ]* \([^ ]*\) $fs .*|\1|p" "$PROC/mounts" |
			sed -n 1p)
		[ "$fs" = debugfs ] && [ -n "$T" ] && T=$T/tracing
		[ -n "$T" ] && [ -e "$T/tracing_on" ] && return
	done
	if grep -q tracefs "$PROC/filesystems" &&
		mount_it tracefs "$SYS/kernel/tracing"; then
		T=$SYS/kernel/tracing
		return
	fi
	if grep -q debugfs "$PROC/filesystems" &&
		mount_it debugfs "$SYS/kernel/debug" &&
		[ -e "$SYS/kernel/debug/tracing/tracing_on" ]; then
		T=$SYS/kernel/debug/tracing
		return
	fi
	if grep -qE 'tracefs|debugfs' "$PROC/filesystems"; then
		die "cannot mount tracefs: is $SYS mounted, and is the kernel locked down?"
	fi
	die "this kernel cannot trace: build it with CONFIG_FTRACE=y and CONFIG_ENABLE_DEFAULT_TRACERS=y (before 4.1 CONFIG_DEBUG_FS=y, too)"
}

unmount() {
	[ -n "$mounted" ] || return 0
	umount "$mounted" 2>/dev/null || warn "could not unmount '$mounted' again"
	mounted=
}

need_events() {
	[ -e "$T/tracing_on" ] ||
		die "cannot see a trace in '$T': is tracefs mounted there, and are you root?"
	[ -d "$T/events/kmem" ] ||
		die "this kernel has no kmem events: build it with CONFIG_FTRACE=y and CONFIG_ENABLE_DEFAULT_TRACERS=y"
}

# ---- settings, put back at the end ----

# write FILE VALUE
write() { printf '%s\n' "$2" 2>/dev/null >"$1"; }

# "FILE<tab>VALUE" lines, the newest first: what was there before.
changed=

# will_change FILE OLD: noted before the change, as a signal may come between
# the two.  The instance goes as a whole.
will_change() {
	if [ -n "$instance" ]; then
		case $1 in "$instance"/*) return 0 ;; esac
	fi
	changed=$1$tab$2$nl$changed
}

# Puts the newest change back.
undo() {
	file=${changed%%"$tab"*}
	value=${changed#*"$tab"}
	value=${value%%"$nl"*}
	write "$file" "$value" || warn "could not set '$file' back to '$value'"
	changed=${changed#*"$nl"}
}

restore() { while [ -n "$changed" ]; do undo; done; }

# change FILE OLD NEW
change() {
	[ "$2" = "$3" ] && return 0
	noted=$changed
	will_change "$1" "$2"
	write "$1" "$3" && return 0
	changed=$noted
	return 1
}

# set_flag FILE VALUE: a file that holds one word, where the kernel has it.
set_flag() {
	[ -e "$T/$1" ] || return 1
	old=$(cat "$T/$1")
	# "1*": on, and a trigger is there, too.
	change "$T/$1" "${old%\*}" "$2"
}

# note_flag FILE: for what another program is going to change.
note_flag() {
	[ -e "$T/$1" ] || return 0
	old=$(cat "$T/$1")
	will_change "$T/$1" "${old%\*}"
}

set_clock() {
	old=$(sed -n 's/.*\[\(.*\)\].*/\1/p' "$T/trace_clock" 2>/dev/null)
	change "$T/trace_clock" "${old:-local}" "$1" ||
		warn "no trace clock '$1' here: this kernel has $(cat "$T/trace_clock" 2>/dev/null)"
}

# Shows 7 (expanded: 1408) before the first use, X where the CPUs differ.
set_buffer() {
	old=$(sed 's/.*expanded: \([0-9]*\).*/\1/' "$T/buffer_size_kb")
	if [ "$old" = X ]; then
		for cpu in "$T"/per_cpu/cpu*; do
			[ -e "$cpu/buffer_size_kb" ] || continue
			old=$(sed 's/.*expanded: \([0-9]*\).*/\1/' "$cpu/buffer_size_kb")
			will_change "$cpu/buffer_size_kb" "$old"
		done
		write "$T/buffer_size_kb" "$1"
	else
		change "$T/buffer_size_kb" "$old" "$1"
	fi || die "cannot get a buffer of $1 KB for each CPU: give less with -s"
	left=$(sed 's/ .*//' "$T/buffer_size_kb")
	[ "$left" -ge "$1" ] 2>/dev/null ||
		warn "the buffer of each CPU has $left KB, not the $1 asked for"
}

# Raw pointers and raw call sites in the text, where the kernel knows how.
# hash-ptr is the second choice: from 5.12 to at least 6.1 turning it off
# makes the kernel print the first string of an event (gfp_flags, the cache's
# name) empty.
set_text_options() {
	boot_has no_hash_pointers || set_flag options/hash-ptr 0
	set_flag options/fields 1
	for bad in raw hex bin; do
		set_flag options/$bad 0
	done
	# Of stacks: the place in the function, which tells functions of one
	# name apart.
	for good in context-info sym-offset sym-addr; do
		set_flag options/$good 1
	done
	return 0
}

# May the text show pointers?  hash-ptr came with 5.12, hashing with 4.15.
pointers_hidden() {
	[ -e "$T/options/hash-ptr" ] && return 1
	boot_has no_hash_pointers && return 1
	version=$(running_version)
	version_before 4 15 && return 1
	return 0
}

# ---- boot-args ----

boot_args() {
	version=$(running_version)
	size=64M
	while [ $# -gt 0 ]; do
		[ $# -ge 2 ] || usage
		case $1 in
		-k) version=$2 ;;
		-s) size=$2 ;;
		*) usage ;;
		esac
		shift 2
	done
	events=$EVENTS
	if version_before 6 1; then events=$events,$NODE_EVENTS; fi
	cat >&2 <<END
capture: kernel parameters for $version:
  trace_event=...     trace the slab allocations from the first moment on
  trace_buf_size=...  room for each CPU; a million events need about 64M
  trace_clock=global  one order of events over all CPUs; also keeps the boot
                      part, which a later change of clock would throw away
  no_hash_pointers    print pointers as they are (a kernel from 4.15 to 5.11
                      does not know it: save with --dat there)
  slab_nomerge        one cache a kmem_cache, so that names and sizes are its
                      own.  It costs memory, as caches no longer share partly
                      filled slabs (0.5 MB, 3 % of all slabs, on a small 6.1
                      kernel): leave it out where totals must be those of
                      production.
END
	printf '%s\n' "trace_event=$events trace_buf_size=$size trace_clock=global no_hash_pointers slab_nomerge"
}

# ---- saving ----

# The folder for the pieces; the tar while it is not complete.
work='' new=''

cleanup() {
	# A second Ctrl-C must not keep the rest from being put back.
	trap '' HUP INT QUIT TERM PIPE
	if [ -n "$child" ]; then
		kill -TERM "$child" 2>/dev/null
		# A command may take its time; our own cat holds the trace open.
		[ -n "$command_runs" ] || wait "$child"
	fi
	restore
	remove_instance
	unmount
	[ -z "$work" ] || rm -rf "$work"
	[ -z "$new" ] || rm -f "$new"
	work='' new=''
}

check_tools() {
	if [ -n "$dat" ] && ! command -v trace-cmd >/dev/null; then
		warn "no trace-cmd here: saving the text instead of trace.dat"
		dat=
	fi
	[ -z "$zip" ] || command -v gzip >/dev/null ||
		die "no gzip here: save without -z"
}

# Looks at -o before anything is changed.  Nothing is ever written through a
# link: in a folder where others may write, it can lead to any file.
check_out() {
	folder=
	case $out in
	-)
		[ -z "$no_stdout" ] || die "standard output is closed"
		return
		;;
	'') usage ;;
	-*) out=./$out ;;
	esac
	if [ -h "$out" ]; then
		die "'$out' is a link, and links are not followed: name the file that it leads to (or - for standard output)"
	elif [ -d "$out" ]; then
		die "'$out' is a folder: name a file in it"
	elif [ -e "$out" ] && [ ! -f "$out" ]; then
		return # a device or a pipe
	fi
	case $out in
	/dev/shm/*) ;;
	/dev/*) [ -e "$out" ] || die "there is no device '$out'" ;;
	esac
	case $out in
	*/*) folder=${out%/*}/ ;;
	*) folder=./ ;;
	esac
	[ ! -d "$folder" ] || [ -w "$folder" ] ||
		die "cannot write to '$folder': name another file with -o"
}

# A name that nobody has yet: mkdir follows no link.
make_work() {
	case $tmp in -*) tmp=./$tmp ;; esac
	if [ -z "$tmp" ]; then
		case $out in
		- | /dev/*) tmp=${TMPDIR:-/tmp} ;;
		*) tmp=${folder:-${TMPDIR:-/tmp}} ;;
		esac
	fi
	tmp=${tmp%/}
	busy=1
	for try in '' .1 .2 .3; do
		mkdir "$tmp/.kmemdb-capture.$$$try" 2>/dev/null || continue
		work=$tmp/.kmemdb-capture.$$$try
		break
	done
	ready
	pieces=$work/kmemdb-capture
	if [ -z "$work" ] || ! mkdir "$pieces"; then
		die "cannot write to '${tmp:-/}': name another folder with -t"
	fi
}

# The file that gets the tar, under a name that nobody has yet; -C follows no
# link.
make_new() {
	busy=1
	for try in '' .1 .2 .3; do
		(set -C && : >"$folder.kmemdb-capture.$$$try.tar") 2>/dev/null || continue
		new=$folder.kmemdb-capture.$$$try.tar
		break
	done
	ready
	[ -n "$new" ] || die "cannot write to '$folder': name another file with -o"
}

# piece NAME FILE: copies FILE, if there is one; keeps the order.
piece() {
	[ -e "$2" ] || return 1
	cat "$2" >"$pieces/$1" 2>/dev/null &
	attend $! || {
		rm -f "$pieces/$1"
		return 1
	}
	members="$members kmemdb-capture/$1"
}

save_kallsyms() {
	[ -e "$PROC/kallsyms" ] || {
		warn "no $PROC/kallsyms: kmemdb has to trust the tree's System.map (CONFIG_KALLSYMS=y gives it)"
		return
	}
	restrict=$PROC/sys/kernel/kptr_restrict
	old=$(cat "$restrict" 2>/dev/null)
	# 1 is enough for root, and shows nothing to others.
	case ${old:-0} in
	0 | 1) noted= ;;
	*) change "$restrict" "$old" 1 && noted=1 ;;
	esac
	piece kallsyms "$PROC/kallsyms"
	[ -z "$noted" ] || undo
	if ! grep -qE '^0*[1-9a-f]' "$pieces/kallsyms" 2>/dev/null; then
		warn "kallsyms shows no addresses: run as root, with kptr_restrict=0"
	fi
}

save_stats() {
	[ -d "$T/per_cpu" ] || return
	for cpu in "$T"/per_cpu/cpu*; do
		[ -e "$cpu/stats" ] || continue
		echo "${cpu##*/}"
		cat "$cpu/stats"
	done >"$pieces/stats"
	members="$members kmemdb-capture/stats"
}

# busybox has no getconf; the first mapping of a process has plain pages.
save_page_size() {
	bytes=$(getconf PAGESIZE 2>/dev/null)
	if [ -z "$bytes" ]; then
		bytes=$(sed -n '/^KernelPageSize:/{s/[^0-9]//g;p;q;}' \
			"$PROC/self/smaps" 2>/dev/null)
		bytes=${bytes:+$((bytes * 1024))}
	fi
	[ -n "$bytes" ] || return
	echo "$bytes" >"$pieces/page_size"
	members="$members kmemdb-capture/page_size"
}

# One line for each cache: what is merged with what, and how large it is.  The
# folder has some 30 files for each; slabinfo does not show the merged names.
save_slabs() {
	[ -d "$SYS/kernel/slab" ] || return
	printf 'name\ttarget\tobject_size\tslab_size\tobjs_per_slab\torder\n' >"$pieces/slabs"
	for cache in "$SYS"/kernel/slab/*; do
		[ -d "$cache" ] || continue
		target=-
		[ ! -h "$cache" ] || target=$(readlink "$cache" || echo '?')
		line=${cache##*/}$tab${target##*/}
		for key in object_size slab_size objs_per_slab order; do
			n=
			[ ! -r "$cache/$key" ] || read -r n <"$cache/$key"
			line=$line$tab${n:--}
		done
		printf '%s\n' "$line"
	done >>"$pieces/slabs" 2>/dev/null
	members="$members kmemdb-capture/slabs"
}

# Small things first: import can look at them before the trace comes by.
save_pieces() {
	members=
	{
		cat "$PROC/version" 2>/dev/null
		uname -a
	} >"$pieces/version"
	members=kmemdb-capture/version
	piece cmdline "$PROC/cmdline"
	piece notes "$SYS/kernel/notes" ||
		warn "no $SYS/kernel/notes: kmemdb cannot tell the build by its id"
	save_page_size
	save_stats
	piece modules "$PROC/modules"
	for name in meminfo slabinfo vmallocinfo zoneinfo buddyinfo; do
		piece $name "$PROC/$name"
	done
	save_slabs
	save_kallsyms
}

# Sums "KEY: N" of the stats piece.
stats_sum() {
	sum=0
	sed -n "s/^$1: *\([0-9]*\).*/\1/p" "$pieces/stats" 2>/dev/null | {
		while read -r n; do sum=$((sum + n)); done
		echo "$sum"
	}
}

warn_lost() {
	entries=$(stats_sum entries)
	overrun=$(stats_sum overrun)
	dropped=$(stats_sum 'dropped events')
	[ "$overrun" -eq 0 ] ||
		warn "$overrun events were overwritten by newer ones: trace again with a larger buffer (trace_buf_size=, or -s)"
	[ "$dropped" -eq 0 ] || warn "$dropped events were dropped"
	say "$entries events in the buffer"
}

# The text's own words: a header that counts less than was written, and
# pointers that are none.
check_text() {
	counts=$(sed -n '1,12s|^# entries-in-buffer/entries-written: \([0-9/]*\).*|\1|p' "$1")
	[ "${counts%/*}" = "${counts#*/}" ] ||
		warn "$counts entries in the buffer of those written: the oldest are lost"
	if sed -n 1,5000p "$1" | grep -qE 'ptr=\(_*ptrval_*\)'; then
		warn "pointers are hidden as (____ptrval____): boot with no_hash_pointers, or save with --dat"
	elif sed -n 1,5000p "$1" | grep -q 'ptr=' &&
		sed -n 1,5000p "$1" | grep -qE 'ptr=00000000[0-9a-f]{8}' &&
		! sed -n 1,5000p "$1" | grep -qE 'ptr=(0x)?[1-9a-f][0-9a-f]{15}'; then
		warn "pointers are hashed, two objects may look like one: boot with no_hash_pointers, or save with --dat"
	fi
	if sed -n 1,5000p "$1" | grep -q 'gfp_flags= '; then
		warn "this kernel prints no gfp_flags and no cache names without hash-ptr: boot with no_hash_pointers, or save with --dat, to have them"
	fi
}

no_room() {
	die "cannot write $1 to '$tmp': out of room?  Try -z, or -t DIR"
}

save_text() {
	set_text_options
	if [ -n "$zip" ]; then
		sed 6000q "$T/trace" >"$work/head"
		gzip -c <"$T/trace" >"$pieces/trace.gz" &
		attend $! || no_room trace.gz
		check_text "$work/head"
		members="$members kmemdb-capture/trace.gz"
	else
		cat "$T/trace" >"$pieces/trace" &
		attend $! || no_room trace
		check_text "$pieces/trace"
		members="$members kmemdb-capture/trace"
	fi
}

# It leaves all events off, without filters, and the tracer nop.
save_dat() {
	note_flag current_tracer
	for event in $(events_on); do note_flag "events/$event/enable"; done
	filtered=$(grep -lv '^none' "$T"/events/*/*/filter 2>/dev/null)
	for file in $filtered; do will_change "$file" "$(sed -n 1p "$file")"; done
	trace-cmd extract -o "$pieces/trace.dat" >"$work/log" 2>&1 &
	attend $! || {
		cat "$work/log" >&2
		die "trace-cmd extract failed; without --dat the text is saved"
	}
	members="$members kmemdb-capture/trace.dat"
}

# Complete or not at all: a file gets its name last, and by that a link that
# somebody put there meanwhile is replaced, not followed.
write_tar() {
	[ -z "$folder" ] || make_new
	# shellcheck disable=SC2086 # names without spaces
	if [ "$out" = - ]; then
		tar -c -f - -C "$work" $members &
	else
		tar -c -f - -C "$work" $members >"${new:-$out}" &
	fi
	attend $! || die "cannot write '$out'"
	case $out in /dev/*) sync ;; esac
	[ -n "$new" ] || return 0
	mv -f "$new" "$out" || die "cannot write '$out'"
	new=
}

save() {
	[ -z "$dat" ] && pointers_hidden &&
		warn "this kernel hides pointers from text: save with --dat (trace-cmd)"
	save_pieces
	warn_lost
	if [ -n "$dat" ]; then save_dat; else save_text; fi
	write_tar
	[ "$out" = - ] || say "saved to '$out': kmemdb import takes it as it is"
}

# ---- whose trace it is ----

uses=
in_use() { uses="$uses${uses:+; }$*"; }

refuse() {
	[ -n "$uses" ] || return 0
	if [ -n "$force" ]; then
		warn "going on all the same (--force): $uses"
	else
		die "the trace in '$T' is in use: $uses.  $1, or give --force"
	fi
	uses=
}

# The events that are on, as SYSTEM/EVENT, each in a line.
events_on() {
	if [ -r "$T/set_event" ]; then
		sed 's|:|/|' "$T/set_event"
	else
		grep -l '^1' "$T"/events/*/*/enable 2>/dev/null |
			sed 's|/enable$||; s|.*/\([^/]*/[^/]*\)$|\1|'
	fi
}

# some LINES: the first of them, as the words of a message.
some() {
	printf '%s\n' "$1" | sed -n 's|/|:|; 1,3p; 4{s/.*/and more/;p;q;}' |
		sed '2,$s/^/, /' | tr -d '\n'
}

tracer_in_use() {
	tracer=$(cat "$T/current_tracer" 2>/dev/null)
	[ "${tracer:-nop}" = nop ] || in_use "the tracer '$tracer' is set (current_tracer)"
}

# The filters of the events FILE...
filters() {
	for event in "$@"; do
		event=${event%/enable}
		filter=$(sed -n 1p "$T/$event/filter" 2>/dev/null)
		[ "${filter:-none}" = none ] ||
			printf '%s\n' "${event#events/}: $filter"
	done
}

# For run in the trace of the machine: whatever it would end or spoil.
check_unused() {
	tracer_in_use
	others=$(events_on)
	[ -z "$others" ] || in_use "events are on (set_event): $(some "$others")"
	# shellcheck disable=SC2086 # paths without spaces
	set_filters=$(filters $picked)
	[ -z "$set_filters" ] || in_use "a filter is set: $(some "$set_filters")"
	for pids in set_event_pid set_event_notrace_pid; do
		[ -z "$(cat "$T/$pids" 2>/dev/null)" ] || in_use "$pids is set"
	done
	[ -z "$(sed -n '/^[^#]/{p;q;}' "$T/trace" 2>/dev/null)" ] ||
		in_use "the buffer holds a trace"
	refuse "Save what is there, stop it and empty it (echo >'$T/trace')"
}

# For save: a trace of kmem is what it is for, as a boot with boot-args leaves
# it; any other must not be stopped, nor emptied by --dat.
check_ours() {
	# shellcheck disable=SC2046 # paths without spaces
	set_filters=$(filters $(echo "$EVENTS,$NODE_EVENTS" |
		sed 's|kmem:|events/kmem/|g; s/,/ /g'))
	[ -z "$set_filters" ] ||
		warn "not all is in the trace, a filter is set: $(some "$set_filters")"
	[ "$(cat "$T/tracing_on")" != 0 ] || [ -n "$dat" ] || return 0
	tracer_in_use
	others=$(events_on)
	case $nl$others in
	"$nl" | *"${nl}kmem/"*) ;;
	*) in_use "events are on, but none of kmem: $(some "$others")" ;;
	esac
	refuse "Stop it first (echo 0 >'$T/tracing_on')${dat:+, and leave out --dat, which empties it}"
}

# ---- an instance of our own ----

instance=

# A folder made in instances/ is a trace of its own, with buffer, clock, events
# and options; these last from 4.4 on.  Where there is none, $T stays the trace
# of the machine; for --dat, too, as trace-cmd extract stops and empties that
# one even when it is told to extract an instance.
use_instance() {
	[ -d "$T/instances" ] && [ -z "$dat" ] || return 0
	own=$T/instances/kmemdb
	[ ! -d "$own" ] || [ -z "$force" ] || rmdir "$own" 2>/dev/null
	[ ! -d "$own" ] ||
		die "'$own' is there: another capture runs, or one was killed.  If none runs: rmdir '$own', or give --force"
	busy=1
	mkdir "$own" 2>/dev/null && instance=$own
	ready
	if [ -z "$instance" ]; then
		warn "cannot make '$own': using the trace of the machine"
	elif [ -e "$own/tracing_on" ] && [ -d "$own/options" ] && [ -d "$own/events/kmem" ]; then
		T=$own
	else
		rmdir "$own"
		instance=
	fi
}

# The kernel refuses while a file in it is open.
remove_instance() {
	[ -n "$instance" ] || return 0
	write "$instance/tracing_on" 0
	for try in 1 2 3 last; do
		[ -d "$instance" ] || break
		rmdir "$instance" 2>/dev/null && break
		if [ "$try" = last ]; then
			write "$instance/buffer_size_kb" 1
			warn "could not remove '$instance': something has it open.  Later: rmdir '$instance'"
		else
			sleep 1
		fi
	done
	instance=
}

# ---- memory ----

# The CPUs that get a buffer: online is a list such as 0-3,8.
count_cpus() {
	cpus=0
	list=$(cat "$SYS/devices/system/cpu/online" 2>/dev/null)
	for range in $(echo "$list" | sed 's/,/ /g'); do
		cpus=$((cpus + ${range#*-} - ${range%-*} + 1))
	done
	[ "$cpus" -eq 0 ] || return 0
	for cpu in "$T"/per_cpu/cpu*; do cpus=$((cpus + 1)); done
}

# check_memory SIZE_KB: the kernel gives a buffer all that there is, and then
# others are killed for want of memory.
check_memory() {
	have=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB.*/\1/p' "$PROC/meminfo" 2>/dev/null)
	if [ -z "$have" ]; then # before 3.14
		free=$(sed -n -e '/^MemFree:/p' -e '/^Buffers:/p' -e '/^Cached:/p' \
			"$PROC/meminfo" 2>/dev/null)
		have=0
		for n in $(echo "$free" | sed 's/[^0-9]//g'); do have=$((have + n)); done
		[ "$have" -gt 0 ] || return 0
	fi
	count_cpus
	[ $(($1 * cpus)) -gt $((have / 2)) ] || return 0
	short="$1 KB for each of $cpus CPUs is more than half of the memory available ($have KB)"
	[ -n "$force" ] || die "$short: give less with -s ($((have / 2 / cpus)) at most), or --force"
	warn "$short"
}

# ---- run ----

# The events asked for, or those of the slab that this kernel has.
pick_events() {
	picked=
	set -f # -e '*' is no list of the files here
	for event in $(echo "${events:-$EVENTS,$NODE_EVENTS}" | sed 's/,/ /g'); do
		case $event in *:*) ;; *) event=kmem:$event ;; esac
		case ${event%%:*}/${event#*:} in
		/* | */ | *[!A-Za-z0-9_/-]* | */*/*)
			die "'$event' is no name of an event: see $T/available_events"
			;;
		esac
		dir=events/${event%%:*}/${event#*:}
		if [ -e "$T/$dir/enable" ]; then
			picked="$picked $dir/enable"
		elif [ -n "$events" ]; then
			die "this kernel has no event '$event': see $T/available_events"
		fi
	done
	set +f
	[ -n "$picked" ] || die "this kernel has none of the slab events"
}

# --force: what others do to the trace must not get into ours.
quiet_others() {
	set_flag current_tracer nop
	for event in $(events_on); do
		case "$picked " in
		*" events/$event/enable "*) ;;
		*) set_flag "events/$event/enable" 0 ;;
		esac
	done
	# shellcheck disable=SC2086 # paths without spaces
	for event in $picked; do
		file=${event%/enable}/filter
		filter=$(sed -n 1p "$T/$file" 2>/dev/null)
		[ "${filter:-none}" = none ] || change "$T/$file" "$filter" 0
	done
	for file in set_event_pid set_event_notrace_pid; do
		pids=$(tr '\n' ' ' 2>/dev/null <"$T/$file")
		[ -z "$pids" ] || change "$T/$file" "${pids% }" ''
	done
}

# Runs in a subshell: `exec` takes no function of this script for the command,
# and the files that it writes are none of our business.
command_itself() {
	umask "$umask_was"
	exec "$@"
}

# On a terminal the command stays in the foreground: it can read, and Ctrl-C
# reaches it.  Anywhere else it is attended to, so that a TERM to this script
# does not wait until the command ends.
run_command() {
	exec 3<&0 4>&1
	[ "$out" != - ] || exec 4>&2
	code=0
	command_runs=1
	if [ -t 0 ]; then
		(command_itself "$@") >&4 3<&- 4>&- || code=$?
	else
		(command_itself "$@") <&3 >&4 3<&- 4>&- &
		attend $! || code=$?
		[ -z "$interrupted" ] || code=$interrupted
	fi
	command_runs=
	exec 3<&- 4>&-
}

run() {
	pick_events
	check_memory "${size:-65536}"
	make_work
	use_instance
	[ -n "$instance" ] || check_unused
	# A change of size or clock empties the buffer, a restore does, too.
	will_change "$T/tracing_on" "$(cat "$T/tracing_on")"
	write "$T/tracing_on" 0 || die "cannot write to '$T/tracing_on'"
	[ -n "$instance" ] || quiet_others
	set_buffer "${size:-65536}"
	set_clock "$clock"
	set_text_options
	[ -z "$stack" ] || set_flag options/stacktrace 1 ||
		warn "this kernel cannot record stacks (CONFIG_STACKTRACE=y)"
	will_change "$T/trace" ''
	write "$T/trace" '' # empties it
	for enable in $picked; do
		set_flag "$enable" 1 || die "cannot enable $T/$enable"
	done
	# Putting back begins with the last change, so it stops the trace first.
	change "$T/tracing_on" 0 1
	run_command "$@"
	write "$T/tracing_on" 0
	[ "$code" -eq 0 ] || say "the command ended with $code"
	save
	exit "$code"
}

# ---- main ----

# A closed one would be given to the next file that is opened, and messages
# would go into the trace's settings.
no_stdout=
(true 3<&0) 2>/dev/null || exec 3</dev/null 0<&3 3<&-
if ! (true 3>&1) 2>/dev/null; then
	no_stdout=1
	exec 3>/dev/null 1>&3 3>&-
fi
(true 3>&2) || exec 3>/dev/null 2>&3 3>&-

[ $# -ge 1 ] || usage
mode=$1
shift
out=kmemdb-capture.tar tmp='' zip='' dat='' events='' size='' clock='' stack=''
force=''
case $mode in
boot-args)
	boot_args "$@"
	exit
	;;
save | run) ;;
*) usage ;;
esac
while [ $# -gt 0 ]; do
	case $1 in
	-z) zip=1 ;;
	--dat) dat=1 ;;
	--stack) stack=1 ;;
	--force) force=1 ;;
	--)
		shift
		break
		;;
	-o | -t | -s | -e | -c)
		[ $# -ge 2 ] || usage
		case $1 in
		-o) out=$2 ;;
		-t) tmp=$2 ;;
		-s) size=$2 ;;
		-e) events=$2 ;;
		-c) clock=$2 ;;
		esac
		shift
		;;
	-*) usage ;;
	*) break ;;
	esac
	shift
done
case $mode in
save)
	[ $# -eq 0 ] || usage
	[ -z "$events$size$clock$stack" ] || usage
	;;
run)
	[ $# -ge 1 ] || usage
	clock=${clock:-global}
	case $size in
	*[!0-9]* | 0* | ?????????????*) die "-s takes a number of KB, not '$size'" ;;
	esac
	;;
esac

# What is saved is root's business, as /proc/kallsyms is.
umask_was=$(umask)
umask 077
trap cleanup EXIT
trap 'on_signal HUP 129' HUP
trap 'on_signal INT 130' INT
trap 'on_signal QUIT 131' QUIT
trap 'on_signal TERM 143' TERM
# Nobody reads the messages any more: no reason to stop.  (Not '', which the
# command would inherit.)
trap : PIPE
need_root
check_tools
check_out
find_tracefs
need_events
case $mode in
save)
	check_ours
	make_work
	# It stays stopped: the same trace can be saved again.
	was_on=$(cat "$T/tracing_on")
	write "$T/tracing_on" 0 || die "cannot write to '$T/tracing_on'"
	save
	[ "$was_on" = 0 ] || say "the trace stays stopped: echo 1 >'$T/tracing_on' lets it go on"
	;;
run) run "$@" ;;
esac
