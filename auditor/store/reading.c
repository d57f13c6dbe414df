/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reading.h"

#include <stdlib.h>

#include "store/statements.h"
#include "support/grow.h"

/* Rows are read into an array that grows; what is kept lives in the arena. */
static int keep(struct arena *a, const void *v, size_t n, size_t size,
		void **ret, struct err *e)
{
	void *copy = arena_copy(a, v, n, size);

	if (!copy)
		return err_nomem(e);
	*ret = copy;
	return 0;
}

static int add_object(sqlite3_stmt *st, struct arena *a,
		      struct stored_object **objects, size_t *n,
		      size_t *capacity, struct err *e)
{
	const unsigned char *path = sqlite3_column_text(st, 0);
	struct stored_object *to;

	if (grow_room((void **)objects, *n, capacity, sizeof(**objects)))
		return err_nomem(e);
	to = &(*objects)[*n];
	to->path = arena_strdup(a, path ? (const char *)path : "");
	to->footprint = sqlite3_column_int64(st, 1);
	if (!to->path)
		return err_nomem(e);
	++*n;
	return 0;
}

int store_reading_objects(struct store *s, int64_t build, struct arena *a,
			  struct stored_object **ret, size_t *ret_count,
			  struct err *e)
{
	struct value key = V_INT(build);
	struct stored_object *objects = NULL;
	size_t n = 0, capacity = 0;
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(s, ST_READING_OBJECTS, &key, 1, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW)
		r = add_object(st, a, &objects, &n, &capacity, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	if (r == 0)
		r = keep(a, objects, n, sizeof(*objects), (void **)ret, e);
	if (r == 0)
		*ret_count = n;
	free(objects);
	return r;
}

int store_reading_difference(struct store *s, int64_t build, const char *text,
			     struct err *e)
{
	struct value values[] = { V_INT(build), V_TEXT(text) };

	return store_run(s, ST_READING_DIFFERENCE, values, 2, e);
}

static int get_sizes(struct store *s, int64_t footprint,
		     struct stored_reading *o, struct err *e)
{
	struct value key = V_INT(footprint);
	sqlite3_stmt *st;
	int r = store_select(s, ST_READING_GET, &key, 1, &st, e);

	if (r < 0)
		return r;
	if (sqlite3_step(st) == SQLITE_ROW) {
		o->text = (uint64_t)sqlite3_column_int64(st, 0);
		o->data = (uint64_t)sqlite3_column_int64(st, 1);
		o->bss = (uint64_t)sqlite3_column_int64(st, 2);
		o->machine = (uint16_t)sqlite3_column_int(st, 3);
		o->has_symbols = sqlite3_column_int(st, 4) != 0;
	} else {
		r = store_fail(s, e);
	}
	sqlite3_reset(st);
	return r;
}

static const char *text(sqlite3_stmt *st, int column, struct arena *a)
{
	const unsigned char *t = sqlite3_column_text(st, column);

	return arena_strdup(a, t ? (const char *)t : "");
}

static int add_symbol(sqlite3_stmt *st, struct arena *a,
		      struct stored_reading *o, size_t *capacity, struct err *e)
{
	struct stored_symbol *to;

	if (grow_room((void **)&o->symbols, o->nsymbols, capacity,
		      sizeof(*o->symbols)))
		return err_nomem(e);
	to = &o->symbols[o->nsymbols];
	to->name = text(st, 0, a);
	to->section = text(st, 1, a);
	if (!to->name || !to->section)
		return err_nomem(e);
	to->value = (uint64_t)sqlite3_column_int64(st, 2);
	to->size = (uint64_t)sqlite3_column_int64(st, 3);
	o->nsymbols++;
	return 0;
}

static int get_symbols(struct store *s, int64_t footprint, struct arena *a,
		       struct stored_reading *o, struct err *e)
{
	struct value key = V_INT(footprint);
	size_t capacity = 0;
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(s, ST_READING_SYMBOLS, &key, 1, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW)
		r = add_symbol(st, a, o, &capacity, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	return r;
}

int store_reading(struct store *s, int64_t footprint, struct arena *a,
		  struct stored_reading *ret, struct err *e)
{
	struct stored_reading o = { 0 };
	void *symbols = NULL;
	/* Names that this transaction adds are not in their table yet. */
	int r = store_flush_names(s, e);

	if (r == 0)
		r = get_sizes(s, footprint, &o, e);
	if (r == 0)
		r = get_symbols(s, footprint, a, &o, e);
	if (r == 0)
		r = keep(a, o.symbols, o.nsymbols, sizeof(*o.symbols), &symbols,
			 e);
	if (r == 0) {
		*ret = o;
		ret->symbols = symbols;
	}
	free(o.symbols);
	return r;
}
