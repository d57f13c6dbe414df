#!/usr/bin/env bats
# Import and its reports on logs written here, line by line as each kernel
# era prints them: the same story must give the same numbers.

load common

setup() {
	common_setup
	L=$BATS_TEST_TMPDIR/log
}

teardown() {
	if [ -n "${MOUNTED:-}" ]; then umount "$MOUNTED"; fi
}

sql() {
	sqlite3 -separator '	' "$KMEMDB" "$@"
}

# The story, told by a printer p EVENT CPU TIME SITE PTR [REQ ALLOC GFP]:
# 35 bytes wasted as on the project's first slide, a freed one, a cache
# object, a free of NULL, a free of something unseen, a pointer used again.
story() {
	p kmalloc 0 1.000001 wasteful+0x10 a100 29 64 GFP_KERNEL
	p kmalloc 1 1.000002 tidy+0x20 a200 100 128 GFP_KERNEL
	p kfree 1 1.000003 tidy+0x60 a200
	p kmem_cache_alloc 0 1.000004 keeper+0x30 a300 192 192 GFP_KERNEL
	p kfree 0 1.000005 tidy+0x60 0000
	p kfree 0 1.000006 tidy+0x60 a900
	p kmalloc 0 1.000007 tidy+0x20 a400 60 64 GFP_KERNEL
	p kmalloc 0 1.000008 tidy+0x20 a400 10 16 GFP_KERNEL
	p kmem_cache_free 0 1.000009 keeper+0x50 a300
}

# caller kind allocs frees implicit live total_bytes live_bytes waste null unmatched
expected() {
	printf '%s\n' \
		'keeper+0x30	cache	1	1	0	0	192	0	0	0	0' \
		'tidy+0x20	malloc	3	1	1	1	208	16	6	0	0' \
		'tidy+0x60	malloc	0	0	0	0	0	0	0	1	1' \
		'wasteful+0x10	malloc	1	0	0	1	64	64	35	0	0'
}

told() {
	sql "SELECT caller, kind, allocs, frees, implicit, live, total_bytes,
		    live_bytes, waste_bytes, null_free, unmatched_free
	       FROM site_sums WHERE kind IN ('malloc', 'cache')
		AND allocs + null_free + unmatched_free > 0
	      ORDER BY caller, kind"
}

