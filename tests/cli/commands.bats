#!/usr/bin/env bats
# list, show, sql and reports of one's own; manual pages, completions and
# make install, which must agree with the program.

load common

setup() {
	common_setup
	L=$BATS_TEST_TMPDIR/log
}

# Allocations of f_inode: two alive (one of them 35 bytes too large), one
# freed; and one of a function that is in no object.
small_log() {
	cat <<-'EOF'
		  sh-1 [000] d..1. 1.000001: kmalloc: call_site=f_inode+0x15/0x195 ptr=ffff88800000a100 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1 accounted=false
		  sh-1 [000] d..1. 1.000002: kmalloc: call_site=f_inode+0x15/0x195 ptr=ffff88800000a200 bytes_req=64 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1 accounted=false
		  sh-1 [000] d..1. 1.000003: kmalloc: call_site=f_inode+0x15/0x195 ptr=ffff88800000a300 bytes_req=100 bytes_alloc=128 gfp_flags=GFP_KERNEL node=-1 accounted=false
		  sh-1 [000] d..1. 1.000004: kfree: call_site=f_inode+0x15/0x195 ptr=ffff88800000a300
		  sh-1 [000] d..1. 1.000005: kmalloc: call_site=elsewhere+0x8/0x20 ptr=ffff88800000a400 bytes_req=8 bytes_alloc=8 gfp_flags=GFP_KERNEL node=-1 accounted=false
	EOF
}

# The tiny tree with a call in f_inode, a symbol with a suffix, and a name
# that two objects have; audited, and with a trace.
filled_database() {
	tiny_tree
	printf '%s\n' '.globl f_inode' '.type f_inode,@function' \
		'f_inode: .fill 16,1,0x90' 'call f_open' '.fill 384,1,0x90' \
		'.size f_inode,405' '.type split.part.0,@function' \
		'split.part.0: .fill 30,1,0x90' '.size split.part.0,30' \
		'.type twin,@object' '.section .rodata' 'twin: .fill 12,1,7' \
		'.size twin,12' '.fill 5,1,7' | as -o "$T/fs/ext9/inode.o" -
	printf '%s\n' '.globl f_a' 'f_a: .fill 800,1,0x90' '.type twin,@object' \
		'.data' 'twin: .fill 40,1,7' '.size twin,40' | as -o "$T/fsx/a.o" -
	(cd "$T" && ld -e 0 -o vmlinux --whole-archive vmlinux.a)
	find "$T" -type f -exec touch -d '1 hour ago' {} +
	"$K" audit -q --label first "$T"
	small_log >"$L"
	# 1: the build has no "elsewhere", which is half of the call sites.
	run "$K" import -q "$L"
	[ "$status" -eq 1 ]
}

json() { # EXPRESSION over d, the document on standard input
	python3 -c "import json, sys; d = json.load(sys.stdin); print(($1))"
}

@test "list: the file, the builds and the traces" {
	filled_database
	"$K" audit -q --label second "$T"
	run --separate-stderr "$K" list
	[ "$status" -eq 0 ]
	[[ $output == *"database: "*"builds: "*"traces: "* ]]
	"$K" list --format json >"$L.json"
	[ "$(json '[b["label"] for b in d["builds"]]' <"$L.json")" = "['second', 'first']" ]
	[ "$(json 'd["traces"][0]["allocs"], d["database"][0]["bytes"], d["database"][0]["builds"]' <"$L.json")" = \
		"(4, $(stat -c %s "$KMEMDB"), 2)" ]
	[ "$(json 'd["database"][0]["schema"]' <"$L.json")" -eq "$(sqlite3 "$KMEMDB" 'PRAGMA user_version')" ]
	# One alone is as the report of that name.
	diff <("$K" list builds --format csv) <("$K" query builds --format csv)
	[ "$("$K" list --format csv | grep -c '^$')" -eq 2 ]
	run --separate-stderr "$K" list build
	[ "$status" -eq 2 ]
	run --separate-stderr "$K" list --branch fs
	[ "$status" -eq 2 ]
	run --separate-stderr "$K" list --db "$BATS_TEST_TMPDIR/none"
	[ "$status" -eq 3 ]
}

@test "list: an empty database says what to do" {
	tiny_tree
	"$K" audit -q "$T"
	run --separate-stderr "$K" list
	[ "$status" -eq 0 ]
	[[ $output == *"kmemdb import LOG"* ]]
}

