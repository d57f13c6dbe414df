/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening a database: what is refused, with which words, that nothing can be
 * written through what is opened, and that no writer is a hindrance.
 */
#include "database_place.h"

static void test_missing(void **state)
{
	struct place *p = *state;

	expect_error(p->path, ERR_IO, "run 'kmemdb audit TREE' first");
	expect_error(p->dir, ERR_IO, "is not a file");
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
		TEST(test_missing),    TEST(test_foreign),
		TEST(test_versions),   TEST(test_read_only),
		TEST(test_damaged),    TEST(test_beside_a_writer),
		TEST(test_one_moment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
