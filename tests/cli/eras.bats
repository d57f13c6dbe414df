#!/usr/bin/env bats
# Trees in the shape that each era of Kbuild leaves behind, assembled and
# linked on the spot, with what older builds left lying about.

bats_require_minimum_version 1.5.0

load common

setup_file() {
	T=$BATS_FILE_TMPDIR/base
	mkdir "$T"
	old_objects
}

setup() {
	common_setup
	cp -a "$BATS_FILE_TMPDIR/base" "$T"
}

# mk SIZE PATH...: objects that the kernel's compiler made, each with a
# global function named after its path, a string and some data.
mk() {
	local size=$1 path f
	shift
	for path in "$@"; do
		f=${path//[^a-zA-Z0-9]/_}
		[ -d "$T/${path%/*}" ] || [ "$path" = "${path##*/}" ] || mkdir -p "$T/${path%/*}"
		printf '.text\n.balign %d\n.globl %s\n.type %s,@function\n%s: .fill %d,1,0x90\n.size %s,%d\n.data\n.balign 4\n.fill %d,1,1\n.section .rodata.str1.1,"aMS",@progbits,1\n.asciz "%s"\n.asciz "shared"\n' \
			$((1 << size % 7)) "$f" "$f" "$f" "$size" "$f" "$size" $((size / 10)) "$path" | as -o "$T/$path" -
		cmd "$path" "gcc -Wp,-MD,.x.o.d -nostdinc -D__KERNEL__ -c -o $path ${path%.o}.c"
		size=$((size + 10))
	done
}

# cmd PATH COMMAND: the .cmd file beside PATH.
cmd() {
	local base=${1##*/}
	printf '%s_%s := %s\n\ndeps_%s := \\\n  include/linux/types.h \\\n' "${VAR:-cmd}" "$1" "$2" "$1" \
		>"$T/${1%"$base"}.$base.cmd"
}

# ldr TARGET INPUT...: ld -r, as built-in.o and composites were made.
ldr() {
	local target=$1
	shift
	(cd "$T" && ld -r -o "$target" "$@")
	cmd "$target" "  ld -m elf_x86_64   -r -o $target $* "
}

# thin TARGET INPUT...: a thin archive; without inputs an empty one.
thin() {
	local target=$1
	shift
	(cd "$T" && rm -f "$target" && ar rcSTPD "$target" "$@")
	cmd "$target" "rm -f $target; ar rcSTPD $target $* "
}

script() {
	mkdir -p "$T/arch/x86/kernel"
	cat >"$T/arch/x86/kernel/vmlinux.lds" <<-'EOF'
		SECTIONS
		{
		 . = 0x1000000;
		 _text = .;
		 .text : { *(.text) }
		 .rodata : { *(.rodata) *(.rodata.*) }
		 .data : { *(.data) }
		 __init_begin = .;
		 .init.text : { *(.init.text) }
		 __init_end = .;
		 .bss : { *(.bss) }
		 _end = .;
		}
	EOF
}

# finish RELEASE: the configuration; everything older than the racy window.
finish() {
	mkdir -p "$T/include/config"
	echo "$1" >"$T/include/config/kernel.release"
	printf '# Linux/x86 %s Kernel Configuration\nCONFIG_MODULES=y\nCONFIG_KALLSYMS=y\n' "$1" >"$T/.config"
	find "$T" -type f ! -newermt '1 year ago' -prune -o -type f -exec touch -d '1 hour ago' {} +
}

tsv() {
	"$K" query "$@" --format tsv | tail -n +2
}

# What each object is for, one "role path" a line.
roles() {
	echo 'SELECT role, path FROM objects WHERE build = (SELECT max(build) FROM objects) ORDER BY role, path' >"$BATS_TEST_TMPDIR/roles.sql"
	tsv --file "$BATS_TEST_TMPDIR/roles.sql" | tr '\t' ' '
}

# same ROLE: the objects of that role are those named on standard input.
same() {
	diff <(roles | sed -n "s/^$1 //p" | LC_ALL=C sort) <(tr -s ' \t\n' '\n' | grep . | LC_ALL=C sort)
}

# The sums of binutils size over the objects of vmlinux.
sums_are_those_of_size() {
	diff <(tsv footprint --depth 99 | awk -F '\t' '{ t += $3; d += $4; b += $5 } END { print t, d, b }') \
		<(cd "$T" && roles | sed -n 's/^vmlinux //p' | xargs size |
			awk '$1 != "text" { t += $1; d += $2; b += $3 } END { print t, d, b }')
}

unexplained() {
	tsv reconcile | awk -F '\t' '$1 == "unexplained" { print $3 }'
}

# The objects of all older eras, with those that an older build left.
old_objects() {
	mk 100 arch/x86/kernel/head_64.o arch/x86/kernel/head64.o arch/x86/kernel/setup.o \
		arch/x86/mm/init.o arch/x86/pci/direct.o arch/x86/lib/msr.o arch/x86/lib/memcpy_64.o \
		init/main.o init/version.o usr/initramfs_data.o kernel/fork.o fs/open.o \
		fs/ext4/balloc.o fs/ext4/inode.o lib/sort.o lib/string.o lib/unused.o drivers/base.o net/socket.o
	# Modules: of two parts, of one, and two of the same name.
	mk 500 drivers/m/one.o drivers/m/two.o drivers/single.o fs/dup.o sound/dup.o
	mk 40 drivers/m/m.mod.o drivers/single.mod.o fs/dup.mod.o sound/dup.mod.o .tmp_kallsyms1.o .tmp_kallsyms2.o
	# Left over: of another configuration, of a directory that is off.
	mk 900 arch/x86/kernel/head_32.o arch/x86/xen/enlighten.o fs/old/old.o fs/gone.o fs/.tmp_open.o \
		net/.tmp_mc_socket.o drivers/m/stale.o
	script
	mk 30 scripts/mod/empty.o
	printf '.globl main\nmain: ret\n' | as -o "$T/scripts/mod/modpost.o" -
	cmd scripts/mod/modpost.o "gcc -Wp,-MD,x -Wall -c -o scripts/mod/modpost.o scripts/mod/modpost.c"
}

old_modules() {
	mkdir -p "$T/.tmp_versions"
	ldr drivers/m/m.o drivers/m/one.o drivers/m/two.o
	printf 'drivers/m/m.ko\ndrivers/m/one.o drivers/m/two.o\n' >"$T/.tmp_versions/m.mod"
	printf 'drivers/single.ko\ndrivers/single.o\n' >"$T/.tmp_versions/single.mod"
	# One file for two modules: the other has to do without.
	printf 'sound/dup.ko\nsound/dup.o\n' >"$T/.tmp_versions/dup.mod"
	printf 'kernel/%s\n' drivers/m/m.ko drivers/single.ko fs/dup.ko sound/dup.ko >"$T/modules.order"
	(cd "$T" && for m in drivers/m/m drivers/single fs/dup sound/dup; do
		ld -r -o $m.ko $m.o $m.mod.o
	done)
}

LEAVES="arch/x86/kernel/head_64.o arch/x86/kernel/head64.o arch/x86/kernel/setup.o arch/x86/mm/init.o
	arch/x86/pci/direct.o arch/x86/lib/msr.o arch/x86/lib/memcpy_64.o init/main.o init/version.o
	usr/initramfs_data.o kernel/fork.o fs/open.o fs/ext4/balloc.o fs/ext4/inode.o lib/sort.o lib/string.o
	drivers/base.o net/socket.o"

old_roles_are_right() {
	echo "$LEAVES" | same vmlinux
	echo drivers/m/one.o drivers/m/two.o drivers/single.o fs/dup.o sound/dup.o | same module
	echo .tmp_kallsyms2.o drivers/m/m.mod.o drivers/single.mod.o fs/dup.mod.o sound/dup.mod.o | same linktime
	echo scripts/mod/empty.o scripts/mod/modpost.o | same host
	echo arch/x86/kernel/head_32.o arch/x86/xen/enlighten.o fs/old/old.o fs/gone.o drivers/m/stale.o lib/unused.o |
		same unlinked
	sums_are_those_of_size
	[ "$(tsv modules | cut -f 1,2 | LC_ALL=C sort | tr '\t\n' ' |')" = "dup 1|dup 1|m 2|single 1|" ]
}

# The lists of all directories, each made by $1.
old_lists() {
	"$1" arch/x86/kernel/built-in.o arch/x86/kernel/setup.o
	"$1" arch/x86/mm/built-in.o arch/x86/mm/init.o
	"$1" arch/x86/built-in.o arch/x86/kernel/built-in.o arch/x86/mm/built-in.o
	"$1" arch/x86/pci/built-in.o arch/x86/pci/direct.o
	"$1" arch/x86/lib/built-in.o arch/x86/lib/msr.o
	"$1" init/built-in.o init/main.o init/version.o
	"$1" usr/built-in.o usr/initramfs_data.o
	"$1" kernel/built-in.o kernel/fork.o
	"$1" fs/ext4/ext4.o fs/ext4/balloc.o fs/ext4/inode.o
	"$1" fs/ext4/built-in.o fs/ext4/ext4.o
	"$1" fs/built-in.o fs/open.o fs/ext4/built-in.o
	"$1" lib/built-in.o lib/sort.o
	"$1" drivers/built-in.o drivers/base.o
	"$1" net/built-in.o net/socket.o
	# Empty ones were archives at all times; these two are left over.
	thin sound/built-in.o
	"$1" fs/old/built-in.o fs/old/old.o
	"$1" arch/x86/xen/built-in.o arch/x86/xen/enlighten.o
}

old_libs() {
	(
		cd "$T" || exit
		ar "$1" lib/lib.a lib/string.o lib/unused.o
		ar "$1" arch/x86/lib/lib.a arch/x86/lib/memcpy_64.o
	)
	# Who needs the members that are taken.
	printf '.globl need\nneed: .quad lib_string_o, arch_x86_lib_memcpy_64_o\n' | as -o "$T/need.part" -
	(cd "$T" && ld -r -o k.part kernel/fork.o need.part && mv k.part kernel/fork.o && rm need.part)
}

OLD_INPUTS="arch/x86/kernel/head_64.o arch/x86/kernel/head64.o init/built-in.o --start-group usr/built-in.o
	arch/x86/built-in.o kernel/built-in.o fs/built-in.o lib/lib.a arch/x86/lib/lib.a lib/built-in.o
	arch/x86/lib/built-in.o drivers/built-in.o sound/built-in.o arch/x86/pci/built-in.o net/built-in.o
	--end-group .tmp_kallsyms2.o"

OLD_LISTS=$(echo {arch/x86,arch/x86/kernel,arch/x86/mm,arch/x86/pci,arch/x86/lib,arch/x86/xen,init,usr,kernel,fs,fs/ext4,fs/old,lib,drivers,net}/built-in.o)

# link [INPUT...]: vmlinux, from what its objects have become.
link() {
	(cd "$T" && ld -e 0 --no-warn-rwx-segments -o vmlinux -T arch/x86/kernel/vmlinux.lds "$@")
}

@test "3.7 to 4.16: built-in.o by ld -r, inputs only in .cmd files" {
	old_libs rcs
	old_lists ldr
	old_modules
	# shellcheck disable=SC2086
	link $OLD_INPUTS
	(cd "$T" && ld -r -o vmlinux.o init/built-in.o kernel/built-in.o)
	cmd vmlinux "/bin/sh scripts/link-vmlinux.sh ld -m elf_x86_64 --build-id"
	finish 3.10.0
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"its symbols say it"* ]]
	[[ $stderr == *"left over"* ]]
	[[ $stderr == *"20 of 20 symbol addresses match"* ]]
	old_roles_are_right
	echo fs/.tmp_open.o net/.tmp_mc_socket.o .tmp_kallsyms1.o vmlinux.o fs/ext4/ext4.o drivers/m/m.o "$OLD_LISTS" |
		same derived
	# ld -r aligns each built-in.o as the strictest of its objects.
	[ "$(unexplained)" -eq 0 ]
	# Without vmlinux nothing tells what is left over, and that is said.
	rm "$T/vmlinux"
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"members that it need not have are counted"* ]]
	[ "$(roles | grep -c '^vmlinux ')" -eq 21 ]
}