@test "show an object: sizes as binutils have them, and its call sites" {
	filled_database
	"$K" show fs/ext9/inode.o --format json 2>/dev/null >"$L.json"
	[ "$(json 'd["object"][0]["text"], d["object"][0]["data"], d["object"][0]["bss"]' <"$L.json")" = \
		"$(size "$T/fs/ext9/inode.o" | awk 'NR == 2 { print "(" $1 ", " $2 ", " $3 ")" }')" ]
	[ "$(json 'd["object"][0]["role"], d["object"][0]["images"]' <"$L.json")" = "('vmlinux', 'vmlinux')" ]
	[ "$(json '[(s["symbol"], s["size"]) for s in d["symbols"]]' <"$L.json")" = \
		"[('f_inode', 405), ('split.part.0', 30), ('twin', 12)]" ]
	[ "$(json '[(s["section"], s["class"], s["size"], s["unattributed"]) for s in d["sections"]]' <"$L.json")" = \
		"[('.text', 'text', 435, 0), ('.rodata', 'rodata', 17, 5)]" ]
	[ "$(json 'd["sections"][0]["lifetime"], d["sections"][0]["output"]' <"$L.json")" = "('resident', '.text')" ]
	[ "$(json '[(s["caller"], s["allocs"], s["live_bytes"], s["waste_bytes"]) for s in d["sites"]]' <"$L.json")" = \
		"[('f_inode+0x15', 3, 128, 35)]" ]
	[ "$(json 'd["memory"][0]["live_bytes"]' <"$L.json")" -eq 128 ]
	# By the end of its path, by its source, from the tree's root.
	for w in inode.o ext9/inode.o fs/ext9/inode.c ./fs//ext9/inode.o; do
		diff "$L.json" <("$K" show "$w" --format json 2>/dev/null)
	done
	run --separate-stderr "$K" show fs/open.o
	[ "$status" -eq 0 ]
	[[ $output == *"it allocates nothing in that trace"* ]]
	[[ $stderr == *"coverage: 5 events"* ]]
	[ "$("$K" show two.o --format json 2>/dev/null | json 'd["object"][0]["images"]')" = m ]
}

@test "show a symbol: every object that has it, and its call sites" {
	filled_database
	"$K" show twin --format json 2>/dev/null >"$L.json"
	[ "$(json '[(s["path"], s["section"], s["size"]) for s in d["definitions"]]' <"$L.json")" = \
		"[('fsx/a.o', '.data', 40), ('fs/ext9/inode.o', '.rodata', 12)]" ]
	[ "$(json 'd["sites"]' <"$L.json")" = '[]' ]
	for w in split split.part split.part.0; do
		[ "$("$K" show "$w" --format json 2>/dev/null | json 'd["definitions"][0]["symbol"]')" = split.part.0 ]
	done
	for w in f_inode f_inode+0x15 f_inode+0x15/0x195; do
		[ "$("$K" show "$w" --format json 2>/dev/null |
			json 'd["definitions"][0]["size"], d["sites"][0]["live"], d["sites"][0]["waste_bytes"]')" = '(405, 2, 35)' ]
	done
	# Only the trace knows it.
	[ "$("$K" show elsewhere --format json 2>/dev/null |
		json 'd["definitions"], d["sites"][0]["live_bytes"]')" = '([], 8)' ]
}

@test "show: what is not there" {
	tiny_tree
	"$K" audit -q --label first "$T"
	run --separate-stderr "$K" show f_inod
	[ "$status" -eq 2 ]
	[[ $stderr == *"did you mean 'f_inode'"* ]]
	run --separate-stderr "$K" show fs/opn.o
	[ "$status" -eq 2 ]
	[[ $stderr == *"'fs/open.o'"* ]]
	run --separate-stderr "$K" show fs
	[ "$status" -eq 2 ]
	[[ $stderr == *"--branch fs"* ]]
	run --separate-stderr "$K" show
	[ "$status" -eq 2 ]
	run --separate-stderr "$K" show a b
	[ "$status" -eq 2 ]
	run --separate-stderr "$K" show f_open --build firts
	[ "$status" -eq 2 ]
	[[ $stderr == *"'first'"* ]]
	run --separate-stderr "$K" show f_open --build first
	[ "$status" -eq 0 ]
	[[ $stderr == *"no trace of that build"* ]]
	# Two objects of one name.
	obj fs/main.o 1 1 1
	"$K" audit -q "$T"
	run --separate-stderr "$K" show main.o
	[ "$status" -eq 0 ]
	[[ $output == *"init/main.o"* ]]
	obj fsx/open.o 1 1 1
	(cd "$T" && ar rcsTP vmlinux.a fsx/open.o)
	"$K" audit -q "$T"
	run --separate-stderr "$K" show open.o
	[ "$status" -eq 2 ]
	[[ $stderr == *"'fs/open.o'"*"'fsx/open.o'"* ]]
}

