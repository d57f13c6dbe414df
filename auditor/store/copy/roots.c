/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy/roots.h"

#include <stdlib.h>
#include <string.h>

#include "store/copy/canon.h"
#include "store/copy/drop.h"
#include "store/copy/parts.h"
#include "store/copy/rows.h"
#include "store/copy/shared.h"
#include "support/digest.h"
#include "support/grow.h"

enum known {
	KNOWN_NOT,
	KNOWN_BETTER, /* what is here stays */
	KNOWN_SAME,
	KNOWN_WORSE, /* what comes replaces it */
};

static int named_column(const struct copy_table *t, const char *name)
{
	for (int i = 0; i < t->ncolumns; i++)
		if (strcmp(t->columns[i].name, name) == 0)
			return i;
	return 0;
}

/* ---- which of two ---- */

static int compare(struct copier *c, int table, int64_t id, int64_t ns,
		   int64_t my_id, int64_t my_ns, enum known *ret, struct err *e)
{
	unsigned char theirs[DIGEST_LEN], mine[DIGEST_LEN];
	int r, order = ns > my_ns ? 1 : ns < my_ns ? -1 : 0;

	if (!order) {
		r = canon_digest(c, c->from, table, id, theirs, e);
		if (r == 0)
			r = canon_digest(c, c->to->db, table, my_id, mine, e);
		if (r < 0)
			return r;
		order = memcmp(theirs, mine, sizeof(mine));
	}
	*ret = order > 0 ? KNOWN_WORSE : order < 0 ? KNOWN_BETTER : KNOWN_SAME;
	return 0;
}

/* Is there one of the same identity? */
static int find_known(struct copier *c, int table, int64_t id,
		      const struct row *row, enum statement which,
		      const struct value *keys, int nkeys, const char *moment,
		      int64_t *ret_id, enum known *ret, struct err *e)
{
	const struct copy_table *t = &c->t.tables[table];
	int64_t ns = row->v[named_column(t, moment)].i, my_ns = 0;
	sqlite3_stmt *st;
	int r = store_select(c->to, which, keys, nkeys, &st, e);
	int step;

	*ret = KNOWN_NOT;
	if (r < 0)
		return r;
	step = sqlite3_step(st);
	if (step == SQLITE_ROW) {
		*ret_id = sqlite3_column_int64(st, 0);
		my_ns = sqlite3_column_int64(st, 1);
	} else if (step != SQLITE_DONE) {
		r = store_fail(c->to, e);
	}
	sqlite3_reset(st);
	if (r == 0 && step == SQLITE_ROW)
		r = compare(c, table, id, ns, *ret_id, my_ns, ret, e);
	return r;
}

/* ---- one build, one trace ---- */

/* The row of from that a number names, its texts kept. */
static int read_root(struct copier *c, int table, int64_t id, struct row *ret,
		     struct err *e)
{
	const struct copy_table *t = &c->t.tables[table];
	sqlite3_stmt **st = &c->states[table].read_one;
	int r = copy_read(c, t->read_one, &id, 1, st, e);

	if (r == 0)
		r = copy_step(c, t, *st, true, ret, e);
	sqlite3_reset(*st);
	if (r == 0)
		r = copy_damaged(c, t, "lacks a row that is referred to", e);
	return r < 0 ? r : 0;
}

/* The row itself; what it replaces goes with all its parts, and leaves it
 * its number. */
static int put_root(struct copier *c, int table, struct row *row,
		    enum known known, int64_t *id, struct err *e)
{
	const struct copy_table *t = &c->t.tables[table];
	int r = copy_map_row(c, t, 0, row, e);

	if (r == 0 && known == KNOWN_WORSE) {
		row->v[copy_column(t, COL_ID)] = V_INT(*id);
		r = drop_root(c->to, t->name, *id, e);
	}
	return r < 0 ? r : copy_put(c, t, row, id, e);
}

static int copy_a_build(struct copier *c, int table, int64_t from_id,
			struct err *e)
{
	const struct copy_table *t = &c->t.tables[table];
	enum known known;
	struct row row;
	int64_t id = 0;
	int r = read_root(c, table, from_id, &row, e);

	if (r == 0)
		r = find_known(c, table, from_id, &row, ST_COPY_BUILD_FIND,
			       &row.v[named_column(t, "identity")], 1,
			       "audited_ns", &id, &known, e);
	if (r < 0)
		return r;
	if (known == KNOWN_NOT || known == KNOWN_WORSE) {
		r = put_root(c, table, &row, known, &id, e);
		if (r == 0)
			r = copy_parts(c, table, from_id, id, false, e);
		*(known == KNOWN_NOT ? &c->counts.builds_added
				     : &c->counts.builds_replaced) += 1;
	} else {
		c->counts.builds_known++;
		if (known == KNOWN_SAME)
			r = copy_parts(c, table, from_id, id, true, e);
	}
	if (r == 0 && id_map_put(&c->states[table].map, from_id, id))
		r = err_nomem(e);
	return r;
}

/* Where its allocations will be, which are neighbours. */
static int move_range(struct copier *c, const struct copy_table *t,
		      struct row *row, int64_t range[3], struct err *e)
{
	struct value *first = &row->v[copy_column(t, COL_FIRST)];
	struct value *last = &row->v[copy_column(t, COL_LAST)];
	int64_t next;
	int r;

