#!/usr/bin/env bats
# Only modules, packed or not, and only a vmlinux: what there is is measured,
# and what is missing is said.

bats_require_minimum_version 1.5.0

load common

setup() {
	common_setup
}

# ko PATH TEXT DATA BSS: a module of these sizes.
ko() {
	obj "${1%.ko}.o" "$2" "$3" "$4"
	printf '.section .modinfo,"a"\n.asciz "vermagic=5.4.99-whole SMP mod_unload "\n' | as -o "$T/info.o" -
	(cd "$T" && ld -r -o "$1" "${1%.ko}.o" info.o && rm "${1%.ko}.o" info.o)
	touch -d '1 hour ago' "$T/$1"
}

modules() {
	ko kernel/fs/fat/fat.ko 300 30 3
	ko kernel/fs/fuse/fuse.ko 500 50 5
	ko kernel/net/ab.ko 700 70 7
	ko updates/x.ko 900 90 9
	(cd "$T" &&
		size kernel/fs/fat/fat.ko kernel/fs/fuse/fuse.ko kernel/net/ab.ko updates/x.ko |
		awk 'NR > 1 { n = $6; sub(".*/", "", n); sub("[.]ko", "", n); print n, $1, $2, $3, $4 }' | sort) >"$BATS_TEST_TMPDIR/sizes"
	# As a package installs them: a list of what is below kernel/.
	printf '%s\n' kernel/fs/fat/fat.ko kernel/fs/fuse/fuse.ko kernel/net/ab.ko >"$T/modules.order"
}

tsv() {
	"$K" query "$@" --format tsv | tail -n +2
}

sizes_are_right() {
	diff <(tsv modules | awk -F '\t' '{ print $1, $3, $4, $5, $8 }' | sort) "$BATS_TEST_TMPDIR/sizes"
	[ "$(tsv footprint --image modules | awk -F '\t' '{ n += $2; s += $6 } END { print n, s }')" = \
		"$(awk '{ n++; s += $5 } END { print n, s }' "$BATS_TEST_TMPDIR/sizes")" ]
	[ "$(tsv symbols --image fuse | cut -f 1,5)" = "f_fuse	500" ]
}

@test "a directory of modules, with or without a list of them" {
	modules
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"4 in 4 modules"* ]]
	[[ $stderr == *"5.4.99-whole"* ]]
	[[ $stderr == *"no objects: 4 modules"* ]]
	[[ $stderr == *"no vmlinux"* ]]
	sizes_are_right
	tsv caveats | grep -q "no vmlinux"
	rm "$T/modules.order"
	"$K" audit -q "$T"
	sizes_are_right
	[ "$(tsv builds | wc -l)" -eq 1 ]
}

@test "packed modules have the sizes of what is packed" {
	modules
	xz --check=crc32 "$T/kernel/fs/fat/fat.ko"
	zstd -q --rm "$T/kernel/fs/fuse/fuse.ko"
	gzip "$T/kernel/net/ab.ko"
	"$K" audit -q "$T"
	sizes_are_right
	[ "$(tsv objects --image modules | cut -f 1 | sort | tr '\n' ' ')" = \
		"kernel/fs/fat/fat.ko.xz kernel/fs/fuse/fuse.ko.zst kernel/net/ab.ko.gz updates/x.ko " ]
	# Known by their stamps like any object.
	sleep 3
	"$K" audit -q "$T"
	run --separate-stderr "$K" audit "$T"
	[[ $stderr == *"nothing changed"* ]]
}

