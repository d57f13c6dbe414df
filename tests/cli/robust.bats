#!/usr/bin/env bats
# Whatever goes wrong around the program, and whatever a tree is made of:
# earlier builds stay, nothing outside of the tree is opened, memory stays
# bounded, no name reaches a terminal as a command.

load common

setup() {
	common_setup
	tiny_tree
	D=$BATS_TEST_TMPDIR
}

teardown() {
	if [ -n "${MOUNTED:-}" ]; then umount "$MOUNTED"; fi
}

tsv() { "$K" query "$@" --format tsv | tail -n +2; }
sql() { sqlite3 "$KMEMDB" "$@"; }

# Root reads and writes everything, unless it gives that up.
unprivileged() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --bounding-set=-all --inh-caps=-all "$@"
	else
		"$@"
	fi
}

# Not more memory than this many MB; a sanitizer maps terabytes.
within() {
	local mb=$1
	shift
	grep -q __asan_init "$K" || ulimit -v $((mb * 1024))
	"$@"
}

# many NAME COUNT: an object of COUNT functions, so that an audit writes much.
many() {
	seq "$2" | awk -v n="$1" '{ printf ".globl %s_%d\n%s_%d: .fill 8,1,0\n.size %s_%d,8\n", n, $1, n, $1, n, $1 }' |
		as -o "$T/fs/$1.o" -
	touch -d '1 hour ago' "$T/fs/$1.o"
}

# The build called first is there, and equal to what it was.
remember_first() { tsv objects --build first >"$D/first"; }
check_first() {
	[ "$(sql 'PRAGMA integrity_check')" = ok ] || return 1
	tsv objects --build first | cmp - "$D/first"
}

@test "killed at 50 random moments of an audit: earlier builds are there" {
	local i whole=0 killed=0 status
	"$K" audit -q --label first "$T"
	remember_first
	cp "$KMEMDB" "$D/before.db"
	many many 4000
	microseconds "$K" audit -q --label again "$T"
	seed_moments
	for ((i = 0; i < 50; i++)); do
		cp "$D/before.db" "$KMEMDB"
		"$K" audit -q --label again "$T" &
		status=0
		kill_within "$US" $! || status=$?
		# What a report sees first is what the kill left.
		tsv objects --build first | cmp - "$D/first"
		check_first
		case $status in
		0) [ "$(sql 'SELECT count(*) FROM build')" -eq 2 ] && whole=$((whole + 1)) ;;
		137) killed=$((killed + 1)) ;;
		*) false ;;
		esac
		rm -f "$KMEMDB"-journal
	done
	echo "$killed killed, $whole had ended before"
	[ "$killed" -ge 10 ]
	[ $((killed + whole)) -eq 50 ]
}

@test "an audit and an import at once both succeed" {
	"$K" audit -q --label first "$T"
	remember_first
	many many 2000
	log 20000 "$D/log"
	for i in 1 2 3; do
		"$K" audit -q --label "again$i" "$T" &
		local audit=$! status
		head -n $((20000 - i)) "$D/log" | "$K" import -q - &
		# 1: the log is of no kernel that the build could confirm.
		status=0
		wait $! || status=$?
		[ "$status" -eq 1 ]
		wait "$audit"
	done
	check_first
	[ "$(sql 'SELECT count(*) FROM build')" -eq 4 ]
	[ "$(sql 'SELECT count(*) FROM traces')" -eq 3 ]
	[ "$(sql 'SELECT count(*) FROM allocation')" -eq 59994 ]
}