@test "2.6.31 to 3.6: the command that linked vmlinux is the list" {
	old_libs rcs
	old_lists ldr
	old_modules
	# shellcheck disable=SC2086
	link $OLD_INPUTS
	# shellcheck disable=SC2086
	printf '%s ' ld -m elf_x86_64 --build-id -o vmlinux -T arch/x86/kernel/vmlinux.lds $OLD_INPUTS >"$BATS_TEST_TMPDIR/ld"
	cmd vmlinux "$(cat "$BATS_TEST_TMPDIR/ld")"
	finish 2.6.35
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr != *"its symbols say it"* ]]
	old_roles_are_right
	[ "$(unexplained)" -eq 0 ]
	# Composites that a packed-up tree has alone count as one object each.
	rm "$T"/fs/ext4/{balloc,inode}.o
	"$K" audit -q "$T" || true
	[ "$(roles | grep -c '^vmlinux fs/ext4/ext4.o$')" -eq 1 ]
	tsv caveats | grep -q "1 objects were linked from others that are missing"
}

@test "4.9 to 4.16: thin archives named .o" {
	old_libs rcsTPD
	old_lists thin
	old_modules
	finish 4.14.0
	thin built-in.o arch/x86/kernel/head_64.o arch/x86/kernel/head64.o init/built-in.o usr/built-in.o \
		arch/x86/built-in.o kernel/built-in.o fs/built-in.o lib/built-in.o arch/x86/lib/built-in.o \
		drivers/built-in.o sound/built-in.o arch/x86/pci/built-in.o net/built-in.o
	link --whole-archive built-in.o --no-whole-archive --start-group lib/lib.a arch/x86/lib/lib.a --end-group .tmp_kallsyms2.o
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	old_roles_are_right
	# Archives are lists and no objects.
	echo fs/.tmp_open.o net/.tmp_mc_socket.o .tmp_kallsyms1.o drivers/m/m.o | same derived
	[ "$(unexplained)" -eq 0 ]
	# The top list is older than a directory's: then the directories'.
	touch "$T/fs/built-in.o"
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"its symbols say it"* ]]
	old_roles_are_right
	[ "$(unexplained)" -eq 0 ]
}

