/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy/shared.h"

#include <stdlib.h>
#include <string.h>

#include "store/copy/parts.h"
#include "store/copy/prove.h"
#include "store/copy/rows.h"
#include "support/digest.h"
#include "support/grow.h"

/* References that lead on and on. */
#define DEPTH_MAX 64
/* Rows of one shared row that wait for its digest: an image of a million
 * symbols is larger than any. */
#define HELD_MAX ((size_t)1 << 23)

/* Parts of a shared row, mapped, by table. */
struct held {
	const struct copy_table *t;
	struct value *v; /* t->ncolumns for each row */
	size_t n, capacity;
};

static int hold(struct copier *c, struct held *h, const struct row *row,
		struct err *e)
{
	size_t width = (size_t)h->t->ncolumns;

	if (h->n >= HELD_MAX)
		return copy_damaged(c, h->t, "has too many rows of one kind",
				    e);
	if (grow_room((void **)&h->v, h->n, &h->capacity,
		      width * sizeof(*h->v)))
		return err_nomem(e);
	memcpy(h->v + h->n++ * width, row->v, width * sizeof(*h->v));
	return 0;
}

static int hold_parts(struct copier *c, struct held *h, int64_t id,
		      struct err *e)
{
	sqlite3_stmt **st = &c->states[h->t - c->t.tables].read_parts;
	struct row row;
	int r = copy_read(c, h->t->read_parts, &id, 1, st, e);

	while (r == 0 && (r = copy_step(c, h->t, *st, true, &row, e)) == 1) {
		r = copy_map_row(c, h->t, 0, &row, e);
		if (r == 0)
			r = hold(c, h, &row, e);
	}
	sqlite3_reset(*st);
	return r;
}

/* ---- the digest of content ---- */

static void feed(struct digest *d, const struct value *v)
{
	int64_t n = v->type == VALUE_NULL  ? 0
		    : v->type == VALUE_INT ? v->i
					   : (int64_t)v->len;

	digest_add(d, &n, sizeof(n));
	if (v->type == VALUE_TEXT || v->type == VALUE_BLOB)
		digest_add(d, v->p, v->len);
}

/* Rows are in the order of their ordinals: those say nothing more. */
static bool says_nothing(const struct copy_column *column,
			 const struct value *v, size_t row)
{
	return column->role == COL_OWNER ||
	       (strcmp(column->name, "ordinal") == 0 && v->type == VALUE_INT &&
		v->i == (int64_t)row);
}

static void feed_parts(struct digest *d, const struct held *h)
{
	const struct value *v = h->v;

	for (size_t i = 0; i < h->n; i++)
		for (int k = 0; k < h->t->ncolumns; k++, v++)
			if (!says_nothing(&h->t->columns[k], v, i))
				feed(d, v);
}

/* The only text of a row that has nothing else; NULL where there is more. */
static const struct value *sole_text(const struct copy_table *t,
				     const struct row *row)
{
	const struct value *sole = NULL;

	for (int i = 0; i < t->ncolumns; i++) {
		if (t->columns[i].role == COL_ID || t->columns[i].in_key)
			continue;
		if (sole || row->v[i].type != VALUE_TEXT)
			return NULL;
		sole = &row->v[i];
	}
	return sole;
}

/*
 * The same that an audit computes for its configurations, lists of members
 * and placement sets; of others it is one that no audit finds.  It has this
 * database's numbers in it, which never change here.
 */
static int content_digest(const struct copy_table *t, const struct row *row,
			  const struct held *parts, size_t nparts,
			  unsigned char ret[DIGEST_LEN], struct err *e)
{
	const struct value *text = nparts ? NULL : sole_text(t, row);
	struct digest d;

	if (text) {
		digest_of(text->p, text->len, ret);
		return 0;
	}
	if (digest_begin(&d, e))
		return -(int)e->code;
	for (int i = 0; i < t->ncolumns; i++)
		if (t->columns[i].role != COL_ID && !t->columns[i].in_key)
			feed(&d, &row->v[i]);
	for (size_t i = 0; i < nparts; i++)
		feed_parts(&d, &parts[i]);
	digest_end(&d, ret);
	return 0;
}

/* ---- finding and putting ---- */

static int key_column(const struct copy_table *t)
{
	int at = 0;

	while (!t->columns[at].in_key)
		at++;
	return at;
}

/* 1 and *ret where to has a row of that key. */
static int find(struct copier *c, const struct copy_table *t,
		const struct row *row, int64_t *ret, struct err *e)
{
	sqlite3_stmt **st = &c->states[t - c->t.tables].find;
	int r = store_prepare(c->to, t->find, st, e);

	for (int i = 0; i < t->ncolumns && r == 0; i++)
		if (t->columns[i].in_key)
			r = store_bind(c->to, *st, i + 1, &row->v[i], e);
	if (r < 0)
		return r;
	switch (sqlite3_step(*st)) {
	case SQLITE_ROW:
		*ret = sqlite3_column_int64(*st, 0);
		r = 1;
		break;
	case SQLITE_DONE:
		break;
	default:
		r = store_fail(c->to, e);
	}
	sqlite3_reset(*st);
	return r;
}

