/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy/parts.h"

#include "store/copy/rows.h"

/* ids of allocations stay small: SQLite's own go up to 2^63 - 1. */
#define ALLOCATION_MAX (INT64_C(1) << 56)

static int copy_one(struct copier *c, int table, int64_t to_id, struct row *row,
		    struct err *e)
{
	const struct copy_table *t = &c->t.tables[table];
	struct id_map *map = &c->states[table].map;
	int64_t old = 0, new;
	int r;

	if (t->numbered) {
		old = row->v[copy_column(t, COL_ID)].i;
		if (id_map_get(map, old, &new))
			return copy_damaged(c, t, "has a row twice", e);
	}
	r = copy_map_row(c, t, to_id, row, e);
	if (r == 0)
		r = copy_put(c, t, row, t->numbered ? &new : NULL, e);
	if (r < 0 || !t->numbered)
		return r;
	if (id_map_put(map, old, new))
		return err_nomem(e);
	return copy_parts(c, table, old, new, false, e);
}

static int copy_table_parts(struct copier *c, int table, int64_t from_id,
			    int64_t to_id, struct err *e)
{
	const struct copy_table *t = &c->t.tables[table];
	sqlite3_stmt **st = &c->states[table].read_parts;
	struct row row;
	int r = copy_read(c, t->read_parts, &from_id, 1, st, e);

	while (r == 0 && (r = copy_step(c, t, *st, false, &row, e)) == 1)
		r = copy_one(c, table, to_id, &row, e);
	sqlite3_reset(*st);
	return r;
}

int copy_parts(struct copier *c, int owner, int64_t from_id, int64_t to_id,
	       bool growing, struct err *e)
{
	int r = 0;

	/* Those with numbers first: the others may refer to them. */
	for (int numbered = 1; numbered >= 0; numbered--)
		for (size_t i = 0; i < c->t.count && r == 0; i++) {
			const struct copy_table *t = &c->t.tables[i];

			if (t->owner == owner && t->numbered == numbered &&
			    (!growing || t->grows))
				r = copy_table_parts(c, (int)i, from_id, to_id,
						     e);
		}
	return r;
}

int copy_allocations(struct copier *c, int64_t first, int64_t last,
		     int64_t new_first, struct err *e)
{
	int table = copy_table_find(&c->t, "allocation");
	const struct copy_table *t = &c->t.tables[table];
	sqlite3_stmt **st = &c->states[table].read_parts;
	int at = copy_column(t, COL_ID);
	struct row row;
	int r;

	if (first < 0 || last < first || last - first >= ALLOCATION_MAX ||
	    new_first >= ALLOCATION_MAX)
		return copy_damaged(c, t, "is not as long as a trace says", e);
	r = copy_read(c, t->read_parts, (const int64_t[]){ first, last }, 2, st,
		      e);
	while (r == 0 && (r = copy_step(c, t, *st, false, &row, e)) == 1) {
		int64_t id = row.v[at].i - first + new_first;

		r = copy_map_row(c, t, 0, &row, e);
		row.v[at] = V_INT(id);
		if (r == 0)
			r = copy_put(c, t, &row, NULL, e);
	}
	sqlite3_reset(*st);
	return r;
}
