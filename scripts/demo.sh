#!/bin/sh
# make demo: audit a real kernel, boot it traced, import, and print reports.
#
#   KERNEL=TREE  a built kernel tree of your own; default: a small one that
#                is built and booted here once, and cached.
#   TRACE=FILE   a kmem trace of that kernel: what scripts/capture.sh saved,
#                or any log that `kmemdb import` takes.  TRACE alone is read
#                without a tree, by the names of functions.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
say() { printf '\n$ %s\n' "$*"; }

tree=${KERNEL:-} trace=${TRACE:-}
if [ -z "$tree$trace" ]; then
	echo "demo: a small real kernel (built once, then cached)" >&2
	tree=$(tests/kernel/build.sh small)
	echo "demo: its boot under QEMU, traced (once, then cached)" >&2
	trace=$(tests/kernel/boot.sh small)
fi
KMEMDB=${KMEMDB:-$build/demo.db}
export KMEMDB
rm -f "$KMEMDB"

# Exit 1 is "done, but something was skipped": said, and no reason to stop.
run() {
	say "kmemdb $*"
	"$build/kmemdb" "$@" || [ $? -eq 1 ]
}
if [ -n "$tree" ]; then
	run audit "$tree"
	run query footprint
	run query footprint --branch fs --limit 12
	run query largest --limit 10
	run query modules
	run query reconcile
fi
if [ -n "$trace" ]; then
	run import "$trace"
	run query traces
	run query coverage
	run query dynamic
	[ -z "$tree" ] || run query combined --limit 12
	run query frequent --limit 10
	run query malloc-vs-cache
	run query accounting --limit 10
	run query waste --limit 10
	[ -z "$tree" ] || run query waste --branch fs --limit 20
else
	echo "demo: no TRACE=: boot that kernel with what" >&2
	echo "  scripts/capture.sh boot-args" >&2
	echo "prints, and give what scripts/capture.sh save made" >&2
fi
echo
echo "The database is $KMEMDB; $build/kmemdb query lists the reports."
