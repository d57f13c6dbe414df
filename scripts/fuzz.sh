#!/bin/bash
# Fuzz everything that strangers write, under ASan and UBSan.
#
#   scripts/fuzz.sh [--short | SECONDS [NAME...]]    default: 600 seconds each
#
# --short runs each harness over its seeds and for a second more, and a few
# damaged files through the libraries that have processes of their own: part
# of make check.  NAME is one of tests/fuzz/fuzz_NAME.c.  Prints TAP; what was
# found is kept in build/fuzz.
set -u
cd "$(dirname "$0")/.." || exit 3
seconds=600 short=
case ${1:-} in
--short) seconds=1 short=yes ;;
'') ;;
*) seconds=$1 ;;
esac
[ $# -eq 0 ] || shift
all=yes
[ $# -eq 0 ] || all=
names=${*:-$(printf '%s\n' tests/fuzz/fuzz_*.c | sed 's/.*fuzz_//; s/\.c$//')}
BUILD=${BUILD:-build}
export O=$BUILD/fuzz seconds short
pkgs=(libelf libdw sqlite3 libxxhash smartcols libarchive libtraceevent libtracecmd cmocka)
san="-fsanitize=address,undefined -fno-sanitize-recover=all"
export san
cflags="-std=c11 -O1 -g -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Iauditor -Itests/unit -I$O/gen $(pkg-config --cflags "${pkgs[@]}")"
libs=$(pkg-config --libs "${pkgs[@]}")
export cflags libs

# Everything but the commands' main, instrumented; what has not changed is
# not made again.  __SANITIZE_ADDRESS__ is what gcc says of itself.
library() {
	env -u MAKEFLAGS -u MFLAGS make --no-print-directory -s -j2 O="$O" CC=clang \
		CFLAGS="-O1 -g -fsanitize=fuzzer-no-link $san -D__SANITIZE_ADDRESS__" \
		"$O/libkmemdb.a" "$O/kmemdb-modules.a"
}

# link PROGRAM SOURCE FLAGS: unless it is newer than all it is made of.
link() {
	local newer
	newer=$(find "$2" "$O/libkmemdb.a" tests/fuzz tests/unit -name '*.[cha]' \
		! -name 'fuzz_*.c' ! -name 'test_*.c' -newer "$1" 2>&1 | head -n 1)
	if [ "$1" -nt "$2" ] && [ -z "$newer" ]; then return; fi
	# shellcheck disable=SC2086 # lists of words
	clang $cflags $san $3 -o "$1" "$2" "$O/kmemdb-modules.a" -rdynamic \
		-Wl,-u,kmemdb_module_archive "$O/libkmemdb.a" $libs -lcapstone -lm
}
export -f link

# Runs one harness; its line of TAP, without the number, goes to .tap.
# shellcheck disable=SC2317 # xargs calls it
harness() {
	local p=$O/fuzz_$1 corpus=$O/fuzz_$1.corpus log=$O/fuzz_$1.log
	# What a short run finds is not kept: the next would take longer.
	if [ "$short" ]; then
		corpus=$O/fuzz_$1.short
		rm -rf "$corpus"
	fi
	mkdir -p "$corpus" "$O/seeds/fuzz_$1"
	if ! link "$p" "tests/fuzz/fuzz_$1.c" -fsanitize=fuzzer >"$log" 2>&1; then
		echo "not ok - $1 does not build" >"$p.tap"
		head -n 5 "$log" >>"$p.tap"
	elif "$p" -max_total_time="$seconds" -max_len=65536 -timeout=20 \
		-rss_limit_mb=4096 -print_final_stats=1 \
		-artifact_prefix="$p-" "$corpus" "$O/seeds/fuzz_$1" >"$log" 2>&1; then
		printf 'ok - %s: %s, %s edges\n' "$1" \
			"$(sed -n 's/^Done \(.*\) second(s)$/\1 s/p' "$log")" \
			"$(grep -oE 'cov: [0-9]+' "$log" | tail -n 1 | cut -c 6-)" >"$p.tap"
	else
		echo "not ok - $1" >"$p.tap"
		tail -n 30 "$log" >>"$p.tap"
	fi
}
export -f harness

# Objects of this build, and of a real kernel where one was built.
elf_seeds() {
	local to=$O/seeds/fuzz_elf also=$O/seeds/fuzz_decode_object o
	mkdir -p "$to" "$also"
	{
		find "$BUILD/auditor" -name '*.o' -size -24k 2>/dev/null | sort | head -n 20
		find "${KMEMDB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kmemdb}" -name '*.o' \
			-size -12k 2>/dev/null | sort | awk 'NR % 200 == 0' | head -n 30
	} | while read -r o; do
		cp "$o" "$to/$(echo "$o" | cksum | cut -d ' ' -f 1)"
		cp "$o" "$also/$(echo "$o" | cksum | cut -d ' ' -f 1)"
	done
}

# Three traces of one boot's first events: version 7, uncompressed, 6.
dat_seeds() {
	local boot
	boot=$(find "${KMEMDB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kmemdb}" -maxdepth 1 \
		-name 'boot-small-*.dat.tar' 2>/dev/null | head -n 1)
	[ "$boot" ] || return 1
	[ -s "$O/6.dat" ] && [ "$O/6.dat" -nt "$boot" ] && return
	tar -xOf "$boot" kmemdb-capture/trace.dat >"$O/boot.dat" &&
		trace-cmd split -i "$O/boot.dat" -o "$O/7.dat" -e 300 &&
		trace-cmd convert -i "$O/7.dat.1" -o "$O/7n.dat" --file-version 7 --compression none &&
		trace-cmd convert -i "$O/7.dat.1" -o "$O/6.dat" --file-version 6
} >/dev/null 2>&1

# mutants NAME COUNT SEED WORDS...
mutants() {
	local log=$O/mutants_$1.log
	if python3 tests/fuzz/mutants.py "$1" "$4" "$2" "$3" "${@:5}" >"$log" 2>&1; then
		echo "ok $n - $2 damaged files, $1"
		cat "$log"
	else
		echo "not ok $n - damaged files, $1 (seed $3)"
		tail -n 30 "$log"
		bad=1
	fi
}

mkdir -p "$O"
# shellcheck disable=SC2086 # a list of words
set -- $names
plan=$#
[ -z "$all" ] || plan=$((plan + 2))
echo "1..$plan"
if ! library >"$O/library.log" 2>&1 || ! python3 tests/fuzz/seeds.py "$O/seeds"; then
	head -n 20 "$O/library.log"
	echo "not ok 1 - the program does not build with clang and its sanitizers"
	exit 1
fi
elf_seeds
printf '%s\n' "$@" | xargs -P 2 -I '{}' bash -c 'harness {}'
n=0 bad=0
for name; do
	n=$((n + 1))
	sed "1s/ok - /ok $n - /" "$O/fuzz_$name.tap"
	grep -q '^ok' "$O/fuzz_$name.tap" || bad=1
done
[ "$all" ] || exit $bad

# Every long run tries others.
count=$((seconds * 10)) seed=$(($(date +%s) % 1000000))
[ -z "$short" ] || count=40 seed=1
n=$((n + 1))
if link "$O/lines_probe" tests/fuzz/lines_probe.c '' >"$O/lines_probe.log" 2>&1; then
	mutants lines "$count" "$seed" "$O/lines_probe"
else
	echo "not ok $n - lines_probe does not build"
	head -n 5 "$O/lines_probe.log"
	bad=1
fi
n=$((n + 1))
if dat_seeds; then
	mutants dat "$((count / 2))" "$seed" "$BUILD/kmemdb" "$O/7.dat.1" "$O/7n.dat" "$O/6.dat"
else
	echo "ok $n - damaged files, dat # SKIP no capture of the small kernel is cached, or trace-cmd is missing"
fi
exit $bad
