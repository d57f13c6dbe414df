/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy/rows.h"

#include <string.h>

#include "codemap/blob.h"
#include "store/names.h"

/* No system has longer ones; each directory above it is a row. */
#define DIR_LEN_MAX 65536

int copy_damaged(const struct copier *c, const struct copy_table *t,
		 const char *why, struct err *e)
{
	return err_set(e, ERR_DB,
		       "'%s' is damaged: table '%s' %s; nothing was changed",
		       c->from_name, t->name, why);
}

int copy_from_fail(const struct copier *c, struct err *e)
{
	if (sqlite3_errcode(c->from) == SQLITE_NOMEM)
		return err_nomem(e);
	return err_set(e, ERR_DB, "cannot read '%s': %s; nothing was changed",
		       c->from_name, sqlite3_errmsg(c->from));
}

int copy_column(const struct copy_table *t, enum copy_role role)
{
	for (int i = 0; i < t->ncolumns; i++)
		if (t->columns[i].role == role)
			return i;
	return -1;
}

/* ---- reading ---- */

int copy_read(struct copier *c, const char *text, const int64_t *keys,
	      int nkeys, sqlite3_stmt **st, struct err *e)
{
	if (!*st &&
	    sqlite3_prepare_v3(c->from, text, -1, SQLITE_PREPARE_PERSISTENT, st,
			       NULL) != SQLITE_OK)
		return copy_from_fail(c, e);
	sqlite3_reset(*st);
	for (int i = 0; i < nkeys; i++)
		if (sqlite3_bind_int64(*st, i + 1, keys[i]) != SQLITE_OK)
			return copy_from_fail(c, e);
	return 0;
}

static int read_bytes(struct copier *c, sqlite3_stmt *st, int at,
		      enum copy_type type, bool keep, struct value *ret,
		      struct err *e)
{
	const void *p = type == TYPE_TEXT
				? (const void *)sqlite3_column_text(st, at)
				: sqlite3_column_blob(st, at);
	size_t len = (size_t)sqlite3_column_bytes(st, at);

	if (!p)
		p = ""; /* so an empty one is not NULL */
	if (keep && !(p = arena_strndup(&c->texts, p, len)))
		return err_nomem(e);
	ret->type = type == TYPE_TEXT ? VALUE_TEXT : VALUE_BLOB;
	ret->p = p;
	ret->len = len;
	return 0;
}

static int read_value(struct copier *c, const struct copy_table *t,
		      sqlite3_stmt *st, int at, bool keep, struct value *ret,
		      struct err *e)
{
	static const int types[] = {
		[TYPE_INTEGER] = SQLITE_INTEGER,
		[TYPE_TEXT] = SQLITE_TEXT,
		[TYPE_BLOB] = SQLITE_BLOB,
	};
	const struct copy_column *column = &t->columns[at];
	int type = sqlite3_column_type(st, at);

	*ret = V_NULL;
	if (type == SQLITE_NULL && !column->required &&
	    column->role != COL_ID && column->role != COL_OWNER)
		return 0;
	if (type != types[column->type])
		return copy_damaged(c, t, "has a value of a wrong type", e);
	if (type != SQLITE_INTEGER)
		return read_bytes(c, st, at, column->type, keep, ret, e);
	*ret = V_INT(sqlite3_column_int64(st, at));
	return 0;
}

int copy_step(struct copier *c, const struct copy_table *t, sqlite3_stmt *st,
	      bool keep, struct row *ret, struct err *e)
{
	int r = 0;

	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		break;
	case SQLITE_DONE:
		return 0;
	default:
		return copy_from_fail(c, e);
	}
	if (c->rows_left-- <= 0)
		return copy_damaged(c, t,
				    "has more rows than the file is large", e);
	for (int i = 0; i < t->ncolumns && r == 0; i++)
		r = read_value(c, t, st, i, keep, &ret->v[i], e);
	return r < 0 ? r : 1;
}

/* ---- numbers ---- */

/* The row of from that a number names; it is reset by the caller. */
static int read_named(struct copier *c, enum statement which, int64_t id,
		      sqlite3_stmt **st, const struct copy_table *t,
		      struct err *e)
{
	/* Looked up once: this is asked for every name. */
	const char *text = *st ? NULL : store_statement_text(which);
	int r = copy_read(c, text, &id, 1, st, e);

	if (r < 0)
		return r;
	switch (sqlite3_step(*st)) {
	case SQLITE_ROW:
		return 0;
	case SQLITE_DONE:
		return copy_damaged(c, t, "lacks a row that is referred to", e);
	default:
		return copy_from_fail(c, e);
	}
}

static int map_name(struct copier *c, const struct copy_table *t, int64_t id,
		    int64_t *ret, struct err *e)
{
	const char *text;
	int r = read_named(c, ST_COPY_NAME, id, &c->name, t, e);

	if (r < 0)
		return r;
	text = (const char *)sqlite3_column_text(c->name, 0);
	r = text ? store_name(c->to, text, ret, e)
		 : copy_damaged(c, t, "has a value of a wrong type", e);
	sqlite3_reset(c->name);
	return r;
}

