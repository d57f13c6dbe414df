#!/bin/sh
# Install what is missing to build, test and demonstrate kmemdb on Debian 12.
#
#   scripts/install-deps.sh [build|demo|test]     (each includes the former)
#
# Asks dpkg first: where everything is there it needs neither root nor the
# network, and says nothing.  What is of no package of Debian's, axe-core, is
# fetched where npm is there; without it a test is skipped, and counted.
set -eu

build='gcc make pkg-config libc6-dev binutils libelf-dev libsqlite3-dev
libxxhash-dev libsmartcols-dev libgit2-dev libarchive-dev libtraceevent-dev
libtracefs-dev libtracecmd-dev zlib1g-dev libdw-dev binutils-dev
libpango1.0-dev fonts-dejavu-core node-d3 libncurses-dev
libcapstone-dev protobuf-c-compiler libprotobuf-c-dev'
demo='linux-source-6.1 flex bison bc libssl-dev xz-utils cpio kmod
busybox-static qemu-system-x86 trace-cmd zstd'
test='patch clang clang-format clang-tidy libclang-rt-14-dev cppcheck shellcheck
libcmocka-dev bats sqlite3 git gcc-arm-linux-gnueabihf
gcc-mips-linux-gnu lld lz4 mawk python3 python3-yaml yamllint jq unzip
time mandoc zsh strace valgrind chromium chromium-driver poppler-utils
libdevel-nytprof-perl'

case ${1:-build} in
build) want=$build ;;
demo) want="$build $demo" ;;
test) want="$build $demo $test" ;;
*)
	echo "usage: install-deps.sh [build|demo|test]" >&2
	exit 2
	;;
esac

missing=
for package in $want; do
	state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) ||
		state=none
	[ "$state" = installed ] || missing="$missing $package"
done
[ "$want" = "${want%"$test"}" ] || scripts/axe.sh >/dev/null || :
[ -n "$missing" ] || exit 0

echo "kmemdb: installing$missing" >&2
sudo=
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null || {
		echo "kmemdb: not root and no sudo: as root, apt-get install$missing" >&2
		exit 3
	}
	sudo=sudo
fi
install() {
	# shellcheck disable=SC2086 # a list of package names
	$sudo env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -q --no-install-recommends $missing
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A machine whose lists are old fails once; with new lists the second try
# decides.
if ! install >"$log" 2>&1; then
	$sudo apt-get update -q >"$log" 2>&1 || { tail -n 20 "$log" >&2; exit 3; }
	install >"$log" 2>&1 || { tail -n 20 "$log" >&2; exit 3; }
fi
