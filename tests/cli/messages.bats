#!/usr/bin/env bats
# Messages of failed allocations, in fixtures compiled here: what must be found
# is written beside each function (tests/messages/fixtures/*.c).

setup() {
	load common
	common_setup
	F=$ROOT/tests/messages/fixtures
}

# build RELEASE COMPILER...: a tree of the fixtures, compiled so.
build() {
	local release=$1
	shift
	rm -rf "$T" "$KMEMDB"
	mkdir -p "$T/drivers" "$T/mm" "$T/include/config"
	local part
	for part in messages callees; do
		"$@" -ffreestanding -fno-stack-protector -fno-pic -w \
			-fno-asynchronous-unwind-tables -c "$F/$part.c" -o "$T/drivers/$part.o"
	done
	"$@" -ffreestanding -fno-pic -w -c "$F/debug.c" -o "$T/mm/debug.o"
	(
		cd "$T" || exit 1
		ar rcTP vmlinux.a drivers/messages.o drivers/callees.o mm/debug.o
		printf '# Linux/x86 %s Kernel Configuration\nCONFIG_MODULES=y\n' "$release" >.config
		echo "$release" >include/config/kernel.release
		find . -type f -exec touch -d '1 hour ago' {} +
	)
	"$K" audit "$T" >"$BATS_TEST_TMPDIR/said" 2>&1 || [ $? -eq 1 ]
}

