/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/diff.h"

#include <stdbool.h>
#include <stdlib.h>

#include "query/diff_settle.h"
#include "query/diff_symbols.h"
#include "query/scratch.h"

struct diff {
	const struct database *d;
	struct binding bindings[4];
	struct diff_symbols symbols;
	struct compare_pair *pairs;
	size_t npairs;
};

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
	const struct diff_symbol *before, *after; /* NULL: none */
	int64_t before_bytes, after_bytes;
	const char *what;
};

static bool row_of(const struct diff *x, const struct compare_pair *p,
		   struct row *ret)
{
	struct row o = {
		.before = p->before == COMPARE_NONE
				  ? NULL
				  : &x->symbols.before.stored[p->before],
		.after = p->after == COMPARE_NONE
				 ? NULL
				 : &x->symbols.after.stored[p->after],
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

/* An object that is asked for is one of those whose symbols were loaded. */
static struct diff_place *place_of(const struct diff *x,
				   const struct diff_symbol *s)
{
	return s ? diff_symbols_place(&x->symbols, s->object) : NULL;
}

static int put_row(const struct diff *x, sqlite3_stmt *st, const struct row *o,
		   struct err *e)
{
	const struct diff_symbol *shown = o->after ? o->after : o->before;
	const struct diff_place *before = place_of(x, o->before);
	const struct diff_place *after = place_of(x, o->after);
	int r;

	sqlite3_clear_bindings(st);
	scratch_bind_text(st, ":symbol", shown->symbol);
	scratch_bind_text(st, ":path",
			  after ? after->path : before->before_path);
	scratch_bind_text(st, ":section", shown->section);
	scratch_bind_text(st, ":what", o->what);
	scratch_bind_number(st, ":before", o->before_bytes);
	scratch_bind_number(st, ":after", o->after_bytes);
	if (o->before) {
		scratch_bind_text(st, ":before_path", before->before_path);
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
	return r == 0 ? scratch_run(x->d, "diff-unattributed", x->bindings, e)
		      : r;
}

static void count_rows(struct diff *x)
{
	for (size_t i = 0; i < x->npairs; i++) {
		struct row o;
		struct diff_place *p;

		if (!row_of(x, &x->pairs[i], &o))
			continue;
		p = place_of(x, o.after ? o.after : o.before);
		if (x->pairs[i].what == COMPARE_ADDED)
			p->added++;
		else if (x->pairs[i].what == COMPARE_REMOVED)
			p->removed++;
		else
			p->changed++;
	}
}

static int put_counts(struct diff *x, struct err *e)
{
	sqlite3_stmt *st;
	int r = database_prepare(x->d, "diff-count-put", NULL, &st, e);

	if (r)
		return r;
	count_rows(x);
	for (size_t i = 0; i < x->symbols.nplaces && r == 0; i++) {
		const struct diff_place *p = &x->symbols.places[i];

		if (!p->added && !p->removed && !p->changed)
			continue;
		scratch_bind_text(st, ":path",
				  p->path ? p->path : p->before_path);
		scratch_bind_number(st, ":added", p->added);
		scratch_bind_number(st, ":removed", p->removed);
		scratch_bind_number(st, ":changed", p->changed);
		r = database_step(x->d, st, e);
		sqlite3_reset(st);
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
	return r;
}

static int fill_symbols(struct diff *x, enum diff_depth depth, struct err *e)
{
	const struct diff_side *before = &x->symbols.before;
	const struct diff_side *after = &x->symbols.after;
	int r = diff_symbols_load(x->d, &x->symbols, e);

	if (r == 0)
		r = diff_settle(x->d, &x->symbols, e);
	if (r == 0)
		r = diff_symbols_name(x->d, &x->symbols, e);
	if (r == 0)
		r = compare_symbols(before->symbols, before->n, after->symbols,
				    after->n, &x->pairs, &x->npairs, e);
	if (r)
		return r;
	return depth == DIFF_COUNTS ? put_counts(x, e) : put_rows(x, e);
}

int diff_make_tables(const struct database *d, struct err *e)
{
	return scratch_make(d, "diff-tables", e);
}

int diff_prepare(const struct database *d, const struct diff_sides *sides,
		 struct err *e)
{
	struct diff x = {
		.d = d,
		.bindings = { { ":base", NULL, &sides->base },
			      { ":build", NULL, &sides->build },
			      { ":image", sides->image, NULL } },
	};
	int r = fill(&x, e);

	if (r == 0 && sides->depth != DIFF_OBJECTS)
		r = fill_symbols(&x, sides->depth, e);
	diff_symbols_release(&x.symbols);
	free(x.pairs);
	return r;
}