# The objects of the eras of .a files, with a 4.14 built here before.
new_objects() {
	mk 70 fs/ext4/new.o
	old_libs rcsTPD
	old_lists thin
	finish 4.14.0
	find "$T" -name 'built-in.o' -exec touch -d '1 day ago' {} +
	thin arch/x86/kernel/built-in.a arch/x86/kernel/setup.o
	thin arch/x86/mm/built-in.a arch/x86/mm/init.o
	thin arch/x86/built-in.a arch/x86/kernel/built-in.a arch/x86/mm/built-in.a
	thin arch/x86/pci/built-in.a arch/x86/pci/direct.o
	thin arch/x86/lib/built-in.a arch/x86/lib/msr.o
	thin arch/x86/xen/built-in.a arch/x86/xen/enlighten.o
	thin init/built-in.a init/main.o init/version.o
	thin usr/built-in.a usr/initramfs_data.o
	thin kernel/built-in.a kernel/fork.o
	thin fs/ext4/built-in.a fs/ext4/balloc.o fs/ext4/inode.o fs/ext4/new.o
	thin fs/built-in.a fs/open.o fs/ext4/built-in.a
	thin fs/old/built-in.a fs/old/old.o
	thin lib/built-in.a lib/sort.o
	thin drivers/built-in.a drivers/base.o
	thin sound/built-in.a
	thin net/built-in.a net/socket.o
	# 5.3 and later: .mod beside the objects, one line until 5.18.
	ldr drivers/m/m.o drivers/m/one.o drivers/m/two.o
	printf 'drivers/m/one.o drivers/m/two.o \n\n' >"$T/drivers/m/m.mod"
	echo drivers/single.o >"$T/drivers/single.mod"
	echo fs/dup.o >"$T/fs/dup.mod"
	echo sound/dup.o >"$T/sound/dup.mod"
	printf '%s\n' drivers/m/m.ko drivers/single.ko fs/dup.ko sound/dup.ko >"$T/modules.order"
	LEAVES="$LEAVES fs/ext4/new.o"
}

