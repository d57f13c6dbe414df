/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/diff_traces.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "compare/clone_name.h"
#include "compare/sites.h"
#include "query/diff.h"
#include "query/resolve.h"
#include "query/scratch.h"
#include "support/arena.h"
#include "support/grow.h"

/* The columns of sql/query/diff-sites.sql: texts, then numbers. */
enum text_column {
	CALLER,
	KIND,
	PLACE,
	FUNCTION,
	OWNER,
	CACHE,
	KEY_PATH,
	KEY_FUNCTION,
	FLAGS,
	TEXT_COUNT
};
enum number_column {
	TRACING,
	SIZE,
	LIVE,
	WASTE,
	TOTAL,
	ALLOCS,
	PEAK, /* follows from what others allocate, too */
	SITE,
	NUMBER_COUNT
};

struct stored {
	const char *text[TEXT_COUNT];
	int64_t number[NUMBER_COUNT];
};

struct side {
	int64_t trace, build; /* 0: joined with none */
	struct compare_site *sites;
	struct stored *stored; /* as sites */
	size_t n, sites_room, stored_room;
};

struct diff {
	const struct database *d;
	struct side before, after;
	struct compare_site_pair *pairs;
	size_t npairs;
	struct arena arena;
};

/* ---- which traces ---- */

static int find(const struct database *d, const char *ref, struct side *side,
		struct err *e)
{
	const struct binding bindings[] = { { ":ref", ref, NULL },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st;
	int r = database_prepare(d, "diff-trace-ref", bindings, &st, e);

	if (r)
		return r;
	r = database_step(d, st, e);
	if (r == 1) {
		side->trace = sqlite3_column_int64(st, 0);
		side->build = sqlite3_column_int64(st, 1);
		r = database_step(d, st, e);
		if (r == 1)
			r = err_set(e, ERR_USAGE,
				    "trace '%.100s' is ambiguous: give its id",
				    ref);
	} else if (r == 0) {
		r = !ref ? err_set(e, ERR_DB,
				   "database '%s' holds no trace: run 'kmemdb import LOG' first",
				   d->path)
			 : err_set(e, ERR_USAGE,
				   "no trace has the id or label '%.100s', and no build of that name has one: 'kmemdb list traces' lists them",
				   ref);
	}
	sqlite3_finalize(st);
	return r;
}

static int find_both(struct diff *x, const char *before, const char *after,
		     struct err *e)
{
	int r = find(x->d, before, &x->before, e);

	if (r == 0)
		r = find(x->d, after, &x->after, e);
	if (r == 0 && x->before.trace == x->after.trace)
		r = err_set(
			e, ERR_USAGE,
			after ? "'%.100s' and '%.100s' are one trace: name two"
			      : "'%.100s' is the newest trace: name the one to compare it with, too",
			before, after ? after : "");
	return r;
}

/* ---- sites ---- */

static uint64_t offset_of(const char *caller)
{
	const char *plus = strrchr(caller, '+');

	return strtoull(plus ? plus + 1 : caller, NULL, 16);
}

/* A function that was renamed is asked for by its new name, too. */
static const char *owner_of(struct diff *x, const struct stored *o)
{
	const char *function = o->text[FUNCTION], *key = o->text[KEY_FUNCTION];
	size_t len = clone_base_length(function);

	if (strcmp(function, key) == 0 || strlen(o->text[OWNER]) != len ||
	    memcmp(o->text[OWNER], function, len) != 0)
		return o->text[OWNER];
	return arena_strndup(&x->arena, key, clone_base_length(key));
}

static int add_site(struct diff *x, struct side *side, sqlite3_stmt *st,
		    struct err *e)
{
	struct compare_site *s;
	struct stored *o;

