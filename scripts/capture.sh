#!/bin/sh
# Capture a kmem trace on the machine to be measured, for kmemdb import.
#
# Needs a POSIX shell and what busybox has: cat, grep, sed, tar, mkdir, rm,
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
set -u

# Tests point these at folders of their own.
PROC=${KMEMDB_PROC:-/proc}
SYS=${KMEMDB_SYS:-/sys}
T=${KMEMDB_TRACEFS:-}

tab='	'

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
		mount -t tracefs nodev "$SYS/kernel/tracing" 2>/dev/null; then
		T=$SYS/kernel/tracing
		return
	fi
	if grep -q debugfs "$PROC/filesystems" &&
		mount -t debugfs nodev "$SYS/kernel/debug" 2>/dev/null &&
		[ -e "$SYS/kernel/debug/tracing/tracing_on" ]; then
		T=$SYS/kernel/debug/tracing
		return
	fi
	if grep -qE 'tracefs|debugfs' "$PROC/filesystems"; then
		die "cannot mount tracefs: is $SYS mounted, and is the kernel locked down?"
	fi
	die "this kernel cannot trace: build it with CONFIG_FTRACE=y and CONFIG_ENABLE_DEFAULT_TRACERS=y (before 4.1 CONFIG_DEBUG_FS=y, too)"
}

need_events() {
	[ -d "$T/events/kmem" ] ||
		die "this kernel has no kmem events: build it with CONFIG_FTRACE=y and CONFIG_ENABLE_DEFAULT_TRACERS=y"
}

# ---- settings, put back at the end ----

# "FILE VALUE" lines, the newest first.
changed=
put() { printf '%s\n' "$2" 2>/dev/null >"$T/$1"; }

restore() {
	[ -n "$changed" ] || return 0
	printf '%s' "$changed" | while read -r file value; do
		put "$file" "$value" || warn "could not set $T/$file back to '$value'"
	done
	changed=
}

# change FILE OLD NEW
change() {
	[ "$2" = "$3" ] && return 0
	put "$1" "$3" || return 1
	changed="$1 $2
$changed"
}

# set_flag FILE VALUE: a file that holds one word, where the kernel has it.
set_flag() {
	[ -e "$T/$1" ] || return 1
	change "$1" "$(cat "$T/$1")" "$2"
}

set_clock() {
	old=$(sed -n 's/.*\[\(.*\)\].*/\1/p' "$T/trace_clock" 2>/dev/null)
	change trace_clock "${old:-local}" "$1" ||
		warn "no trace clock '$1' here: this kernel has $(cat "$T/trace_clock" 2>/dev/null)"
}

