/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/scratch.h"

#include <stdio.h>

#include "support/sql_files.h"

int scratch_begin(const struct database *d, struct err *e)
{
	sqlite3_set_authorizer(d->db, NULL, NULL);
	if (sqlite3_exec(d->db, "PRAGMA query_only = OFF", NULL, NULL, NULL) !=
	    SQLITE_OK)
		return database_fail(d, e);
	return 0;
}

int scratch_end(const struct database *d, struct err *e)
{
	if (sqlite3_exec(d->db, "PRAGMA query_only = ON", NULL, NULL, NULL) !=
	    SQLITE_OK)
		return database_fail(d, e);
	return database_authorize(d, e);
}

int scratch_make(const struct database *d, const char *name, struct err *e)
{
	char path[64];
	const char *sql;

	snprintf(path, sizeof(path), "query/%s.sql", name);
	sql = sql_file_text(path);
	if (!sql || sqlite3_exec(d->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return database_fail(d, e);
	return 0;
}

int scratch_run(const struct database *d, const char *name,
		const struct binding *bindings, struct err *e)
{
	sqlite3_stmt *st;
	int r = database_prepare(d, name, bindings, &st, e);

	if (r)
		return r;
	r = database_step(d, st, e);
	sqlite3_finalize(st);
	return r < 0 ? r : 0;
}

void scratch_bind_text(sqlite3_stmt *st, const char *name, const char *text)
{
	int at = sqlite3_bind_parameter_index(st, name);

	if (text)
		sqlite3_bind_text(st, at, text, -1, SQLITE_STATIC);
	else
		sqlite3_bind_null(st, at);
}

void scratch_bind_number(sqlite3_stmt *st, const char *name, int64_t value)
{
	sqlite3_bind_int64(st, sqlite3_bind_parameter_index(st, name), value);
}
