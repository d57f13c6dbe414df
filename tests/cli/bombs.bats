#!/usr/bin/env bats
# Small files that unpack to much: they end in seconds, and leave nothing.

load common

setup() {
	common_setup
	B=$BATS_TEST_TMPDIR/bomb
	mkdir "$BATS_TEST_TMPDIR/tmp"
	export TMPDIR=$BATS_TEST_TMPDIR/tmp
}

teardown() {
	[ -z "${MOUNTED:-}" ] || umount "$MOUNTED"
}

line() {
	echo '          bash-1     [000] d..1. 1.000001: kmalloc: call_site=f_open+0x5/0xc8 ptr=ffff888000000010 bytes_req=10 bytes_alloc=16 gfp_flags=GFP_KERNEL'
}
zeros() { head -c "$1" /dev/zero; }
dat_head() { printf '\027\010\104tracing6\000'; }

@test "1 GB more after a good line: the line counts, and the rest is said" {
	for pack in 'gzip -1' 'zstd -q'; do
		rm -f "$KMEMDB"
		{ echo '# tracer: nop'; line; zeros 1000000000 | tr '\0' a; } | $pack >"$B"
		[ "$(stat -c %s "$B")" -lt 20000000 ]
		run --separate-stderr timeout 30 "$K" import "$B"
		[ "$status" -eq 1 ]
		[[ $stderr == *"'$B' unpacks to more than 200 times its size"*"unpack it first"* ]]
		[[ $stderr == *"1 allocations"* ]]
	done
}

@test "--max-size: what is allowed to be large is read, and less is refused" {
	{ echo '# tracer: nop'; line; zeros 280000000 | tr '\0' a; echo; line; } | zstd -q >"$B"
	run --separate-stderr timeout 60 "$K" import "$B"
	[ "$status" -eq 1 ]
	[[ $stderr == *"200 times its size"*"--max-size"* ]]
	run --separate-stderr timeout 60 "$K" import --label all --max-size 400 "$B"
	echo "$stderr"
	[[ $stderr == *"2 allocations"* ]]
	{ line; line; line; zeros 9000000 | tr '\0' a; } | zstd -q >"$B.less"
	run --separate-stderr timeout 60 "$K" import --label less --max-size 4 "$B.less"
	echo "$stderr"
	[ "$status" -eq 1 ]
	[[ $stderr == *"unpacks to more than 4 MiB"* ]]
	# A log within a capture, too.
	mkdir "$BATS_TEST_TMPDIR/kmemdb-capture"
	cp "$B" "$BATS_TEST_TMPDIR/kmemdb-capture/trace.zst"
	tar -cf "$B.tar" -C "$BATS_TEST_TMPDIR" kmemdb-capture/trace.zst
	run --separate-stderr timeout 60 "$K" import --db "$BATS_TEST_TMPDIR/tar.db" --max-size 400 "$B.tar"
	[[ $stderr == *"2 allocations"* ]]
	run --separate-stderr "$K" import --max-size 0 "$B"
	[ "$status" -eq 2 ]
}

@test "1 GB of zeros that begin as a trace.dat: refused, and nothing stays" {
	{ dat_head; zeros 1000000000; } | zstd -q >"$B"
	run --separate-stderr timeout 30 "$K" import "$B"
	[ "$status" -eq 3 ]
	[[ $stderr == *"unpacks to more than 200 times"* ]]
	[ -z "$(ls -A "$TMPDIR")" ]
}

@test "a capture's member that unpacks to much is left out" {
	local d=$BATS_TEST_TMPDIR/kmemdb-capture
	mkdir "$d"
	echo 'Linux version 6.1' >"$d/version"
	zeros 1000000000 | gzip -1 >"$d/kallsyms.gz"
	line >"$d/trace"
	tar -cf "$B" -C "$BATS_TEST_TMPDIR" kmemdb-capture/version kmemdb-capture/kallsyms.gz kmemdb-capture/trace
	run --separate-stderr timeout 30 "$K" import "$B"
	[ "$status" -eq 0 ]
	[[ $stderr == *"'kallsyms' is too large and was left out"* ]]
	[[ $stderr == *"1 allocations"* ]]
}

@test "a module that unpacks to much is skipped" {
	mkdir "$T"
	zeros 400000000 | xz -0 >"$T/bomb.ko.xz"
	echo 'void f(void) {}' | gcc -c -x c -o "$T/good.ko" -
	run --separate-stderr timeout 30 "$K" audit "$T"
	[ "$status" -eq 1 ]
	run "$K" query skipped --format csv
	[[ $output == *"bomb.ko.xz"*"unpacks to more than 256 MiB"* ]]
}

@test "too little room for a copy: said before the disk is full" {
	[ "$(id -u)" -eq 0 ] || skip "needs root to mount a small tmpfs"
	mount -t tmpfs -o size=80m tmpfs "$TMPDIR" 2>/dev/null || skip "no tmpfs can be mounted here"
	MOUNTED=$TMPDIR
	{ dat_head; zeros 200000000; } >"$B"
	run --separate-stderr "$K" import - <"$B"
	[ "$status" -eq 3 ]
	# A plain file needs no copy.
	[[ $stderr != *"too little room"* ]]
	run --separate-stderr bash -c 'cat "$1" | "$2" import -' - "$B" "$K"
	[ "$status" -eq 3 ]
	[[ $stderr == *"too little room in '$TMPDIR'"*"set TMPDIR"* ]]
	[ -z "$(ls -A "$TMPDIR")" ]
	[ "$(df --output=used -m "$TMPDIR" | tail -n 1)" -lt 70 ]
}

@test "an interrupt leaves no temporary file" {
	local pid
	mkfifo "$BATS_TEST_TMPDIR/pipe"
	"$K" import - <"$BATS_TEST_TMPDIR/pipe" 2>/dev/null &
	pid=$!
	exec 9>"$BATS_TEST_TMPDIR/pipe"
	{ dat_head; zeros 30000000; } >&9
	# It has made its copy by now, and waits for more.
	find "/proc/$pid/fd" -lname "$TMPDIR/*" | grep -q .
	kill -KILL "$pid"
	exec 9>&-
	wait "$pid" 2>/dev/null || :
	[ -z "$(ls -A "$TMPDIR")" ]
}

@test "a trace.dat with an endless hole raises no limit" {
	dat_head >"$B"
	truncate -s 1T "$B"
	run --separate-stderr timeout 30 "$K" import "$B"
	[ "$status" -eq 3 ]
	[[ $stderr == *"damaged"* ]]
}
