/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy/copy.h"

#include <stdlib.h>

#include "store/copy/rows.h"
#include "store/copy/shared.h"
#include "support/db_guard.h"

/* A row has at least so many bytes of the file; some are read twice. */
#define ROW_BYTES_LEAST 2

/* Views and virtual tables of these names could be anything. */
static int check_tables(struct copier *c, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int r = copy_read(c, store_statement_text(ST_COPY_IS_TABLE), NULL, 0,
			  &st, e);

	for (size_t i = 0; i < c->t.count && r == 0; i++) {
		sqlite3_bind_text(st, 1, c->t.tables[i].name, -1,
				  SQLITE_STATIC);
		if (sqlite3_step(st) != SQLITE_ROW)
			r = copy_damaged(c, &c->t.tables[i], "is no table", e);
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	return r;
}

int copier_new(struct store *to, sqlite3 *from, const char *from_name, bool own,
	       struct copier **ret, struct err *e)
{
	struct copier *c = calloc(1, sizeof(*c));
	int r;

	if (!c)
		return err_nomem(e);
	c->to = to;
	c->from = from;
	c->from_name = from_name;
	c->own = own;
	c->shared = copy_shared;
	c->rows_left = db_file_bytes(from) / ROW_BYTES_LEAST;
	r = copy_tables_load(to, &c->t, e);
	if (r == 0)
		c->states = calloc(c->t.count + 1, sizeof(*c->states));
	if (r == 0 && !c->states)
		r = err_nomem(e);
	if (r == 0)
		r = check_tables(c, e);
	if (r < 0)
		copier_free(c);
	else
		*ret = c;
	return r;
}

void copier_free(struct copier *c)
{
	if (!c)
		return;
	for (size_t i = 0; c->states && i < c->t.count; i++) {
		struct table_state *s = &c->states[i];

		sqlite3_finalize(s->read_all);
		sqlite3_finalize(s->read_parts);
		sqlite3_finalize(s->read_one);
		sqlite3_finalize(s->find);
		sqlite3_finalize(s->put);
		sqlite3_finalize(s->read_mine);
		id_map_release(&s->map);
	}
	sqlite3_finalize(c->name);
	sqlite3_finalize(c->path);
	sqlite3_finalize(c->dir);
	free(c->states);
	arena_release(&c->texts);
	copy_tables_release(&c->t);
	free(c);
}

struct copy_counts copier_counts(const struct copier *c)
{
	return c->counts;
}