# kind of argument: bytes of an allocation, or nothing of a free
body() { # EVENT SITE PTR [REQ ALLOC GFP] with NAME and TAIL from the era
	local site=$2 ptr=$3
	if [ $# -gt 3 ]; then
		printf 'call_site=%s ptr=%s %sbytes_req=%s bytes_alloc=%s gfp_flags=%s%s' \
			"$site" "$ptr" "${NAME:-}" "$4" "$5" "$6" "${TAIL:-}"
	elif [ "$1" = kmem_cache_free ]; then
		printf 'call_site=%s ptr=%s%s' "$site" "$ptr" "${FREE_NAME:-}"
	else
		printf 'call_site=%s ptr=%s' "$site" "$ptr"
	fi
}

check_story() {
	run --separate-stderr "$K" import "$@" "$L"
	echo "$stderr"
	[ "$status" -eq "${STATUS:-0}" ]
	diff <(told) <(expected)
}

@test "6.1 text" {
	TAIL=' node=-1 accounted=false' FREE_NAME=' name=cred_jar'
	p() {
		local n=$5
		[ "$5" = 0000 ] && n=0000000000000000 || n=ffff88800000$5
		printf '            bash-1234    [%03d] d..1.     %s: %s: %s\n' "$2" "$3" "$1" \
			"$(body "$1" "$4/0x80" "$n" "${@:6}")"
	}
	story >"$L"
	check_story
	# The one cache that a free named.
	[ "$(sql "SELECT cache || cache_inferred FROM site_sums WHERE caller = 'keeper+0x30'")" = cred_jar1 ]
	# The whole pipeline, as users see it.
	[ "$("$K" query waste --format tsv 2>/dev/null | sed -n '2p' | cut -f 1,3-9)" = \
		'wasteful+0x10	malloc	1	0	1	64	64	35' ]
}

@test "6.18 text: the cache's name is before the sizes" {
	NAME='name=cred_jar ' TAIL=' node=-1 accounted=false' FREE_NAME=' name=cred_jar'
	p() {
		local n
		[ "$5" = 0000 ] && n=0000000000000000 || n=ffff88800000$5
		[ "$1" = kmem_cache_alloc ] || local NAME=''
		printf '            bash-1234    [%03d] d..1.     %s: %s: %s\n' "$2" "$3" "$1" \
			"$(body "$1" "$4/0x80" "$n" "${@:6}")"
	}
	story >"$L"
	check_story
	[ "$(sql "SELECT cache || cache_inferred FROM site_sums WHERE caller = 'keeper+0x30'")" = cred_jar0 ]
}

@test "6.1 text with hash-ptr off: flags and names are empty" {
	TAIL=' node=-1 accounted=false' FREE_NAME=' name='
	p() {
		local n=$5
		[ "$5" = 0000 ] && n=0000000000000000 || n=ffff88800000$5
		printf '            bash-1234    [%03d] d..1.     %s: %s: %s\n' "$2" "$3" "$1" \
			"$(body "$1" "$4/0x80" "$n" ${6:+"$6" "$7" ''})"
	}
	story >"$L"
	check_story
	[ "$(sql 'SELECT unreadable FROM traces')" -eq 0 ]
}

@test "5.10 text with tgid" {
	p() {
		local n
		[ "$5" = 0000 ] && n=0000000000000000 || n=ffff88800000$5
		printf '            bash-1234    (   1234) [%03d] d..1     %s: %s: %s\n' "$2" "$3" "$1" \
			"$(body "$1" "$4/0x80" "$n" "${@:6}")"
	}
	story >"$L"
	check_story
}

@test "2.6.39 text: raw addresses, (null) padded, no irq column" {
	local -A at=([wasteful+0x10]=ffffffff81000010 [tidy+0x20]=ffffffff81000120
		[tidy+0x60]=ffffffff81000160 [keeper+0x30]=ffffffff81000230
		[keeper+0x50]=ffffffff81000250)
	p() {
		local n
		[ "$5" = 0000 ] && n='          (null)' || n=ffff88000000$5
		printf '            bash-1234  [%03d]     %s: %s: %s\n' "$2" "$3" "$1" \
			"$(body "$1" "${at[$4]}" "$n" "${@:6}")"
	}
	story >"$L"
	expected() {
		printf '%s\n' \
			'0xffffffff81000010	malloc	1	0	0	1	64	64	35	0	0' \
			'0xffffffff81000120	malloc	3	1	1	1	208	16	6	0	0' \
			'0xffffffff81000160	malloc	0	0	0	0	0	0	0	1	1' \
			'0xffffffff81000230	cache	1	1	0	0	192	0	0	0	0'
	}
	check_story
}

@test "raw addresses and kallsyms, without a tree: by function name" {
	printf '%s\n' 'ffffffff81000000 T wasteful' 'ffffffff81000100 t tidy' \
		'ffffffff81000200 T keeper' 'ffffffff81000300 T after' \
		'ffffffff81000240 D not_code' >"$BATS_TEST_TMPDIR/kallsyms"
	local -A at=([wasteful+0x10]=ffffffff81000010 [tidy+0x20]=ffffffff81000120
		[tidy+0x60]=ffffffff81000160 [keeper+0x30]=ffffffff81000230
		[keeper+0x50]=ffffffff81000250)
	p() {
		local n
		[ "$5" = 0000 ] && n='          (null)' || n=ffff88000000$5
		printf '            bash-1234  [%03d]     %s: %s: %s\n' "$2" "$3" "$1" \
			"$(body "$1" "${at[$4]}" "$n" "${@:6}")"
	}
	story >"$L"
	check_story --kallsyms "$BATS_TEST_TMPDIR/kallsyms"
}

@test "32 bits" {
	p() {
		local n
		[ "$5" = 0000 ] && n=00000000 || n=c000$5
		printf '            bash-1234    [%03d] d..1     %s: %s: %s\n' "$2" "$3" "$1" \
			"$(body "$1" "$4/0x80" "$n" "${@:6}")"
	}
	story >"$L"
	check_story
	[ "$(sql 'SELECT pointer_bits FROM traces')" -eq 32 ]
}

@test "a serial console: printk times, CR, other lines between, a cut end" {
	p() {
		local n
		[ "$5" = 0000 ] && n=0000000000000000 || n=ffff88800000$5
		printf '[   12.345678] [    T1]     bash-1234    0d..1. %sus : %s: %s\r\n' \
			"${3#1.}" "$1" "$(body "$1" "$4/0x80" "$n" "${@:6}")"
		printf '[   12.345679] random: crng init done\r\n'
	}
	story >"$L"
	printf '[   12.4] bash-1234    0d..1. 99us : kmalloc: call_site=cut+0x' >>"$L"
	STATUS=1 check_story
}

@test "trace-cmd report" {
	p() {
		local n
		[ "$5" = 0000 ] && n='(nil)' || n=0xffff88800000$5
		printf '            bash-1234  [%03d] %12s: %-20s %s\n' "$2" "$3" "$1:" \
			"($4) $(body "$1" "$4" "$n" "${@:6}")"
	}
	story >"$L"
	check_story
}

@test "perf script" {
	p() {
		local n
		[ "$5" = 0000 ] && n='(nil)' || n=0xffff88800000$5
		printf '            bash  1234 [%03d] %12s: %24s: %s\n' "$2" "$3" "kmem:$1" \
			"$(body "$1" "$4" "$n" "${@:6}")"
	}
	story >"$L"
	check_story
}

@test "numbers that others published" {
	# Rostedt's d1a291437f75: 979 objects of 56 and 2,301 of 48 bytes in
	# slots of 64. What caches of their own save is the waste, less the
	# free slots of those (1,005 and 2,310 slots): 42,760 bytes.
	awk 'function put(site, n, req,   i) {
		for (i = 0; i < n; i++)
			printf "  sh-1 [000] d..1. 1.%06d: kmalloc: call_site=%s ptr=ffff8880%08x bytes_req=%d bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1 accounted=false\n", ++at, site, at * 64, req
	}
	BEGIN { put("field+0x10/0x80", 979, 56); put("file+0x10/0x80", 2301, 48) }' >"$L"
	"$K" import -q "$L"
	[ "$(sql "SELECT group_concat(live || ' ' || waste_bytes, ', ') FROM (SELECT * FROM site_sums WHERE kind = 'malloc' ORDER BY live)")" = \
		'979 7832, 2301 36816' ]
	[ $((7832 - (1005 - 979) * 56 + 36816 - (2310 - 2301) * 48)) -eq 42760 ]
	# eLinux's slab_account: 1,256,052 given, 1,077,112 asked for.
	rm -f "$KMEMDB"
	{
		printf '  sh-1 [000] d..1. 1.000001: kmalloc: call_site=a+0x1/0x2 ptr=ffff888000000040 bytes_req=1077000 bytes_alloc=1255000 gfp_flags=G node=-1 accounted=false\n'
		printf '  sh-1 [000] d..1. 1.000002: kmalloc: call_site=b+0x1/0x2 ptr=ffff888000000080 bytes_req=112 bytes_alloc=1052 gfp_flags=G node=-1 accounted=false\n'
	} | "$K" import -q -
	"$K" query accounting --format account 2>/dev/null >"$BATS_TEST_TMPDIR/account"
	grep -qx 'current bytes allocated:    1256052' "$BATS_TEST_TMPDIR/account"
	grep -qx 'current bytes requested:    1077112' "$BATS_TEST_TMPDIR/account"
	grep -qx 'current wasted bytes:        178940' "$BATS_TEST_TMPDIR/account"
	grep -qx ' 1255000   178000  1255000     1/0     a+0x1' "$BATS_TEST_TMPDIR/account"
}