@test "damaged, doubled and huge modules are skipped with the reason" {
	modules
	xz -k "$T/updates/x.ko"
	gzip "$T/kernel/net/ab.ko"
	head -c 200 "$T/kernel/net/ab.ko.gz" >"$T/cut.ko.gz"
	head -c 280000000 /dev/zero | gzip -1 >"$T/bomb.ko.gz"
	echo "no module" >"$T/text.ko"
	gzip -c "$T/text.ko" >"$T/text2.ko.gz"
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 1 ]
	tsv skipped | sort -u >"$BATS_TEST_TMPDIR/skipped"
	[ "$(cut -f 1 "$BATS_TEST_TMPDIR/skipped" | sort -u | tr '\n' ' ')" = \
		"bomb.ko.gz cut.ko.gz text.ko text2.ko.gz updates/x.ko.xz " ]
	grep -q "bomb.ko.gz	'bomb.ko.gz' unpacks to more than 256 MiB" "$BATS_TEST_TMPDIR/skipped"
	grep -q "cut.ko.gz	compressed data .* damaged or truncated" "$BATS_TEST_TMPDIR/skipped"
	grep -q 'text.ko	not an ELF file' "$BATS_TEST_TMPDIR/skipped"
	grep -q 'updates/x.ko.xz	the same module is there' "$BATS_TEST_TMPDIR/skipped"
	[ "$(tsv objects --image modules | wc -l)" -eq 4 ]
}

lone_vmlinux() {
	obj a.o 1000 100 10
	printf '.section .rodata\n.asciz "Linux version 5.10.7-lone (me@here) #1"\n.section .init.text,"ax"\n.globl start\n.type start,@function\nstart: call f_a\n.size start,5\n' | as -o "$T/b.o" -
	cat >"$T/lds" <<-'EOF'
		SECTIONS
		{
		 . = 0xffffffff81000000;
		 _text = .;
		 .text : { *(.text) }
		 .rodata : { *(.rodata) }
		 .data : { *(.data) }
		 . = ALIGN(4096);
		 __init_begin = .;
		 .init.text : { *(.init.text) }
		 . = ALIGN(4096);
		 __init_end = .;
		 .bss : { *(.bss) }
		 _end = .;
		}
	EOF
	(cd "$T" && ld --no-warn-rwx-segments -e start -T lds -o vmlinux a.o b.o && rm a.o b.o lds)
	touch -d '1 hour ago' "$T/vmlinux"
}

vmlinux_is_right() {
	diff <(tsv footprint | cut -f 1-6) <(cd "$T" && size vmlinux | awk 'NR == 2 { printf "vmlinux\t1\t%d\t%d\t%d\t%d\n", $1, $2, $3, $4 }')
	[ "$(tsv symbols | awk -F '\t' '$1 ~ /^(f_a|start)$/ { print $1, $2, $3, $5 }' | sort | tr '\n' '|')" = \
		"f_a vmlinux .text 1000|start vmlinux .init.text 5|" ]
	[ "$(tsv sections | awk -F '\t' '$1 == ".rodata" { print $2 }')" = rodata ]
	[ "$(tsv reconcile | awk -F '\t' '$1 == "unexplained" || $1 == "init" { print $3 }' | tr '\n' ' ')" = "0 4096 " ]
	# Life by place.
	echo "SELECT s.section, f.lifetime FROM objects AS o JOIN sections AS s USING (footprint) JOIN placements AS f ON f.placement_set = o.placement_set AND f.ordinal = s.ordinal WHERE o.build = (SELECT max(build) FROM objects) ORDER BY 1" >"$BATS_TEST_TMPDIR/life.sql"
	[ "$(tsv --file "$BATS_TEST_TMPDIR/life.sql" | tr '\t\n' ' |')" = ".bss resident|.data resident|.init.text init|.rodata resident|.text resident|" ]
}