TOP="arch/x86/kernel/head_64.o arch/x86/kernel/head64.o init/built-in.a usr/built-in.a arch/x86/built-in.a
	kernel/built-in.a fs/built-in.a lib/built-in.a arch/x86/lib/built-in.a drivers/built-in.a sound/built-in.a
	arch/x86/pci/built-in.a net/built-in.a"
LIBS="--no-whole-archive --start-group lib/lib.a arch/x86/lib/lib.a --end-group"

@test "4.17 to 5.x: built-in.a with a top one, after a 4.14 in the same tree" {
	new_objects
	# shellcheck disable=SC2086
	thin built-in.a $TOP
	# shellcheck disable=SC2086
	link --whole-archive built-in.a $LIBS .tmp_kallsyms2.o
	finish 4.19.0
	find "$T" -name 'built-in.o' -exec touch -d '1 day ago' {} +
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	old_roles_are_right
	[ "$(unexplained)" -eq 0 ]
}

@test "5.x to 6.0: built-in.a without a top one, a stale one about" {
	new_objects
	thin built-in.a init/main.o fs/gone.o
	find "$T" -name '*.a' -exec touch -d '1 hour ago' {} +
	touch -d '1 day ago' "$T/built-in.a"
	find "$T" -name 'built-in.o' -delete -o -name ext4.o -delete
	# shellcheck disable=SC2086
	link --whole-archive $TOP $LIBS .tmp_kallsyms2.o
	finish 5.4.0
	touch -d '1 day ago' "$T/built-in.a"
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"its symbols say it"* ]]
	old_roles_are_right
	[ "$(unexplained)" -eq 0 ]
	# Each directory's list in the order of the link, by the addresses.
	echo "SELECT o.path FROM members AS m JOIN objects AS o USING (build, path_id) WHERE m.kind = 'vmlinux' AND o.path NOT LIKE '.%' ORDER BY m.ordinal" >"$BATS_TEST_TMPDIR/order.sql"
	diff <(tsv --file "$BATS_TEST_TMPDIR/order.sql") \
		<(nm -n "$T/vmlinux" | awk '$2 == "T" { print $3 }' | grep -v kallsyms | while read -r f; do
			for path in $LEAVES; do
				[ "${path//[^a-zA-Z0-9]/_}" != "$f" ] || echo "$path"
			done
		done)
}

