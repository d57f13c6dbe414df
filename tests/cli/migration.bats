#!/usr/bin/env bats
# Databases that older programs wrote (tests/migration/make.sh has made them
# with those programs): each becomes one of today with the first audit into
# it, and then its reports say what the old program's reports said.

load common

setup() {
	common_setup
	M=$ROOT/tests/migration
	tiny_tree 2>/dev/null
}

# The old database of a version, as this program finds it.
restore() { # VERSION
	rm -f "$KMEMDB" "$KMEMDB-journal"
	sqlite3 "$KMEMDB" <"$M/v$1.sql"
	[ "$(sqlite3 "$KMEMDB" 'PRAGMA user_version')" -eq "$1" ]
}

version() { sqlite3 "$KMEMDB" 'PRAGMA user_version'; }
today() { sed -n 's/^#define KMEMDB_SCHEMA_VERSION //p' auditor/model/schema_version.h; }

@test "a database of each older version migrates, and its reports stay" {
	local v
	for ((v = 1; v < $(today); v++)); do
		restore "$v"
		# Readers do not write, so they do not migrate either.
		run --separate-stderr "$K" query footprint
		[ "$status" -eq 3 ]
		[[ $stderr == *"older kmemdb"*"kmemdb audit"* ]]
		[ "$(version)" -eq "$v" ]
		"$K" audit -q --label another "$T"
		[ "$(version)" -eq "$(today)" ]
		[ "$(sqlite3 "$KMEMDB" 'PRAGMA integrity_check')" = ok ]
		run python3 "$M/compare.py" "$K" "$M/v$v.csv"
		echo "v$v: $output"
		[ "$status" -eq 0 ]
	done
	[ "$v" -ge 4 ]
}

@test "a migrated database has the schema of a new one" {
	local v
	schema() { sqlite3 "$1" "SELECT type, name, (SELECT group_concat(name || ' ' || type || ' ' || \"notnull\" || ' ' || pk, ', ') FROM pragma_table_info(s.name)) FROM sqlite_schema AS s WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"; }
	"$K" audit -q --db "$BATS_TEST_TMPDIR/new.db" "$T"
	schema "$BATS_TEST_TMPDIR/new.db" >"$BATS_TEST_TMPDIR/new"
	for ((v = 1; v < $(today); v++)); do
		restore "$v"
		"$K" audit -q "$T"
		diff <(schema "$KMEMDB") "$BATS_TEST_TMPDIR/new"
	done
}

@test "a log can be imported next to an old build, and an old trace stays" {
	restore 3
	printf '%s\n' '  a-1 [000] 5.000001: kmalloc: call_site=f_open+0x10/0xc8 ptr=ffff888100001000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL' >"$BATS_TEST_TMPDIR/log"
	"$K" import -q --build tiny --label third "$BATS_TEST_TMPDIR/log" || [ $? -eq 1 ] # no calls in these objects
	[ "$("$K" query waste --trace third --format tsv | tail -n 1 | cut -f 1-3)" = $'f_open+0x10\tfs/open.o\tmalloc' ]
	[ "$(sqlite3 "$KMEMDB" 'SELECT count(*) FROM allocations WHERE trace = 1')" -eq \
		"$(sqlite3 "$KMEMDB" 'SELECT allocations FROM traces WHERE trace = 1')" ]
	[ "$(sqlite3 "$KMEMDB" "SELECT count(*) FROM allocations WHERE trace = 1 AND kind IN ('malloc', 'cache')")" -eq \
		"$(sqlite3 "$KMEMDB" 'SELECT allocs FROM traces WHERE trace = 1')" ]
}

@test "a newer database is refused by everybody, and stays as it is" {
	local sum command log=$BATS_TEST_TMPDIR/log
	echo '  a-1 [000] 5.000001: kmalloc: call_site=f_open+0x10/0xc8 ptr=ffff888100001000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL' >"$log"
	restore 3
	sqlite3 "$KMEMDB" "PRAGMA user_version = $(($(today) + 1))"
	sum=$(sha256sum <"$KMEMDB")
	for command in "audit $T" "import $log" 'query footprint' 'list builds' 'show vmlinux' 'sql VALUES(1)'; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr "$K" $command
		echo "$command: $status $stderr"
		[ "$status" -eq 3 ]
		[[ $stderr == *"newer kmemdb"* ]]
	done
	[ "$(sha256sum <"$KMEMDB")" = "$sum" ]
}

# Ends the program, as kill -9 does, before its Nth write to a file.
killer() {
	cat >"$BATS_TEST_TMPDIR/killer.c" <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static void count(void)
{
	static long left = -1;

	if (left < 0)
		left = atol(getenv("KILL_AT"));
	if (--left == 0)
		kill(getpid(), SIGKILL);
}

#define PWRITE(name, off_type)                                          \
	ssize_t name(int fd, const void *p, size_t n, off_type at)      \
	{                                                               \
		ssize_t (*next)(int, const void *, size_t, off_type) =  \
			dlsym(RTLD_NEXT, #name);                        \
		count();                                                \
		return next(fd, p, n, at);                              \
	}
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

int fdatasync(int fd)
{
	int (*next)(int) = dlsym(RTLD_NEXT, "fdatasync");

	count();
	return next(fd);
}

int unlink(const char *path)
{
	int (*next)(const char *) = dlsym(RTLD_NEXT, "unlink");

	count();
	return next(path);
}
C
	gcc -shared -fPIC -o "$BATS_TEST_TMPDIR/killer.so" "$BATS_TEST_TMPDIR/killer.c" -ldl
}

@test "killed at any write of a migration the database is as before, or done" {
	local v n before after killed=0 old=0 status
	[[ ${BUILD:-build} != */san* ]] || skip "the sanitizer must be loaded first"
	killer
	for v in 1 3; do
		restore "$v"
		before=$(sqlite3 "$KMEMDB" .dump | sha256sum)
		for ((n = 1; n < 500; n++)); do
			restore "$v"
			status=0
			# A log that is no trace: nothing but the migration is written.
			KILL_AT=$n LD_PRELOAD=$BATS_TEST_TMPDIR/killer.so \
				"$K" import -q "$M/compare.py" 2>/dev/null || status=$?
			[ "$status" -eq 137 ] || break
			killed=$((killed + 1))
			# The next reader rolls back.
			[ "$(sqlite3 "$KMEMDB" 'PRAGMA integrity_check')" = ok ]
			if [ "$(version)" -eq "$v" ]; then
				old=$((old + 1))
				after=$(sqlite3 "$KMEMDB" .dump | sha256sum)
				[ "$after" = "$before" ]
			else
				[ "$(version)" -eq "$(today)" ]
				[ "$(sqlite3 "$KMEMDB" 'SELECT count(*) FROM builds')" -eq 1 ]
			fi
		done
		[ "$status" -eq 3 ]
		[ "$(version)" -eq "$(today)" ]
	done
	echo "killed $killed times, $old of them before the commit"
	[ "$killed" -ge 20 ]
	[ "$old" -ge 10 ]
}
