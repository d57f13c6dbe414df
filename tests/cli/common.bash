# For bats files of this folder: a tiny built "kernel tree" whose numbers are
# known by construction.
# shellcheck disable=SC2034 # the tests use what is set here

bats_require_minimum_version 1.5.0

common_setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	ROOT=$PWD
	K=$ROOT/${BUILD:-build}/kmemdb
	export KMEMDB=$BATS_TEST_TMPDIR/k.db
	T=$BATS_TEST_TMPDIR/tree
}

# log LINES FILE: a log of so many allocations, all alive at its end.
log() {
	seq "$1" | awk '{
		printf "  bash-1 [000] d..1. %d.%06d: kmalloc: ", $1 / 1000, $1 % 1000
		printf "call_site=f%d+0x1/0x9 ptr=ffff8880%08x ", $1 % 50, $1 * 16
		print "bytes_req=10 bytes_alloc=16 gfp_flags=GFP_KERNEL node=-1 accounted=false"
	}' >"$2"
}

# Kills at moments that can be had again: SEED, else one that is printed.
seed_moments() {
	RANDOM=${SEED:=$RANDOM}
	echo "SEED=$SEED repeats these moments"
}
# kill_within US PID: kills it within so many microseconds, and gives its
# exit code, which is 137 where the kill came first.
kill_within() {
	local status=0
	sleep "$(printf '0.%06d' $((RANDOM * $1 / 32768)))"
	kill -KILL "$2" 2>/dev/null || :
	wait "$2" 2>/dev/null || status=$?
	return "$status"
}
# microseconds COMMAND...: how long it took, in US.
microseconds() {
	local from=${EPOCHREALTIME/./}
	"$@"
	US=$((${EPOCHREALTIME/./} - from))
}

# obj PATH TEXT DATA BSS: an object of these sizes.
obj() {
	mkdir -p "$T/$(dirname "$1")"
	printf '.globl f_%s\n.type f_%s,@function\nf_%s: .fill %d,1,0x90\n.size f_%s,%d\n.data\n.fill %d,1,1\n.bss\n.space %d\n' \
		"$(basename "$1" .o)" "$(basename "$1" .o)" "$(basename "$1" .o)" "$2" \
		"$(basename "$1" .o)" "$2" "$3" "$4" | as -o "$T/$1" -
	touch -d '1 hour ago' "$T/$1"
}

# A tree of vmlinux (init/main.o fs/open.o fs/ext9/inode.o fsx/a.o), one
# module (drivers/m/m.o of two parts) and a stale object.
tiny_tree() {
	obj init/main.o 100 10 1
	obj fs/open.o 200 20 2
	obj fs/ext9/inode.o 400 40 4
	obj fsx/a.o 800 80 8
	obj drivers/m/one.o 30 3 0
	obj drivers/m/two.o 50 5 0
	obj fs/stale.o 999 9 9
	(
		cd "$T" || exit 1
		ar rcsTP vmlinux.a init/main.o fs/open.o fs/ext9/inode.o fsx/a.o
		ld -e 0 -o vmlinux --whole-archive vmlinux.a
		ld -r -o drivers/m/m.o drivers/m/one.o drivers/m/two.o
		cp drivers/m/m.o drivers/m/m.ko
		echo 'cmd_drivers/m/m.o := ld -r -o drivers/m/m.o drivers/m/one.o drivers/m/two.o' >drivers/m/.m.o.cmd
		printf 'drivers/m/one.o\ndrivers/m/two.o\n' >drivers/m/m.mod
		echo drivers/m/m.ko >modules.order
		printf '# Linux/x86 6.1.0 Kernel Configuration\nCONFIG_MODULES=y\n' >.config
		mkdir -p include/config
		echo 6.1.0-tiny >include/config/kernel.release
		find . -type f -exec touch -d '1 hour ago' {} +
	)
}