@test "5.19 and 6.0: the command of vmlinux.o is the list" {
	new_objects
	find "$T" -name 'built-in.o' -delete -o -name ext4.o -delete
	# With modules, libraries are linked whole, in the middle.
	local inputs=${TOP/drivers/lib\/lib.a arch\/x86\/lib\/lib.a drivers}
	inputs=${inputs//[$'\n\t']/ }
	# shellcheck disable=SC2086
	link --whole-archive $inputs --no-whole-archive .tmp_kallsyms2.o
	# shellcheck disable=SC2086
	(cd "$T" && ld -r -o vmlinux.o --whole-archive $inputs)
	cmd vmlinux.o "ld -m elf_x86_64 -r -o vmlinux.o --whole-archive $inputs --no-whole-archive --start-group --end-group"
	finish 6.0.0
	LEAVES="$LEAVES lib/unused.o"
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr != *"its symbols say it"* ]]
	[[ $stderr != *"libraries"* ]]
	[[ $stderr == *"22 of 22 symbol addresses match"* ]]
	echo "$LEAVES" | same vmlinux
	echo arch/x86/kernel/head_32.o arch/x86/xen/enlighten.o fs/old/old.o fs/gone.o drivers/m/stale.o | same unlinked
	[ "$(unexplained)" -eq 0 ]
	# An older one, of another kernel: a directory was made since.  The
	# symbols tell the place of the libraries, too.
	touch -d '1 day ago' "$T/vmlinux.o"
	run --separate-stderr "$K" audit "$T"
	[[ $stderr == *"its symbols say it"* ]]
	[[ $stderr == *"22 of 22 symbol addresses match"* ]]
	echo "$LEAVES" | same vmlinux
	[ "$(unexplained)" -eq 0 ]
}

