/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy/canon.h"

#include <stdlib.h>
#include <string.h>

#include "store/copy/rows.h"
#include "store/names.h"
#include "support/grow.h"

#define DEPTH_MAX 64

struct hash {
	unsigned char b[DIGEST_LEN];
};

struct canon_table {
	sqlite3_stmt *one, *parts;
	struct id_map known; /* number -> place in hashes */
};

struct canon {
	struct copier *c;
	sqlite3 *db;
	struct canon_table *tables;
	struct hash *hashes;
	size_t nhashes, capacity;
	sqlite3_stmt *name, *path, *dir;
	unsigned int depth;
};

static int fail(const struct canon *k, struct err *e)
{
	return k->db == k->c->from ? copy_from_fail(k->c, e)
				   : store_fail(k->c->to, e);
}

static int prepare(const struct canon *k, const char *text, sqlite3_stmt **st,
		   int64_t id, struct err *e)
{
	if (!*st && sqlite3_prepare_v2(k->db, text, -1, st, NULL) != SQLITE_OK)
		return fail(k, e);
	sqlite3_reset(*st);
	return sqlite3_bind_int64(*st, 1, id) == SQLITE_OK ? 0 : fail(k, e);
}

/* 1 a row, 0 the end. */
static int step(const struct canon *k, const struct copy_table *t,
		sqlite3_stmt *st, struct err *e)
{
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		break;
	case SQLITE_DONE:
		return 0;
	default:
		return fail(k, e);
	}
	if (k->db == k->c->from && k->c->rows_left-- <= 0)
		return copy_damaged(k->c, t,
				    "has more rows than the file is large", e);
	return 1;
}

/* Rows have no order that both databases know: sums of digests. */
static void add(struct hash *sum, const struct hash *h)
{
	unsigned int carry = 0;

	for (size_t i = 0; i < DIGEST_LEN; i++) {
		carry += sum->b[i] + h->b[i];
		sum->b[i] = (unsigned char)carry;
		carry >>= 8;
	}
}

static void feed_column(struct digest *d, sqlite3_stmt *st, int at)
{
	int type = sqlite3_column_type(st, at);
	int64_t head[2] = { type, 0 };
	const void *p = NULL;

	if (type == SQLITE_INTEGER) {
		head[1] = sqlite3_column_int64(st, at);
	} else if (type != SQLITE_NULL) {
		p = sqlite3_column_blob(st, at);
		head[1] = sqlite3_column_bytes(st, at);
	}
	digest_add(d, head, sizeof(head));
	if (p)
		digest_add(d, p, (size_t)head[1]);
}

/* The text that a number refers to. */
static int feed_text(struct canon *k, enum statement which, sqlite3_stmt **st,
		     int64_t id, struct digest *d, struct err *e)
{
	const char *text = *st ? NULL : store_statement_text(which);
	int r = prepare(k, text, st, id, e);

	if (r < 0)
		return r;
	if (sqlite3_step(*st) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(*st); i++)
			feed_column(d, *st, i);
	sqlite3_reset(*st);
	return 0;
}

static int canon_id(struct canon *k, int table, int64_t id, struct hash *ret,
		    struct err *e);

static int feed_ref(struct canon *k, int table, int64_t id, struct digest *d,
		    struct err *e)
{
	struct hash h;
	int r;

	switch (k->c->t.tables[table].kind) {
	case COPY_NAME:
		return feed_text(k, ST_COPY_NAME, &k->name, id, d, e);
	case COPY_PATH:
		return feed_text(k, ST_COPY_PATH, &k->path, id, d, e);
	case COPY_DIR:
		return feed_text(k, ST_COPY_DIR, &k->dir, id, d, e);
	case COPY_SHARED:
	case COPY_PART:
		r = canon_id(k, table, id, &h, e);
		if (r == 0)
			digest_add(d, h.b, sizeof(h.b));
		return r;
	default:
		return 0; /* a root: who compares knows that it is the same */
	}
}

/* Does a footprint's digest tell what it is?  Other digests have numbers of
 * their database in them. */
static bool is_told_by_hash(const struct copy_table *t)
{
	return strcmp(t->name, "footprint") == 0;
}

static int feed_row(struct canon *k, const struct copy_table *t,
		    sqlite3_stmt *st, struct digest *d, struct err *e)
{
	int name = copy_table_find(&k->c->t, "name"), r = 0;

	for (int i = 0; i < t->ncolumns && r == 0; i++) {
		const struct copy_column *column = &t->columns[i];

		if (t->hashed && column->in_key && !is_told_by_hash(t))
			continue;
		if (column->role == COL_PLAIN)
			feed_column(d, st, i);
		else if (sqlite3_column_type(st, i) == SQLITE_NULL)
			digest_add(d, "", 1);
		else if (column->role == COL_REF)
			r = feed_ref(k, column->ref,
				     sqlite3_column_int64(st, i), d, e);
		else if (column->role == COL_NAME0 &&
			 sqlite3_column_int64(st, i))
			r = feed_ref(k, name, sqlite3_column_int64(st, i), d,
				     e);
	}
	return r;
}