@test "from standard input, and compressed" {
	p() {
		local n
		[ "$5" = 0000 ] && n=0000000000000000 || n=ffff88800000$5
		printf '            bash-1234    [%03d] d..1.     %s: %s: %s\n' "$2" "$3" "$1" \
			"$(body "$1" "$4/0x80" "$n" "${@:6}")"
	}
	story >"$L"
	for tool in cat gzip xz zstd lz4; do
		command -v "$tool" >/dev/null || continue
		rm -f "$KMEMDB"
		"$tool" <"$L" | "$K" import -q -
		diff <(told) <(expected)
	done
}

# refused WORDS: import of $L fails with these words, and stores nothing.
refused() {
	run --separate-stderr "$K" import "$L"
	echo "$stderr"
	[ "$status" -eq 3 ]
	[[ $stderr == *"$1"* ]]
	[ ! -e "$KMEMDB" ] || [ "$(sql 'SELECT count(*) FROM traces')" -eq 0 ]
}

@test "what is no trace is refused with the word that helps" {
	printf '13970 1 2669749444540 type: 658\n13970 1 2669749444541 type: 658\n' >"$L"
	refused "'$L' was printed with the trace option raw"
	refused 'echo noraw >trace_options'
	python3 -c 'import random, sys; sys.stdout.buffer.write(random.Random(1).randbytes(4096))' >"$L"
	refused "'$L' is not a trace"
	: >"$L"
	refused "'$L' is empty"
	rm "$L"
	refused "cannot open '$L': No such file or directory"
}