# vmlinux.a, and what is next to it.
listed_tree() {
	new_objects
	find "$T" -name 'built-in.o' -delete -o -name ext4.o -delete
	# shellcheck disable=SC2086
	(cd "$T" && rm -f vmlinux.a && ar cDPrST vmlinux.a $TOP lib/lib.a arch/x86/lib/lib.a)
	thin built-in.a
	mk 20 init/version-timestamp.o .vmlinux.export.o .tmp_vmlinux.kallsyms2.o
	printf '%s\n' drivers/m/one.o drivers/m/two.o >"$T/drivers/m/m.mod"
	LEAVES="$LEAVES lib/unused.o"
}

@test "6.1: vmlinux.a" {
	listed_tree
	rm "$T/.tmp_kallsyms1.o" "$T/.tmp_kallsyms2.o"
	link --whole-archive vmlinux.a --no-whole-archive .vmlinux.export.o init/version-timestamp.o .tmp_vmlinux.kallsyms2.o
	finish 6.1.0
	"$K" audit -q "$T"
	echo "$LEAVES" | same vmlinux
	echo .vmlinux.export.o init/version-timestamp.o .tmp_vmlinux.kallsyms2.o drivers/m/m.mod.o drivers/single.mod.o \
		fs/dup.mod.o sound/dup.mod.o | same linktime
	echo arch/x86/kernel/head_32.o arch/x86/xen/enlighten.o fs/old/old.o fs/gone.o drivers/m/stale.o | same unlinked
	sums_are_those_of_size
	[ "$(unexplained)" -eq 0 ]
	# An older kernel was built here since: its lists are newer.
	finish 5.4.0
	touch -d '1 day ago' "$T/vmlinux.a" "$T/built-in.a"
	"$K" audit -q "$T"
	tsv caveats | grep -q "its symbols say it"
	echo "$LEAVES" | same vmlinux
}

@test "6.1 with IBT: vmlinux is linked from vmlinux.o" {
	listed_tree
	(cd "$T" && ld -r -o vmlinux.o --whole-archive vmlinux.a)
	cmd vmlinux.o "ld -r -o vmlinux.o --whole-archive vmlinux.a --no-whole-archive --start-group --end-group"
	link vmlinux.o .vmlinux.export.o init/version-timestamp.o .tmp_vmlinux.kallsyms2.o
	finish 6.1.0
	echo CONFIG_X86_KERNEL_IBT=y >>"$T/.config"
	rm "$T/.tmp_kallsyms1.o" "$T/.tmp_kallsyms2.o"
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"linked from vmlinux.o (CONFIG_X86_KERNEL_IBT)"* ]]
	echo "$LEAVES" | same vmlinux
	[ "$(unexplained)" -eq 0 ]
}

