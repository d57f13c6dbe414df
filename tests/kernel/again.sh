#!/bin/sh
# A kernel of build.sh built once more, from the same sources: in another
# place, by somebody else, on another machine, later, the twelfth time, and under
# another release of the same length, as those of two commits are.
#
#   tests/kernel/again.sh tiny|small|second
#
# prints the path of the built tree, which is cached like the first.  Exit 0
# built, 77 cannot be built here, 3 failed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${KMEMDB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kmemdb}

say() { printf '%s\n' "again: $*" >&2; }

[ $# -eq 1 ] || { say "usage: again.sh tiny|small|second"; exit 2; }
first=$("$here/build.sh" "$1")
tree=$cache/again-$(basename "$first")-$(sha256sum <"$0" | cut -c1-12)
exec 9>"$cache/.lock-again-$1"
flock 9
if [ -e "$tree/.complete" ]; then
	printf '%s\n' "$tree"
	exit 0
fi
rm -rf "$tree" "$tree.sources"
mkdir "$tree"
cp -al "$(readlink -f "$first/source")" "$tree.sources" 2>/dev/null || {
	rm -rf "$tree.sources"
	cp -a "$(readlink -f "$first/source")" "$tree.sources"
}
cp "$first/.config" "$tree/.config"
echo 11 >"$tree/.version"
export KBUILD_BUILD_TIMESTAMP='Sat Feb 29 23:59:59 CET 2025' \
	KBUILD_BUILD_USER=somebody KBUILD_BUILD_HOST=another.machine.example
sublevel=$(sed -n 's/^SUBLEVEL = //p' "$tree.sources/Makefile")
other=${sublevel%?}$(((${sublevel#"${sublevel%?}"} + 1) % 10))
say "building '$1' again"
make -s -C "$tree.sources" O="$tree" ARCH=x86_64 SUBLEVEL="$other" -j"$(nproc)" \
	olddefconfig >"$tree.log" 2>&1 9>&-
modules=
if grep -q '^CONFIG_MODULES=y' "$tree/.config"; then modules=modules; fi
# shellcheck disable=SC2086 # none, or one word
make -s -C "$tree.sources" O="$tree" ARCH=x86_64 SUBLEVEL="$other" -j"$(nproc)" \
	bzImage $modules >>"$tree.log" 2>&1 9>&- || {
	tail -n 20 "$tree.log" >&2
	say "build failed: $tree.log"
	exit 3
}
rm -rf "$tree.sources" "$tree/source"
touch "$tree/.complete"
printf '%s\n' "$tree"