@test "usage" {
	printf '  bash-1 [000] d..1. 1.000001: kmalloc: call_site=a+0x1/0x9 ptr=ffff888000000040 bytes_req=10 bytes_alloc=16 gfp_flags=GFP_KERNEL\n' >"$L"
	run --separate-stderr "$K" import
	[ "$status" -eq 2 ]
	[[ $stderr == *LOG* ]]
	run --separate-stderr "$K" import --format weird "$L"
	[ "$status" -eq 2 ]
	[[ $stderr == *"'weird'"* ]]
	run --separate-stderr "$K" import --page-size 3000 "$L"
	[ "$status" -eq 2 ]
	[[ $stderr == *"power of two"*3000* ]]
	# The log is good: only the build is wrong, and nothing is stored.
	run --separate-stderr "$K" import --build nothing "$L"
	[ "$status" -eq 2 ]
	[[ $stderr == *"no build has"*"'nothing'"* ]]
	[ "$(sql 'SELECT count(*) FROM traces')" -eq 0 ]
	"$K" import -q "$L"
	[ "$(sql 'SELECT count(*) FROM traces')" -eq 1 ]
	run "$K" import --help
	[ "$status" -eq 0 ]
	[[ $output == *"--kallsyms"* ]]
}

# A tree whose vmlinux has functions of 64 bytes, each with a call that returns
# to +0x10: NAME… as the object has them.
tree_of() {
	local name
	mkdir -p "$T/fs" "$T/include/config"
	{
		printf '.text\n.globl _text,_stext,_etext\n_text:\n_stext:\n'
		for name; do
			printf '.type "%s",@function\n"%s":\n.fill 11,1,0x90\ncall .+5\n.fill 48,1,0x90\n.size "%s",64\n' \
				"$name" "$name" "$name"
		done
		printf '_etext:\n.data\n.quad 0\n'
	} | as -o "$T/fs/a.o" -
	(
		cd "$T" || exit 1
		ar rcsTP vmlinux.a fs/a.o
		ld -e 0 -Ttext=0xffffffff81000000 -o vmlinux --whole-archive vmlinux.a
		printf '# Linux/x86 6.1.0 Kernel Configuration\n' >.config
		echo 6.1.0-lto >include/config/kernel.release
		find . -type f -exec touch -d '1 hour ago' {} +
	)
	"$K" audit -q "$T"
}

# call_sites SITE…: a log of one allocation each.
call_sites() {
	local n=0 site
	for site; do
		n=$((n + 1))
		printf '  bash-1 [000] d..1. 1.0000%02d: kmalloc: call_site=%s ptr=ffff8880000%02d000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1 accounted=false\n' \
			$n "$site" $n
	done
}

@test "names that LTO made longer, printed short" {
	tree_of create.llvm.10133695243223489424 \
		'foo$707af9a22804d33c81801f27dcfe489b' \
		bar.707af9a22804d33c81801f27dcfe489b.cfi plain
	call_sites create+0x10/0x40 foo+0x10/0x40 bar+0x10/0x40 plain+0x10/0x40 >"$L"
	run --separate-stderr "$K" import "$L"
	echo "$stderr"
	[ "$status" -eq 0 ]
	[[ $stderr == *"4 of 4 call sites have an object"* ]]
	[ "$(sql "SELECT DISTINCT path FROM sites WHERE site > 0")" = fs/a.o ]
	# As it was printed, and as it is called.
	[ "$(sql "SELECT caller, function FROM sites WHERE site = 1")" = \
		'create+0x10	create.llvm.10133695243223489424' ]
}

