/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/refs.h"

#include <stddef.h>

#include "support/sql_files.h"

static const char *noun(enum ref_kind kind)
{
	return kind == REF_BUILD ? "build" : "trace";
}

static int fail(sqlite3 *db, struct err *e)
{
	return err_set(e, ERR_DB, "cannot look up builds and traces: %s",
		       sqlite3_errmsg(db));
}

static int step_once(sqlite3 *db, sqlite3_stmt *st, enum ref_kind kind,
		     const char *ref, int64_t *ret_id, struct err *e)
{
	int step = sqlite3_step(st);
	int64_t id;

	if (step == SQLITE_DONE)
		return 0;
	if (step != SQLITE_ROW)
		return fail(db, e);
	id = sqlite3_column_int64(st, 0);
	step = sqlite3_step(st);
	if (step == SQLITE_ROW)
		return err_set(
			e, ERR_USAGE,
			"%s '%.100s' is ambiguous: give an id; 'kmemdb list %ss' shows them",
			noun(kind), ref ? ref : "", noun(kind));
	if (step != SQLITE_DONE)
		return fail(db, e);
	*ret_id = id;
	return 1;
}

int ref_find(sqlite3 *db, enum ref_kind kind, const char *ref, int64_t *ret_id,
	     struct err *e)
{
	const char *text = sql_file_text(kind == REF_BUILD
						 ? "query/build-ref.sql"
						 : "query/trace-ref.sql");
	sqlite3_stmt *st = NULL;
	int at, r;

	if (!text)
		return err_set(e, ERR_DB, "no query/%s-ref.sql in this program",
			       noun(kind));
	if (sqlite3_prepare_v2(db, text, -1, &st, NULL) != SQLITE_OK)
		return fail(db, e);
	at = sqlite3_bind_parameter_index(st, ":ref");
	if (ref && at)
		sqlite3_bind_text(st, at, ref, -1, SQLITE_STATIC);
	r = step_once(db, st, kind, ref, ret_id, e);
	sqlite3_finalize(st);
	return r;
}

int ref_get(sqlite3 *db, enum ref_kind kind, const char *ref, int64_t *ret_id,
	    struct err *e)
{
	int r = ref_find(db, kind, ref, ret_id, e);

	if (r != 0)
		return r < 0 ? r : 0;
	if (!ref)
		return err_set(e, ERR_DB, "the database holds no %s",
			       noun(kind));
	return err_set(
		e, ERR_USAGE,
		"no %s has the id, label or commit '%.100s': 'kmemdb list %ss' shows them",
		noun(kind), ref, noun(kind));
}
