/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A database in a folder of its own, for tests of store/.
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "store/store.h"

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
	unlink(p->path);
	rmdir(p->dir);
	free(p);
	return 0;
}

/* Runs SQL on the file, past store/. */
static inline void run_sql(const struct place *p, const char *sql)
{
	sqlite3 *db;
	char *why = NULL;

	assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s", why);
	sqlite3_close(db);
}

/* The one number that a SELECT gives. */
static inline int64_t ask(const struct place *p, const char *sql)
{
	sqlite3_stmt *st;
	sqlite3 *db;
	int64_t n;

	assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(db);
	return n;
}

static inline struct store *open_store(const struct place *p)
{
	struct store *s;
	struct err e = { 0 };

	if (store_open(p->path, &s, &e) < 0)
		fail_msg("%s", e.text);
	return s;
}

/* For calls that must not fail. */
#define OK(call)                                                               \
	do {                                                                   \
		struct err e = { 0 };                                          \
		if ((call) < 0)                                                \
			fail_msg("%s", e.text);                                \
	} while (0)

#endif