# What was found, as the fixtures say it.
found() {
	"$K" query oom-printk --image all --format csv 2>/dev/null | python3 -c '
import csv, sys
for row in csv.DictReader(sys.stdin):
    print(row["function"], row["verdict"], row["message"])' | LC_ALL=C sort
}
wanted() { sed -n 's/.*expect: \(.*\) \*\/$/\1/p' "$F"/*.c | LC_ALL=C sort; }

# agree: "found" has each line of "wanted", where a|b is either, and no other.
agree() {
	found >"$BATS_TEST_TMPDIR/found"
	wanted >"$BATS_TEST_TMPDIR/wanted"
	python3 - "$BATS_TEST_TMPDIR/wanted" "$BATS_TEST_TMPDIR/found" <<-'END'
	import sys
	def read(path):
	    return {tuple(l.rstrip("\n").split(" ", 2)[::2]): l.split(" ")[1]
	            for l in open(path)}
	wanted, found = read(sys.argv[1]), read(sys.argv[2])
	bad = 0
	for key in sorted(wanted.keys() | found.keys()):
	    want, got = wanted.get(key, "none"), found.get(key, "none")
	    if got not in want.split("|"):
	        print(*key, "is", got, "not", want)
	        bad = 1
	sys.exit(bad)
	END
}

# each COMPILER...: at every level.  Not found without optimisation, which no
# kernel goes without: arrays whose elements' addresses are computed anew.
each() {
	local level bad=0
	command -v "$1" >/dev/null || skip "no $1 here"
	for level in -O0 -Os -O2; do
		build 6.1.0 "$@" "$level"
		agree | sed "s/^/$* $level: /" >"$BATS_TEST_TMPDIR/bad"
		cat "$BATS_TEST_TMPDIR/bad"
		run ! grep -vE -- "-O0: (${known_miss:-}in_array|in_loop) " "$BATS_TEST_TMPDIR/bad"
		[ "$status" -ne 0 ] || bad=1
	done
	[ "$bad" -eq 0 ]
}

@test "fixtures: gcc, x86-64" { each gcc -m64 -mcmodel=kernel -mno-red-zone; }
@test "fixtures: clang, x86-64" { each clang --target=x86_64-linux-gnu -mcmodel=kernel -mno-red-zone; }
@test "fixtures: gcc, i386" { each gcc -m32 -mregparm=3; }
@test "fixtures: clang, i386" { each clang --target=i386-linux-gnu -mregparm=3; }
@test "fixtures: gcc, ARM" { each arm-linux-gnueabihf-gcc -marm; }
@test "fixtures: gcc, Thumb" { each arm-linux-gnueabihf-gcc -mthumb; }
@test "fixtures: clang, ARM" { each clang --target=arm-linux-gnueabihf -marm; }
@test "fixtures: clang, Thumb" { each clang --target=arm-linux-gnueabihf -mthumb; }
# Not found there: without optimisation the error pointer goes through memory
# before it is tested.
@test "fixtures: clang, AArch64, but for one message at -O0" {
	known_miss='error_pointer|' each clang --target=aarch64-linux-gnu
}
@test "fixtures: functions and data in sections of their own" {
	each gcc -m64 -ffunction-sections -fdata-sections
}

@test "what dev_err_probe swallows is silent from 6.12 on" {
	build 6.12.0 gcc -m64 -Os
	found | grep -x 'probe silent probe: no memory\\n'
}

@test "a function that the user adds allocates from the next audit on" {
	build 6.1.0 gcc -m64 -Os
	[ "$(found | grep -c '^unrelated ')" -eq 0 ]
	sqlite3 "$KMEMDB" "INSERT INTO message_function_added (name, role, failure) VALUES ('other', 'constructor', 'number')"
	"$K" audit "$T" 2>/dev/null
	found | grep -x 'unrelated constructor unrelated: no memory on the device\\n'
}

@test "texts in a section that says it is code are read as code" {
	build 6.1.0 gcc -m64 -Os
	gcc -c -o "$T/drivers/callees.o" -x assembler - <<-'END'
	.section .rodata.str1.1,"axMS",@progbits,1
	.string "\0013text"
	END
	"$K" audit "$T" 2>/dev/null || [ $? -eq 1 ]
	[ "$(found | wc -l)" -gt 20 ]
}

@test "--no-messages leaves them out, and the next audit finds them" {
	build 6.1.0 gcc -m64 -Os
	local all
	all=$(found | wc -l)
	[ "$all" -gt 20 ]
	"$K" audit "$T" --no-messages 2>/dev/null
	[ "$(found | wc -l)" -eq 0 ]
	"$K" query oom-printk 2>&1 | grep 'the code of this build was not read'
	"$K" audit "$T" 2>/dev/null
	[ "$(found | wc -l)" -eq "$all" ]
}

@test "an object that did not change is not decoded again, and says the same" {
	build 6.1.0 gcc -m64 -Os
	found >"$BATS_TEST_TMPDIR/before"
	# Its stamp is another one, and then its path: the code is the same.
	touch -d '2 hours ago' "$T/drivers/messages.o"
	"$K" audit "$T" 2>/dev/null
	found | diff "$BATS_TEST_TMPDIR/before" -
	sql() { sqlite3 "$KMEMDB" "$@"; }
	[ "$(sql 'SELECT count(*) FROM message_set')" -eq 3 ]
	[ "$(sql 'SELECT count(*) FROM message_cache')" -eq 3 ]
}

@test "a string that another function needs is not counted" {
	build 6.1.0 gcc -m64 -Os
	local row
	row=$("$K" query oom-printk --image all --format json | python3 -c '
import json, sys
for row in json.load(sys.stdin):
    if row["function"] == "shared_text":
        print(row["string"], row["others"], row["bytes"] == row["code"])')
	[ "$row" = "0 1 True" ]
}

@test "printk adds up to the sections of strings" {
	build 6.1.0 gcc -m64 -Os
	local strings
	strings=$(size -A "$T"/drivers/*.o "$T/mm/debug.o" |
		awk '$1 ~ /^\.rodata\.str/ { s += $2 } END { print s }')
	[ "$("$K" query printk --image all --format json | python3 -c '
import json, sys
print(sum(r["bytes"] for r in json.load(sys.stdin) if r["class"] == "strings"))')" -eq "$strings" ]
}

@test "threads do not change what is found" {
	local n
	build 6.1.0 gcc -m64 -mcmodel=kernel -mno-red-zone -O2
	found >"$BATS_TEST_TMPDIR/first"
	[ -s "$BATS_TEST_TMPDIR/first" ]
	for ((n = 0; n < 60; n++)); do
		rm "$KMEMDB"
		"$K" audit -q -j 8 "$T" 2>/dev/null || [ $? -eq 1 ]
		found | cmp - "$BATS_TEST_TMPDIR/first"
	done
}

@test "a build differs in no message from itself, and in all from one without" {
	build 6.1.0 gcc -m64 -Os
	local of_itself all
	of_itself=$("$K" diff 1 1 --by message --format tsv 2>/dev/null | tail -n +2)
	[ -z "$of_itself" ]
	all=$(found | wc -l)
	rm "$T/drivers/messages.o" "$T/drivers/callees.o"
	(cd "$T" && rm vmlinux.a && ar rcTP vmlinux.a mm/debug.o)
	"$K" audit "$T" --label without 2>/dev/null || [ $? -eq 1 ]
	[ "$("$K" diff 1 without --by message --format tsv 2>/dev/null | grep -c '	removed	')" -eq "$all" ]
	[ "$("$K" diff without 1 --by message --format tsv 2>/dev/null | grep -c '	added	')" -eq "$all" ]
}

@test "the name of a function that a message alone prints goes with it" {
	build 6.1.0 gcc -m64 -Os
	"$K" query oom-printk --image all --format csv 2>/dev/null | python3 -c '
import csv, sys
rows = {r["function"]: r for r in csv.DictReader(sys.stdin)}
name, plain = (int(rows[f]["name"]) for f in ("with_function", "plain"))
of = rows["with_function"]
# 14 bytes, and what the compiler leaves free after them.
assert 14 <= name < 14 + 32 and plain == 0, (name, plain)
assert int(of["bytes"]) == sum(int(of[c]) for c in ("string", "code", "index", "name")), of'
}
