/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy/cache.h"

#include "store/copy/rows.h"

/* cached_record.id is tree.id * 2^32 + path.id. */
#define TREE_SHIFT 32

static int copy_tree(struct copier *c, int64_t build, int64_t *ret_from,
		     int64_t *ret_to, struct err *e)
{
	sqlite3_stmt *st = NULL;
	struct value root;
	int r = copy_read(c, store_statement_text(ST_COPY_TREE_OF), &build, 1,
			  &st, e);

	if (r == 0 && sqlite3_step(st) == SQLITE_ROW) {
		*ret_from = sqlite3_column_int64(st, 0);
		root = value_text((const char *)sqlite3_column_text(st, 1));
		r = store_insert(c->to, ST_TREE_PUT, &root, 1, ret_to, e);
		r = r < 0 ? r : 1;
	}
	sqlite3_finalize(st);
	return r;
}

/* Decoded code is not copied: the next audit there decodes it again. */
static void forget_decoded(const struct copier *c, const struct copy_table *t,
			   struct row *row)
{
	int decoded = copy_table_find(&c->t, "message_cache");

	for (int i = 0; i < t->ncolumns; i++)
		if (t->columns[i].role == COL_REF &&
		    t->columns[i].ref == decoded)
			row->v[i] = V_NULL;
}

static int copy_stamps(struct copier *c, int64_t tree, struct err *e)
{
	int table = copy_table_find(&c->t, "stamp");
	const struct copy_table *t = &c->t.tables[table];
	sqlite3_stmt *st = NULL;
	struct row row;
	int r = copy_read(c, t->read_all, NULL, 0, &st, e);

	while (r == 0 && (r = copy_step(c, t, st, false, &row, e)) == 1) {
		if (row.v[0].i != tree) {
			r = 0;
			continue;
		}
		forget_decoded(c, t, &row);
		r = copy_map_row(c, t, 0, &row, e);
		if (r == 0)
			r = copy_put(c, t, &row, NULL, e);
	}
	sqlite3_finalize(st);
	return r;
}

static int copy_records(struct copier *c, int64_t from, int64_t to,
			struct err *e)
{
	const struct id_map *paths =
		&c->states[copy_table_find(&c->t, "path")].map;
	sqlite3_stmt *st = NULL;
	int r = copy_read(c, store_statement_text(ST_COPY_RECORDS_OF), &from, 1,
			  &st, e);

	while (r == 0 && sqlite3_step(st) == SQLITE_ROW) {
		int64_t path = sqlite3_column_int64(st, 0) &
			       ((INT64_C(1) << TREE_SHIFT) - 1);
		const void *record = sqlite3_column_blob(st, 1);

		/* One without a stamp is of no use. */
		if (!record || !id_map_get(paths, path, &path))
			continue;
		const struct value values[] = {
			V_INT(to << TREE_SHIFT | path),
			V_BLOB(record, (size_t)sqlite3_column_bytes(st, 1)),
		};
		r = store_run(c->to, ST_RECORD_PUT, values, 2, e);
	}
	sqlite3_finalize(st);
	return r;
}

int copy_cache(struct copier *c, int64_t build, struct err *e)
{
	int trees = copy_table_find(&c->t, "tree");
	int64_t from = 0, to = 0;
	int r = copy_tree(c, build, &from, &to, e);

	if (r <= 0)
		return r;
	if (id_map_put(&c->states[trees].map, from, to))
		return err_nomem(e);
	r = copy_stamps(c, from, e);
	return r < 0 ? r : copy_records(c, from, to, e);
}
