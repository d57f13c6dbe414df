/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening a database: what is refused, with which words, that nothing can be
 * written through what is opened, and that no writer is a hindrance.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/schema_version.h"
#include "query/database.h"
#include "support/db_guard.h"

struct place {
	char dir[64];
	char path[80];
};

static int make_place(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	if (!p)
		return -1;
	snprintf(p->dir, sizeof(p->dir), "/tmp/kmemdb-test-XXXXXX");
	if (!mkdtemp(p->dir))
		return -1;
	snprintf(p->path, sizeof(p->path), "%s/kmem.db", p->dir);
	*state = p;
	return 0;
}

static int remove_place(void **state)
{
	struct place *p = *state;
	char journal[96];

	snprintf(journal, sizeof(journal), "%s-journal", p->path);
	unlink(journal);
	snprintf(journal, sizeof(journal), "%s/victim", p->dir);
	unlink(journal);
	unlink(p->path);
	rmdir(p->dir);
	free(p);
	return 0;
}

/* Makes a database with these numbers, and one table. */
static void make(const char *path, unsigned int application, int version)
{
	char sql[256];
	sqlite3 *db;

	snprintf(sql, sizeof(sql),
		 "PRAGMA application_id = %u; PRAGMA user_version = %d;\n"
		 "CREATE TABLE t (x); INSERT INTO t VALUES (1), (2);",
		 application, version);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void write_file(const char *path, const void *bytes, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void expect_error(const char *path, int code, const char *words)
{
	struct database *d = NULL;
	struct err e = { .code = ERR_NONE };

	assert_int_equal(database_open(path, &d, &e), -code);
	assert_null(d);
	if (!strstr(e.text, words))
		fail_msg("'%s' does not say '%s'", e.text, words);
}

static void test_missing(void **state)
{
	struct place *p = *state;

	expect_error(p->path, ERR_IO, "run 'kmemdb audit TREE' first");
	expect_error(p->dir, ERR_IO, "is no file");
	expect_error(":memory:", ERR_IO, "no database ':memory:'");
	expect_error("file:x?mode=memory", ERR_IO, "no database");
}

static void test_foreign(void **state)
{
	struct place *p = *state;

	write_file(p->path, "", 0);
	expect_error(p->path, ERR_DB, "is not a kmemdb database");
	write_file(p->path, "these are words, and no database at all\n", 40);
	expect_error(p->path, ERR_DB, "is not a kmemdb database");
	unlink(p->path);
	make(p->path, 0x12345678, KMEMDB_SCHEMA_VERSION);
	expect_error(p->path, ERR_DB, "is not a kmemdb database");
}

static void test_versions(void **state)
{
	struct place *p = *state;

	make(p->path, KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION + 1);
	expect_error(p->path, ERR_DB, "was written by a newer kmemdb");
	unlink(p->path);
	make(p->path, KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION - 1);
	expect_error(p->path, ERR_DB, "run 'kmemdb audit' on it once");
}

static int64_t count_rows(const struct database *d)
{
	sqlite3_stmt *st;
	int64_t n;

	assert_int_equal(sqlite3_prepare_v2(d->db, "SELECT count(*) FROM t", -1,
					    &st, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

static void test_read_only(void **state)
{
	static const char *const writes[] = {
		"INSERT INTO t VALUES (3)",
		"CREATE TABLE u (x)",
		"CREATE TEMP TABLE u (x)",
		"DROP TABLE t",
		"DELETE FROM t",
		"UPDATE t SET x = 3",
		"PRAGMA query_only = 0",
		"PRAGMA user_version",
		"ATTACH ':memory:' AS m",
		"VACUUM",
		"VACUUM INTO '/tmp/kmemdb-test-vacuum'",
		"BEGIN",
		"ANALYZE",
		"SELECT load_extension('x')",
		"SELECT fts3_tokenizer('x')",
		"WITH v AS (SELECT 1) INSERT INTO t SELECT * FROM v",
	};
	struct place *p = *state;
	struct database *d = NULL;
	struct err e;

	make(p->path, KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION);
	assert_int_equal(database_open(p->path, &d, &e), 0);
	for (size_t i = 0; i < sizeof(writes) / sizeof(writes[0]); i++) {
		if (sqlite3_exec(d->db, writes[i], NULL, NULL, NULL) ==
		    SQLITE_OK)
			fail_msg("'%s' was let through", writes[i]);
	}
	assert_int_equal(count_rows(d), 2);
	/* What reads may run, table-valued functions among it. */
	assert_int_equal(sqlite3_exec(d->db,
				      "SELECT value FROM json_each('[1]')",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	database_close(d);
	database_close(NULL);
}

/* A writer that was killed in the middle of its transaction. */
static void leave_hot_journal(const char *path)
{
	pid_t pid = fork();
	sqlite3 *db;
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		/* A small cache spills changed pages into the file itself. */
		if (sqlite3_open(path, &db) ||
		    sqlite3_exec(
			    db,
			    "PRAGMA cache_size = 2; BEGIN;\n"
			    "WITH RECURSIVE n(i) AS\n"
			    " (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000)\n"
			    "INSERT INTO t SELECT hex(randomblob(99)) FROM n",
			    NULL, NULL, NULL))
			_exit(1);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* All bytes of a file; the caller frees them. */
static char *read_file(const char *path, size_t *ret_len)
{
	struct stat st;
	char *bytes;
	FILE *f;

	assert_int_equal(stat(path, &st), 0);
	*ret_len = (size_t)st.st_size;
	bytes = malloc(*ret_len + 1);
	f = fopen(path, "r");
	assert_non_null(bytes);
	assert_non_null(f);
	assert_int_equal(fread(bytes, 1, *ret_len, f), *ret_len);
	fclose(f);
	return bytes;
}

static void expect_rows(const char *path, int64_t rows)
{
	struct database *d = NULL;
	struct err e;

	if (database_open(path, &d, &e))
		fail_msg("%s", e.text);
	assert_int_equal(count_rows(d), rows);
	database_close(d);
}

/* What was there before the write is read, and nothing of it is touched. */
static void test_hot_journal(void **state)
{
	struct place *p = *state;
	char journal[96], *before[2], *after[2];
	size_t len[2], len_after[2];

	make(p->path, KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION);
	leave_hot_journal(p->path);
	snprintf(journal, sizeof(journal), "%s-journal", p->path);
	before[0] = read_file(p->path, &len[0]);
	before[1] = read_file(journal, &len[1]);
	assert_true(len[1] > 0);
	expect_rows(p->path, 2);
	after[0] = read_file(p->path, &len_after[0]);
	after[1] = read_file(journal, &len_after[1]);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(len[i], len_after[i]);
		assert_memory_equal(before[i], after[i], len[i]);
		free(before[i]);
		free(after[i]);
	}
}

/* The end of a journal that names a file which SQLite would delete. */
static void append_super_journal(const char *journal, const char *victim)
{
	static const unsigned char magic[] = { 0xd9, 0xd5, 0x05, 0xf9,
					       0x20, 0xa1, 0x63, 0xd7 };
	unsigned int len = (unsigned int)strlen(victim), sum = 0;
	unsigned char numbers[8];
	FILE *f = fopen(journal, "a");

	assert_non_null(f);
	for (unsigned int i = 0; i < len; i++)
		sum += (unsigned int)victim[i];
	for (unsigned int i = 0; i < 4; i++) {
		numbers[i] = (unsigned char)(len >> (24 - 8 * i));
		numbers[4 + i] = (unsigned char)(sum >> (24 - 8 * i));
	}
	/* The page that is never used: number of the one with the locks. */
	fwrite("\x00\x04\x00\x01", 1, 4, f);
	fwrite(victim, 1, len, f);
	fwrite(numbers, 1, sizeof(numbers), f);
	fwrite(magic, 1, sizeof(magic), f);
	assert_int_equal(fclose(f), 0);
}

static void test_super_journal(void **state)
{
	struct place *p = *state;
	char journal[96], victim[96];
	struct db_guard *g = NULL;
	struct err e;
	sqlite3 *db;

	make(p->path, KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION);
	/* The layer is there before the journal, as in a race. */
	assert_int_equal(db_guard_new(p->path, false, &g, &e), 0);
	leave_hot_journal(p->path);
	snprintf(journal, sizeof(journal), "%s-journal", p->path);
	snprintf(victim, sizeof(victim), "%s/victim", p->dir);
	write_file(victim, "precious", 8);
	append_super_journal(journal, victim);
	expect_error(p->path, ERR_DB, "names another file");
	assert_int_equal(access(victim, F_OK), 0);

	assert_int_equal(sqlite3_open_v2(p->path, &db, SQLITE_OPEN_READWRITE,
					 db_guard_vfs(g)),
			 SQLITE_OK);
	assert_int_not_equal(sqlite3_exec(db, "SELECT count(*) FROM t", NULL,
					  NULL, NULL),
			     SQLITE_OK);
	sqlite3_close(db);
	db_guard_free(g);
	assert_int_equal(access(victim, F_OK), 0);
	assert_int_equal(access(journal, F_OK), 0);

	/* That SQLite does delete it is what this test stands on. */
	assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "SELECT count(*) FROM t", NULL, NULL,
				      NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(access(victim, F_OK), -1);
}

static void test_odd_neighbours(void **state)
{
	struct place *p = *state;
	char journal[96], wal[96];

	make(p->path, KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION);
	snprintf(journal, sizeof(journal), "%s-journal", p->path);
	snprintf(wal, sizeof(wal), "%s-wal", p->path);
	assert_int_equal(mkfifo(journal, 0600), 0);
	expect_error(p->path, ERR_DB, "is not a regular file");
	unlink(journal);
	assert_int_equal(symlink("/etc/passwd", journal), 0);
	expect_error(p->path, ERR_DB, "is not a regular file");
	unlink(journal);
	write_file(wal, "anything", 8);
	assert_int_equal(link(wal, journal), 0);
	expect_error(p->path, ERR_DB, "is a file of several names");
	unlink(journal);
	expect_error(p->path, ERR_DB, "is part of a write-ahead log");
	unlink(wal);
	expect_rows(p->path, 2);
}

static void test_wal_mode(void **state)
{
	struct place *p = *state;
	sqlite3 *db;

	make(p->path, KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION);
	assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL,
				      NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	expect_error(p->path, ERR_DB, "is in WAL mode");
}

/* A writer that holds the file for itself, as a large import does. */
static void test_beside_a_writer(void **state)
{
	struct place *p = *state;
	int ready[2], done[2], status;
	char byte = 0;
	pid_t pid;

	make(p->path, KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION);
	assert_int_equal(pipe(ready) | pipe(done), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		sqlite3 *db;

		close(done[1]);
		if (sqlite3_open(p->path, &db) ||
		    sqlite3_exec(
			    db,
			    "PRAGMA cache_size = 2; BEGIN EXCLUSIVE; DELETE FROM t;\n"
			    "WITH RECURSIVE n(i) AS\n"
			    " (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000)\n"
			    "INSERT INTO t SELECT hex(randomblob(99)) FROM n",
			    NULL, NULL, NULL) ||
		    write(ready[1], &byte, 1) != 1 ||
		    read(done[0], &byte, 1) < 0 ||
		    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL))
			_exit(1);
		sqlite3_close(db);
		_exit(0);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	expect_rows(p->path, 2);
	close(done[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	expect_rows(p->path, 5000);
	close(ready[0]);
	close(done[0]);
}

/* All statements of one opening see the same. */
static void test_one_moment(void **state)
{
	struct place *p = *state;
	struct database *d = NULL;
	struct err e;
	sqlite3 *db;

	make(p->path, KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION);
	assert_int_equal(database_open(p->path, &d, &e), 0);
	assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "DELETE FROM t", NULL, NULL, NULL),
			 SQLITE_BUSY);
	assert_int_equal(count_rows(d), 2);
	assert_int_equal(database_let_go(d, &e), 0);
	assert_int_equal(sqlite3_exec(db, "DELETE FROM t", NULL, NULL, NULL),
			 SQLITE_OK);
	assert_int_equal(count_rows(d), 0);
	assert_int_equal(sqlite3_exec(d->db, "BEGIN", NULL, NULL, NULL),
			 SQLITE_AUTH);
	sqlite3_close(db);
	database_close(d);
}

/* Any byte of the file may be wrong: an error, or an answer, never a crash. */
static void test_damaged(void **state)
{
	struct place *p = *state;
	unsigned char bytes[16384];
	size_t len;
	FILE *f;

	make(p->path, KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION);
	f = fopen(p->path, "r");
	assert_non_null(f);
	len = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	assert_true(len > 100 && len < sizeof(bytes));
	for (size_t i = 0; i < len; i += i < 256 ? 1 : 61) {
		struct database *d = NULL;
		struct err e;

		bytes[i] ^= 0xa5;
		write_file(p->path, bytes, len);
		bytes[i] ^= 0xa5;
		if (database_open(p->path, &d, &e) == 0)
			sqlite3_exec(d->db, "SELECT * FROM t", NULL, NULL,
				     NULL);
		database_close(d);
	}
	write_file(p->path, bytes, len / 2);
	expect_error(p->path, ERR_DB, p->path);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_missing),	  TEST(test_foreign),
		TEST(test_versions),	  TEST(test_read_only),
		TEST(test_hot_journal),	  TEST(test_damaged),
		TEST(test_super_journal), TEST(test_odd_neighbours),
		TEST(test_wal_mode),	  TEST(test_beside_a_writer),
		TEST(test_one_moment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
