#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The oracle of the layout: link a built tree's vmlinux again and keep the
# linker's map.
#
#   tests/kernel/relink.sh TREE OUTMAP
#
# takes inputs, script and flags from TREE (an O= directory, 6.1 to 6.4) as
# scripts/link-vmlinux.sh had them, and links with --strip-debug -Map. The
# image goes to OUTMAP.vmlinux, and the inputs in the linker's order to
# OUTMAP.inputs: a path a line, marked "linktime" or "-" before it; leaves
# where vmlinux was linked from vmlinux.o.  Fails (1) where the sections come
# out different from TREE/vmlinux.  77: the linker is missing.
set -eu

say() { printf '%s\n' "relink: $*" >&2; }

[ $# -eq 2 ] || { say "usage: relink.sh TREE OUTMAP"; exit 2; }
case $2 in /*) out=$2 ;; *) out=$PWD/$2 ;; esac
cd "$1"
[ -r .vmlinux.cmd ] || { say "no .vmlinux.cmd in '$1': not a built tree"; exit 2; }

# cmd_vmlinux := .../link-vmlinux.sh "LD" "KBUILD_LDFLAGS" "LDFLAGS_vmlinux"
command=$(sed -n 's/^\(saved\)\{0,1\}cmd_vmlinux := //p' .vmlinux.cmd)
ld=$(printf '%s\n' "$command" | cut -d'"' -f2)
flags=$(printf '%s\n' "$command" | cut -d'"' -f4,6 | tr '"' ' ')
command -v "$ld" >/dev/null || { say "no '$ld' here"; exit 77; }

config() { grep -q "^CONFIG_$1=y" include/config/auto.conf; }

set -- arch/*/kernel/vmlinux.lds
lds=$1
arch=${lds#arch/}
arch=${arch%%/*}

objs='vmlinux.a' libs=''
if config LTO_CLANG || config X86_KERNEL_IBT; then
	objs='vmlinux.o'
elif ! config MODULES; then
	libs='lib/lib.a'
	if [ -e "arch/$arch/lib/lib.a" ]; then
		libs="$libs arch/$arch/lib/lib.a"
	fi
fi
late=''
if config MODULES; then
	late='.vmlinux.export.o'
fi
late="$late init/version-timestamp.o"
after=''
if config KALLSYMS; then
	# The last one is the one that was linked.
	for o in .tmp_vmlinux.kallsyms*.o; do
		after=$o
	done
fi
if config DEBUG_INFO_BTF; then
	after="$after .btf.vmlinux.bin.o"
fi

# shellcheck disable=SC2086 # flags and lists are words
"$ld" $flags "--script=$lds" --strip-debug "-Map=$out" -o "$out.vmlinux" \
	--whole-archive $objs $late --no-whole-archive \
	--start-group $libs --end-group $after

{
	ar t vmlinux.a | sed 's/^/- /'
	for lib in $libs; do
		# Only the members that the linker asked for: the map begins
		# with them.
		ar t "$lib" | awk -v map="$out" '
			BEGIN {
				while ((getline line < map) > 0 &&
				       line !~ /^Discarded input/) {
					split(line, word, " ")
					asked[word[1]] = 1
				}
			}
			$1 in asked { print "- " $1 }'
	done
	for o in $late $after; do
		printf 'linktime %s\n' "$o"
	done
} >"$out.inputs"

sections() {
	readelf -SW "$1" | sed -n 's/^ *\[ *[0-9]*\] \(.*\)/\1/p' |
		awk '$2 != "NULL" && $3 !~ /^0*$/ || $1 == ".data..percpu" {
			print $1, $3, $5 }'
}
sections vmlinux >"$out.want"
sections "$out.vmlinux" >"$out.got"
if ! cmp -s "$out.want" "$out.got"; then
	say "the sections differ from '$PWD/vmlinux':"
	diff "$out.want" "$out.got" >&2 || :
	exit 1
fi
rm -f "$out.want" "$out.got"
