#!/bin/sh
# Drivers that no kernel of build.sh has: the objects of
# tests/messages/truth-drivers*.tsv, compiled one by one, beside the small
# kernel.
#
#   tests/kernel/drivers.sh
#
# prints the folder of the tree; what it is doing goes to stderr.  It is a copy
# of the small kernel, configured once more with every driver as a module
# (allmodconfig, but what is outside of the drivers as in the small one).  Each
# object is a module of its own, for the list of modules; a few have the
# object of their own printers in theirs.  Cached like the kernels; the first
# time it takes eight minutes of two processors.  Exit 0 built, 77 cannot be
# built here, 3 failed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${KMEMDB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kmemdb}

say() { printf '%s\n' "drivers: $*" >&2; }

small=$("$here/build.sh" small)
source=$(readlink -f "$small/source")
# Which object has the printers of another, besides itself.
printers_of() {
	case $1 in
	drivers/net/wireless/ath/ath11k/htc.o) echo drivers/net/wireless/ath/ath11k/debug.o ;;
	net/bluetooth/hci_core.o) echo net/bluetooth/lib.o ;;
	fs/ubifs/debug.o) echo fs/ubifs/misc.o ;;
	esac
}
objects=$(cut -f 1 "$here"/../messages/truth-drivers*.tsv | grep -v '^#' | LC_ALL=C sort -u)
key=$({
	echo "$small" "$objects"
	cat "$0"
} | sha256sum | cut -c1-12)
tree=$cache/drivers-$key

exec 9>"$cache/.lock-drivers"
flock 9
if [ -e "$tree/.complete" ]; then
	printf '%s\n' "$tree"
	exit 0
fi
find "$cache" -maxdepth 1 -name 'drivers-*' -mtime +0 -exec rm -rf {} +
rm -rf "$tree"
cp -a "$small" "$tree"
rm -f "$tree/.complete"
log=$tree.log
mk() { make -s -C "$source" O="$tree" ARCH=x86_64 -j"$(nproc)" "$@" >>"$log" 2>&1 9>&-; }
failed() {
	tail -n 20 "$log" >&2
	say "$1: $log"
	exit 3
}

say "configuring"
(cd "$source" && find lib kernel mm init arch/x86 arch/Kconfig security/Kconfig.hardening \
	-name 'Kconfig*' -exec sed -n 's/^\(menu\)\{0,1\}config \([A-Z0-9_]*\)$/\2/p' {} +) |
	grep -vxE 'EXPERT|MODULES|NUMA|ACPI|PM|BPF|BPF_SYSCALL|COMPILE_TEST|MODVERSIONS' |
	awk 'FNR == NR { of[$1]; next }
		match($0, /CONFIG_[A-Z0-9_]*/) &&
			substr($0, RSTART + 7, RLENGTH - 7) in of' - "$small/.config" >"$tree/allmod.config"
printf '%s\n' CONFIG_COMPILE_TEST=y '# CONFIG_MODVERSIONS is not set' >>"$tree/allmod.config"
: >"$log"
mk KCONFIG_ALLCONFIG="$tree/allmod.config" allmodconfig || failed "configuration failed"
mk prepare modules_prepare || failed "preparation failed"

say "compiling $(echo "$objects" | wc -l) objects (about 8 minutes)"
all=$objects
for object in $objects; do all="$all $(printers_of "$object")"; done
# shellcheck disable=SC2086 # a list of words
mk $all || failed "compilation failed"
: >"$tree/modules.order"
for object in $objects; do
	echo "${object%.o}.ko" >>"$tree/modules.order"
	{
		echo "$object"
		printers_of "$object"
	} >"$tree/${object%.o}.mod"
done
touch "$tree/.complete"
say "they are in $tree"
printf '%s\n' "$tree"