@test "6.12 to 6.18: savedcmd, .module-common.o, .o in modules.order, vmlinux.unstripped" {
	VAR=savedcmd listed_tree
	rm "$T/.tmp_kallsyms1.o" "$T/.tmp_kallsyms2.o" "$T/.tmp_vmlinux.kallsyms2.o"
	VAR=savedcmd mk 20 .module-common.o .tmp_vmlinux1.kallsyms.o .tmp_vmlinux2.kallsyms.o
	printf '%s\n' drivers/m/m.o drivers/single.o fs/dup.o sound/dup.o >"$T/modules.order"
	link --whole-archive vmlinux.a --no-whole-archive .vmlinux.export.o init/version-timestamp.o .tmp_vmlinux2.kallsyms.o
	mv "$T/vmlinux" "$T/vmlinux.unstripped"
	finish 6.16.0
	"$K" audit -q "$T"
	echo "$LEAVES" | same vmlinux
	echo drivers/m/one.o drivers/m/two.o drivers/single.o fs/dup.o sound/dup.o | same module
	echo .vmlinux.export.o init/version-timestamp.o .tmp_vmlinux2.kallsyms.o .module-common.o drivers/m/m.mod.o \
		drivers/single.mod.o fs/dup.mod.o sound/dup.mod.o | same linktime
	[ "$(unexplained)" -eq 0 ]
	[ "$(tsv images | awk -F '\t' '$1 == "vmlinux" { print $9 }')" = vmlinux.unstripped ]
	# The other way round: vmlinux is what gets loaded, and it has no symbols.
	strip -o "$T/vmlinux" "$T/vmlinux.unstripped"
	touch -d '1 hour ago' "$T/vmlinux"
	"$K" audit -q "$T"
	[ "$(tsv images | awk -F '\t' '$1 == "vmlinux" { print $9 }')" = vmlinux ]
	[ "$(unexplained)" -eq 0 ]
}

@test "7.2: built-in-fixup.a, ThinLTO's native objects beside their bitcode" {
	local path members=()
	VAR=savedcmd listed_tree
	rm "$T/.tmp_kallsyms1.o" "$T/.tmp_kallsyms2.o"
	# The old ones become bitcode; what is linked is compiled from it.
	for path in fs/open.o kernel/fork.o; do
		mv "$T/$path" "$T/${path%.o}.thinlto-native.o"
		printf 'BC\xc0\xde bitcode' >"$T/$path"
	done
	while read -r path; do
		case $path in
		fs/open.o | kernel/fork.o) path=${path%.o}.thinlto-native.o ;;
		esac
		members+=("$path")
	done < <(cd "$T" && ar t vmlinux.a)
	thin built-in-fixup.a "${members[@]}"
	(cd "$T" && rm vmlinux.a && ar cDPrST vmlinux.a built-in-fixup.a)
	link --whole-archive vmlinux.a --no-whole-archive .vmlinux.export.o init/version-timestamp.o .tmp_vmlinux.kallsyms2.o
	finish 7.2.0
	"$K" audit -q "$T" || [ "$?" -eq 1 ]
	echo "$LEAVES" | sed 's,fs/open.o,fs/open.thinlto-native.o,; s,kernel/fork.o,kernel/fork.thinlto-native.o,' | same vmlinux
	# Bitcode has no size, never the size 0: skipped, and said.
	[ "$(tsv skipped | tr '\t\n' '=|')" = "fs/open.o=LLVM bitcode: no ELF size|kernel/fork.o=LLVM bitcode: no ELF size|" ]
	run --separate-stderr "$K" query footprint
	[[ $stderr == *"2 files of this build could not be measured and are not included in sums"* ]]
	[ "$(unexplained)" -eq 0 ]
}

# blob PATH SIZE: an object that carries so many bytes.
blob() {
	mkdir -p "$T/$(dirname "$1")"
	printf '.section .init.data,"aw"\n.fill %d,1,7\n' "$2" | as -o "$T/$1" -
	cmd "$1" "gcc -nostdinc -D__KERNEL__ -c -o $1 x.S"
}