@test "a lone vmlinux: its directory, or the file" {
	lone_vmlinux
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"5.10.7-lone"* ]]
	[[ $stderr == *"no objects: vmlinux is measured as it was linked"* ]]
	[[ $stderr == *"no debug information"* ]]
	vmlinux_is_right
	# No row is not to be read as no message.
	local report
	for report in oom-printk oom-printk-summary printk; do
		run --separate-stderr "$K" query "$report"
		[ "$status" -eq 0 ]
		[[ $output$stderr == *"this build has none, only a linked image"* ]]
	done
	# The file is another build than what is around it.
	"$K" audit -q "$T/vmlinux"
	[ "$(tsv builds | cut -f 2 | sort | tr '\n' '|')" = "|vmlinux|" ] || [ "$(tsv builds | cut -f 2 | sort | tr '\n' '|')" = "-|vmlinux|" ]
	vmlinux_is_right
	# A call from one section to another is known as one.
	printf '  sh-1 [000] d..1. 1.000001: kmalloc: call_site=start+0x5/0x5 ptr=ffff888000000010 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n' |
		"$K" import -q -
	[ "$(tsv waste | cut -f 1,2)" = "start+0x5	vmlinux" ]
	# Stripped, it still has its size.
	strip "$T/vmlinux"
	mv "$T/vmlinux" "$T/vmlinux-5.10"
	run --separate-stderr "$K" audit "$T/vmlinux-5.10"
	[ "$status" -eq 0 ]
	[[ $stderr == *"has no symbols"* ]]
	[ "$(tsv images | cut -f 1,2,7,9)" = "vmlinux	vmlinux	$(size "$T/vmlinux-5.10" | awk 'NR == 2 { print $4 }')	vmlinux-5.10" ]
}

@test "a packed vmlinux is measured as what it was packed from" {
	lone_vmlinux
	"$K" audit -q "$T/vmlinux"
	tsv symbols | cut -f 1,3- >"$BATS_TEST_TMPDIR/plain"
	[ -s "$BATS_TEST_TMPDIR/plain" ]
	for pack in 'xz xz -1' 'zst zstd -q' 'gz gzip' 'lz4 lz4 -q'; do
		read -r suffix command <<<"$pack"
		$command -c <"$T/vmlinux" >"$BATS_TEST_TMPDIR/vmlinux.$suffix"
		run --separate-stderr "$K" audit "$BATS_TEST_TMPDIR/vmlinux.$suffix"
		[ "$status" -eq 0 ]
		[[ $stderr == *"5.10.7-lone"* ]]
		diff "$BATS_TEST_TMPDIR/plain" <(tsv symbols | cut -f 1,3-)
		[ "$(tsv reconcile | awk -F '\t' '$1 == "unexplained" || $1 == "init" { print $3 }' | tr '\n' ' ')" = "0 4096 " ]
		# As the one file of a directory, too.
		mkdir "$BATS_TEST_TMPDIR/$suffix"
		mv "$BATS_TEST_TMPDIR/vmlinux.$suffix" "$BATS_TEST_TMPDIR/$suffix"
		"$K" audit -q "$BATS_TEST_TMPDIR/$suffix"
		diff "$BATS_TEST_TMPDIR/plain" <(tsv symbols | cut -f 1,3-)
	done
	# Its name does not make it one.
	echo "no kernel" | xz >"$T/vmlinux.xz"
	run "$K" audit "$T/vmlinux.xz"
	[ "$status" -eq 1 ]
	[ "$(tsv skipped)" = "vmlinux.xz	not an ELF file" ]
	xz -c <"$T/vmlinux" | head -c 300 >"$T/vmlinux.xz"
	run "$K" audit "$T/vmlinux.xz"
	[ "$status" -eq 1 ]
	[[ $(tsv skipped) == "vmlinux.xz	compressed data "* ]]
}

@test "vmlinux beside modules, one module, and what is neither" {
	modules
	lone_vmlinux
	"$K" audit -q "$T"
	sizes_are_right
	[ "$(tsv footprint | cut -f 1)" = vmlinux ]
	"$K" audit -q "$T/updates/x.ko"
	[ "$(tsv modules | cut -f 1)" = x ]
	echo "no kernel" >"$T/bzImage"
	run "$K" audit "$T/bzImage"
	[ "$status" -eq 3 ]
	[[ $output == *"neither a vmlinux nor a module"* ]]
	mkdir "$T/empty"
	run "$K" audit "$T/empty"
	[ "$status" -eq 3 ]
	[[ $output == *"no modules alone"* ]]
}
