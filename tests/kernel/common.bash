# What the tests of this folder share: the tree of a real kernel, audited or
# not, and what skips where it cannot be built.
#
# A file says on which kernels of build.sh it runs, in a line of its own:
#
#	# kernels: small arm
#
# scripts/check.sh runs it once for each.  KMEMDB_TEST_KERNEL names the one of
# this run; without it, it is the file's first.
# shellcheck disable=SC2034 # the tests use what is set here

bats_require_minimum_version 1.5.0

# For setup_file: the variables that all tests use.  SKIP is the reason not to
# run, where there is one; the rest of setup_file is then not to be done:
#
#	kernel_setup_file || return
#	[ -z "$SKIP" ] || return 0
kernel_setup_file() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	local first status=0
	first=$(sed -n 's/^# kernels: *\([a-z]*\).*/\1/p' "$BATS_TEST_FILENAME")
	export KERNEL=${KMEMDB_TEST_KERNEL:-$first}
	export B=${BUILD:-build} D=$BATS_FILE_TMPDIR KMEMDB=$BATS_FILE_TMPDIR/k.db
	export SKIP='' TREE='' CROSS=''
	case $KERNEL in
	arm) CROSS=arm-linux-gnueabihf- ;;
	mips) CROSS=mips-linux-gnu- ;;
	esac
	TREE=$(tests/kernel/build.sh "$KERNEL") || status=$?
	if [ "$status" -eq 77 ]; then
		SKIP="kernel '$KERNEL' cannot be built here"
		return 0
	fi
	return "$status"
}

# For setup_file, afterwards: boots the kernel; the arguments are boot.sh's.
kernel_boot() {
	local status=0
	[ -z "$SKIP" ] || return 0
	tests/kernel/boot.sh "$KERNEL" "$@" || status=$?
	if [ "$status" -eq 77 ]; then
		SKIP="kernel '$KERNEL' cannot be booted here"
		return 0
	fi
	return "$status"
}

# For setup.
kernel_setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	if [ -n "${SKIP:-}" ]; then skip "$SKIP"; fi
}
setup() { kernel_setup; }

query() { "$B/kmemdb" query "$@"; }
sql() { sqlite3 -separator '	' "$KMEMDB" "$@"; }
# A report's rows, without the line of its columns.
tsv() { query "$@" --format tsv | tail -n +2; }

# kernel_probe FILE.c OUT: a program of this folder that asks the library.
kernel_probe() {
	local how=
	# As the library was made: with sanitizers, or counting lines.
	case $(nm "$B/libkmemdb.a" 2>/dev/null) in
	*__asan_init*) how='-fsanitize=address,undefined' ;;
	*__gcov_init*) how=--coverage ;;
	esac
	# shellcheck disable=SC2046,SC2086 # flags are lists
	gcc -std=c11 -O2 $how -D_GNU_SOURCE -Iauditor -o "$2" "tests/kernel/$1" \
		"$B/libkmemdb.a" -Wl,--as-needed $(pkg-config --libs libelf libdw \
			sqlite3 libxxhash libgit2 libarchive) -lm -pthread
}

# A stamp is trusted when it is two seconds old: on a new machine the kernel
# may have been built just now.
kernel_settle() {
	while [ "$(($(date +%s) - $(stat -c %Y "$TREE/.complete")))" -lt 3 ]; do
		sleep 1
	done
}
