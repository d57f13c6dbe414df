#!/bin/sh
# Objects of a tree once more, with other options of the compiler.
#
#   tests/kernel/recompile.sh TREE OUT OPTIONS OBJECT...
#
# copies the built tree to OUT and compiles the objects there again, by the
# commands that Kbuild kept, with OPTIONS after its own -Os.  The images stay as
# they were, and the rest of the objects, too.  TREE is not touched.
set -eu

tree=$1 out=$2 options=$3
shift 3
mkdir -p "$out"
cp -a "$tree/." "$out"
cd "$out"
for object; do
	# A command may go on after the compiler, with objtool: not needed here.
	sed -n '1s/^\(saved\)\{0,1\}cmd_[^ ]* := //p' "$(dirname "$object")/.$(basename "$object").cmd" |
		sed "s/ *; .*//; s/\$(pound)/#/g; s/\$\$/\$/g; s/ -Os / -Os $options /; s/-Wp,-MM\{0,1\}D,[^ ]*//"
done | xargs -P "$(nproc)" -d '\n' -n 1 sh -c