static int feed_parts(struct canon *k, int table, int64_t id, struct digest *d,
		      struct err *e);

/* A row, with the parts of it where it has a number. */
static int canon_row(struct canon *k, int table, sqlite3_stmt *st,
		     struct hash *ret, struct err *e)
{
	const struct copy_table *t = &k->c->t.tables[table];
	struct digest d;
	int r;

	if (digest_begin(&d, e))
		return -(int)e->code;
	r = feed_row(k, t, st, &d, e);
	if (r == 0 && t->numbered && !is_told_by_hash(t))
		r = feed_parts(k, table,
			       sqlite3_column_int64(st, copy_column(t, COL_ID)),
			       &d, e);
	digest_end(&d, ret->b);
	return r;
}

static int sum_parts(struct canon *k, int table, int64_t id, struct hash *sum,
		     struct err *e)
{
	const struct copy_table *t = &k->c->t.tables[table];
	sqlite3_stmt **st = &k->tables[table].parts;
	struct hash h;
	int r = prepare(k, t->read_parts, st, id, e);

	while (r == 0 && (r = step(k, t, *st, e)) == 1) {
		r = canon_row(k, table, *st, &h, e);
		add(sum, &h);
	}
	sqlite3_reset(*st);
	return r;
}

static int feed_parts(struct canon *k, int table, int64_t id, struct digest *d,
		      struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < k->c->t.count && r == 0; i++) {
		const struct copy_table *t = &k->c->t.tables[i];
		struct hash sum = { { 0 } };

		/* What grows is told by no audit alone. */
		if (t->owner != table || t->grows)
			continue;
		r = sum_parts(k, (int)i, id, &sum, e);
		digest_add(d, sum.b, sizeof(sum.b));
	}
	return r;
}

static int remember(struct canon *k, int table, int64_t id,
		    const struct hash *h, struct err *e)
{
	if (grow_room((void **)&k->hashes, k->nhashes, &k->capacity,
		      sizeof(*k->hashes)) ||
	    id_map_put(&k->tables[table].known, id, (int64_t)k->nhashes))
		return err_nomem(e);
	k->hashes[k->nhashes++] = *h;
	return 0;
}

static int canon_id(struct canon *k, int table, int64_t id, struct hash *ret,
		    struct err *e)
{
	const struct copy_table *t = &k->c->t.tables[table];
	sqlite3_stmt *own = NULL, **st = &k->tables[table].one;
	struct hash h = { { 0 } };
	int64_t place;
	int r;

	if (id_map_get(&k->tables[table].known, id, &place)) {
		*ret = k->hashes[place];
		return 0;
	}
	if (k->depth >= DEPTH_MAX)
		return copy_damaged(k->c, t, "has references that do not end",
				    e);
	/* A row of the same table may be on its way. */
	if (*st && sqlite3_stmt_busy(*st))
		st = &own;
	k->depth++;
	r = prepare(k, t->read_one, st, id, e);
	if (r == 0)
		r = step(k, t, *st, e);
	if (r == 1)
		r = canon_row(k, table, *st, &h, e);
	sqlite3_reset(*st);
	sqlite3_finalize(own);
	k->depth--;
	if (r == 0)
		r = remember(k, table, id, &h, e);
	*ret = h;
	return r;
}

int canon_digest(struct copier *c, sqlite3 *db, int table, int64_t id,
		 unsigned char ret[DIGEST_LEN], struct err *e)
{
	struct canon k = { .c = c, .db = db };
	struct hash h;
	int r = 0;

	k.tables = calloc(c->t.count + 1, sizeof(*k.tables));
	if (!k.tables)
		return err_nomem(e);
	/* Texts are asked of the table itself. */
	if (db != c->from)
		r = store_flush_names(c->to, e);
	if (r == 0)
		r = canon_id(&k, table, id, &h, e);
	for (size_t i = 0; i < c->t.count; i++) {
		sqlite3_finalize(k.tables[i].one);
		sqlite3_finalize(k.tables[i].parts);
		id_map_release(&k.tables[i].known);
	}
	sqlite3_finalize(k.name);
	sqlite3_finalize(k.path);
	sqlite3_finalize(k.dir);
	free(k.hashes);
	free(k.tables);
	if (r == 0)
		memcpy(ret, h.b, sizeof(h.b));
	return r;
}
