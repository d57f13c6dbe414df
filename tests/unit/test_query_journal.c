/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A database that is opened beside a journal, of a writer that was killed or
 * of a stranger: what is rolled back, and that no other file is touched.
 */
#include "database_place.h"

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

	/* That SQLite does delete it is what this test relies on. */
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

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_hot_journal),
		TEST(test_super_journal),
		TEST(test_odd_neighbours),
		TEST(test_wal_mode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