static int put_held(struct copier *c, const struct held *h, int64_t owner,
		    struct err *e)
{
	int at = copy_column(h->t, COL_OWNER);
	size_t width = (size_t)h->t->ncolumns;
	struct row row;
	int r = 0;

	for (size_t i = 0; i < h->n && r == 0; i++) {
		memcpy(row.v, h->v + i * width, width * sizeof(*h->v));
		row.v[at] = V_INT(owner);
		r = copy_put(c, h->t, &row, NULL, e);
	}
	return r;
}

/* The key it has here: of a footprint that is proven, its own. */
static int choose_key(struct copier *c, const struct copy_table *t,
		      struct row *row, const struct held *held, size_t nheld,
		      unsigned char digest[DIGEST_LEN], struct err *e)
{
	struct proof_part parts[PROOF_PARTS_MAX];
	int key = key_column(t), proven = 0;

	if (strcmp(t->name, "footprint") == 0) {
		for (size_t i = 0; i < nheld && i < PROOF_PARTS_MAX; i++)
			parts[i] = (struct proof_part){ held[i].t, held[i].v,
							held[i].n };
		proven = c->own ? 1
				: prove_footprint(c, t, row->v, parts,
						  nheld < PROOF_PARTS_MAX
							  ? nheld
							  : PROOF_PARTS_MAX,
						  e);
	}
	if (proven)
		return proven < 0 ? proven : 0;
	if (content_digest(t, row, held, nheld, digest, e))
		return -(int)e->code;
	row->v[key] = V_BLOB(digest, DIGEST_LEN);
	return 0;
}

static int put_hashed(struct copier *c, const struct copy_table *t,
		      struct row *row, struct held *held, size_t nheld,
		      int64_t *ret, struct err *e)
{
	unsigned char digest[DIGEST_LEN];
	int r = choose_key(c, t, row, held, nheld, digest, e);

	if (r == 0)
		r = find(c, t, row, ret, e);
	if (r != 0)
		return r < 0 ? r : 0;
	r = copy_put(c, t, row, ret, e);
	for (size_t i = 0; i < nheld && r == 0; i++)
		r = put_held(c, &held[i], *ret, e);
	if (strcmp(t->name, "footprint") == 0)
		c->counts.footprints++;
	return r;
}

static int copy_hashed(struct copier *c, int table, int64_t id, struct row *row,
		       int64_t *ret, struct err *e)
{
	const struct copy_table *t = &c->t.tables[table];
	struct held *held = calloc(c->t.count, sizeof(*held));
	size_t n = 0;
	int r = held ? 0 : err_nomem(e);

	/* Most are there: nothing more has to be read. */
	if (r == 0 && strcmp(t->name, "footprint") == 0)
		r = find(c, t, row, ret, e);
	for (size_t i = 0; i < c->t.count && r == 0; i++) {
		if (c->t.tables[i].owner != table)
			continue;
		held[n].t = &c->t.tables[i];
		r = hold_parts(c, &held[n++], id, e);
	}
	if (r == 0)
		r = put_hashed(c, t, row, held, n, ret, e);
	for (size_t i = 0; i < n; i++)
		free(held[i].v);
	free(held);
	return r < 0 ? r : 0;
}

static int copy_keyed(struct copier *c, int table, int64_t id, struct row *row,
		      int64_t *ret, struct err *e)
{
	const struct copy_table *t = &c->t.tables[table];
	int known = find(c, t, row, ret, e);
	int r = known < 0 ? known : copy_put(c, t, row, NULL, e);

	if (r == 0 && known == 0) {
		r = find(c, t, row, ret, e);
		if (r >= 0)
			r = copy_parts(c, table, id, *ret, false, e);
	}
	return r;
}

int copy_shared(struct copier *c, int table, int64_t id, int64_t *ret,
		struct err *e)
{
	const struct copy_table *t = &c->t.tables[table];
	struct table_state *state = &c->states[table];
	struct row row;
	int r;

	if (c->depth >= DEPTH_MAX)
		return copy_damaged(c, t, "has references that do not end", e);
	r = copy_read(c, t->read_one, &id, 1, &state->read_one, e);
	if (r == 0)
		r = copy_step(c, t, state->read_one, true, &row, e);
	sqlite3_reset(state->read_one);
	if (r <= 0)
		return r < 0 ? r
			     : copy_damaged(c, t,
					    "lacks a row that is referred to",
					    e);
	c->depth++;
	r = copy_map_row(c, t, 0, &row, e);
	if (r == 0)
		r = t->hashed ? copy_hashed(c, table, id, &row, ret, e)
			      : copy_keyed(c, table, id, &row, ret, e);
	c->depth--;
	if (r == 0 && id_map_put(&state->map, id, *ret))
		r = err_nomem(e);
	return r;
}