@test "a full disk at any write of an audit or import: a clear word, no damage" {
	[ "$(id -u)" -eq 0 ] || skip "needs root to mount a small tmpfs"
	mkdir "$D/full"
	mount -t tmpfs -o size=16m tmpfs "$D/full" 2>/dev/null || skip "no tmpfs can be mounted here"
	MOUNTED=$D/full
	KMEMDB=$D/full/k.db
	local kb refused=0 done=0 command used
	"$K" audit -q --label first "$T"
	remember_first
	cp "$KMEMDB" "$D/before.db"
	used=$(($(stat -c %s "$KMEMDB") / 1024))
	many many 20000
	log 20000 "$D/log"
	for command in "audit -q --label again $T" "import -q $D/log"; do
		for kb in 12 40 100 180 260 340 420 500 580 700 4000; do
			mount -o "remount,size=$((used + kb))k" "$D/full"
			# shellcheck disable=SC2086 # a command and its arguments
			run --separate-stderr "$K" $command
			case $status in
			# 1: the log is of no kernel that the build could confirm.
			0 | 1) done=$((done + 1)) ;;
			3)
				[[ $stderr == *"no room left for database"*"nothing was changed"* ]]
				refused=$((refused + 1))
				[ "$(sql 'SELECT count(*) FROM build')" -eq 1 ]
				[ "$(sql 'SELECT count(*) FROM traces')" -eq 0 ]
				;;
			*) false ;;
			esac
			check_first
			mount -o remount,size=16m "$D/full"
			cp "$D/before.db" "$KMEMDB"
		done
	done
	echo "$refused refused, $done done"
	[ "$refused" -ge 12 ]
	[ "$done" -ge 2 ]
}

@test "a database that cannot be used: why, and exit 3" {
	"$K" audit -q --label first "$T"
	remember_first
	mkdir "$D/closed" "$D/noway"
	cp "$KMEMDB" "$D/closed/k.db"
	cp "$KMEMDB" "$D/readonly.db"
	cp "$KMEMDB" "$D/secret.db"
	cp "$KMEMDB" "$D/noway/k.db"
	chmod 444 "$D/readonly.db"
	chmod 000 "$D/secret.db"
	chmod 555 "$D/closed"
	chmod 000 "$D/noway"
	refused() { # FILE WORDS
		run --separate-stderr unprivileged "$K" audit --db "$1" "$T"
		echo "$stderr"
		[ "$status" -eq 3 ] || return 1
		[[ $stderr == *"$1"* && $stderr == *"$2"* ]]
	}
	refused "$D/readonly.db" read-only
	refused "$D/closed/k.db" read-only
	refused "$D/closed/new.db" "not writable"
	refused "$D/nowhere/new.db" "not there"
	refused "$D/secret.db" "Permission denied"
	refused "$D/noway/k.db" "Permission denied"
	# What needs no writing works.
	unprivileged "$K" query objects --db "$D/readonly.db" >/dev/null
	unprivileged "$K" query objects --db "$D/closed/k.db" >/dev/null
	run --separate-stderr unprivileged "$K" query objects --db "$D/secret.db"
	[ "$status" -eq 3 ]
	[[ $stderr == *"Permission denied"* ]]
	mkfifo "$D/fifo"
	refused "$D/fifo" "not a regular file"
	run --separate-stderr timeout 10 "$K" query objects --db "$D/fifo"
	[ "$status" -eq 3 ]
	chmod 755 "$D/closed" "$D/noway"
}

@test "a truncated or overwritten database is said to be damaged" {
	"$K" audit -q "$T"
	local size bytes
	size=$(stat -c %s "$KMEMDB")
	for bytes in 100 4096 6000 $((size / 2)) $((size - 4096)); do
		head -c "$bytes" "$KMEMDB" >"$D/cut.db"
		cp "$D/cut.db" "$D/same.db"
		run --separate-stderr "$K" audit --db "$D/cut.db" "$T"
		[ "$status" -eq 3 ]
		[[ $stderr == *"damaged"* || $stderr == *"another program"* || $stderr == *"not a database"* ]]
		cmp "$D/cut.db" "$D/same.db"
		run --separate-stderr "$K" query objects --db "$D/cut.db"
		[ "$status" -eq 3 ]
	done
	{
		head -c 4096 "$KMEMDB"
		head -c $((size - 4096)) /dev/zero | tr '\0' '\377'
	} >"$D/noise.db"
	run --separate-stderr "$K" audit --db "$D/noise.db" "$T"
	[ "$status" -eq 3 ]
	[[ $stderr == *"damaged"* ]]
}

