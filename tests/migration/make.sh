#!/bin/bash
# Makes an old database of this folder again, with the program of that time.
#
#   tests/migration/make.sh PROGRAM vN
#
# writes vN.sql, a database of schema version N as text, and vN.csv, what the
# program's reports said of it.  PROGRAM is a kmemdb whose schema has version N:
#
#	v1  git archive 75463cd~1	v2  git archive 8f4960d~1
#	v3  git archive 805d80c		v4  git archive 976f8c4
#	v5  git archive 68453c2
#			each unpacked in a folder of its own: make
#
# The tree is the one of tests/cli/common.bash; of version 2 on there are
# traces, too: one with every kind of memory, ending and site, and one that
# was joined with no build.
set -euo pipefail
cd "$(dirname "$0")"
program=$1 name=$2
work=/tmp/kmemdb-migration
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
export KMEMDB=$work/k.db LC_ALL=C TZ=UTC

bats_require_minimum_version() { :; }
# shellcheck source=tests/cli/common.bash
. ../cli/common.bash
T=$work/tree
tiny_tree >/dev/null 2>&1
log=$work/boot.log
cat >"$log" <<'LOG'
# tracer: nop
#
# entries-in-buffer/entries-written: 21/24   #P:2
#
            init-1     [000] .....     1.000001: kmalloc: call_site=f_open+0x10/0xc8 ptr=ffff888100001000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL
            init-1     [000] .....     1.000002: kmalloc: call_site=f_inode+0x20/0x190 ptr=ffff888100002000 bytes_req=100 bytes_alloc=128 gfp_flags=GFP_KERNEL|__GFP_ZERO
            init-1     [001] .....     1.000003: kfree: call_site=f_inode+0x60/0x190 ptr=ffff888100002000
            init-1     [001] .....     1.000004: kmem_cache_alloc: call_site=f_main+0x30/0x64 ptr=ffff888100003000 bytes_req=192 bytes_alloc=192 gfp_flags=GFP_KERNEL
            init-1     [001] .....     1.000005: kmem_cache_free: call_site=f_main+0x50/0x64 ptr=ffff888100003000 name=dentry
            init-1     [001] .....     1.000006: kfree: call_site=f_inode+0x60/0x190 ptr=0000000000000000
            init-1     [001] .....     1.000007: kfree: call_site=f_inode+0x60/0x190 ptr=ffff888100009000
            init-1     [001] .....     1.000008: kmalloc: call_site=f_a+0x20/0x320 ptr=ffff888100004000 bytes_req=60 bytes_alloc=64 gfp_flags=GFP_KERNEL
            init-1     [001] .....     1.000009: kmalloc: call_site=f_a+0x20/0x320 ptr=ffff888100004000 bytes_req=10 bytes_alloc=16 gfp_flags=GFP_KERNEL
          <idle>-0     [001] d.s..     1.000010: kmalloc: call_site=f_one+0x10/0x1e [m] ptr=ffff888100005000 bytes_req=512 bytes_alloc=512 gfp_flags=GFP_ATOMIC
          <idle>-0     [001] d.s..     1.000011: kmalloc: call_site=mystery+0x10/0x20 ptr=ffff888100006000 bytes_req=7 bytes_alloc=8 gfp_flags=GFP_ATOMIC
          <idle>-0     [001] d.s..     1.000012: kmem_cache_alloc: call_site=f_main+0x30/0x64 ptr=(____ptrval____) bytes_req=192 bytes_alloc=192 gfp_flags=GFP_KERNEL
          <idle>-0     [001] d.s..     1.000013: mm_page_alloc: page=00000000aaaaaaaa pfn=0x1234 order=2 migratetype=0 gfp_flags=GFP_KERNEL
          <idle>-0     [001] d.s..     1.000014: mm_page_alloc: page=00000000aaaaaaab pfn=0x1300 order=0 migratetype=0 gfp_flags=GFP_KERNEL
          <idle>-0     [001] d.s..     1.000015: mm_page_free: page=00000000aaaaaaab pfn=0x1300 order=0
          <idle>-0     [001] d.s..     1.000016: percpu_alloc_percpu: call_site=f_open+0x80/0xc8 reserved=0 is_atomic=0 size=16 align=8 base_addr=0000000011111111 off=4096 ptr=0000000022222222 bytes_alloc=64 gfp_flags=GFP_KERNEL
          <idle>-0     [001] d.s..     1.000017: sched_switch: prev_comm=a next_comm=b
            init-1     [000] .....     1.000018: kmalloc: call_site=f_open+0x10/0xc8 ptr=ffff888100007000 bytes_req=2000 bytes_alloc=2048 gfp_flags=GFP_KERNEL
            init-1     [000] .....     1.000019: <stack trace>
 => f_open+0x10/0xc8
 => f_inode+0x80/0x190
 => f_main+0x40/0x64
            init-1     [000] .....     1.000020: kmalloc: call_site=f_open+0x10/0xc8 ptr=ffff888100008000 bytes_req=0 bytes_alloc=0 gfp_flags=GFP_KERNEL
            init-1     [000] .....     2.000021: kfree: call_site=f_open+0x90/0xc8 ptr=ffff888100007000
LOG
head -n 8 "$log" >"$work/bare.log"

said=0
"$program" audit -q --label tiny --commit 0123456789abcdef "$T" || said=$?
((said <= 1))
if [ "$name" != v1 ]; then
	for l in boot bare; do
		said=0
		"$program" import -q --no-lines --label "$l" "$work/$l.log" || said=$?
		((said <= 1))
	done
	# An audit that never was: the second trace is of another kernel.
	# Version 4 renamed two of these columns.
	choice=build_choice matched=matched
	case $name in v2 | v3) choice=chosen matched=agreed ;; esac
	sqlite3 "$KMEMDB" "UPDATE trace SET build = NULL, $choice = 0, checked = 0, $matched = 0 WHERE id = 2;
		UPDATE site SET state = 5, image = NULL, path = NULL, function = NULL, section = NULL, address = NULL, owner = NULL WHERE trace = 2;
		-- A thousand buckets tell no more than twenty.
		DELETE FROM timeline WHERE ordinal >= 20"
fi
{
	echo "-- Version ${name#v} of the schema, as the program of that time wrote it (make.sh)."
	echo "PRAGMA application_id = $(sqlite3 "$KMEMDB" 'PRAGMA application_id');"
	echo "PRAGMA user_version = $(sqlite3 "$KMEMDB" 'PRAGMA user_version');"
	sqlite3 "$KMEMDB" .dump
} >"$name.sql"

# say REPORT [OPTION…]
say() {
	printf '== %s\n' "$*"
	"$program" query "$@" --format csv 2>/dev/null
}
{
	for report in $("$program" query | sed -n 's/^ *\([a-z][a-z-]*\)  .*/\1/p'); do
		case $report in
		images | modules | reconcile | remarks | caveats | roles | skipped | embedded)
			say "$report" --build 1
			;;
		builds | traces) say "$report" ;;
		footprint | objects | symbols | sections | largest | init | strings | alignment | duplicates)
			say "$report" --build 1
			say "$report" --build 1 --image modules
			;;
		boot-memory | boot-files | ram | oom-printk | oom-printk-summary | printk)
			say "$report" --build 1
			;;
		history) say history ;;
		coverage) say "$report" --trace 1; say "$report" --trace 2 ;;
		combined) say "$report" --trace 1 ;;
		*)
			say "$report" --trace 1
			say "$report" --trace 2
			;;
		esac
	done
} >"$name.csv"