# Shows 7 (expanded: 1408) before the first use, X where the CPUs differ.
set_buffer() {
	old=$(sed 's/.*expanded: \([0-9]*\).*/\1/' "$T/buffer_size_kb")
	if [ "$old" = X ]; then
		put buffer_size_kb "$1"
	else
		change buffer_size_kb "$old" "$1"
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

work=
cleanup() {
	restore
	[ -n "$work" ] && rm -rf "$work"
	work=
}

# The folder for the pieces: a tar's header needs sizes, which the files of
# tracefs do not tell.
make_work() {
	if [ -z "$tmp" ]; then
		case $out in
		- | /dev/*) tmp=${TMPDIR:-/tmp} ;;
		*/*) tmp=${out%/*} ;;
		*) tmp=. ;;
		esac
	fi
	work=$tmp/.kmemdb-capture.$$
	pieces=$work/kmemdb-capture
	if ! mkdir "$work" || ! mkdir "$pieces"; then
		die "cannot write to '$tmp': name another folder with -t"
	fi
}

# piece NAME FILE: copies FILE, if there is one; keeps the order.
piece() {
	[ -e "$2" ] || return 1
	cat "$2" >"$pieces/$1" 2>/dev/null || {
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
	[ "${old:-0}" = 0 ] || echo 0 2>/dev/null >"$restrict"
	piece kallsyms "$PROC/kallsyms"
	[ "${old:-0}" = 0 ] || echo "$old" 2>/dev/null >"$restrict"
	if ! grep -qE '^0*[1-9a-f]' "$pieces/kallsyms"; then
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
		sed -n 1,6000p "$T/trace" >"$work/head"
		gzip -c <"$T/trace" >"$pieces/trace.gz" || no_room trace.gz
		check_text "$work/head"
		members="$members kmemdb-capture/trace.gz"
	else
		cat "$T/trace" >"$pieces/trace" || no_room trace
		check_text "$pieces/trace"
		members="$members kmemdb-capture/trace"
	fi
}

save_dat() {
	trace-cmd extract -o "$pieces/trace.dat" >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		die "trace-cmd extract failed; without --dat the text is saved"
	}
	members="$members kmemdb-capture/trace.dat"
}

write_tar() {
	# shellcheck disable=SC2086 # names without spaces
	if [ "$out" = - ]; then
		tar -c -f - -C "$work" $members
	else
		tar -c -f - -C "$work" $members >"$out"
	fi || die "cannot write '$out'"
	case $out in /dev/*) sync ;; esac
}

save() {
	if [ -n "$dat" ] && ! command -v trace-cmd >/dev/null; then
		warn "no trace-cmd here: saving the text instead of trace.dat"
		dat=
	fi
	[ -z "$zip" ] || command -v gzip >/dev/null ||
		die "no gzip here: save without -z"
	[ -z "$dat" ] && pointers_hidden &&
		warn "this kernel hides pointers from text: save with --dat (trace-cmd)"
	make_work
	save_pieces
	warn_lost
	if [ -n "$dat" ]; then save_dat; else save_text; fi
	write_tar
	[ "$out" = - ] || say "saved to '$out': kmemdb import takes it as it is"
}

# ---- run ----

# The events asked for, or those of the slab that this kernel has.
pick_events() {
	picked=
	for event in $(echo "${events:-$EVENTS,$NODE_EVENTS}" | sed 's/,/ /g'); do
		case $event in *:*) ;; *) event=kmem:$event ;; esac
		dir=events/${event%%:*}/${event#*:}
		if [ -e "$T/$dir/enable" ]; then
			picked="$picked $dir/enable"
		elif [ -n "$events" ]; then
			die "this kernel has no event '$event': see $T/available_events"
		fi
	done
	[ -n "$picked" ] || die "this kernel has none of the slab events"
}

run() {
	pick_events
	# A change of size or clock empties the buffer, a restore does, too.
	set_flag tracing_on 0
	set_buffer "${size:-65536}"
	set_clock "$clock"
	set_text_options
	[ -z "$stack" ] || set_flag options/stacktrace 1 ||
		warn "this kernel cannot record stacks (CONFIG_STACKTRACE=y)"
	put trace '' # empties it
	for enable in $picked; do
		set_flag "$enable" 1 || die "cannot enable $T/$enable"
	done
	put tracing_on 1
	# Ctrl-C ends the command; what was traced is saved all the same.
	trap : INT
	code=0
	if [ "$out" = - ]; then "$@" >&2; else "$@"; fi || code=$?
	put tracing_on 0
	trap 'exit 130' INT
	[ "$code" -eq 0 ] || say "the command ended with $code"
	save
	exit "$code"
}

# ---- main ----

[ $# -ge 1 ] || usage
mode=$1
shift
out=kmemdb-capture.tar tmp='' zip='' dat='' events='' size='' clock=global stack=''
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
need_root
find_tracefs
need_events
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
case $mode in
save)
	[ $# -eq 0 ] || usage
	[ -z "$events$size$stack" ] || usage
	# It stays stopped: the same trace can be saved again.
	put tracing_on 0
	save
	;;
run)
	[ $# -ge 1 ] || usage
	run "$@"
	;;
esac