@test "a trace that the build does not confirm: said, and exit 1" {
	tree_of alpha beta
	call_sites alpha+0x10/0x40 beta+0x10/0x40 >"$L"
	run --separate-stderr "$K" import "$L"
	[ "$status" -eq 0 ]
	[[ $stderr == *"2 of 2 verified against the build"* ]]
	[[ $stderr != *"another kernel"* ]]
	# Another size is another function, and is not taken for this one.
	call_sites alpha+0x10/0x4f0 beta+0x10/0x40 >"$L"
	run --separate-stderr "$K" import "$L"
	[ "$status" -eq 1 ]
	[[ $stderr == *"1 of 2 call sites have an object, 1 are ambiguous"* ]]
	[[ $stderr == *"of another kernel"* ]]
	[ "$(sql "SELECT state, coalesce(path, '-') FROM sites WHERE trace = 2 AND caller = 'alpha+0x10'")" = 'ambiguous	-' ]
	[ "$(sql "SELECT count(*) FROM site_candidates WHERE trace = 2")" -eq 1 ]
}

@test "hidden pointers: unknown, and the message says what to do" {
	printf '  bash-1 [000] d..1. 1.000001: kmalloc: call_site=a+0x1/0x9 ptr=(____ptrval____) bytes_req=10 bytes_alloc=16 gfp_flags=GFP_KERNEL\n' >"$L"
	printf '  bash-1 [000] d..1. 1.000002: kfree: call_site=a+0x5/0x9 ptr=(____ptrval____)\n' >>"$L"
	run --separate-stderr "$K" import "$L"
	[ "$status" -eq 0 ]
	[[ $stderr == *"no_hash_pointers"* ]]
	[ "$(sql "SELECT unknown, live, unknown_bytes FROM site_sums WHERE caller = 'a+0x1'")" = '1	0	16' ]
}

@test "killed at any moment, the database is as before" {
	local i whole=0 killed=0 status
	log 60000 "$L"
	head -n 100 "$L" >"$L.first"
	"$K" import -q "$L.first"
	told >"$BATS_TEST_TMPDIR/before"
	cp "$KMEMDB" "$BATS_TEST_TMPDIR/before.db"
	microseconds "$K" import -q "$L"
	[ "$(sql 'SELECT count(*) FROM traces')" -eq 2 ]
	seed_moments
	for i in $(seq 1 50); do
		rm -f "$KMEMDB"-journal
		cp "$BATS_TEST_TMPDIR/before.db" "$KMEMDB"
		"$K" import -q "$L" 2>/dev/null &
		status=0
		kill_within "$US" $! || status=$?
		[ "$(sql 'PRAGMA integrity_check')" = ok ]
		if [ "$(sql 'SELECT count(*) FROM traces')" -eq 2 ]; then
			# It was done, whether or not it had ended.
			[ "$(sql 'SELECT events FROM traces WHERE trace = 2')" -eq 60000 ]
		else
			[ "$status" -eq 137 ]
			diff "$BATS_TEST_TMPDIR/before" <(told)
		fi
		case $status in
		0) whole=$((whole + 1)) ;;
		137) killed=$((killed + 1)) ;;
		*) false ;;
		esac
	done
	echo "$killed killed, $whole had ended before"
	[ "$killed" -ge 10 ]
	[ $((killed + whole)) -eq 50 ]
}

@test "a full disk: a clear word, and nothing is lost" {
	[ "$(id -u)" -eq 0 ] || skip "needs root to mount a small tmpfs"
	local d=$BATS_TEST_TMPDIR/full
	mkdir "$d"
	mount -t tmpfs -o size=2m tmpfs "$d" 2>/dev/null || skip "no tmpfs can be mounted here"
	MOUNTED=$d
	log 200000 "$L"
	head -n 100 "$L" >"$L.first"
	KMEMDB=$d/k.db
	"$K" import -q "$L.first"
	told >"$BATS_TEST_TMPDIR/before"
	run --separate-stderr "$K" import -q "$L"
	echo "$stderr"
	local code=$status
	told >"$BATS_TEST_TMPDIR/after"
	local whole
	whole=$(sql 'PRAGMA integrity_check')
	[ "$code" -eq 3 ]
	[[ $stderr == *"no room left"* ]]
	[ "$whole" = ok ]
	diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}
