#!/usr/bin/env bats
# The commands on a tiny tree, and on everything that is wrong with one.

load common

setup() {
	common_setup
	tiny_tree
}

tsv() { "$K" query "$@" --format tsv | tail -n +2; }

@test "roles, sums and branches of a tiny tree" {
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ "$(tsv footprint | awk -F '\t' '{ o += $2; t += $3; d += $4; b += $5 } END { print o, t, d, b }')" = "4 1500 150 15" ]
	# fs is fs/…, never fsx/.
	[ "$(tsv footprint --branch fs | cut -f 1-6 | sort | tr '\t\n' ' |')" = "fs/ext9 1 400 40 4 444|fs/open.o 1 200 20 2 222|" ]
	[ "$(tsv footprint --branch ./fs/ | wc -l)" -eq 2 ]
	[ "$(tsv modules | cut -f 1-6 | tr '\t' ' ')" = "m 2 80 8 0 88" ]
	[ "$(tsv roles | cut -f 1,2 | sort | tr '\t\n' ' |')" = "derived 1|module 2|unlinked 1|vmlinux 4|" ]
	[ "$(tsv builds | cut -f 4,5 | tr '\t' ' ')" = "6.1.0-tiny x86" ]
}

@test "the same build again replaces, another label or commit adds" {
	"$K" audit -q "$T"
	"$K" audit -q "$T"
	[ "$(tsv builds | wc -l)" -eq 1 ]
	"$K" audit -q --label nightly "$T"
	"$K" audit -q --commit 0123456789abcdef "$T"
	[ "$(tsv builds | wc -l)" -eq 3 ]
	"$K" query footprint --build nightly >/dev/null
	"$K" query footprint --build 01234567 >/dev/null
	"$K" query footprint --build 1 >/dev/null
	run "$K" query footprint --build never
	[ "$status" -eq 2 ]
	# What is equal is stored once.
	[ "$(sqlite3 "$KMEMDB" 'SELECT count(*) FROM footprint')" -le 8 ]
}

@test "a changed object is measured again, the others are not opened" {
	sleep 3 # out of the racy window
	"$K" audit -q "$T"
	run --separate-stderr "$K" audit "$T"
	[[ $stderr == *"nothing changed"* ]]
	obj drivers/m/one.o 31 3 0
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"1 objects opened, 7 unchanged"* ]]
	[ "$(tsv modules | cut -f 3)" -eq 81 ]
	obj fs/open.o 260 20 2
	"$K" audit -q "$T"
	[ "$(tsv objects --branch fs/open.o | cut -f 3)" -eq 260 ]
	[ "$(tsv builds | wc -l)" -eq 1 ]
}

@test "records kept of unchanged objects give what opening them gives, or are not used" {
	opened() {
		run --separate-stderr "$K" audit --label "$1" "$T"
		[ "$status" -eq 0 ] && [[ $stderr == *"  $2 objects opened, $((8 - $2)) unchanged"* ]]
	}
	sleep 3 # out of the racy window
	"$K" audit -q "$T"
	opened a 0
	"$K" audit -q --full --label a --db "$BATS_TEST_TMPDIR/full.db" "$T"
	diff <(sqlite3 "$KMEMDB" <tests/kernel/build_rows.sql) <(sqlite3 "$BATS_TEST_TMPDIR/full.db" <tests/kernel/build_rows.sql)
	# One is cut, one is another's bytes, one is gone.
	sqlite3 "$KMEMDB" "
		UPDATE cached_record SET record = substr(record, 1, 40) WHERE id = (SELECT min(id) FROM cached_record);
		UPDATE cached_record SET record = randomblob(99) WHERE id = (SELECT max(id) FROM cached_record);
		DELETE FROM cached_record WHERE id = (SELECT id FROM cached_record ORDER BY id LIMIT 1 OFFSET 1)"
	opened b 3
	opened c 0
	# As a database from before records were kept is after its migration.
	sqlite3 "$KMEMDB" 'DELETE FROM cached_record'
	opened d 4
	opened e 0
	"$K" audit -q --full --label e --db "$BATS_TEST_TMPDIR/full.db" "$T"
	diff <(sqlite3 "$KMEMDB" <tests/kernel/build_rows.sql) <(sqlite3 "$BATS_TEST_TMPDIR/full.db" <tests/kernel/build_rows.sql)
	[ "$(sqlite3 "$KMEMDB" 'SELECT count(*) FROM cached_record')" -eq 4 ]
	run --separate-stderr "$K" audit --full --label e "$T"
	[[ $stderr == *"  8 objects opened, 0 unchanged"* ]]
}

