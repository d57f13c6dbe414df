#!/usr/bin/env bats
# A real history: eleven changes of the small kernel, one after the other
# (tests/kernel/history), each built incrementally.  Every difference against
# binutils, object by object, and against the kernel's own bloat-o-meter.
#
# kernels: small

load common

setup_file() {
	kernel_setup_file || return
	[ -z "$SKIP" ] || return 0
	local status=0 tree
	export HISTORY STEPS METER
	HISTORY=$(tests/kernel/history.sh) || status=$?
	[ "$status" -ne 77 ] || SKIP="the history cannot be built here"
	[ -z "$SKIP" ] || return 0
	[ "$status" -eq 0 ] || return
	STEPS=$(cd "$HISTORY" && echo [0-9]*)
	METER=$(readlink -f "$TREE/source")/scripts/bloat-o-meter
	for tree in $STEPS; do
		"$B/kmemdb" audit -q --label "$tree" "$HISTORY/$tree" || return
	done
}

setup() { kernel_setup; }

diff_tsv() { "$B/kmemdb" diff "$@" --format tsv 2>/dev/null | tail -n +2; }
# each COMMAND...: of every step and the one before it.
each() {
	local before='' step
	for step in $STEPS; do
		if [ -n "$before" ]; then
			"$@" "$before" "$step" || { echo "from $before to $step"; return 1; }
		fi
		before=$step
	done
}
# path and total of each member of vmlinux.a, sorted
sizes() {
	(cd "$HISTORY/$1" && ar t vmlinux.a | xargs size) |
		awk 'NR > 1 && $1 != "text" { print $6 "\t" $4 }' | LC_ALL=C sort
}
total() { size "$HISTORY/$1/vmlinux" | awk 'NR == 2 { print $4 }'; }

objects() {
	LC_ALL=C join -t '	' -a 1 -a 2 -e 0 -o 0,1.2,2.2 <(sizes "$1") <(sizes "$2") |
		awk -F '\t' '$2 != $3 { print $1 "\t" $2 "\t" $3 "\t" $3 - $2 }' >"$BATS_TEST_TMPDIR/size"
	diff "$BATS_TEST_TMPDIR/size" \
		<(diff_tsv "$1" "$2" --by object | awk -F '\t' '$7 != "link" && $6 != "moved"' | cut -f 1-4 | LC_ALL=C sort)
}
sums() {
	local change=$(($(total "$2") - $(total "$1"))) by c
	for by in branch object section symbol; do
		c=4; [ "$by" != symbol ] || c=5
		[ "$(diff_tsv "$1" "$2" --by "$by" | awk -F '\t' -v c="$c" '{ s += $c } END { print s + 0 }')" -eq "$change" ] ||
			{ echo "--by $by"; return 1; }
	done
	[ "$(diff_tsv "$1" "$2" --by link | awk -F '\t' '$1 == "image" { print $4 }')" = "${change#0}" ]
}
# What bloat-o-meter counts otherwise must be in no vmlinux: symbols of
# sections that the link discards.
meter() {
	"$METER" "$HISTORY/$1/vmlinux" "$HISTORY/$2/vmlinux" >"$BATS_TEST_TMPDIR/meter"
	"$B/kmemdb" diff "$1" "$2" --by symbol --format tsv 2>/dev/null >"$BATS_TEST_TMPDIR/rows"
	python3 tests/kernel/bloat.py "$BATS_TEST_TMPDIR/rows" "$BATS_TEST_TMPDIR/meter" >"$BATS_TEST_TMPDIR/otherwise"
	[ -s "$BATS_TEST_TMPDIR/otherwise" ] || return 0
	run ! grep -qwFf <(cut -d ' ' -f 1 "$BATS_TEST_TMPDIR/otherwise") \
		<(nm "$HISTORY/$1/vmlinux" "$HISTORY/$2/vmlinux" | awk '{ print $NF }')
}
modules() {
	local path before after
	# The modules' own objects, from what .mod files name.
	for tree in "$1" "$2"; do
		(cd "$HISTORY/$tree" && sed 's/ko$/mod/' modules.order | xargs cat | tr -s ' \n' '\n' | sort -u | xargs size) |
			awk 'NR > 1 && $1 != "text" { print $6 "\t" $4 }' | LC_ALL=C sort >"$BATS_TEST_TMPDIR/$tree"
	done
	LC_ALL=C join -t '	' -a 1 -a 2 -e 0 -o 0,1.2,2.2 "$BATS_TEST_TMPDIR/$1" "$BATS_TEST_TMPDIR/$2" |
		awk -F '\t' '$2 != $3 { print $1 "\t" $2 "\t" $3 "\t" $3 - $2 }' |
		diff - <(diff_tsv "$1" "$2" --by object --image modules | awk -F '\t' '$7 != "link"' | cut -f 1-4 | LC_ALL=C sort)
}
compressed() {
	local name=arch/x86/boot/bzImage
	"$B/kmemdb" diff "$1" "$2" --format json 2>/dev/null | python3 -c '
import json, sys
print(*[(r["before"], r["after"]) for r in json.load(sys.stdin)["totals"] if r["metric"] == "compressed"])' |
		diff - <(echo "($(stat -c %s "$HISTORY/$1/$name"), $(stat -c %s "$HISTORY/$2/$name"))")
}

@test "there are eleven changes" {
	[ "$(echo "$STEPS" | wc -w)" -eq 12 ]
}

@test "objects differ by what size says, one by one" {
	each objects
	each modules
}

@test "however the rows are divided, they add up to the image's change" {
	each sums
}

@test "symbols differ by what bloat-o-meter says, but for discarded ones" {
	each meter
}

@test "the compressed image differs by what stat says" {
	each compressed
}

