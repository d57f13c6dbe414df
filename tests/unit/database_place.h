/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A folder with a database that is written by hand, for the tests of opening
 * it.
 */
#ifndef DATABASE_PLACE_H
#define DATABASE_PLACE_H

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

static inline int make_place(void **state)
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

static inline int remove_place(void **state)
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
static inline void make(const char *path, unsigned int application, int version)
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

static inline void write_file(const char *path, const void *bytes, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static inline void expect_error(const char *path, int code, const char *words)
{
	struct database *d = NULL;
	struct err e = { .code = ERR_NONE };

	assert_int_equal(database_open(path, &d, &e), -code);
	assert_null(d);
	if (!strstr(e.text, words))
		fail_msg("'%s' does not say '%s'", e.text, words);
}

static inline int64_t count_rows(const struct database *d)
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

static inline void expect_rows(const char *path, int64_t rows)
{
	struct database *d = NULL;
	struct err e;

	if (database_open(path, &d, &e))
		fail_msg("%s", e.text);
	assert_int_equal(count_rows(d), rows);
	database_close(d);
}

#endif
