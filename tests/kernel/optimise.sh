#!/bin/sh
# The objects of a tree once more, for speed instead of size.
#
#   tests/kernel/optimise.sh TREE OUT OBJECT...
#
# copies the built tree to OUT and compiles the objects there again, by the
# commands that Kbuild kept, with -O2 in the place of -Os.  The images stay as
# they were, and the rest of the objects, too.  TREE is not touched.
set -eu

tree=$1 out=$2
shift 2
cp -a "$tree/." "$out"
cd "$out"
for object; do
	# A command may go on after the compiler, with objtool: not needed here.
	sed -n '1s/^\(saved\)\{0,1\}cmd_[^ ]* := //p' "$(dirname "$object")/.$(basename "$object").cmd" |
		sed 's/ *; .*//; s/\$(pound)/#/g; s/\$\$/$/g; s/ -Os / -O2 /; s/-Wp,-MM\{0,1\}D,[^ ]*//'
done | xargs -P "$(nproc)" -d '\n' -n 1 sh -c
