#!/bin/sh
# make demo: audit a real kernel and print the reports.
#
#   KERNEL=TREE  a built kernel tree of your own; default: a small one that
#                is built here once and cached.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
say() { printf '\n$ %s\n' "$*"; }

if [ -n "${KERNEL:-}" ]; then
	tree=$KERNEL
else
	echo "demo: a small real kernel (built once, then cached)" >&2
	tree=$(tests/kernel/build.sh small)
fi
KMEMDB=${KMEMDB:-$build/demo.db}
export KMEMDB
rm -f "$KMEMDB"

run() {
	say "kmemdb $*"
	"$build/kmemdb" "$@"
}
run audit "$tree"
run query footprint
run query footprint --branch fs --limit 12
run query largest --limit 10
run query modules
run query reconcile
if [ -n "${TRACE:-}" ]; then
	echo "demo: TRACE is not used yet: import comes next" >&2
fi
echo
echo "The database is $KMEMDB; $build/kmemdb query lists the reports."