@test "show without any build: what the trace knows" {
	small_log >"$L"
	"$K" import -q "$L"
	[ "$("$K" show f_inode --format json 2>/dev/null | json 'list(d), d["sites"][0]["live"]')" = "(['sites'], 2)" ]
	run --separate-stderr "$K" show f_inot
	[ "$status" -eq 2 ]
	[[ $stderr == *"'f_inode'"* ]]
}

@test "sql: one statement, several, from standard input" {
	tiny_tree
	"$K" audit -q "$T"
	[ "$("$K" sql "SELECT count(*) AS n FROM objects WHERE role = 'vmlinux'" --format csv)" = $'n\n4' ]
	[ "$("$K" sql 'SELECT 1 AS a; SELECT 2 AS b -- the last' --format csv)" = $'a\n1\n\nb\n2' ]
	[ "$(printf 'SELECT\n1 AS a\n;SELECT 2 AS b' | "$K" sql --format tsv)" = $'a\n1\n\nb\n2' ]
	[ "$("$K" sql "SELECT 'x' AS a, NULL AS b, 1.5 AS c" --format json | json d)" = \
		"[{'a': 'x', 'b': None, 'c': 1.5}]" ]
	[ "$("$K" sql 'SELECT 1 AS a' --format md | tail -n 1)" = '| 1 |' ]
	"$K" sql 'SELECT 7 AS a' --format csv -o "$L"
	[ "$(cat "$L")" = $'a\n7' ]
	[ "$("$K" sql "SELECT sum(in_branch(path, 'fs')) AS n FROM objects" --format csv | tail -n 1)" -ge 3 ]
	[ "$("$K" sql .tables | wc -l)" -eq "$(ls sql/views | wc -l)" ]
	diff <("$K" sql '.schema leaves') <(scripts/embed-sql.sh --expand sql/views/leaves.sql)
}

@test "sql: errors are SQLite's words and exit 3, and nothing is written" {
	tiny_tree
	"$K" audit -q "$T"
	sum=$(sha256sum <"$KMEMDB")
	for s in 'SELEC 1' 'SELECT missing' 'DELETE FROM build' 'DROP VIEW objects' \
		'CREATE TEMP TABLE x (a)' 'PRAGMA user_version = 1' 'BEGIN' 'VACUUM' \
		"VACUUM INTO '$L.copy'" "ATTACH '$L.copy' AS x" 'SELECT :branch' \
		"SELECT load_extension('x')" "SELECT writefile('$L.copy', 'x')" 'SELECT 1; SELECT missing'; do
		run --separate-stderr "$K" sql "$s"
		echo "$s: $status $stderr"
		[ "$status" -eq 3 ]
		[ -n "$stderr" ]
	done
	run --separate-stderr "$K" sql 'SELECT missing'
	[[ $stderr == *"no such column: missing"* ]]
	[ ! -e "$L.copy" ]
	[ "$sum" = "$(sha256sum <"$KMEMDB")" ]
	# The first result is there, the second never came.
	run --separate-stderr "$K" sql 'SELECT 1 AS a; SELECT missing' --format csv
	[ "$output" = $'a\n1' ]
	run --separate-stderr "$K" sql SELECT 1
	[ "$status" -eq 2 ]
	run --separate-stderr "$K" sql '.schema leavs'
	[ "$status" -eq 2 ]
	[[ $stderr == *"'leaves'"* ]]
	run --separate-stderr bash -c "printf 'SELECT 1\\0;' | '$K' sql"
	[ "$status" -eq 3 ]
	run --separate-stderr bash -c "printf 'nonsense;\\nSELECT 1;' | '$K' sql"
	[ "$status" -eq 3 ]
	[ -z "$output" ]
}

@test "sql on a terminal: a prompt, and an error is not the end" {
	command -v script >/dev/null || skip "no script(1) to make a terminal"
	tiny_tree
	"$K" audit -q "$T"
	run script -qec "stty -echo; '$K' sql --format csv" /dev/null \
		< <(printf 'SELECT 1 AS\na;\nnonsense;\n.tables\nSELECT 40 + 2 AS b;\n.quit\n')
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"kmemdb> "*"...> "*"syntax error"*"leaves"*"42"* ]]
}