	range[0] = first->i;
	range[1] = last->i;
	if (!first->i)
		return 0;
	if (first->i < 0 || last->i < first->i)
		return copy_damaged(c, t, "has a value that cannot be", e);
	r = store_find(c->to, ST_COPY_ALLOCATION_NEXT, NULL, 0, &next, e);
	if (r < 0)
		return r;
	range[2] = next;
	if (next > INT64_MAX - (last->i - first->i))
		return copy_damaged(c, t, "has a value that cannot be", e);
	last->i = next + (last->i - first->i);
	first->i = next;
	return 0;
}

static int copy_new_trace(struct copier *c, int table, int64_t from_id,
			  struct row *row, enum known known, int64_t *id,
			  struct err *e)
{
	int64_t range[3] = { 0 };
	int r = move_range(c, &c->t.tables[table], row, range, e);

	if (r == 0)
		r = put_root(c, table, row, known, id, e);
	if (r == 0)
		r = copy_parts(c, table, from_id, *id, false, e);
	if (r == 0 && range[0])
		r = copy_allocations(c, range[0], range[1], range[2], e);
	*(known == KNOWN_NOT ? &c->counts.traces_added
			     : &c->counts.traces_replaced) += 1;
	return r;
}

static int copy_a_trace(struct copier *c, int table, int64_t from_id,
			struct err *e)
{
	const struct copy_table *t = &c->t.tables[table];
	int builds = copy_table_find(&c->t, "build");
	struct value keys[2];
	enum known known;
	struct row row;
	int64_t id = 0;
	int r = read_root(c, table, from_id, &row, e);

	if (r < 0)
		return r;
	keys[0] = row.v[named_column(t, "digest")];
	keys[1] = row.v[named_column(t, "build")];
	if (keys[1].type == VALUE_INT &&
	    !id_map_get(&c->states[builds].map, keys[1].i, &keys[1].i))
		return copy_damaged(c, t, "is of a build that is not there", e);
	r = find_known(c, table, from_id, &row, ST_COPY_TRACE_FIND, keys, 2,
		       "imported_ns", &id, &known, e);
	if (r == 0 && (known == KNOWN_NOT || known == KNOWN_WORSE))
		r = copy_new_trace(c, table, from_id, &row, known, &id, e);
	else if (r == 0)
		c->counts.traces_known++;
	if (r == 0 && id_map_put(&c->states[table].map, from_id, id))
		r = err_nomem(e);
	return r;
}

/* ---- all, or one with its traces ---- */

typedef int copy_root(struct copier *c, int table, int64_t id, struct err *e);

/* All numbers first: a statement that is being stepped would keep its place
 * in a file that the copying of a row reads elsewhere. */
static int list_ids(struct copier *c, enum statement which, int64_t key,
		    int64_t **ret, size_t *ret_n, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int64_t *ids = NULL;
	size_t n = 0, capacity = 0;
	int step = SQLITE_DONE;
	int r = copy_read(c, store_statement_text(which), &key, 1, &st, e);

	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW) {
		int64_t id = sqlite3_column_int64(st, 0);

		if (n && id <= ids[n - 1])
			r = copy_damaged(
				c,
				&c->t.tables[copy_table_find(&c->t, "build")],
				"has a row twice", e);
		else if (grow_room((void **)&ids, n, &capacity, sizeof(*ids)))
			r = err_nomem(e);
		else
			ids[n++] = id;
	}
	if (r == 0 && step != SQLITE_DONE)
		r = copy_from_fail(c, e);
	sqlite3_finalize(st);
	*ret = ids;
	*ret_n = n;
	return r;
}

static int copy_roots(struct copier *c, const char *name, enum statement which,
		      int64_t key, copy_root *one, struct err *e)
{
	int table = copy_table_find(&c->t, name);
	int64_t *ids;
	size_t n;
	int r = list_ids(c, which, key, &ids, &n, e);

	for (size_t i = 0; i < n && r == 0; i++) {
		r = one(c, table, ids[i], e);
		arena_release(&c->texts);
	}
	free(ids);
	return r;
}

/* Rows that are roots themselves: of tables without a number, and of shared
 * ones that nobody refers to. */
static int copy_rest(struct copier *c, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < c->t.count && r == 0; i++) {
		const struct copy_table *t = &c->t.tables[i];
		sqlite3_stmt **st = &c->states[i].read_all;
		struct row row;
		int64_t id;

		if (t->kind != COPY_ROWS &&
		    (t->kind != COPY_SHARED || t->referenced))
			continue;
		r = copy_read(c, t->read_all, NULL, 0, st, e);
		while (r == 0 &&
		       (r = copy_step(c, t, *st, true, &row, e)) == 1) {
			if (t->kind == COPY_SHARED) {
				id = row.v[copy_column(t, COL_ID)].i;
				r = copy_shared(c, (int)i, id, &id, e);
			} else {
				r = copy_map_row(c, t, 0, &row, e);
				if (r == 0)
					r = copy_put(c, t, &row, NULL, e);
			}
		}
		sqlite3_reset(*st);
		arena_release(&c->texts);
	}
	return r;
}

int copy_everything(struct copier *c, struct err *e)
{
	int r = copy_roots(c, "build", ST_COPY_BUILDS, 0, copy_a_build, e);

	if (r == 0)
		r = copy_roots(c, "trace", ST_COPY_TRACES, 0, copy_a_trace, e);
	return r < 0 ? r : copy_rest(c, e);
}

int copy_build(struct copier *c, int64_t build, struct err *e)
{
	int r = copy_roots(c, "build", ST_COPY_BUILDS, build, copy_a_build, e);

	if (r == 0)
		r = copy_roots(c, "trace", ST_COPY_TRACES, build, copy_a_trace,
			       e);
	return r < 0 ? r : copy_rest(c, e);
}
