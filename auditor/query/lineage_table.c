/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/lineage_table.h"

#include <stdlib.h>

#include "query/lineage_read.h"
#include "support/sql_files.h"

struct lineage_table {
	sqlite3_vtab base; /* first: what SQLite has of it */
	sqlite3 *db;
};

struct lineage_cursor {
	sqlite3_vtab_cursor base; /* likewise */
	struct lineage_read read;
	bool filled;
	size_t at;
};

enum { BUILD, PLACE, BASE, COMMITS, HOW, UNLIKE, PARENTS };

static int connect_table(sqlite3 *db, void *aux, int argc,
			 const char *const *argv, sqlite3_vtab **ret,
			 char **ret_message)
{
	const char *columns = sql_file_text("query/lineage.sql");
	struct lineage_table *t;
	int rc = sqlite3_declare_vtab(db, columns ? columns : "");

	(void)aux;
	(void)argc;
	(void)argv;
	if (rc != SQLITE_OK) {
		*ret_message = sqlite3_mprintf("%s", sqlite3_errmsg(db));
		return rc;
	}
	t = calloc(1, sizeof(*t));
	if (!t)
		return SQLITE_NOMEM;
	t->db = db;
	sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
	*ret = &t->base;
	return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *t)
{
	free(t);
	return SQLITE_OK;
}

/* All rows, always: they are few, and made together. */
static int best_index(sqlite3_vtab *t, sqlite3_index_info *info)
{
	(void)t;
	info->estimatedCost = 1000;
	info->estimatedRows = 1000;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *t, sqlite3_vtab_cursor **ret)
{
	struct lineage_cursor *c = calloc(1, sizeof(*c));

	(void)t;
	if (!c)
		return SQLITE_NOMEM;
	*ret = &c->base;
	return SQLITE_OK;
}

static void empty(struct lineage_cursor *c)
{
	if (c->filled)
		lineage_read_release(&c->read);
	c->filled = false;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
	struct lineage_cursor *c = (struct lineage_cursor *)cursor;

	empty(c);
	free(c);
	return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *cursor, int index, const char *words,
		  int argc, sqlite3_value **argv)
{
	struct lineage_cursor *c = (struct lineage_cursor *)cursor;
	struct lineage_table *t = (struct lineage_table *)cursor->pVtab;
	struct err e;
	int r, code;

	(void)index;
	(void)words;
	(void)argc;
	(void)argv;
	c->at = 0;
	if (c->filled)
		return SQLITE_OK;
	c->filled = true;
	r = lineage_read(t->db, NULL, &c->read, &e);
	if (r == 0)
		r = lineage_order(&c->read.lineage, &e);
	if (r == 0)
		return SQLITE_OK;
	code = e.code == ERR_NOMEM ? SQLITE_NOMEM : sqlite3_errcode(t->db);
	sqlite3_free(t->base.zErrMsg);
	t->base.zErrMsg = sqlite3_mprintf("%s", e.text);
	return code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE
		       ? SQLITE_ERROR
		       : code;
}

static int next(sqlite3_vtab_cursor *cursor)
{
	((struct lineage_cursor *)cursor)->at++;
	return SQLITE_OK;
}

static int eof(sqlite3_vtab_cursor *cursor)
{
	const struct lineage_cursor *c = (struct lineage_cursor *)cursor;

	return c->at >= c->read.lineage.nbuilds;
}

static void put_unlike(sqlite3_context *ctx, unsigned int unlike)
{
	char words[LINEAGE_WORDS_MAX];

	if (unlike)
		sqlite3_result_text(ctx, lineage_unlike_words(unlike, words),
				    -1, SQLITE_TRANSIENT);
}

static void put_parents(sqlite3_context *ctx, const struct dag *d,
			uint32_t node)
{
	if (node != DAG_NONE && d->nodes[node].known)
		sqlite3_result_int64(ctx, d->nodes[node].nparents);
}

/* What is not set is NULL. */
static int column(sqlite3_vtab_cursor *cursor, sqlite3_context *ctx, int at)
{
	const struct lineage_cursor *c = (struct lineage_cursor *)cursor;
	const struct lineage *l = &c->read.lineage;
	const struct lineage_build *b = &l->builds[c->at];
	bool has_base = b->base.build != LINEAGE_NONE;

	if (at == BUILD)
		sqlite3_result_int64(ctx, b->id);
	else if (at == PLACE)
		sqlite3_result_int64(ctx, b->place);
	else if (at == PARENTS)
		put_parents(ctx, &l->dag, b->node);
	else if (!has_base)
		return SQLITE_OK;
	else if (at == BASE)
		sqlite3_result_int64(ctx, l->builds[b->base.build].id);
	else if (at == COMMITS && b->base.how != LINEAGE_TIME)
		sqlite3_result_int64(ctx, b->base.commits);
	else if (at == HOW)
		sqlite3_result_text(ctx, lineage_how_word(b->base.how), -1,
				    SQLITE_STATIC);
	else if (at == UNLIKE)
		put_unlike(ctx, b->base.unlike);
	return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *cursor, sqlite3_int64 *ret)
{
	*ret = (sqlite3_int64)((struct lineage_cursor *)cursor)->at;
	return SQLITE_OK;
}

int lineage_table_register(sqlite3 *db)
{
	/* Without xCreate: it is there without being made. */
	static const sqlite3_module module = {
		.xConnect = connect_table,
		.xBestIndex = best_index,
		.xDisconnect = disconnect_table,
		.xOpen = open_cursor,
		.xClose = close_cursor,
		.xFilter = filter,
		.xNext = next,
		.xEof = eof,
		.xColumn = column,
		.xRowid = row_id,
	};

	return sqlite3_create_module_v2(db, "lineage", &module, NULL, NULL);
}