static int map_path(struct copier *c, const struct copy_table *t, int64_t id,
		    int64_t *ret, struct err *e)
{
	const char *dir, *file;
	struct arena a = ARENA_INIT;
	int r = read_named(c, ST_COPY_PATH, id, &c->path, t, e);

	if (r < 0)
		return r;
	dir = (const char *)sqlite3_column_text(c->path, 0);
	file = (const char *)sqlite3_column_text(c->path, 1);
	/* Numbers of directories and their parents follow from the text. */
	if (!dir || !file || strchr(file, '/') || strlen(dir) > DIR_LEN_MAX)
		r = copy_damaged(c, t, "has a path that is none", e);
	else
		file = arena_printf(&a, "%s%s%s", dir, *dir ? "/" : "", file);
	if (r == 0)
		r = file ? store_path(c->to, file, ret, e) : err_nomem(e);
	sqlite3_reset(c->path);
	arena_release(&a);
	return r;
}

/* A directory that something else than its paths refers to. */
static int map_dir(struct copier *c, const struct copy_table *t, int64_t id,
		   int64_t *ret, struct err *e)
{
	const char *text;
	int r = read_named(c, ST_COPY_DIR, id, &c->dir, t, e);

	if (r < 0)
		return r;
	text = (const char *)sqlite3_column_text(c->dir, 0);
	if (!text || strlen(text) > DIR_LEN_MAX)
		r = copy_damaged(c, t, "has a path that is none", e);
	else
		r = store_directory(c->to, text, ret, e);
	sqlite3_reset(c->dir);
	return r;
}

static int map_number(struct copier *c, int table, int64_t id, int64_t *ret,
		      struct err *e)
{
	const struct copy_table *t = &c->t.tables[table];
	struct id_map *map = &c->states[table].map;
	int r;

	if (id_map_get(map, id, ret))
		return 0;
	switch (t->kind) {
	case COPY_NAME:
		r = map_name(c, t, id, ret, e);
		break;
	case COPY_PATH:
		r = map_path(c, t, id, ret, e);
		break;
	case COPY_DIR:
		r = map_dir(c, t, id, ret, e);
		break;
	case COPY_SHARED:
		return c->shared(c, table, id, ret, e);
	default:
		/* Parts and roots are copied before what refers to them. */
		return copy_damaged(c, t, "lacks a row that is referred to", e);
	}
	if (r == 0 && id_map_put(map, id, *ret))
		r = err_nomem(e);
	return r;
}

/* codemap/blob.h: the numbers of names are this database's own. */
static int map_symbols(struct copier *c, const struct copy_table *t,
		       struct value *v, struct err *e)
{
	struct codemap_blob out = CODEMAP_BLOB_INIT;
	const unsigned char *p = v->p;
	struct blob_cursor in = { .at = p, .end = p + v->len };
	int names = copy_table_find(&c->t, "name");
	struct blob_symbol sym;
	int more, r = 0;

	while (r == 0 && (more = codemap_blob_get_symbol(&in, &sym)) != 0) {
		r = more < 0 ? copy_damaged(c, t, "has a blob that is none", e)
			     : map_number(c, names, sym.name, &sym.name, e);
		if (r == 0 && codemap_blob_put_symbol(&out, &sym))
			r = err_nomem(e);
	}
	if (r == 0) {
		v->p = arena_strndup(&c->texts, (const char *)out.bytes,
				     out.len);
		v->len = out.len;
		r = v->p ? 0 : err_nomem(e);
	}
	codemap_blob_release(&out);
	return r;
}

int copy_map_row(struct copier *c, const struct copy_table *t, int64_t owner,
		 struct row *row, struct err *e)
{
	int r = 0;

	for (int i = 0; i < t->ncolumns && r == 0; i++) {
		const struct copy_column *column = &t->columns[i];
		struct value *v = &row->v[i];

		if (column->role == COL_OWNER)
			*v = V_INT(owner);
		else if (column->role == COL_ID)
			*v = V_NULL; /* the next that is free */
		else if (v->type == VALUE_NULL)
			continue;
		else if (column->role == COL_REF)
			r = map_number(c, column->ref, v->i, &v->i, e);
		else if (column->role == COL_NAME0 && v->i)
			r = map_number(c, copy_table_find(&c->t, "name"), v->i,
				       &v->i, e);
		else if (column->role == COL_NAMES)
			r = map_symbols(c, t, v, e);
	}
	return r;
}

/* ---- writing ---- */

int copy_put(struct copier *c, const struct copy_table *t,
	     const struct row *row, int64_t *ret_id, struct err *e)
{
	sqlite3_stmt **st = &c->states[t - c->t.tables].put;
	int r = store_prepare(c->to, t->put, st, e);

	for (int i = 0; i < t->ncolumns && r == 0; i++)
		r = store_bind(c->to, *st, i + 1, &row->v[i], e);
	if (r < 0)
		return r;
	if (sqlite3_step(*st) != SQLITE_DONE)
		r = (sqlite3_errcode(c->to->db) & 0xff) == SQLITE_CONSTRAINT
			    ? copy_damaged(c, t, "has a row twice", e)
			    : store_fail(c->to, e);
	sqlite3_reset(*st);
	if (r == 0 && ret_id)
		*ret_id = sqlite3_last_insert_rowid(c->to->db);
	return r;
}
