# Databases that a stranger made, and what lies beside them.
# shellcheck disable=SC2154 # bats sets what run gives

load common

setup() {
	common_setup
	tiny_tree
	mkdir "$BATS_TEST_TMPDIR/home" "$BATS_TEST_TMPDIR/stranger"
	DB=$BATS_TEST_TMPDIR/stranger/k.db
	VICTIM=$BATS_TEST_TMPDIR/home/victim
	echo precious >"$VICTIM"
	"$K" audit -q --db "$DB" "$T"
	log 10 "$BATS_TEST_TMPDIR/log"
}

# super_journal FIRST: a journal beside $DB that names $VICTIM; FIRST is its
# first byte, where 00 is a journal that need not be rolled back.
super_journal() {
	python3 - "$DB" "$VICTIM" "$1" <<'PY'
import struct, sys
db, victim = sys.argv[1], sys.argv[2].encode()
pages = len(open(db, "rb").read()) // 4096
head = bytes.fromhex(sys.argv[3] + "d505f920a163d7")
head += struct.pack(">IIIII", 0, 0, pages, 512, 4096)
name = struct.pack(">I", 0x40000000 // 4096 + 1) + victim
name += struct.pack(">II", len(victim), sum(victim) & 0xffffffff)
open(db + "-journal", "wb").write(head.ljust(512, b"\0") + name
                                  + bytes.fromhex("d9d505f920a163d7"))
PY
}

# Every command on $DB is refused with the words, and changes nothing.
expect_refused() {
	local words=$1 command before
	before=$(cd "$BATS_TEST_TMPDIR" && ls -l home stranger)
	for command in 'query builds' 'list' 'show fs/open.o' 'sql VALUES(1)' \
		"audit $T" "import $BATS_TEST_TMPDIR/log"; do
		# shellcheck disable=SC2086 # a command and its operand
		run -3 timeout 10 "$K" $command --db "$DB" </dev/null
		[[ $output == *"$words"* ]]
		[ "$(cd "$BATS_TEST_TMPDIR" && ls -l home stranger)" = "$before" ]
	done
	[ "$(cat "$VICTIM")" = precious ]
}

@test "a journal that names another file is never rolled back" {
	super_journal d9
	expect_refused 'names another file, to be deleted'
	# One that nobody would roll back is read by a writer that gives up.
	super_journal 00
	expect_refused 'names another file, to be deleted'
	# SQLite alone does delete it: that is what this test relies on.
	super_journal d9
	sqlite3 "$DB" 'SELECT count(*) FROM build'
	[ ! -e "$VICTIM" ]
}

@test "the database by a symbolic link: its own journal counts" {
	super_journal d9
	ln -s "$DB" "$BATS_TEST_TMPDIR/link.db"
	run -3 "$K" query builds --db "$BATS_TEST_TMPDIR/link.db"
	[[ $output == *'names another file'* ]]
	run -3 "$K" audit -q --db "$BATS_TEST_TMPDIR/link.db" "$T"
	[[ $output == *'names another file'* ]]
	[ -e "$VICTIM" ]
	# A link to what is not there yet is where the database is to be.
	ln -s "$BATS_TEST_TMPDIR/home/new.db" "$BATS_TEST_TMPDIR/new.db"
	"$K" audit -q --db "$BATS_TEST_TMPDIR/new.db" "$T"
	[ -s "$BATS_TEST_TMPDIR/home/new.db" ]
}

@test "FIFOs, links and logs named like a journal" {
	mkfifo "$DB-journal"
	expect_refused 'is not a regular file'
	rm "$DB-journal"
	ln -s "$VICTIM" "$DB-journal"
	expect_refused 'is not a regular file'
	rm "$DB-journal"
	mkdir "$DB-journal"
	expect_refused 'is not a regular file'
	rmdir "$DB-journal"
	ln "$VICTIM" "$DB-journal"
	expect_refused 'is a file of several names'
	rm "$DB-journal"
	ln "$VICTIM" "$DB-wal"
	expect_refused 'is part of a write-ahead log'
	rm "$DB-wal"
	sqlite3 "$DB" 'PRAGMA journal_mode = WAL' >"$BATS_TEST_TMPDIR/mode"
	expect_refused 'is in WAL mode'
}

@test "what a killed writer left is read without writing" {
	local before
	python3 - "$DB" <<'PY'
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 2")
db.execute("BEGIN")
db.execute("DELETE FROM build")
db.execute("CREATE TABLE more AS WITH RECURSIVE n(i) AS"
           " (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9999)"
           " SELECT hex(randomblob(99)) FROM n")
os._exit(0)
PY
	[ -s "$DB-journal" ]
	before=$(cd "$BATS_TEST_TMPDIR/stranger" && stat -c '%n %s %Y %U %a %i' . ./* && md5sum ./*)
	export TMPDIR=$BATS_TEST_TMPDIR/tmp
	mkdir "$TMPDIR"
	for command in 'query objects' 'list' 'show fs/open.o' 'sql VALUES(1)'; do
		# shellcheck disable=SC2086
		"$K" $command --db "$DB" >"$BATS_TEST_TMPDIR/out"
		[ -s "$BATS_TEST_TMPDIR/out" ]
	done
	# (Not the ctime: as root, SQLite gives a journal the owner of its database.)
	diff <(echo "$before") <(cd "$BATS_TEST_TMPDIR/stranger" && stat -c '%n %s %Y %U %a %i' . ./* && md5sum ./*)
	[ -z "$(ls -A "$TMPDIR")" ]
	# A writer undoes it.
	"$K" audit -q --db "$DB" --label again "$T"
	[ ! -e "$DB-journal" ]
	[ "$(sqlite3 "$DB" 'SELECT count(*) FROM build')" -eq 2 ]
}

# hold HOW SECONDS: somebody else has the database for so long; $HOLDER.
hold() {
	rm -f "$BATS_TEST_TMPDIR/held"
	python3 - "$DB" "$1" "$2" >"$BATS_TEST_TMPDIR/held" 3>&- <<'PY' &
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 2")
if sys.argv[2] == "read":
    db.execute("BEGIN")
    db.execute("SELECT count(*) FROM build").fetchall()
else:
    db.execute("BEGIN IMMEDIATE")
    db.execute("CREATE TABLE more AS WITH RECURSIVE n(i) AS"
               " (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %s)"
               " SELECT hex(randomblob(99)) FROM n"
               % (9999 if sys.argv[2] == "spill" else 1))
print("held", flush=True)
time.sleep(float(sys.argv[3]))
db.execute("ROLLBACK")
PY
	HOLDER=$!
	until [ -s "$BATS_TEST_TMPDIR/held" ]; do sleep 0.05; done
}

@test "a writer says for whom it waits" {
	hold write 3
	run -0 --separate-stderr "$K" audit --db "$DB" --label later "$T"
	wait "$HOLDER"
	# shellcheck disable=SC2154
	echo "$stderr"
	[[ $stderr == *"database '$DB': waiting for process $HOLDER ("*python3*' - '*"$DB"*'which writes it'* ]]
	[ "$(grep -c waiting <<<"$stderr")" -eq 1 ]
	# And so does one at its commit.
	hold read 3
	run -1 --separate-stderr "$K" import --db "$DB" "$BATS_TEST_TMPDIR/log"
	wait "$HOLDER"
	[[ $stderr == *"waiting for process $HOLDER ("*python3*' - '*"$DB"*'which reads it'* ]]
	hold write 2
	run -0 "$K" audit -q --db "$DB" --label quiet "$T"
	wait "$HOLDER"
	[[ $output != *waiting* ]]
}

@test "readers come and go while a writer works, and also while it locks" {
	local how from
	"$K" query builds --db "$DB" --format csv >"$BATS_TEST_TMPDIR/before"
	for how in write spill; do
		hold "$how" 6
		from=${EPOCHREALTIME/./}
		"$K" query builds --db "$DB" --format csv |
			cmp - "$BATS_TEST_TMPDIR/before"
		"$K" sql --db "$DB" --format csv 'SELECT count(*) AS n FROM builds' |
			cmp - <(printf 'n\r\n1\r\n' | tr -d '\r')
		[ $((${EPOCHREALTIME/./} - from)) -lt 4000000 ]
		kill -0 "$HOLDER"
		wait "$HOLDER"
	done
	[ ! -e "$DB-journal" ]
}

@test "readers come and go during an import, slow or large" {
	local n
	mkfifo "$BATS_TEST_TMPDIR/pipe"
	"$K" import -q --db "$DB" "$BATS_TEST_TMPDIR/pipe" 3>&- & IMPORT=$!
	exec 9>"$BATS_TEST_TMPDIR/pipe"
	log 600000 /dev/stdout >&9
	for n in 1 2 3; do
		timeout 3 "$K" query builds --db "$DB" >"$BATS_TEST_TMPDIR/out"
	done
	kill -0 "$IMPORT"
	exec 9>&-
	n=0
	wait "$IMPORT" || n=$?
	[ "$n" -eq 1 ] # no build could confirm it
	[ "$(sqlite3 "$DB" 'SELECT count(*) FROM allocation')" -eq 600000 ]
	[ ! -e "$DB-journal" ]
}

@test "triggers of a stranger's database do not run" {
	sqlite3 "$DB" <<'SQL'
CREATE TABLE ran (x);
CREATE TRIGGER one AFTER INSERT ON build BEGIN INSERT INTO ran VALUES (1); END;
CREATE TRIGGER two BEFORE INSERT ON trace BEGIN INSERT INTO ran VALUES (2); END;
CREATE TRIGGER three AFTER UPDATE ON build BEGIN DELETE FROM object; END;
SQL
	"$K" audit -q --db "$DB" --label new "$T"
	"$K" audit -q --full --db "$DB" --label new "$T"
	run -1 "$K" import -q --db "$DB" "$BATS_TEST_TMPDIR/log"
	[ "$(sqlite3 "$DB" 'SELECT (SELECT count(*) FROM ran), (SELECT count(*) FROM build), (SELECT count(*) FROM trace)')" = '0|2|1' ]
	[ "$(sqlite3 "$DB" 'SELECT count(*) FROM object')" -gt 8 ]
}

# endless VIEW: its rows do not end.
endless() {
	local columns
	columns=$(sqlite3 "$DB" "SELECT group_concat('i AS ' || name) FROM pragma_table_info('$1')")
	sqlite3 "$DB" "DROP VIEW $1; CREATE VIEW $1 AS WITH RECURSIVE e(i) AS
		(SELECT 1 UNION ALL SELECT i + 1 FROM e) SELECT $columns FROM e"
}

@test "a journal keeps its owner, whoever reads the database" {
	[ "$(id -u)" -eq 0 ] || skip "only root could give it to somebody else"
	local command
	chown nobody "$DB"
	head -c 600 /dev/urandom >"$DB-journal"
	for command in 'query objects' list 'show fs/open.o' 'sql VALUES(1)'; do
		# shellcheck disable=SC2086
		"$K" $command --db "$DB" >/dev/null 2>&1 || :
		[ "$(stat -c %U "$DB-journal")" = root ]
	done
}

@test "views that have no end: every command can be interrupted" {
	local started command status
	endless builds
	endless objects
	for command in list 'list builds' 'show fs/open.o' 'query objects --format csv' \
		'sql TABLE'; do
		[ "$command" != 'sql TABLE' ] || command='sql SELECT(count(*))FROM(builds)'
		started=$SECONDS status=0
		# shellcheck disable=SC2086
		python3 "$ROOT/tests/cli/signalled.py" INT 'sleep 0.5' "$K" $command --db "$DB" \
			-o "$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
		cat "$BATS_TEST_TMPDIR/err"
		# Not killed, and not by itself.
		[ "$status" -eq 3 ] || [ "$status" -eq 130 ]
		grep -q interrupted "$BATS_TEST_TMPDIR/err"
		[ $((SECONDS - started)) -lt 5 ]
		# What was begun is gone.
		run ls -A "$BATS_TEST_TMPDIR"
		[[ $output != *out* ]]
	done
	run -3 timeout 20 "$K" sql --timeout 1 --db "$DB" 'SELECT count(*) FROM builds'
	[[ $output == *'stopped after 1 second'* ]]
	run -3 timeout 20 "$K" query objects --timeout 1 --db "$DB" -o "$BATS_TEST_TMPDIR/out"
	[[ $output == *'stopped after 1 second'* ]]
}

@test "a table of two million rows on a bounded amount of memory" {
	[[ ${BUILD:-build} == build ]] || skip 'sanitizers reserve terabytes'
	local numbers='WITH RECURSIVE e(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM e LIMIT 2000000) SELECT i, i * 7 AS seven FROM e'
	(
		ulimit -v 300000
		"$K" sql --db "$DB" --format table --limit 0 "$numbers" |
			awk 'NR > 1 { n++; if ($2 != $1 * 7 || NF != 2) exit 1 } END { exit n != 2000000 }'
	)
}

@test "the journal's place is not for output" {
	local suffix f
	ln -s "$BATS_TEST_TMPDIR/stranger" "$BATS_TEST_TMPDIR/way"
	for suffix in -journal -wal -shm; do
		for f in "$DB$suffix" "$BATS_TEST_TMPDIR/way/k.db$suffix"; do
			run -2 "$K" query objects --db "$DB" -o "$f"
			[[ $output == *"where the database's journal belongs"* ]]
		done
	done
	(cd "$BATS_TEST_TMPDIR/stranger" && run -2 "$K" list --db k.db -o k.db-journal)
	"$K" query objects --db "$DB" -o "$BATS_TEST_TMPDIR/k.db-journal"
	[ -s "$BATS_TEST_TMPDIR/k.db-journal" ]
	[ "$(ls -A "$BATS_TEST_TMPDIR/stranger")" = k.db ]
}