@test "an object just written is not trusted by its stamp" {
	"$K" audit -q "$T"
	obj fsx/a.o 801 80 8
	touch "$T/fsx/a.o"
	"$K" audit -q "$T" || true
	stamp=$(stat -c %y "$T/fsx/a.o")
	obj fsx/a.o 802 80 8
	touch -d "$stamp" "$T/fsx/a.o"
	"$K" audit -q "$T" || true
	[ "$(tsv objects --branch fsx | cut -f 3)" -eq 802 ]
}

# Everything of the tree was written within the racy window: no stamp can be
# trusted, all is opened, and the numbers say whether anything changed.
@test "auditing again at once says that nothing changed, and says so only then" {
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr != *"nothing changed"* && $stderr == *"  8 objects opened, 0 unchanged"* ]]
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"nothing changed since the last audit: 8 objects opened again, all equal"* ]]
	# Written again as they were: other stamps, the same content.
	find "$T" -name '*.o' -exec touch {} +
	touch "$T/vmlinux" "$T/drivers/m/m.ko"
	"$K" audit -q "$T"
	run --separate-stderr "$K" audit "$T"
	[[ $stderr == *"nothing changed"* ]]
	run --separate-stderr "$K" audit --full "$T"
	[[ $stderr == *"nothing changed"* && $stderr == *"  8 objects opened, "* ]]
	# One byte more, or less, of one object, of vmlinux, a file that is gone.
	obj fs/open.o 201 20 2
	run --separate-stderr "$K" audit "$T"
	[[ $stderr != *"nothing changed"* && $stderr == *"symbol addresses match"* ]]
	printf '.data\n.fill 7\n' | as -o "$BATS_TEST_TMPDIR/more.o" -
	ld -e 0 -o "$T/vmlinux" --whole-archive "$T/vmlinux.a" --no-whole-archive "$BATS_TEST_TMPDIR/more.o"
	run --separate-stderr "$K" audit "$T"
	[[ $stderr != *"nothing changed"* ]]
	rm "$T/fs/stale.o"
	run --separate-stderr "$K" audit "$T"
	[[ $stderr != *"nothing changed"* ]]
	run --separate-stderr "$K" audit "$T"
	[[ $stderr == *"nothing changed"* ]]
	[ "$(tsv builds | wc -l)" -eq 1 ]
}

# A tree whose vmlinux is linked by a script that the replay reads.
scripted_tree() {
	printf '.text\n.globl a\n.type a,@function\na: .skip 6\n.size a,6\n.section .init.text,"ax"\n.skip 6\n.data\n.skip 40\n' | as -o "$T/fs/open.o" -
	mkdir -p "$T/arch/x86/kernel"
	printf '%s\n' 'SECTIONS { . = 0x100000; .text : { *(.text) } .data : { *(.data) }' \
		'. = ALIGN(4096); __init_begin = .; .init.text : { *(.init.text) }' \
		'. = ALIGN(4096); __init_end = .; .bss : { *(.bss) } }' >"$T/arch/x86/kernel/vmlinux.lds"
	(cd "$T" && rm vmlinux.a && ar rcsTP vmlinux.a init/main.o fs/open.o fs/ext9/inode.o fsx/a.o &&
		ld -e 0 -T arch/x86/kernel/vmlinux.lds -o vmlinux --whole-archive vmlinux.a)
}