@test "query --file takes the parameters that its statement names" {
	tiny_tree
	"$K" audit -q "$T"
	printf '%s\n' '-- title: Mine' '-- param: build' '-- param: branch' '-- column: path text  which' '-- column: total bytes sum  how much' \
		'-- order: total' 'SELECT path, total FROM objects' \
		'WHERE build = :build AND in_branch(path, :branch)' >"$L"
	[ "$("$K" query --file "$L" --branch fs --limit 1 --format csv 2>/dev/null)" = $'path,total\nfs/stale.o,1017' ]
	[ "$("$K" query --file "$L" --branch fs --order-by path --limit 1 --format csv 2>/dev/null)" = \
		$'path,total\nfs/ext9/inode.o,444' ]
	run --separate-stderr "$K" query --file "$L" --branch fz
	[ "$status" -eq 2 ]
	[[ $stderr == *"'fs'"* ]]
	run --separate-stderr "$K" query --file "$L" --depth 2
	[ "$status" -eq 2 ]
	"$K" query --file "$L" --help | grep -q -- '--branch'
	# Its help names every variable there is.
	for v in $(sed -n 's/^\tX([A-Z]*, "\([a-z-]*\)".*/\1/p' auditor/query/param.h); do
		"$K" query --help | tr '\n' ' ' | grep -q "is  *--$v"
	done
}

# The program's own tables, as scripts read them.
listing() { # KIND FIELD
	"$K" --list-options | awk -F '\t' -v kind="$1" -v field="$2" '$1 == kind { print $field }'
}

commands() {
	listing command 2
}

options_of() { # COMMAND, or "" for the program itself
	"$K" --list-options | awk -F '\t' -v c="$1" '$1 == "option" && $2 == c { print $3 }'
}

