/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/diff.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "compare/symbols.h"
#include "query/scratch.h"
#include "support/arena.h"
#include "support/grow.h"

/* A symbol as the database has it, beside what is compared of it. */
struct stored {
	int64_t object; /* diff_object.id */
	const char *section, *symbol;
	int64_t own;
};

struct side {
	struct compare_symbol *symbols;
	struct stored *stored; /* as symbols */
	size_t n, symbols_room, stored_room;
};

struct diff {
	const struct database *d;
	struct binding bindings[4];
	struct side before, after;
	struct compare_pair *pairs;
	size_t npairs;
	struct arena arena;
};

static const char *text(struct diff *x, sqlite3_stmt *st, int column)
{
	const unsigned char *t = sqlite3_column_text(st, column);

	return arena_strdup(&x->arena, t ? (const char *)t : "");
}

/* A number for a text that is the same for equal ones.  A hash, not the number
 * that the name has in the database: where several symbols of an object have
 * one name, the order of these numbers says which is compared with which, and
 * that must not depend on what else the database holds.  A collision would
 * only let two sections of an object be compared as one. */
static int64_t section_number(const char *name)
{
	uint64_t h = UINT64_C(1469598103934665603);

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * UINT64_C(1099511628211);
	return (int64_t)h;
}

static int add_symbol(struct diff *x, struct side *side, sqlite3_stmt *st,
		      struct err *e)
{
	const unsigned char *type = sqlite3_column_text(st, 6);
	struct compare_symbol *s;
	struct stored *o;

	if (grow_room((void **)&side->symbols, side->n, &side->symbols_room,
		      sizeof(*side->symbols)) ||
	    grow_room((void **)&side->stored, side->n, &side->stored_room,
		      sizeof(*side->stored)))
		return err_nomem(e);
	s = &side->symbols[side->n];
	o = &side->stored[side->n];
	o->object = sqlite3_column_int64(st, 0);
	o->section = text(x, st, 1);
	o->symbol = text(x, st, 3);
	o->own = sqlite3_column_int64(st, 7);
	s->name = text(x, st, 2);
	if (!o->section || !o->symbol || !s->name)
		return err_nomem(e);
	s->path = o->object;
	s->section = section_number(o->section);
	s->value = (uint64_t)sqlite3_column_int64(st, 4);
	s->size = (uint64_t)sqlite3_column_int64(st, 5);
	/* Code becomes no data; the rest compilers may exchange. */
	s->type = type && strcmp((const char *)type, "func") == 0;
	side->n++;
	return 0;
}

static int load_side(struct diff *x, struct side *side, int64_t after,
		     struct err *e)
{
	const struct binding which[] = { { ":after", NULL, &after },
					 { NULL, NULL, NULL } };
	sqlite3_stmt *st;
	int r = database_prepare(x->d, "diff-symbols", which, &st, e);

	if (r)
		return r;
	while ((r = database_step(x->d, st, e)) == 1) {
		r = add_symbol(x, side, st, e);
		if (r < 0)
			break;
	}
	sqlite3_finalize(st);
	return r;
}

static const char *what_of(enum compare_what what, int64_t before,
			   int64_t after)
{
	switch (what) {
	case COMPARE_MOVED:
		return "moved";
	case COMPARE_RENAMED:
		return "renamed";
	case COMPARE_ADDED:
		return "added";
	case COMPARE_REMOVED:
		return "removed";
	case COMPARE_SAME:
		break;
	}
	return after > before ? "grown" : "shrunk";
}

struct row {
	const struct stored *before, *after; /* NULL: none */
	int64_t before_bytes, after_bytes;
	const char *what;
};

static bool row_of(const struct diff *x, const struct compare_pair *p,
		   struct row *ret)
{
	struct row o = {
		.before = p->before == COMPARE_NONE
				  ? NULL
				  : &x->before.stored[p->before],
		.after = p->after == COMPARE_NONE ? NULL
						  : &x->after.stored[p->after],
	};

	o.before_bytes = o.before ? o.before->own : 0;
	o.after_bytes = o.after ? o.after->own : 0;
	o.what = what_of(p->what, o.before_bytes, o.after_bytes);
	*ret = o;
	/* An alias has no bytes of its own to speak of. */
	if (!o.before_bytes && !o.after_bytes)
		return false;
	return p->what != COMPARE_SAME || o.before_bytes != o.after_bytes;
}

static int put_row(const struct diff *x, sqlite3_stmt *st, const struct row *o,
		   struct err *e)
{
	const struct stored *shown = o->after ? o->after : o->before;
	int r;

	sqlite3_clear_bindings(st);
	scratch_bind_text(st, ":symbol", shown->symbol);
	scratch_bind_text(st, ":section", shown->section);
	scratch_bind_text(st, ":what", o->what);
	scratch_bind_number(st, ":before", o->before_bytes);
	scratch_bind_number(st, ":after", o->after_bytes);
	if (o->after)
		scratch_bind_number(st, ":object", o->after->object);
	if (o->before) {
		scratch_bind_number(st, ":before_object", o->before->object);
		scratch_bind_text(st, ":before_symbol", o->before->symbol);
	}
	r = database_step(x->d, st, e);
	sqlite3_reset(st);
	return r < 0 ? r : 0;
}

static int put_rows(struct diff *x, struct err *e)
{
	sqlite3_stmt *st;
	int r = database_prepare(x->d, "diff-symbol-put", NULL, &st, e);

	if (r)
		return r;
	for (size_t i = 0; i < x->npairs && r == 0; i++) {
		struct row o;

		if (row_of(x, &x->pairs[i], &o))
			r = put_row(x, st, &o, e);
	}
	sqlite3_finalize(st);
	return r;
}

static int fill(struct diff *x, struct err *e)
{
	static const char *const steps[] = {
		"diff-objects", "diff-moved", "diff-moved-twice",
		"diff-stamped", "diff-links",
	};
	int r = diff_make_tables(x->d, e);

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps) && r == 0; i++)
		r = scratch_run(x->d, steps[i], x->bindings, e);
	if (r == 0)
		r = scratch_make(x->d, "diff-stamped-out", e);
	if (r == 0)
		r = scratch_run(x->d, "diff-linktime", x->bindings, e);
	if (r == 0)
		r = scratch_make(x->d, "diff-linktime-fill", e);
	if (r == 0)
		r = scratch_run(x->d, "diff-linktime-link", x->bindings, e);
	if (r == 0)
		r = load_side(x, &x->before, 0, e);
	if (r == 0)
		r = load_side(x, &x->after, 1, e);
	if (r == 0)
		r = compare_symbols(x->before.symbols, x->before.n,
				    x->after.symbols, x->after.n, &x->pairs,
				    &x->npairs, e);
	if (r == 0)
		r = put_rows(x, e);
	return r == 0 ? scratch_run(x->d, "diff-unattributed", x->bindings, e)
		      : r;
}

static void release(struct diff *x)
{
	free(x->before.symbols);
	free(x->before.stored);
	free(x->after.symbols);
	free(x->after.stored);
	free(x->pairs);
	arena_release(&x->arena);
}

int diff_make_tables(const struct database *d, struct err *e)
{
	return scratch_make(d, "diff-tables", e);
}

int diff_prepare(const struct database *d, int64_t base, int64_t build,
		 const char *image, struct err *e)
{
	struct diff x = {
		.d = d,
		.bindings = { { ":base", NULL, &base },
			      { ":build", NULL, &build },
			      { ":image", image, NULL } },
	};
	int r = fill(&x, e);

	release(&x);
	return r;
}