@test "what objects carry: images of other places, and data that is no code" {
	local path
	blob arch/x86/realmode/rmpiggy.o 3000
	blob arch/x86/entry/vdso/vdso-image-64.o 4096
	blob arch/x86/entry/vdso/vdso-image-32.o 2048
	blob arch/x86/purgatory/kexec-purgatory.o 5000
	blob certs/system_certificates.o 1500
	blob drivers/base/firmware_loader/builtin/a.bin.gen.o 700
	blob kernel/configs.o 900
	blob usr/initramfs_data.o 512
	blob arch/x86/boot/compressed/piggy.o 8000
	# Not linked, so it carries nothing anywhere.
	blob certs/revocation_certificates.o 9000
	mk 50 arch/x86/realmode/rm/header.o arch/x86/entry/vdso/vgetcpu.o arch/x86/entry/vdso/vdso32/note.o \
		arch/x86/purgatory/entry.o arch/x86/boot/compressed/misc.o
	while read -r path image inputs; do
		# shellcheck disable=SC2086
		(cd "$T" && ld -e 0 --no-warn-rwx-segments -o "$image" $inputs)
		cmd "$image" "ld -m elf_x86_64 -T x.lds -o $image $inputs"
	done <<-'EOF'
		rm arch/x86/realmode/rm/realmode.elf arch/x86/realmode/rm/header.o
		v64 arch/x86/entry/vdso/vdso64.so.dbg arch/x86/entry/vdso/vgetcpu.o
		v32 arch/x86/entry/vdso/vdso32.so.dbg arch/x86/entry/vdso/vdso32/note.o
		p arch/x86/purgatory/purgatory.ro arch/x86/purgatory/entry.o
		c arch/x86/boot/compressed/vmlinux arch/x86/boot/compressed/misc.o arch/x86/boot/compressed/piggy.o
	EOF
	thin vmlinux.a kernel/fork.o kernel/configs.o arch/x86/realmode/rmpiggy.o arch/x86/entry/vdso/vdso-image-64.o \
		arch/x86/entry/vdso/vdso-image-32.o arch/x86/purgatory/kexec-purgatory.o certs/system_certificates.o \
		drivers/base/firmware_loader/builtin/a.bin.gen.o usr/initramfs_data.o
	link --whole-archive vmlinux.a
	finish 6.1.0
	"$K" audit -q "$T"
	tsv embedded | cut -f 1-5,7 | LC_ALL=C sort | tr '\t' ' ' | diff - <(LC_ALL=C sort <<-'EOF'
		arch/x86/boot/compressed/piggy.o boot program vmlinux, packed 8000 vmlinux
		arch/x86/entry/vdso/vdso-image-32.o vmlinux program vdso 2048 vdso32
		arch/x86/entry/vdso/vdso-image-64.o vmlinux program vdso 4096 vdso64
		arch/x86/purgatory/kexec-purgatory.o vmlinux program purgatory 5000 purgatory
		arch/x86/realmode/rmpiggy.o vmlinux program realmode 3000 realmode
		certs/system_certificates.o vmlinux data certificates 1500 -
		drivers/base/firmware_loader/builtin/a.bin.gen.o vmlinux data firmware 700 -
		kernel/configs.o vmlinux data configuration 900 -
		usr/initramfs_data.o vmlinux data initramfs 512 -
	EOF
	)
	# The images are members of their own, as size sees them.
	[ "$(tsv embedded | awk -F '\t' '$7 == "realmode" { print $8, $9 }')" = \
		"1 $(size "$T/arch/x86/realmode/rm/realmode.elf" | awk 'NR == 2 { print $4 }')" ]
	[ "$(tsv objects --image compressed | wc -l)" -eq 2 ]
	[ "$(tsv embedded --branch certs | wc -l)" -eq 1 ]
}