@test "each change is what it was" {
	local rows=$BATS_TEST_TMPDIR/rows
	# symbol path change what from
	named() { diff_tsv "$@" --by symbol | awk -F '\t' '$1 != "-" { print $1, $2, $5, $7, $9 }' | LC_ALL=C sort; }
	# A table of four more entries, and the strings that they name.
	[ "$(named 00-base 01-table)" = "tokens fs/ext2/super.o 64 grown -" ]
	diff_tsv 00-base 01-table --by symbol | grep -q '^-	fs/ext2/super.o	.*	grown	.rodata.str1.1'
	[[ $(named 01-table 02-function) = "ext2_count_reserved_blocks fs/ext2/balloc.o "*" added -" ]]
	[[ $(named 02-function 03-printk) = "loop_init drivers/block/loop.o -"*" shrunk -" ]]
	# One row each: bloat-o-meter shows nothing of the first, whose function has
	# its name, and two functions where the second has another.
	[ "$(named 03-printk 04-move)" = "ext2_setup_super fs/ext2/ialloc.o 0 moved fs/ext2/super.o" ]
	[ "$(named 04-move 05-rename)" = "ext2_total_free_inodes fs/ext2/ialloc.o 0 renamed ext2_count_free_inodes" ]
	"$METER" "$HISTORY/04-move/vmlinux" "$HISTORY/05-rename/vmlinux" | grep -q '^add/remove: 1/1 '
	named 05-rename 06-outline >"$rows"
	[ "$(cut -d ' ' -f 1,4 "$rows" | tr '\n' ';')" = "ext2_new_inode shrunk;ext2_preread_inode added;" ]
	[ "$("$B/kmemdb" diff 07-alloc 08-option --format json | python3 -c '
import json, sys
print(*sorted((r["option"], r["before"], r["after"]) for r in json.load(sys.stdin)["options"]))')" = \
		"('CONFIG_EXT2_FS_XATTR', 'n', 'y') ('CONFIG_FS_MBCACHE', 'n', 'y')" ]
	# From the image into a module of its own: the same object, in both.
	[ "$(diff_tsv 08-option 09-module --by object | grep -v '^(' | cut -f 1,3,6)" = "drivers/block/loop.o	0	removed" ]
	[ "$(diff_tsv 08-option 09-module --by object --image modules | grep -v '^(' | cut -f 1,2,6)" = "drivers/block/loop.o	0	added" ]
}

@test "an embedded blob is apart from code, and in no symbol of bloat-o-meter's" {
	local blob
	blob=$(($(stat -c %s "$HISTORY/10-blob/usr/initramfs_data.o") - $(stat -c %s "$HISTORY/09-module/usr/initramfs_data.o")))
	[ "$blob" -gt 90000 ]
	[ "$(diff_tsv 09-module 10-blob --by object | awk -F '\t' '$7 == "embedded" { print $1, $4 }')" = "usr/initramfs_data.o $blob" ]
	[ "$(diff_tsv 09-module 10-blob --by branch | awk -F '\t' '$1 == "(embedded)" { print $4 }')" = "$blob" ]
	"$METER" "$HISTORY/09-module/vmlinux" "$HISTORY/10-blob/vmlinux" | grep -q 'up/down: 0/0 '
}

@test "a comment in a header that a hundred objects include shows nothing" {
	local by image
	[ "$(find "$HISTORY/11-header" -name '*.o' -newer "$HISTORY/10-blob/vmlinux" | wc -l)" -gt 100 ]
	for image in vmlinux modules; do
		for by in branch object section symbol link; do
			[ -z "$(diff_tsv 10-blob 11-header --by "$by" --image "$image")" ]
		done
	done
	# The packed kernel may pack otherwise: line numbers of warnings are in it.
	[ -z "$(diff_tsv 10-blob 11-header --by object --image all | grep -v '^(linktime)')" ]
}

@test "two boots of two builds: sites against a small script" {
	local boot
	export KMEMDB=$BATS_TEST_TMPDIR/traces.db
	cp "$D/k.db" "$KMEMDB"
	for tree in 00-base 07-alloc; do
		# The first of them is the small kernel, which others boot, too.
		if [ "$tree" = 00-base ]; then boot=$(tests/kernel/boot.sh small); else boot=$(tests/kernel/boot.sh "$HISTORY/$tree"); fi
		tar -xOf "$boot" kmemdb-capture/trace | python3 tests/trace/dict.py >"$BATS_TEST_TMPDIR/$tree"
		"$B/kmemdb" import -q --label "$tree" "$boot"
	done
	"$B/kmemdb" diff --trace 00-base 07-alloc --format tsv 2>/dev/null >"$BATS_TEST_TMPDIR/rows"
	python3 tests/trace/sites_diff.py "$BATS_TEST_TMPDIR/00-base" "$BATS_TEST_TMPDIR/07-alloc" "$BATS_TEST_TMPDIR/rows" |
		tee "$BATS_TEST_TMPDIR/result"
	grep -qE '^[2-9][0-9][0-9] sites and 2 functions compared, 0 differ$' "$BATS_TEST_TMPDIR/result"
	# The change that was made: a larger struct, one site more, one that went.
	cut -f 1,2,7,18 "$BATS_TEST_TMPDIR/rows" | sed 's/+0x[0-9a-f]*//' | grep -E 'loop_add|ext2_fill_super' | LC_ALL=C sort |
		diff - <(printf '%s\n' "ext2_fill_super	fs/ext2/super.o	changed	ext2_fill_super" \
			"ext2_fill_super	fs/ext2/super.o	removed	ext2_fill_super" \
			"loop_add	drivers/block/loop.o	added	loop_add" "loop_add	drivers/block/loop.o	grown	loop_add")
}
