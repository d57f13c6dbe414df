#!/bin/bash
# Fuzz everything that strangers write, under ASan and UBSan.
#
#   scripts/fuzz.sh [--short | SECONDS]    default: 600 seconds each
#
# --short runs each harness for a few seconds over its seeds: part of make
# check.  Prints TAP; a finding is kept in build/fuzz/NAME-crash-*.
set -u
cd "$(dirname "$0")/.." || exit 3
seconds=600
case ${1:-} in
--short) seconds=4 ;;
'') ;;
*) seconds=$1 ;;
esac
O=build/fuzz
mkdir -p "$O"
flags="-g -O1 -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Iauditor -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all"

# What each harness is linked with.
sources() {
	case $1 in
	fuzz_archive | fuzz_cmd)
		# All of the room but what needs libgit2.
		find auditor/kbuild -name '*.c' ! -name '*_info.c'
		echo auditor/support/{arena,err,grow,strmap,beneath}.c
		;;
	fuzz_elf) echo auditor/elf/*.c auditor/support/{arena,err,grow}.c ;;
	fuzz_trace_text)
		echo auditor/trace/*.c auditor/support/{arena,err,grow,strmap,u64map,beneath}.c
		;;
	esac
}

harnesses=(tests/fuzz/fuzz_*.c)
echo "1..${#harnesses[@]}"
n=0 bad=0
for h in "${harnesses[@]}"; do
	name=$(basename "$h" .c)
	n=$((n + 1))
	mkdir -p "$O/$name.corpus"
	# shellcheck disable=SC2046,SC2086 # lists of words
	if ! clang $flags $(pkg-config --cflags libtraceevent libtracecmd) -o "$O/$name" "$h" $(sources "$name") \
		-lelf -lxxhash -larchive -ltracecmd -ltracefs -ltraceevent -pthread >"$O/$name.log" 2>&1; then
		echo "not ok $n $name does not build"
		head -n 5 "$O/$name.log"
		bad=1
		continue
	fi
	seeds=
	if [ -d "tests/fuzz/seeds/$name" ]; then seeds=tests/fuzz/seeds/$name; fi
	if [ "$name" = fuzz_elf ]; then
		find "$PWD/build" -name '*.o' -size -64k 2>/dev/null | head -n 40 | while read -r o; do
			cp "$o" "$O/$name.corpus/$(echo "$o" | cksum | cut -d ' ' -f 1)"
		done
	fi
	# shellcheck disable=SC2086
	if "$O/$name" -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=4096 \
		-artifact_prefix="$O/$name-" "$O/$name.corpus" $seeds >"$O/$name.log" 2>&1; then
		echo "ok $n $name: $(grep -oE 'Done [0-9]+ runs in [0-9]+ second' "$O/$name.log" | tail -n 1)"
	else
		echo "not ok $n $name"
		tail -n 30 "$O/$name.log"
		bad=1
	fi
done
exit $bad