@test "--list-options: every line is a record of its kind" {
	"$K" --list-options >"$L"
	[ "$(head -n 1 "$L")" = $'format\t1' ]
	awk -F '\t' '
	BEGIN {
		split("format 2 program 3 command 3 usage 3 text 3 operand 6 option 8 exit 4 " \
			"report 3 about 3 param 7 column 6 order 3 view 3 numbers 2", w, " ")
		for (i = 1; i in w; i += 2) fields[w[i]] = w[i + 1]
	}
	!($1 in fields) || NF != fields[$1] { print "line " NR ": " $0; bad = 1 }
	END { exit bad }' "$L"
	# What is in the repository is in the listing, and nothing else.
	diff <(listing report 2 | sort) <(basename -s .sql sql/reports/*.sql | sort)
	diff <(listing view 2 | sort) <(basename -s .sql sql/views/*.sql | sort)
	diff <(commands | sort) <(basename -s .c auditor/cmd_*.c | sed -n 's/^cmd_\([a-z]*\)$/\1/p' | sort)
	for r in sql/reports/*.sql; do
		diff <("$K" --list-options | awk -F '\t' -v r="$(basename "$r" .sql)" '$1 == "column" && $2 == r { print $3 " " $4 }') \
			<(sed -n 's/^-- column: \([a-z_]*\) \([a-z]*\).*/\1 \2/p' "$r")
	done
}

@test "every option is in its command's help exactly once, and works" {
	local c o n
	[ "$(commands | wc -l)" -ge 6 ]
	for c in $(commands); do
		"$K" "$c" --help >"$L" </dev/null
		[ "$(head -n 1 "$L" | cut -d ' ' -f 1-4)" = "Usage: kmemdb $c [OPTION]..." ]
		# In help, in the table's order: none is missing, none is twice.
		diff <(sed -n 's/^  \(-[a-z], \)\{0,1\}--\([a-z-]*\).*/\2/p' "$L") <(options_of "$c")
		for o in $(options_of "$c"); do
			n=$(options_of "$c" | grep -cx -- "$o")
			[ "$n" -eq 1 ]
			run --separate-stderr "$K" "$c" "--$o" 1 --help </dev/null
			[[ $stderr != *"unknown option"* && $stderr != *"takes no"* ]] || {
				echo "kmemdb $c refuses --$o: $stderr"
				return 1
			}
		done
		# And no other.
		for o in $(listing option 3 | sort -u); do
			options_of "$c" | grep -qx -- "$o" && continue
			run --separate-stderr "$K" "$c" "--$o=1" --help </dev/null
			[ "$status" -eq 2 ]
		done
	done
	diff <("$K" --help | sed -n 's/^  \([a-z][a-z-]*\)  *.*/\1/p') <(commands)
	diff <("$K" --help | sed -n 's/^  \(-[a-z], \)\{0,1\}--\([a-z-]*\).*/\2/p') <(options_of '')
	# Each report's help has its parameters.
	for r in $(listing report 2); do
		diff <("$K" query "$r" --help | sed -n '/^Parameters:/,/^$/s/^  --\([a-z-]*\).*/\1/p') \
			<("$K" --list-options | awk -F '\t' -v r="$r" '$1 == "param" && $2 == r { print $3 }')
	done
}

# A usage error: exit 2, nothing on stdout, one line of one style.
wrong() { # ARGUMENT...
	run --separate-stderr "$K" "$@" </dev/null
	[[ $status -eq 2 && -z $output && ${#stderr_lines[@]} -eq 1 &&
		$stderr =~ ^kmemdb:\ .+:\ \'kmemdb(\ [a-z]+)?\ --help\'\ (lists\ them|tells\ more)$ ]] || {
		echo "kmemdb $*: exit $status, '$output', '$stderr'"
		return 1
	}
}

@test "every usage error is exit 2 in one style, and no abbreviation works" {
	local c o
	tiny_tree
	"$K" audit -q "$T"
	wrong frobnicate
	wrong --frobnicate
	wrong --vers
	wrong --db x list
	for c in $(commands); do
		wrong "$c" --frobnicate
		wrong "$c" -Z
		wrong "$c" --help=1
		wrong "$c" --db
		wrong "$c" --db '' builds
		wrong "$c" --db :memory: builds
		for o in $(options_of "$c"); do
			wrong "$c" "--${o%?}" 1
			wrong "$c" "--${o%?}=1"
		done
	done
	for c in audit import show; do
		wrong "$c"
	done
	for c in audit import query list show sql; do
		wrong "$c" x y
	done
	wrong audit -j 0 "$T"
	wrong audit --jobs=257 "$T"
	wrong import --page-size 3000 "$L"
	wrong import --format weird "$L"
	wrong list nothing
	wrong list --format account
	wrong query --order-by path
	wrong query --limit -1 objects
	wrong query --timeout 0 objects
	wrong query objects --file "$L"
	wrong sql --timeout x 'SELECT 1'
	# A database of no name: an unset variable in a script.
	export KMEMDB=
	for c in audit import query list show sql; do
		wrong "$c" builds
	done
	[ -z "$(find . -maxdepth 1 -name ':memory:')" ]
}

@test "-j N, --option=value and -- are the same in every command" {
	tiny_tree
	"$K" audit -q -j2 --label=one -- "$T"
	"$K" audit "$T" -qj 2 --label two
	small_log >"$L"
	# The build of so small a trace is in doubt: 1.
	"$K" import "$L" --label=boot -q || [ $? -eq 1 ]
	[ "$("$K" list traces --format csv | grep -c ,boot,)" -eq 1 ]
	"$K" list builds --format=csv -o "$L.1"
	"$K" list --format csv -o"$L.2" -- builds
	diff "$L.1" "$L.2"
	[ "$("$K" sql --format csv 'SELECT group_concat(label) AS l FROM builds' | tail -n 1)" = '"one,two"' ]
}

@test "the database is never the output, and a FIFO never hangs" {
	local sum
	tiny_tree
	"$K" audit -q "$T"
	sum=$(sha256sum <"$KMEMDB")
	ln -s "$KMEMDB" "$L.link"
	ln "$KMEMDB" "$L.hard"
	for f in "$KMEMDB" "$L.link" "$L.hard"; do
		run --separate-stderr "$K" query objects -o "$f"
		[ "$status" -eq 2 ]
		[[ $stderr == *"is the database itself"* ]]
	done
	[ "$sum" = "$(sha256sum <"$KMEMDB")" ]
	mkfifo "$L.fifo"
	run --separate-stderr timeout 20 "$K" query objects -o "$L.fifo"
	[ "$status" -eq 3 ]
	[[ $stderr == *"FIFO that nobody reads"* ]]
	run --separate-stderr timeout 20 "$K" query --file "$L.fifo"
	[ "$status" -eq 3 ]
	[[ $stderr == *"FIFO that nobody writes"* ]]
	# One that somebody uses is as good as a file.
	cat "$L.fifo" >"$L.got" &
	sleep 0.5
	"$K" query objects --format csv -o "$L.fifo" 2>/dev/null
	wait $!
	diff "$L.got" <("$K" query objects --format csv 2>/dev/null)
	[ "$("$K" query --format csv --file <(sleep 0.3; echo 'SELECT 6 * 7 AS n'))" = $'n\n42' ]
}

endless='WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) AS n FROM c'

# Runs it, sends the signal, and wants a quick end with exit 3.
interrupted() { # SIGNAL ARGUMENT...
	local signal=$1 code=0 before
	shift
	# A background job of a shell would ignore SIGINT.
	python3 - "$signal" "$K" "$@" <<-'EOF'
		import signal, subprocess, sys, time
		child = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE,
		                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
		time.sleep(0.7)
		before = time.monotonic()
		child.send_signal(getattr(signal, sys.argv[1]))
		out, err = child.communicate(timeout=30)
		print(sys.argv[1:], child.returncode, time.monotonic() - before, err)
		sys.exit(child.returncode != 3 or time.monotonic() - before > 2 or
		         not err.startswith(b"kmemdb: interrupted: "))
	EOF
}

@test "Ctrl-C ends a query at once, and leaves no file" {
	local signal
	tiny_tree
	"$K" audit -q "$T"
	printf -- '-- title: Endless\n%s\n' "$endless" >"$L.sql"
	mkdir "$L.d"
	for signal in SIGINT SIGTERM SIGHUP; do
		interrupted "$signal" query --file "$L.sql" -o "$L.d/out"
		interrupted "$signal" sql "$endless" -o "$L.d/out"
		interrupted "$signal" sql
	done
	# Rows that come, too, and a reader that does not read.
	interrupted SIGINT sql "${endless/count(\*) AS n/x}" --format csv
	interrupted SIGINT sql "${endless/count(\*) AS n/x}"
	[ -z "$(ls "$L.d")" ]
}

@test "--timeout ends what takes longer, and nothing else" {
	tiny_tree
	"$K" audit -q "$T"
	printf -- '-- title: Endless\n%s\n' "$endless" >"$L.sql"
	run --separate-stderr timeout 30 "$K" query --timeout 1 --file "$L.sql" -o "$L.out"
	[ "$status" -eq 3 ]
	[[ $stderr == "kmemdb: stopped after 1 second"*"--timeout"* ]]
	[ ! -e "$L.out" ]
	run --separate-stderr timeout 30 "$K" sql --timeout 1 "SELECT 1 AS a; $endless" --format csv
	[ "$status" -eq 3 ]
	# The first result is there; of the second there is the head.
	[ "$output" = $'a\n1\n\nn' ]
	[ "$("$K" sql --timeout 30 'SELECT 1 AS a' --format csv)" = $'a\n1' ]
	"$K" query objects --timeout 30 >"$L.out" 2>/dev/null
}

@test "sql on a terminal: Ctrl-C ends the statement, not the program" {
	tiny_tree
	"$K" audit -q "$T"
	run python3 - "$K" "$endless" <<-'EOF'
		import os, pty, select, sys, time
		pid, fd = pty.fork()
		if pid == 0:
		    os.execv(sys.argv[1], [sys.argv[1], "sql", "--format", "csv"])
		seen = b""
		def until(text):
		    global seen
		    end = time.monotonic() + 20
		    while text not in seen and time.monotonic() < end:
		        if select.select([fd], [], [], 0.1)[0]:
		            try:
		                seen += os.read(fd, 65536)
		            except OSError:
		                break
		    if text not in seen:
		        sys.exit("no %r in %r" % (text, seen))
		    seen = seen[seen.index(text) + len(text):]
		until(b"kmemdb> ")
		# What is half typed is given up; also right after the prompt,
		# when the program does not wait yet.
		for i in range(200):
		    os.write(fd, b"SELECT 1 AS a,\n")
		    until(b"...> ")
		    os.write(fd, b"\x03")
		    until(b"kmemdb> ")
		os.write(fd, sys.argv[2].encode() + b";\n")
		time.sleep(1)
		os.write(fd, b"\x03")
		until(b"interrupted: ")
		until(b"kmemdb> ")
		os.write(fd, b"SELECT 40 + 2 AS b;\n")
		until(b"\r\n42\r\n")
		os.write(fd, b".quit\n")
		sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
	EOF
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "manual pages: every command, option and report; no complaint" {
	local c o r
	scripts/man.sh "$K" 1 >"$L.1"
	scripts/man.sh "$K" 7 >"$L.7"
	sed 's/\\-/-/g' "$L.1" >"$L.plain"
	for c in $(commands); do
		grep -qx "\.SS $c" "$L.plain"
		sed -n "/^\.SS $c\$/,/^\.S[SH] /p" "$L.plain" >"$L.part"
		for o in $(options_of "$c"); do
			[ "$(grep -c -- "--$o\\\\fR" "$L.part")" -eq 1 ] || {
				echo "kmemdb(1) has not kmemdb $c --$o once"
				return 1
			}
		done
	done
	sed 's/\\-/-/g' "$L.7" >"$L.plain"
	for r in sql/reports/*.sql; do
		c=$(basename "$r" .sql)
		grep -qx "\.SH \"$c\"" "$L.plain"
		sed -n "/^\.SH \"$c\"\$/,/^\.SH [^\"]*\"*[a-z-]*\"*\$/p" "$L.plain" >"$L.part"
		for o in $(sed -n 's/^-- column: \([a-z_]*\) .*/\1/p' "$r"); do
			grep -q "fB$o\\\\fR (" "$L.plain"
		done
	done
	[ "$(grep -c '^\.SH "' "$L.7")" -eq "$(ls sql/reports | wc -l)" ]
	if command -v mandoc >/dev/null; then
		run mandoc -T lint -W warning "$L.1" "$L.7"
		echo "$output"
		[ -z "$output" ]
	elif command -v man >/dev/null; then
		run bash -c "LC_ALL=C.UTF-8 man --warnings -l '$L.1' '$L.7' 2>&1 >/dev/null"
		echo "$output"
		[ -z "$output" ]
	else
		skip "neither mandoc nor man is here to check the pages"
	fi
}

# What bash offers after the words given; the last one is being typed.
complete_bash() {
	bash -c 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kmemdb; printf "%s\n" "${COMPREPLY[@]}"' \
		"$L.bash" "$K" "$@"
}

@test "bash: every command, option, report and column is completed" {
	local c r
	scripts/completions.sh "$K" bash >"$L.bash"
	diff <(complete_bash '' | grep -v '^-' | sort) <(commands | sort)
	for c in $(commands); do
		diff <(complete_bash "$c" -- | sort) <(options_of "$c" | sed 's/^/--/' | sort)
	done
	diff <(complete_bash -- | sort) <(options_of '' | sed 's/^/--/' | sort)
	[ "$(complete_bash import --format = | tr '\n' ' ')" = 'auto text dat ' ]
	[ "$(complete_bash list --format = | tr '\n' ' ')" = 'table csv tsv json jsonl md ' ]
	diff <(complete_bash query '' | sort) <(basename -s .sql sql/reports/*.sql | sort)
	for r in waste footprint; do
		diff <(complete_bash query "$r" --order-by '') <(sed -n 's/^-- column: \([a-z_]*\) .*/\1/p' "sql/reports/$r.sql")
	done
	[ "$(complete_bash query waste --format = | tr '\n' ' ')" = 'table csv tsv json jsonl md account ' ]
	[ "$(complete_bash query waste --format = c)" = csv ]
	[ "$(complete_bash list d)" = database ]
	# A label that is no word, and must not be run.
	tiny_tree
	"$K" audit -q --label 'v1 $(touch ran)' "$T"
	cd "$BATS_TEST_TMPDIR"
	[ "$(complete_bash query --build v)" = 'v1\ \$\(touch\ ran\)' ]
	[ ! -e ran ]
}

@test "zsh: its completion holds every command, option and report" {
	local c o r
	scripts/completions.sh "$K" zsh >"$L.zsh"
	for c in $(commands); do
		grep -q "'$c:" "$L.zsh"
		sed -n "/^\t$c)\$/,/;;/p" "$L.zsh" >"$L.part"
		for o in $(options_of "$c"); do
			grep -q -- "--$o[]='[]\\|,--$o[}=]" "$L.part" || {
				echo "zsh: kmemdb $c lacks --$o"
				return 1
			}
		done
	done
	for r in sql/reports/*.sql; do
		grep -q "[( ]$(basename "$r" .sql)[ )]" "$L.zsh"
	done
	command -v zsh >/dev/null || skip "no zsh to read it"
	zsh -n "$L.zsh"
}

@test "make install puts everything in place" {
	local d=$BATS_TEST_TMPDIR/dest o=$BATS_TEST_TMPDIR/o f
	# -o: the program is there, whatever flags it was built with.
	mkdir "$o"
	cp "$K" "$o/kmemdb"
	env -u MAKEFLAGS make -s install -o "$o/kmemdb" "O=$o" DESTDIR="$d" prefix=/opt/k
	for f in bin/kmemdb share/kmemdb/capture.sh share/man/man1/kmemdb.1 \
		share/man/man7/kmemdb-reports.7 share/bash-completion/completions/kmemdb \
		share/zsh/site-functions/_kmemdb \
		bin/kmemdb-ci.sh share/kmemdb/ci/github/kernel.yml \
		share/kmemdb/ci/github/comment.yml share/kmemdb/ci/gitlab-ci.yml \
		share/kmemdb/ci/Jenkinsfile share/kmemdb/ci/kmemdb.mk \
		share/kmemdb/ci/kbuild/Makefile.kmemdb \
		share/kmemdb/ci/yocto/kmemdb.bbclass \
		share/kmemdb/ci/buildroot/external.mk \
		lib/kmemdb/kmemdb-archive.so lib/kmemdb/kmemdb-bfd.so \
		lib/kmemdb/kmemdb-code.so lib/kmemdb/kmemdb-git.so \
		lib/kmemdb/kmemdb-plot.so lib/kmemdb/kmemdb-profile.so \
		lib/kmemdb/kmemdb-top.so; do
		[ -s "$d/opt/k/$f" ]
	done
	[ "$(find "$d" -type f | wc -l)" -eq 22 ]
	[ -x "$d/opt/k/bin/kmemdb" ]
	[ -x "$d/opt/k/share/kmemdb/capture.sh" ]
	[ -x "$d/opt/k/bin/kmemdb-ci.sh" ]
	"$d/opt/k/bin/kmemdb" --version
}

@test "libgit2 and libarchive are loaded where they are used" {
	local d=$BATS_TEST_TMPDIR/bin; local lean=$d/kmemdb
	run ldd "$K"
	[[ $output != *libgit2* && $output != *libarchive* ]]
	# Without the modules: beside the program, and where make install puts them.
	mkdir "$d"
	cp "$K" "$lean"
	[ ! -e /usr/local/lib/kmemdb/kmemdb-archive.so ] || skip "kmemdb is installed"
	tiny_tree
	git -C "$T" init -q
	run "$lean" audit "$T"
	[ "$status" -eq 0 ]
	[[ $output == *"git in '"*"': cannot load kmemdb-git.so: "* ]]
	log 20 "$d/log"
	"$lean" import -q "$d/log" || [ $? -eq 1 ]
	gzip -k "$d/log"
	run "$lean" import -q "$d/log.gz"
	[[ "$status" -eq 3 && $output == *"cannot load kmemdb-archive.so: "* ]]
	cp "${K%/*}"/kmemdb-{git,archive}.so "$d"
	run "$lean" audit "$T"
	[[ $output != *"cannot load kmemdb-git.so"* ]]
	"$lean" import -q "$d/log.gz" || [ $? -eq 1 ]
}

# ---- names of C++ and Rust ----

@test "mangled names are readable in tables, raw in csv and json" {
	local d=$BATS_TEST_TMPDIR rust=_RNvCskwGfYPst2Cb_3foo16example_function cpp=_ZN3foo3barEi.cold
	for s in "$rust" "$cpp" _Znotmangled; do
		printf '.globl %s\n.type %s,@function\n%s: nop\nret\n.size %s,2\n' "$s" "$s" "$s" "$s"
	done | gcc -x assembler -c - -o "$d/v.o"
	ld -e _Znotmangled -o "$d/vmlinux" "$d/v.o"
	"$K" audit -q "$d/vmlinux"
	"$K" query symbols >"$d/table"
	grep -q '^foo::example_function  ' "$d/table"
	grep -q '^foo::bar(int) \[clone .cold\]  ' "$d/table"
	grep -q '^_Znotmangled  ' "$d/table"
	run grep -c _RNv "$d/table"
	[ "$output" = 0 ]
	"$K" query symbols --demangle no | grep -q "^$rust  "
	# Programs get what the symbol table has, and the readable name beside it.
	[ "$("$K" query symbols --format csv | head -n 1)" = symbol,path,section,type,size,own,bind,class ]
	"$K" query symbols --format csv | grep -q "^$rust,"
	"$K" query symbols --format csv --demangle yes | grep -q "^$rust,.*,foo::example_function\$"
	"$K" query symbols --format json --demangle yes | python3 -c '
import json, sys
rows = {r["symbol"]: r["demangled"] for r in json.load(sys.stdin)}
assert rows["_ZN3foo3barEi.cold"] == "foo::bar(int) [clone .cold]", rows
assert rows["_Znotmangled"] is None, rows'
	[ "$("$K" sql --format tsv "SELECT demangle('_ZN3foo3barEi+0x10')" | tail -n 1)" = "foo::bar(int)+0x10" ]
	# libbfd is loaded where a mangled name is met, and not to begin with.
	run ldd "$K"
	[[ $output != *libbfd* ]]
}
