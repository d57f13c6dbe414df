/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening a database: what is refused, with which words, and that nothing
 * can be written through what is opened.
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

static void test_hot_journal(void **state)
{
	struct place *p = *state;
	struct database *d = NULL;
	char journal[96];
	struct stat st;
	struct err e;

	make(p->path, KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION);
	leave_hot_journal(p->path);
	snprintf(journal, sizeof(journal), "%s-journal", p->path);
	assert_int_equal(stat(journal, &st), 0);
	assert_true(st.st_size > 0);
	if (database_open(p->path, &d, &e))
		fail_msg("%s", e.text);
	assert_int_equal(count_rows(d), 2);
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
		TEST(test_missing),	TEST(test_foreign),
		TEST(test_versions),	TEST(test_read_only),
		TEST(test_hot_journal), TEST(test_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
