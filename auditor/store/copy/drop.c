/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy/drop.h"

#include <string.h>

#include "codemap/blob.h"
#include "store/copy/tables.h"
#include "store/schema.h"
#include "store/statements.h"

/* A statement of one row's number, or of none where id is NULL. */
static int run_text(struct store *s, const char *text, const int64_t *id,
		    struct err *e)
{
	sqlite3_stmt *st = NULL;
	int r = store_prepare(s, text, &st, e);

	if (r == 0 && id)
		r = store_bind(s, st, 1, &V_INT(*id), e);
	if (r == 0 && sqlite3_step(st) != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_finalize(st);
	return r;
}

/* Runs what the rows of a statement say, which is there as a whole before:
 * what runs must not change what is being read. */
static int run_each(struct store *s, enum statement which, const char *key,
		    const int64_t *id, struct err *e)
{
	const char *texts[COPY_COLUMNS_MAX];
	const struct value value = V_TEXT(key);
	struct arena a = ARENA_INIT;
	sqlite3_stmt *st;
	size_t n = 0;
	int step = SQLITE_DONE;
	int r = store_select(s, which, &value, 1, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && n < COPY_COLUMNS_MAX &&
	       (step = sqlite3_step(st)) == SQLITE_ROW) {
		const char *t = (const char *)sqlite3_column_text(st, 0);

		texts[n] = t ? arena_strdup(&a, t) : NULL;
		if (!texts[n++])
			r = err_nomem(e);
	}
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	for (size_t i = 0; i < n && r == 0; i++)
		r = run_text(s, texts[i], id, e);
	arena_release(&a);
	return r;
}

static int describe(struct store *s, struct err *e)
{
	int r = store_run(s, ST_COPY_TABLES_MAKE, NULL, 0, e);

	return r < 0 ? r : store_run(s, ST_COPY_COLUMNS_MAKE, NULL, 0, e);
}

int drop_root(struct store *s, const char *table, int64_t id, struct err *e)
{
	const struct value key = V_INT(id);
	int r = describe(s, e);

	if (r == 0)
		r = run_each(s, ST_DROP_PARTS, table, &id, e);
	if (r < 0)
		return r;
	return store_run(s,
			 strcmp(table, "build") == 0 ? ST_COPY_BUILD_DROP
						     : ST_COPY_TRACE_DROP,
			 &key, 1, e);
}

/* ---- what nobody uses ---- */

static int keep_blob(struct store *s, const unsigned char *p, size_t len,
		     struct err *e)
{
	struct blob_cursor in = { .at = p, .end = p + len };
	struct blob_symbol sym;
	int r = 0;

	/* What is damaged names nothing more. */
	while (r == 0 && p && codemap_blob_get_symbol(&in, &sym) == 1)
		r = store_run(s, ST_KEPT_NAME_PUT, &V_INT(sym.name), 1, e);
	return r;
}

static int keep_names(struct store *s, struct err *e)
{
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_run(s, ST_KEPT_NAME_MAKE, NULL, 0, e);

	if (r == 0)
		r = store_run(s, ST_KEPT_NAME_CLEAR, NULL, 0, e);
	if (r == 0)
		r = store_select(s, ST_KEPT_BLOBS, NULL, 0, &st, e);
	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW)
		r = keep_blob(s, sqlite3_column_blob(st, 0),
			      (size_t)sqlite3_column_bytes(st, 0), e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	return r;
}

/* Shared tables, and the ones that must be swept before. */
struct sweep {
	const char *table;
	const char *after; /* names with commas between */
	bool done;
};

static bool names(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (const char *p = list; (p = strstr(p, name)); p += len)
		if ((p == list || p[-1] == ',') &&
		    (p[len] == ',' || p[len] == '\0'))
			return true;
	return false;
}

static bool is_ready(const struct sweep *all, size_t n, const struct sweep *one)
{
	for (size_t i = 0; i < n; i++)
		if (!all[i].done && names(one->after, all[i].table))
			return false;
	return true;
}

static int load_sweeps(struct store *s, struct arena *a, struct sweep *ret,
		       size_t *ret_n, struct err *e)
{
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	size_t n = 0;
	int r = store_select(s, ST_SWEEP_TABLES, NULL, 0, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && n < COPY_COLUMNS_MAX &&
	       (step = sqlite3_step(st)) == SQLITE_ROW) {
		ret[n].table = arena_strdup(
			a, (const char *)sqlite3_column_text(st, 0));
		ret[n].after = arena_strdup(
			a, (const char *)sqlite3_column_text(st, 1));
		if (!ret[n].table || !ret[n].after)
			r = err_nomem(e);
		n++;
	}
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	*ret_n = n;
	return r;
}

static int sweep_all(struct store *s, struct sweep *all, size_t n,
		     struct err *e)
{
	bool more = true;
	int r = 0;

	while (more && r == 0) {
		more = false;
		for (size_t i = 0; i < n && r == 0; i++) {
			if (all[i].done || !is_ready(all, n, &all[i]))
				continue;
			r = run_each(s, ST_SWEEP_TEXTS, all[i].table, NULL, e);
			all[i].done = more = true;
		}
	}
	return r;
}

int drop_unused(struct store *s, struct err *e)
{
	struct sweep sweeps[COPY_COLUMNS_MAX] = { { NULL, NULL, false } };
	struct arena a = ARENA_INIT;
	size_t n;
	int r = describe(s, e);

	if (r == 0)
		r = store_run(s, ST_TREES_DROP, NULL, 0, e);
	if (r == 0)
		r = store_run(s, ST_STAMPS_DROP, NULL, 0, e);
	if (r == 0)
		r = store_run(s, ST_RECORDS_DROP, NULL, 0, e);
	if (r == 0)
		r = store_run(s, ST_CACHES_DROP, NULL, 0, e);
	if (r == 0)
		r = keep_names(s, e);
	if (r == 0)
		r = load_sweeps(s, &a, sweeps, &n, e);
	if (r == 0)
		r = sweep_all(s, sweeps, n, e);
	arena_release(&a);
	return r;
}

/* ---- the file ---- */

int store_free_bytes(struct store *s, int64_t *ret_free, int64_t *ret_all,
		     struct err *e)
{
	sqlite3_stmt *st;
	int r = store_select(s, ST_FREE_BYTES, NULL, 0, &st, e);

	if (r < 0)
		return r;
	if (sqlite3_step(st) == SQLITE_ROW) {
		*ret_free = sqlite3_column_int64(st, 0);
		*ret_all = sqlite3_column_int64(st, 1);
	} else {
		r = store_fail(s, e);
	}
	sqlite3_reset(st);
	return r;
}

int store_compact(struct store *s, struct err *e)
{
	return schema_run_file(s, "store/compact.sql", e);
}
