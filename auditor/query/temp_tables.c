/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/temp_tables.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "support/sql_files.h"

static int allow_writes(const struct database *d, bool allow, struct err *e)
{
	static const char on[] = "PRAGMA query_only = OFF";
	static const char off[] = "PRAGMA query_only = ON";

	if (allow)
		sqlite3_set_authorizer(d->db, NULL, NULL);
	if (sqlite3_exec(d->db, allow ? on : off, NULL, NULL, NULL) !=
	    SQLITE_OK)
		return database_fail(d, e);
	return allow ? 0 : database_authorize(d, e);
}

/* Whatever happened: reports after it may only read. */
static int disallow(const struct database *d, int r, struct err *e)
{
	struct err ignored;

	return r == 0 ? allow_writes(d, false, e)
		      : (allow_writes(d, false, &ignored), r);
}

int temp_tables_make(const struct database *d, const char *name, struct err *e)
{
	char path[64];
	const char *sql;
	int r;

	snprintf(path, sizeof(path), "query/%s.sql", name);
	sql = sql_file_text(path);
	if (!sql)
		return err_set(e, ERR_DB, "no file 'sql/%s' in this program",
			       path);
	r = allow_writes(d, true, e);
	if (r == 0 && sqlite3_exec(d->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		r = database_fail(d, e);
	return disallow(d, r, e);
}

int temp_tables_fill(const struct database *d, const char *name,
		     const struct binding *bindings, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int r = allow_writes(d, true, e);

	if (r == 0)
		r = database_prepare(d, name, bindings, &st, e);
	if (r == 0)
		r = database_step(d, st, e);
	sqlite3_finalize(st);
	return disallow(d, r < 0 ? r : 0, e);
}
