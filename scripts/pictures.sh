#!/bin/sh
# The pictures that README.md shows: a plot of each kind, and a screen of
# `kmemdb top`, as SVG.
#
#   scripts/pictures.sh [FOLDER]        (default: docs/pictures)
#
# They are of the small kernel of make demo, of its boot, and of the history
# that tests/kernel/history.sh makes of it; all three are built once, then
# cached.  The same kernels and boot give the same bytes; another boot has
# other numbers.  DEMO_DB and HISTORY_DB name databases of these that are there
# already.
set -eu
cd "$(dirname "$0")/.."
kmemdb=${BUILD:-build}/kmemdb
out=${1:-docs/pictures}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8

# Exit 1 is "done, but something was skipped".
run() {
	"$kmemdb" "$@" || [ $? -eq 1 ]
}
demo=${DEMO_DB:-}
if [ -z "$demo" ]; then
	demo=$work/demo.db
	run audit -q --db "$demo" "$(tests/kernel/build.sh small)"
	run import -q --db "$demo" "$(tests/kernel/boot.sh small)"
fi
history=${HISTORY_DB:-}
if [ -z "$history" ]; then
	history=$work/history.db
	for tree in "$(tests/kernel/history.sh)"/[0-9]*; do
		run audit -q --db "$history" --label "$(basename "$tree")" "$tree"
	done
fi

# draw NAME DATABASE PLOT-ARGUMENT...
draw() {
	name=$1 db=$2
	shift 2
	"$kmemdb" plot --db "$db" --size 800x560 -o "$out/$name.svg" "$@"
}
mkdir -p "$out"
draw rings "$demo" rings --depth 2
draw waste "$demo" rings --attr waste
draw treemap "$demo" treemap --attr live
draw timeline "$demo" timeline
draw classes "$demo" classes
draw history "$history" history --branch fs,mm,drivers
draw diff "$history" diff --base 00-base
# shellcheck disable=SC2016 # $0 is an exit code that is awaited
KMEMDB=$demo python3 tests/cli/top.py "$kmemdb top waste" 96x20 \
	'=fs' Enter '=inode.o' Down Down ">$out/top.svg" q '$0' >/dev/null
