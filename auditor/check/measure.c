/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/measure.h"

#include <string.h>

#include "query/scratch.h"

static int64_t build_of(const struct sides *s, bool after)
{
	return after ? s->build : s->base;
}

static bool needs_sections(enum budget_metric metric)
{
	return metric == METRIC_RESIDENT || metric == METRIC_INIT ||
	       metric == METRIC_STRINGS || metric == METRIC_PERCPU;
}

/* Is the budget measured, or are its causes looked for, on the table of
 * objects? */
static bool needs_parts(const struct budget *b)
{
	return !metric_is_traced(b->metric);
}

/* Those of one image, once, with their sections where any budget of that
 * image needs them. */
static int fill_image(const struct database *d, const struct budgets *b,
		      size_t at, const struct sides *s, struct err *e)
{
	const char *image = b->budgets[at].image;
	int64_t sections = 0;
	int r = 0;

	for (size_t i = 0; i < b->nbudgets; i++) {
		const struct budget *o = &b->budgets[i];

		if (!needs_parts(o) || strcmp(o->image, image) != 0)
			continue;
		if (i < at)
			return 0;
		sections |= needs_sections(o->metric);
	}
	for (int64_t after = s->has_base ? 0 : 1; after < 2 && r == 0;
	     after++) {
		int64_t build = build_of(s, after);
		const struct binding bindings[] = {
			{ ":image", image, NULL },
			{ ":build", NULL, &build },
			{ ":after", NULL, &after },
			{ ":sections", NULL, &sections },
			{ NULL, NULL, NULL },
		};

		r = scratch_run(d, "check-parts", bindings, e);
	}
	return r;
}

static int newest_trace(const struct database *d, int64_t build,
			int64_t *ret_trace, bool *ret_has, struct err *e)
{
	const struct binding bindings[] = { { ":build", NULL, &build },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st;
	int r = database_prepare(d, "check-newest-trace", bindings, &st, e);

	if (r)
		return r;
	r = database_step(d, st, e);
	*ret_has = r == 1;
	if (r == 1)
		*ret_trace = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return r < 0 ? r : 0;
}

int measure_begin(const struct database *d, const struct budgets *b,
		  struct sides *s, struct err *e)
{
	int r = scratch_make(d, "check-tables", e);

	if (r == 0)
		r = newest_trace(d, s->build, &s->trace, &s->has_trace, e);
	if (r == 0 && s->has_base)
		r = newest_trace(d, s->base, &s->base_trace, &s->has_base_trace,
				 e);
	for (size_t i = 0; i < b->nbudgets && r == 0; i++) {
		if (needs_parts(&b->budgets[i]))
			r = fill_image(d, b, i, s, e);
	}
	return r;
}

static const char *statement_of(const struct budget *b)
{
	if (metric_is_traced(b->metric))
		return "check-trace";
	switch (b->what) {
	case BUDGET_IMAGE:
		return "check-image";
	case BUDGET_SYMBOL:
		return "check-symbol";
	case BUDGET_BRANCH:
		break;
	}
	return "check-branch";
}

static int measure_side(const struct database *d, const struct sides *s,
			const struct budget *b, bool is_after,
			struct amount *ret, struct err *e)
{
	const int64_t build = build_of(s, is_after), after = is_after;
	const int64_t trace = is_after ? s->trace : s->base_trace;
	const int64_t symbol = b->what == BUDGET_SYMBOL;
	const struct binding bindings[] = {
		{ ":metric", metric_word(b->metric), NULL },
		{ ":image", b->image, NULL },
		{ ":name", b->name, NULL },
		{ ":build", NULL, &build },
		{ ":after", NULL, &after },
		{ ":trace", NULL, &trace },
		{ ":symbol", NULL, &symbol },
		{ NULL, NULL, NULL },
	};
	sqlite3_stmt *st;
	int r = database_prepare(d, statement_of(b), bindings, &st, e);

	if (r)
		return r;
	r = database_step(d, st, e);
	if (r == 1) {
		ret->matched = sqlite3_column_int64(st, 0);
		ret->known = sqlite3_column_type(st, 1) != SQLITE_NULL;
		ret->value = sqlite3_column_int64(st, 1);
	}
	sqlite3_finalize(st);
	return r < 0 ? r : 0;
}

/* What has nothing is 0 bytes where the other side has something: it came or
 * went.  Where neither has anything, the name may be wrong. */
static const char *settle(const struct sides *s, const struct budget *b,
			  struct measured *m)
{
	bool had = s->has_base && m->before.matched;

	if (m->after.known || m->before.known) {
		if (!m->after.matched && had)
			m->after = (struct amount){ .known = true };
		if (s->has_base && !m->before.matched && m->after.matched)
			m->before = (struct amount){ .known = true };
	}
	if (!m->after.matched && !had && !metric_is_traced(b->metric))
		return b->what == BUDGET_IMAGE
			       ? "neither build has such an image"
		       : b->what == BUDGET_BRANCH
			       ? "neither build has an object there"
			       : "neither build has such a symbol";
	if (m->after.known)
		return NULL;
	if (b->metric == METRIC_COMPRESSED)
		return "the tree had no compressed image";
	return "the audit could not measure it";
}

int measure_budget(const struct database *d, const struct sides *s,
		   const struct budget *b, struct measured *ret, struct err *e)
{
	bool traced = metric_is_traced(b->metric);
	struct measured m = { .why = NULL };
	int r = 0;

	if (traced && !s->has_trace) {
		m.why = "the build has no trace";
	} else {
		r = measure_side(d, s, b, true, &m.after, e);
		if (r == 0 && s->has_base && (!traced || s->has_base_trace))
			r = measure_side(d, s, b, false, &m.before, e);
		m.why = settle(s, b, &m);
	}
	if (r == 0)
		*ret = m;
	return r;
}