# init and resident of fs/open.o, by construction 6 and 46.
open_stays() {
	[ "$(tsv objects --branch fs/open.o | cut -f 3-6 | tr '\t' ' ')" = "12 40 0 52" ]
	[ "$(tsv footprint --branch fs | awk -F '\t' '$1 == "fs/open.o" { print $8, $9 }')" = "46 6" ]
}

@test "without vmlinux, lifetimes are by name and the audit says so" {
	scripted_tree
	rm "$T/vmlinux"
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"vmlinux is not there: how long a section stays"* ]]
	[[ $stderr != *"could not be measured"* ]]
	open_stays
	# Nor when it is known by its stamp, or comes back.
	sleep 2.1
	for ((i = 0; i < 2; i++)); do
		"$K" audit -q --label "$i" "$T"
		open_stays
	done
	(cd "$T" && ld -e 0 -T arch/x86/kernel/vmlinux.lds -o vmlinux --whole-archive vmlinux.a)
	run --separate-stderr "$K" audit "$T"
	[[ $stderr != *"is not there"* ]]
	open_stays
}

@test "a stripped vmlinux: what boot frees is by its linker script, else by name" {
	scripted_tree
	"$K" audit -q --label symbols "$T"
	open_stays
	strip -s "$T/vmlinux"
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"vmlinux has no symbols"* && $stderr == *"linker script replayed"* ]]
	open_stays
	diff <(tsv footprint --build symbols) <(tsv footprint)
	rm "$T/arch/x86/kernel/vmlinux.lds"
	run --separate-stderr "$K" audit --label name "$T"
	[[ $stderr == *"is by its name"* && $stderr != *"discarded"* ]]
	open_stays
}

@test "a part of a built tree is refused, with the words that name the tree" {
	(cd "$T/fs" && ar rcsTP built-in.a open.o ext9/inode.o)
	run "$K" audit "$T/fs"
	[ "$status" -eq 2 ]
	[[ $output == *"'$T/fs' is a part of a built tree: audit the tree '$T', then --branch fs"* ]]
	[ ! -e "$KMEMDB" ]
	(cd "$T/fs/ext9" && ar rcsTP built-in.a inode.o)
	run "$K" audit "$T/fs/ext9"
	[ "$status" -eq 2 ]
	[[ $output == *"then --branch fs/ext9"* ]]
	# Modules that were built in the tree are a tree of their own, and so is
	# an output directory.
	: >"$T/fs/Module.symvers"
	"$K" audit -q "$T/fs"
	rm "$T/fs/Module.symvers"
	: >"$T/fs/.config"
	"$K" audit -q "$T/fs"
}