@test "names of strangers reach no terminal as a command" {
	local i=0 name names=($'e\033[31mvil' $'t\033]0;title\007' $'new\nline' "it's" 'q"uote'
		"'; DROP TABLE object; --" $'bad\377\376utf' $'c1\302\233csi' $'rtl\342\200\256x'
		$'tab\tx' $'back\\slash' '$(touch ran)' '`touch ran`' ' lead' '-rf' '%s%n%d' '=cmd|x'
		"$(printf 'n%.0s' $(seq 250))")
	for name in "${names[@]}"; do
		i=$((i + 1))
		mkdir "$T/fs/d$i-${name:0:200}"
		printf '.globl "f%d\033[31m"\n"f%d\033[31m": .fill 8,1,0\n.size "f%d\033[31m",8\n.section ".text.\033]0;x\007%d","ax"\n.fill 4\n' \
			$i $i $i $i | as -o "$T/fs/d$i-${name:0:200}/$name.o" -
		printf '%s\n' "fs/d$i-${name:0:200}/$name.ko" >>"$T/modules.order"
	done
	(
		cd "$T"
		rm vmlinux.a
		ar rcsTPS vmlinux.a init/main.o fs/open.o fs/ext9/inode.o fsx/a.o fs/d*/*.o
		git init -q
		git config user.email a@example.org
		git config user.name A
		echo all: >Makefile
		git add Makefile
		git commit -q -m $'sub\033[31mject \007\302\233'
	)
	printf '6.1.0-\033[31mred\n' >"$T/include/config/kernel.release"
	printf '# Linux/x86\033[31m 6.1.0 Kernel Configuration\nCONFIG_CC_VERSION_TEXT="gcc \033[31m"\n' >"$T/.config"
	printf '  sh\033[31m-1 [000] d..1. 1.000001: kmalloc: call_site=f_o\033[31mpen+0x11/0xc8 ptr=ffff888000000010 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KER\033[31mNEL\n' \
		>"$D"/$'lo\033[31mg'
	local runs=(audit --label $'la\033[31mbel' "$T" --then import "$D"/$'lo\033[31mg') report format
	for report in builds objects symbols sections modules skipped images waste traces largest; do
		for format in table csv tsv md json; do
			runs+=(--then query "$report" --format "$format")
		done
		echo "$report" >>"$D/reports"
	done
	python3 tests/cli/terminal.py "$K" "${runs[@]}"
	[ "$(sql "SELECT count(*) FROM objects WHERE path LIKE 'fs/d%'")" -eq 18 ]
	[ ! -e "$T/ran" ] && [ ! -e ran ]
	while read -r report; do
		"$K" query "$report" --format json 2>/dev/null
	done <"$D/reports" >"$D/json"
	python3 -c '
import json, sys
text, at, n = open(sys.argv[1]).read(), 0, 0
while text[at:].strip():
    _, end = json.JSONDecoder().raw_decode(text[at:].lstrip())
    at += len(text[at:]) - len(text[at:].lstrip()) + end
    n += 1
assert n == 10, n' "$D/json"
	# CSV gives the names back as they are.
	"$K" query objects --format csv | python3 -c '
import csv, io, sys
rows = list(csv.reader(io.TextIOWrapper(sys.stdin.buffer, errors="surrogateescape")))
assert len({len(r) for r in rows}) == 1
names = {r[0].rsplit("/", 1)[-1] for r in rows[1:]}
assert {"e\033[31mvil.o", "q\"uote.o", "tab\tx.o"} <= names, names'
	# Words of the command line come back in messages.
	name=$'a\033[31m\nb'
	python3 tests/cli/terminal.py "$K" "$name" --then audit "$name" --then audit "--$name" x \
		--then query "$name" --then query objects --branch "$name" \
		--then query objects --build "$name" --then query objects --db "$name"
	[ "$("$K" audit $'no\nsuch' 2>&1 | wc -l)" -eq 1 ]
}

@test "FIFOs, devices, loops and folders in place of files hold nothing up" {
	cd "$T"
	ln -s . loop
	ln -s ../.. fs/up
	ln -s self self
	ln -s /etc/passwd fs/passwd.o
	ln -s nothing fs/dangling.o
	mkdir fs/folder.o drivers/m/.one.o.cmd
	rm -f fsx/a.o drivers/m/m.mod .config include/config/kernel.release drivers/m/.m.o.cmd
	mkfifo fs/fifo.o fs/.open.o.cmd fsx/a.o drivers/m/m.mod drivers/m/.m.o.cmd .config \
		include/config/kernel.release vmlinux.map .vmlinux.cmd
	[ "$(id -u)" -ne 0 ] || mknod fs/zero.o c 1 5 || :
	cd "$ROOT"
	run --separate-stderr timeout 20 "$K" audit "$T"
	echo "$stderr"
	[ "$status" -eq 1 ]
	tsv skipped | cut -f 1 >"$D/skipped"
	for f in fs/fifo.o fsx/a.o fs/passwd.o fs/dangling.o; do
		grep -qxF "$f" "$D/skipped"
	done
	[ "$(tsv objects --branch fs/open.o | cut -f 3)" -eq 200 ]
	for f in vmlinux vmlinux.a modules.order; do
		rm "$T/$f"
		mkfifo "$T/$f"
		run timeout 20 "$K" audit -q "$T"
		[ "$status" -eq 1 ] || [ "$status" -eq 3 ]
	done
}

@test "unreadable folders and files are skipped with the reason" {
	chmod 000 "$T/fs/ext9" "$T/fsx/a.o" "$T/drivers/m/m.mod"
	run --separate-stderr unprivileged "$K" audit "$T"
	chmod 755 "$T/fs/ext9"
	[ "$status" -eq 1 ]
	tsv skipped | grep -q '^fs/ext9	.*Permission denied'
	tsv skipped | grep -q '^fsx/a.o	.*Permission denied'
	[ "$(tsv objects --branch init | cut -f 3)" -eq 100 ]
}

@test "a path that climbs out of the tree is not opened" {
	cp "$T/init/main.o" "$D/outside.o"
	(
		cd "$T"
		ln -s .. up
		rm vmlinux.a
		ar rcsTPS vmlinux.a init/main.o fs/open.o ../outside.o "$D/outside.o" /etc/passwd
		printf '../outside.o\n/etc/passwd.o\nfs/../../outside.o\nup/outside.o\n' >>drivers/m/m.mod
		printf '../x/y.ko\n/etc/z.ko\nup/outside.ko\n' >>modules.order
		printf 'cmd_fs/x.o := ld -r -o fs/x.o ../outside.o %s/outside.o up/outside.o @../list\n' "$D" >fs/.x.o.cmd
		cp fs/open.o fs/x.o
		ln -s ../../outside.o fs/link.o
	)
	# Who opens it waits for a writer that never comes.
	rm "$D/outside.o"
	mkfifo "$D/outside.o"
	run --separate-stderr timeout 20 "$K" audit "$T"
	[ "$status" -eq 1 ]
	[ "$(tsv skipped | grep -c '^vmlinux.a	.*outside of the tree')" -eq 3 ]
	[ "$(tsv skipped | grep -c '^drivers/m/m.mod	.*outside of the tree')" -eq 3 ]
	[ "$(tsv skipped | grep -c '^modules.order	.*outside of the tree')" -eq 2 ]
	[ "$(sql "SELECT count(*) FROM objects WHERE path LIKE '%outside%' OR path LIKE '%passwd%'")" -eq 0 ]
}

@test "sparse objects of 4 GB cost neither memory nor time" {
	local kind
	for kind in symtab strtab text merge notes shstrtab headers garbage; do
		python3 tests/cli/hostile_elf.py "$kind" "$T/fs/$kind.o" ||
			skip "no sparse file of 4 GB can be made here"
	done
	(
		cd "$T"
		rm vmlinux.a
		# Their contents are wanted for the layout then.
		ar rcsTPS vmlinux.a init/main.o fs/open.o fs/ext9/inode.o fsx/a.o fs/merge.o fs/text.o
	)
	run --separate-stderr within 400 timeout 60 "$K" audit "$T"
	echo "$stderr"
	[ "$status" -eq 1 ]
	[ "$(tsv skipped | grep -c absurd)" -eq 5 ]
	tsv skipped | grep -q '^fs/headers.o	an absurd number of sections'
	tsv skipped | grep -q '^fs/symtab.o	an absurd number of symbols'
	tsv skipped | grep -q '^fs/strtab.o	'
	tsv skipped | grep -q '^fs/shstrtab.o	'
	tsv skipped | grep -q '^fs/merge.o	'
	[ "$(tsv objects --branch init | cut -f 3)" -eq 100 ]
}

@test "200,000 sections, 200,000 symbols, and tables made to be multiplied" {
	python3 tests/cli/hostile_elf.py sections "$T/fs/sections.o" 200000
	python3 tests/cli/hostile_elf.py symbols "$T/fs/symbols.o" 200000
	python3 tests/cli/hostile_elf.py nested "$T/fs/nested.o" 100000
	python3 tests/cli/hostile_elf.py overlap "$T/fs/overlap.o" 3000
	python3 tests/cli/hostile_elf.py names "$T/fs/names.o" 50000
	(
		cd "$T"
		rm vmlinux.a
		ar rcsTPS vmlinux.a init/main.o fs/open.o fs/ext9/inode.o fsx/a.o fs/sections.o \
			fs/symbols.o fs/nested.o fs/overlap.o fs/names.o
	)
	run --separate-stderr within 1500 timeout 120 "$K" audit -j 2 "$T"
	echo "$stderr"
	[ "$status" -eq 1 ]
	[ "$(tsv skipped)" = "fs/names.o	its names have an absurd length" ]
	[ "$(tsv objects | cut -f 1,3 | grep -E 'sections|symbols|nested' | sort | tr '\t\n' '=|')" = \
		'fs/nested.o=200000|fs/sections.o=1600000|fs/symbols.o=1600000|' ]
}

@test "large objects are read one at a time, however many there are" {
	local i
	python3 tests/cli/hostile_elf.py symbols "$T/fs/large.o" 200000
	for i in {1..40}; do cp "$T/fs/large.o" "$T/fs/large-$i.o"; done
	run --separate-stderr within 320 timeout 120 "$K" audit -j 2 "$T"
	echo "$stderr"
	[ "$status" -eq 0 ]
	[ "$(sql "SELECT count(*) FROM objects WHERE path LIKE '%large%' AND total = 1600000")" -eq 41 ]
}

@test "a .cmd file of 100 MB, and folders deeper than a path can name" {
	{
		printf 'savedcmd_vmlinux.o := ld -r -o vmlinux.o '
		yes 'fs/open.o \' | head -c 100000000
	} >"$T/.vmlinux.o.cmd"
	{
		printf 'cmd_drivers/m/m.o := ld -r -o drivers/m/m.o '
		head -c 100000000 /dev/zero | tr '\0' "'"
	} >"$T/drivers/m/.m.o.cmd"
	rm "$T/drivers/m/m.mod"
	python3 -c '
import os, shutil, sys
os.chdir(sys.argv[1])
for i in range(1500):
    os.mkdir("dddd")
    os.chdir("dddd")
    if i == 700 or i == 1499:
        shutil.copy(sys.argv[2], "deep.o")' "$T/fs" "$T/init/main.o"
	run --separate-stderr within 300 timeout 60 "$K" audit "$T"
	echo "$stderr"
	[ "$status" -eq 1 ]
	tsv skipped | grep -q '^fs/dddd/.*File name too long'
	[ "$(tsv objects --branch init | cut -f 3)" -eq 100 ]
	[ "$(sql "SELECT count(*) FROM objects WHERE path LIKE '%deep.o'")" -eq 1 ]
	rm -rf "$T"
}

@test "killed with -9 while it writes a file: no part of one is left" {
	"$K" audit -q --label first "$T"
	mkdir "$D/out"
	mkfifo "$D/in"
	"$K" sql -o "$D/out/result" <"$D/in" &
	local pid=$! status=0
	exec 5>"$D/in"
	echo 'SELECT 1;' >&5
	sleep 0.5
	[ -z "$(find "$D/out" -name result)" ]
	kill -KILL $pid
	wait $pid || status=$?
	exec 5>&-
	[ "$status" -eq 137 ]
	# A file system without files that have no name keeps a temporary one.
	[ -z "$(ls -A "$D/out")" ] || ! python3 -c "import os; os.open('$D/out', os.O_TMPFILE | os.O_WRONLY)"
	"$K" query objects -o "$D/out/result" --format csv
	"$K" query objects -o "$D/out/result" --format csv
	[ "$(ls -A "$D/out")" = result ]
	[ "$(wc -l <"$D/out/result")" -gt 3 ]
}