	if (grow_room((void **)&side->sites, side->n, &side->sites_room,
		      sizeof(*side->sites)) ||
	    grow_room((void **)&side->stored, side->n, &side->stored_room,
		      sizeof(*side->stored)))
		return err_nomem(e);
	s = &side->sites[side->n];
	o = &side->stored[side->n];
	for (int i = 0; i < TEXT_COUNT; i++) {
		const char *t = (const char *)sqlite3_column_text(st, i);

		o->text[i] = arena_strdup(&x->arena, t ? t : "");
		if (!o->text[i])
			return err_nomem(e);
	}
	for (int i = 0; i < NUMBER_COUNT; i++)
		o->number[i] = sqlite3_column_int64(st, TEXT_COUNT + i);
	*s = (struct compare_site){
		.path = o->text[KEY_PATH],
		.function = o->text[KEY_FUNCTION],
		.owner = owner_of(x, o),
		.cache = o->text[CACHE],
		.flags = o->text[FLAGS],
		.offset = offset_of(o->text[CALLER]),
		.size = (uint64_t)o->number[SIZE],
		.kind = strcmp(o->text[KIND], "cache") == 0,
	};
	if (!s->owner)
		return err_nomem(e);
	side->n++;
	return 0;
}

static int load(struct diff *x, struct side *side, int64_t is_base,
		struct err *e)
{
	const struct binding bindings[] = { { ":trace", NULL, &side->trace },
					    { ":is_base", NULL, &is_base },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st;
	int r = database_prepare(x->d, "diff-sites", bindings, &st, e);

	if (r)
		return r;
	while ((r = database_step(x->d, st, e)) == 1) {
		r = add_site(x, side, st, e);
		if (r < 0)
			break;
	}
	sqlite3_finalize(st);
	return r;
}

/* ---- pairs ---- */

static bool is_renamed(const char *before, const char *after)
{
	size_t b = clone_base_length(before), a = clone_base_length(after);

	return a != b || memcmp(before, after, a) != 0;
}

static const char *what_of(const struct stored *b, const struct stored *a)
{
	if (!b || !a)
		return b ? "removed" : "added";
	if (strcmp(b->text[PLACE], a->text[PLACE]) != 0)
		return "moved";
	if (is_renamed(b->text[FUNCTION], a->text[FUNCTION]))
		return "renamed";
	if (a->number[LIVE] != b->number[LIVE])
		return a->number[LIVE] > b->number[LIVE] ? "grown" : "shrunk";
	for (int i = WASTE; i <= ALLOCS; i++)
		if (a->number[i] != b->number[i])
			return "changed";
	return "same";
}

static void bind_sums(sqlite3_stmt *st, const struct stored *b,
		      const struct stored *a)
{
	static const struct {
		const char *before, *after;
	} names[NUMBER_COUNT] = {
		[LIVE] = { ":before_live", ":after_live" },
		[WASTE] = { ":before_waste", ":after_waste" },
		[TOTAL] = { ":before_total", ":after_total" },
		[ALLOCS] = { ":before_allocs", ":after_allocs" },
		[PEAK] = { ":before_peak", ":after_peak" },
	};

	for (int i = LIVE; i <= PEAK; i++) {
		scratch_bind_number(st, names[i].before, b ? b->number[i] : 0);
		scratch_bind_number(st, names[i].after, a ? a->number[i] : 0);
	}
}

static void bind_site(sqlite3_stmt *st, const char *name,
		      const struct stored *o)
{
	if (o)
		scratch_bind_number(st, name, o->number[SITE]);
	else
		scratch_bind_text(st, name, NULL);
}

static int put_pair(const struct diff *x, sqlite3_stmt *st,
		    const struct compare_site_pair *p, struct err *e)
{
	const bool had = p->before != COMPARE_SITE_NONE;
	const bool has = p->after != COMPARE_SITE_NONE;
	const struct stored *b = had ? &x->before.stored[p->before] : NULL;
	const struct stored *a = has ? &x->after.stored[p->after] : NULL;
	/* Each pair has one of them. */
	const struct stored *shown = has ? &x->after.stored[p->after]
					 : &x->before.stored[p->before];
	int r;

	scratch_bind_text(st, ":caller", shown->text[CALLER]);
	scratch_bind_text(st, ":path", shown->text[PLACE]);
	scratch_bind_text(st, ":owner", shown->text[OWNER]);
	scratch_bind_text(st, ":kind", shown->text[KIND]);
	scratch_bind_text(st, ":before_caller", had ? b->text[CALLER] : NULL);
	scratch_bind_text(st, ":before_path", had ? b->text[PLACE] : NULL);
	bind_site(st, ":before_site", b);
	bind_site(st, ":after_site", a);
	scratch_bind_number(st, ":is_after", has);
	scratch_bind_text(st, ":what", what_of(b, a));
	scratch_bind_number(st, ":tracing", shown->number[TRACING]);
	bind_sums(st, b, a);
	r = database_step(x->d, st, e);
	sqlite3_reset(st);
	return r < 0 ? r : 0;
}

static int put_pairs(const struct diff *x, struct err *e)
{
	const struct binding traces[] = {
		{ ":before", NULL, &x->before.trace },
		{ ":after", NULL, &x->after.trace },
		{ NULL, NULL, NULL },
	};
	sqlite3_stmt *st;
	int r = scratch_run(x->d, "diff-trace-put", traces, e);

	if (r == 0)
		r = database_prepare(x->d, "diff-site-put", NULL, &st, e);
	if (r)
		return r;
	for (size_t i = 0; i < x->npairs && r == 0; i++)
		r = put_pair(x, st, &x->pairs[i], e);
	sqlite3_finalize(st);
	return r;
}

static int compare_builds(const struct diff *x, struct err *e)
{
	int64_t before = x->before.build, after = x->after.build;

	if (before && after && before != after)
		return diff_prepare(x->d,
				    &(struct diff_sides){ before, after, "all",
							  DIFF_SYMBOLS },
				    e);
	return diff_make_tables(x->d, e);
}

/* The differences of the builds are there. */
static int fill(struct diff *x, struct err *e)
{
	int r;

	if ((r = scratch_make(x->d, "diff-trace-tables", e)) < 0 ||
	    (r = load(x, &x->before, 1, e)) < 0 ||
	    (r = load(x, &x->after, 0, e)) < 0 ||
	    (r = compare_sites(x->before.sites, x->before.n, x->after.sites,
			       x->after.n, &x->pairs, &x->npairs, e)) < 0)
		return r;
	return put_pairs(x, e);
}

static void release(struct diff *x)
{
	free(x->before.sites);
	free(x->before.stored);
	free(x->after.sites);
	free(x->after.stored);
	free(x->pairs);
	arena_release(&x->arena);
}

int diff_traces_prepare(const struct database *d, const char *before,
			const char *after, struct err *e)
{
	struct diff x = { .d = d };
	int r = find_both(&x, before, after, e);

	if (r == 0)
		r = compare_builds(&x, e);
	if (r == 0)
		r = fill(&x, e);
	release(&x);
	return r;
}

int diff_traces_owners(const struct database *d, struct err *e)
{
	int r = 0;

	for (int64_t is_base = 0; is_base <= 1 && r == 0; is_base++) {
		const struct binding side[] = { { ":is_base", NULL, &is_base },
						{ NULL, NULL, NULL } };

		r = scratch_run(d, "diff-owners", side, e);
	}
	return r;
}

int diff_traces_fill(const struct database *d, int64_t before, int64_t after,
		     struct err *e)
{
	struct diff x = { .d = d };
	int r;

	if (!before || !after)
		return scratch_make(d, "diff-trace-tables", e);
	x.before.trace = before;
	x.after.trace = after;
	r = fill(&x, e);
	release(&x);
	return r;
}

int diff_traces_check_branch(const struct database *d, const char *branch,
			     struct err *e)
{
	struct arena arena = ARENA_INIT;
	struct binding bindings[] = { { ":branch", NULL, NULL },
				      { NULL, NULL, NULL } };
	sqlite3_stmt *st;
	int r;

	bindings[0].text = branch_normalise(branch, &arena);
	if (!bindings[0].text)
		return err_nomem(e);
	r = database_prepare(d, "diff-trace-branch", bindings, &st, e);
	if (r == 0) {
		r = database_step(d, st, e);
		sqlite3_finalize(st);
		if (r == 0)
			r = err_set(
				e, ERR_USAGE,
				"no call site of either trace is in '%.200s'",
				branch);
		else if (r == 1)
			r = 0;
	}
	arena_release(&arena);
	return r;
}
