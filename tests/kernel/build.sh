#!/bin/sh
# Build and cache a real kernel to test on, from Debian's linux-source-6.1.
#
#   tests/kernel/build.sh small|large|arm|mips|second|tiny
#
# prints the path of the built tree (an O= directory) on stdout; what it is
# doing goes to stderr.  The trees live outside the clone, in
# $KMEMDB_CACHE (default ~/.cache/kmemdb), keyed by the source's version and
# the configuration, so that a change of either builds a new one and nothing
# else does.  Exit 0 built, 77 cannot be built here (a compiler is missing).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${KMEMDB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kmemdb}
tarball=${KMEMDB_LINUX_SOURCE:-/usr/src/linux-source-6.1.tar.xz}

say() { printf '%s\n' "kernel: $*" >&2; }

[ $# -eq 1 ] || { say "usage: build.sh small|large|arm|mips|second|tiny"; exit 2; }
name=$1
arch=x86_64 cross='' image=bzImage
case $name in
small | large | second | tiny) ;;
arm) arch=arm cross=arm-linux-gnueabihf- image=zImage ;;
mips) arch=mips cross=mips-linux-gnu- image=vmlinux ;;
*) say "no such kernel: '$name'"; exit 2 ;;
esac
[ -r "$here/configs/$name.config" ] || { say "no configs/$name.config"; exit 2; }
if ! command -v "${cross}gcc" >/dev/null; then
	say "no ${cross}gcc here: install gcc-${cross%-}"
	exit 77
fi
[ -r "$tarball" ] || { say "no $tarball: install linux-source-6.1"; exit 77; }

# The key names everything the result depends on; the compiler's version
# changes object sizes.
key=$({
	cat "$here/configs/$name.config"
	stat -c '%s' "$tarball"
	"${cross}gcc" --version | head -n 1
} | sha256sum | cut -c1-12)
tree=$cache/$name-$key
src=$cache/linux-source-$(stat -c '%s' "$tarball")
mkdir -p "$cache"

exec 9>"$cache/.lock-$name"
flock 9
if [ -e "$tree/.complete" ]; then
	printf '%s\n' "$tree"
	exit 0
fi

(
	flock 8
	if [ ! -e "$src/.complete" ]; then
		say "unpacking $(basename "$tarball") (about a minute)"
		rm -rf "$src"
		mkdir -p "$src"
		tar -xf "$tarball" -C "$src" --strip-components=1
		touch "$src/.complete"
	fi
) 8>"$cache/.lock-source"

say "configuring '$name' for $arch"
rm -rf "$tree"
mkdir -p "$tree"
# Fixed strings: the same configuration gives the same bytes every time.
export KBUILD_BUILD_TIMESTAMP='2024-01-01' KBUILD_BUILD_USER=kmemdb \
	KBUILD_BUILD_HOST=kmemdb
mk() { make -s -C "$src" O="$tree" ARCH="$arch" CROSS_COMPILE="$cross" "$@"; }
log=$tree.log
{
	mk tinyconfig
	(cd "$tree" && "$src/scripts/kconfig/merge_config.sh" -m -O "$tree" \
		"$tree/.config" "$here/configs/$name.config")
	mk olddefconfig
} >"$log" 2>&1 9>&- || { tail -n 20 "$log" >&2; say "configuration failed: $log"; exit 3; }

say "building '$name' with $(nproc) jobs (small: about 5 minutes; large: 10)"
modules=
if grep -q '^CONFIG_MODULES=y' "$tree/.config"; then modules=modules; fi
# shellcheck disable=SC2086 # none, or one word
mk -j"$(nproc)" "$image" $modules >>"$log" 2>&1 9>&- &
job=$!
while kill -0 "$job" 2>/dev/null; do
	sleep 5
	say "$(find "$tree" -name '*.o' | wc -l) objects compiled"
done
wait "$job" || { tail -n 20 "$log" >&2; say "build failed: $log"; exit 3; }
touch "$tree/.complete"
say "'$name' is in $tree"
printf '%s\n' "$tree"