@test "modules whose recorded paths are of another place are found by the paths' ends" {
	# As the module was built at /build/m, and beside it as M=../m.
	for at in /build/m ../m; do
		sed "s|^drivers/m|$at|" "$T/drivers/m/m.mod" >"$T/m.mod"
		echo "$at/m.ko" >"$T/modules.order"
		mkdir -p "$BATS_TEST_TMPDIR/moved"
		cp "$T"/drivers/m/*.o "$T"/drivers/m/*.ko "$T/m.mod" "$T/modules.order" "$BATS_TEST_TMPDIR/moved"
		run --separate-stderr "$K" audit "$BATS_TEST_TMPDIR/moved"
		[ "$status" -eq 0 ]
		[[ $stderr == *"3 paths in the lists of modules (such as '$at/m.o') are not in this tree"* ]]
		[ "$(tsv modules | cut -f 1-6 | tr '\t' ' ')" = "m 2 80 8 0 88" ]
		[ "$(tsv roles | cut -f 1,2 | sort | tr '\t\n' ' |')" = "derived 1|module 2|" ]
	done
	# One that ends as no object does is no module of it.
	echo /build/m/other.ko >>"$BATS_TEST_TMPDIR/moved/modules.order"
	run --separate-stderr "$K" audit "$BATS_TEST_TMPDIR/moved"
	[ "$status" -eq 1 ]
	[[ $(tsv skipped) == *"module '/build/m/other' points outside of the tree"* ]]
}

@test "empty, truncated, foreign and bitcode files are skipped with the reason, exit 1" {
	: >"$T/fs/open.o"
	head -c 300 "$T/fs/stale.o" >"$T/fs/cut.o"
	printf 'BC\xc0\xde....' >"$T/fsx/a.o"
	echo 'not an object' >"$T/init/main.o"
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 1 ]
	[[ $stderr == *"4 skipped"* ]]
	[ "$(tsv skipped | sort | tr '\t\n' '=|')" = "fs/cut.o=truncated: the section headers are cut|fs/open.o=empty file|fsx/a.o=LLVM bitcode: no ELF size|init/main.o=not an ELF file|" ]
	# The rest went on.
	[ "$(tsv objects | cut -f 1)" = fs/ext9/inode.o ]
	[ "$(sqlite3 "$KMEMDB" 'PRAGMA integrity_check')" = ok ]
}

@test "a git repository gives commit, subject and dirt" {
	git -C "$T" init -q
	git -C "$T" config user.email a@example.org
	git -C "$T" config user.name A
	echo all: >"$T/Makefile"
	git -C "$T" add Makefile
	git -C "$T" commit -q -m 'First things first'
	"$K" audit -q "$T"
	[ "$(tsv builds | cut -f 3,11,12)" = "$(git -C "$T" rev-parse --short=12 HEAD)	0	First things first" ]
	echo changed: >"$T/Makefile"
	run --separate-stderr "$K" audit "$T"
	# A build of its own, next to that of the commit.
	[ "$(tsv builds | cut -f 11 | sort | tr '\n' ' ')" = "0 1 " ]
	[[ $stderr == *"sources differ from the commit"* ]]
}

@test "a program that the repository's configuration names is not run" {
	git -C "$T" init -q
	git -C "$T" config user.email a@example.org
	git -C "$T" config user.name A
	echo all: >"$T/Makefile"
	git -C "$T" add Makefile
	git -C "$T" commit -q -m one
	git -C "$T" config core.fsmonitor "touch $BATS_TEST_TMPDIR/ran; true"
	echo changed: >"$T/Makefile"
	"$K" audit -q "$T"
	[ ! -e "$BATS_TEST_TMPDIR/ran" ]
}

@test "objects newer than vmlinux are remarked" {
	touch -d '1 minute ago' "$T/fs/open.o"
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ]
	tsv caveats | grep -q "1 objects are newer than 'vmlinux'"
}

@test "wrong words: exit 2 and what to do" {
	run "$K" audit
	[ "$status" -eq 2 ]
	[[ $output == *"no tree named"* ]]
	run "$K" audit --frobnicate "$T"
	[ "$status" -eq 2 ]
	run "$K" audit -j 0 "$T"
	[ "$status" -eq 2 ]
	run "$K" frobnicate
	[ "$status" -eq 2 ]
	run "$K"
	[ "$status" -eq 2 ]
	"$K" audit -q "$T"
	run "$K" query nonsense
	[ "$status" -eq 2 ]
	run "$K" query footprint --branch ext9
	[ "$status" -eq 2 ]
	[[ $output == *"fs"* ]]
	run "$K" query footprint --order-by nonsense
	[ "$status" -eq 2 ]
	run "$K" query footprint --form csv
	[ "$status" -eq 2 ]
}

@test "what is no tree or no database: exit 3 and clear words" {
	mkdir "$BATS_TEST_TMPDIR/empty"
	run "$K" audit "$BATS_TEST_TMPDIR/empty"
	[ "$status" -eq 3 ]
	[[ $output == *vmlinux* ]]
	run "$K" audit "$BATS_TEST_TMPDIR/nowhere"
	[ "$status" -eq 3 ]
	run "$K" audit --db "$BATS_TEST_TMPDIR" "$T"
	[ "$status" -eq 3 ]
	[[ $output == *"is a directory"* ]]
	sqlite3 "$BATS_TEST_TMPDIR/other.db" 'CREATE TABLE t(x)'
	run "$K" audit --db "$BATS_TEST_TMPDIR/other.db" "$T"
	[ "$status" -eq 3 ]
	[[ $output == *"another program"* ]]
	head -c 8192 /dev/urandom >"$BATS_TEST_TMPDIR/noise"
	run "$K" audit --db "$BATS_TEST_TMPDIR/noise" "$T"
	[ "$status" -eq 3 ]
	[[ $output == *"not a database"* ]]
	"$K" audit -q "$T"
	sqlite3 "$KMEMDB" 'PRAGMA user_version = 99'
	run "$K" audit "$T"
	[ "$status" -eq 3 ]
	[[ $output == *newer* ]]
	run "$K" query footprint
	[ "$status" -eq 3 ]
	run "$K" query footprint --db "$BATS_TEST_TMPDIR/none.db"
	[ "$status" -eq 3 ]
	[[ $output == *"kmemdb audit"* ]]
}

@test "a write to a full device is an error, a closed pipe is not" {
	"$K" audit -q "$T"
	run --separate-stderr bash -c "'$K' query objects >/dev/full"
	[ "$status" -eq 3 ]
	run --separate-stderr bash -c "set -o pipefail; '$K' query symbols | head -n 1"
	[[ $output == symbol* ]]
	run "$K" query objects -o "$BATS_TEST_TMPDIR/out.csv" --format csv
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	head -n 1 "$BATS_TEST_TMPDIR/out.csv" | grep -q '^path,role,text,data,bss,total'
}

@test "two audits at once both succeed" {
	for i in 1 2 3 4; do
		"$K" audit -q --label "l$i" "$T" &
	done
	for job in $(jobs -p); do
		wait "$job"
	done
	[ "$(tsv builds | wc -l)" -eq 4 ]
	[ "$(sqlite3 "$KMEMDB" 'PRAGMA integrity_check')" = ok ]
}

@test "every report runs in every format and explains itself" {
	"$K" audit -q "$T"
	printf '  sh-1 [000] d..1. 1.000001: kmalloc: call_site=f_open+0x11/0xc8 ptr=ffff888000000010 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n' >"$BATS_TEST_TMPDIR/log"
	# 1: f_open, which is filled with nothing, calls nobody.
	run "$K" import -q "$BATS_TEST_TMPDIR/log"
	[ "$status" -eq 1 ]
	local n=0 report
	while read -r report _; do
		for format in table csv tsv json jsonl md; do
			"$K" query "$report" --format "$format" >"$BATS_TEST_TMPDIR/out" 2>/dev/null
		done
		"$K" query "$report" --help >"$BATS_TEST_TMPDIR/help"
		grep -qi column "$BATS_TEST_TMPDIR/help"
		"$K" query "$report" --format json 2>/dev/null | python3 -c 'import json, sys; json.load(sys.stdin)'
		n=$((n + 1))
	done < <("$K" query --format tsv | sed 1d)
	[ "$n" -ge 40 ]
}

@test "reports may read and do nothing else" {
	"$K" audit -q "$T"
	for sql in 'DELETE FROM object' "ATTACH '$BATS_TEST_TMPDIR/x.db' AS x" 'PRAGMA user_version = 7' \
		"SELECT load_extension('x')" "SELECT writefile('x', 'y')"; do
		echo "$sql" >"$BATS_TEST_TMPDIR/my.sql"
		run "$K" query --file "$BATS_TEST_TMPDIR/my.sql"
		[ "$status" -ne 0 ]
	done
	[ ! -e "$BATS_TEST_TMPDIR/x.db" ]
	echo 'SELECT count(*) AS n FROM objects' >"$BATS_TEST_TMPDIR/my.sql"
	[ "$("$K" query --file "$BATS_TEST_TMPDIR/my.sql" --format tsv | tail -n 1)" -eq 8 ]
}

@test "hostile names are printed safely" {
	printf '.globl evil\nevil: .fill 8,1,0\n.size evil,8\n' |
		as -o "$T/fs/$(printf 'e\033[31mvil\n".o')" -
	"$K" audit -q "$T" || [ "$?" -eq 1 ]
	"$K" query roles >/dev/null
	run "$K" query --file <(echo 'SELECT path FROM objects ORDER BY path') --format table
	[[ $output != *$'\033'* ]]
}

@test "killed at any moment, the database is as before" {
	"$K" audit -q --label first "$T"
	local i
	for i in 1 2 3 4 5 6 7 8 9 10; do
		"$K" audit -q --full --label "again$i" "$T" &
		sleep "0.00$i"
		kill -KILL $! 2>/dev/null || true
		wait $! || true
		[ "$(sqlite3 "$KMEMDB" 'PRAGMA integrity_check')" = ok ]
		"$K" query footprint --build first >/dev/null
	done
}

# ---- a second reading, through libbfd ----

@test "--verify agrees with what is stored, and finds what was changed since" {
	tiny_tree
	run --separate-stderr "$K" audit --verify "$T"
	[ "$status" -eq 0 ]
	n=$(sqlite3 "$KMEMDB" "SELECT count(*) FROM objects")
	[[ $stderr == *"verified against libbfd: $n of $n objects, "* ]]
	# nm is of the same library, and counts what it reads.
	symbols=$(sqlite3 "$KMEMDB" "SELECT count(*) FROM objects AS o JOIN symbols AS s USING (footprint)")
	[[ $stderr == *", $symbols symbols"* ]]
	# A size of one symbol that was stored wrong.
	sqlite3 "$KMEMDB" "UPDATE symbol SET size = size + 1 WHERE (footprint, ordinal) =
		(SELECT footprint, ordinal FROM symbol WHERE size > 0 LIMIT 1)"
	run --separate-stderr "$K" audit --verify "$T"
	[ "$status" -eq 1 ]
	[[ $stderr == *"differs: "*" bytes in the database, "*" read by libbfd"* ]]
	sqlite3 "$KMEMDB" "SELECT caveat FROM caveats" | grep -q "read by libbfd"
}

# The stat cache is told that the changed file is the one that was measured,
# as a file system of coarse times would have it.
@test "--verify finds an object that changed after it was measured" {
	tiny_tree
	sleep 3 # out of the racy window
	"$K" audit -q "$T"
	obj fs/open.o 208 20 2
	sleep 3
	IFS=' .' read -r size mtime mtime_part ctime ctime_part inode \
		< <(stat -c '%s %.9Y %.9Z %i' "$T/fs/open.o")
	sqlite3 "$KMEMDB" "UPDATE stamp SET size = $size, mtime_ns = $mtime$mtime_part, ctime_ns = $ctime$ctime_part, inode = $inode
		WHERE path = (SELECT path_id FROM paths WHERE path = 'fs/open.o')"
	run --separate-stderr "$K" audit "$T"
	[ "$status" -eq 0 ] && [[ $stderr == *"0 objects opened, 8 unchanged"* ]]
	run --separate-stderr "$K" audit --verify "$T"
	[ "$status" -eq 1 ]
	[[ $stderr == *"verified against libbfd: 7 of 8 objects, 6 symbols"* ]]
	[[ $stderr == *"differs: 'fs/open.o': text, data, bss are 200, 20, 2 in the database, 208, 20, 2 read by libbfd"* ]]
	# Measured anew, it agrees; the remark is gone.
	run --separate-stderr "$K" audit --full --verify "$T"
	[ "$status" -eq 0 ]
	[[ $stderr == *"verified against libbfd: 8 of 8 objects"* ]]
	[ "$(sqlite3 "$KMEMDB" "SELECT count(*) FROM caveats WHERE caveat LIKE '%libbfd%'")" -eq 0 ]
}
