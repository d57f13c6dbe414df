/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/symbol_match.h"

#include <stdlib.h>
#include <string.h>

#include "query/changed_objects.h"
#include "query/symbol_set.h"
#include "support/grow.h"

void symbol_match_release(struct symbol_match *m)
{
	for (size_t i = 0; i < m->nsets; i++)
		symbol_set_release(&m->sets[i]);
	sqlite3_finalize(m->footprint_at);
	arena_release(&m->arena);
}

int symbol_match_footprint(struct symbol_match *m, int64_t build, int64_t path,
			   int64_t *ret, int64_t *ret_size, struct err *e)
{
	int r = 0;

	if (!m->footprint_at)
		r = database_prepare(m->d, "blame-footprint", NULL,
				     &m->footprint_at, e);
	if (r < 0)
		return r;
	sqlite3_bind_int64(m->footprint_at, 1, build);
	sqlite3_bind_int64(m->footprint_at, 2, path);
	r = database_step(m->d, m->footprint_at, e);
	if (r == 1) {
		*ret = sqlite3_column_int64(m->footprint_at, 0);
		if (ret_size)
			*ret_size = sqlite3_column_int64(m->footprint_at, 1);
	}
	sqlite3_reset(m->footprint_at);
	return r;
}

static int get_set(struct symbol_match *m, int64_t footprint,
		   const struct symbol_set **ret, struct err *e)
{
	struct symbol_set set;
	int r;

	for (size_t i = 0; i < m->nsets; i++) {
		if (m->sets[i].footprint == footprint) {
			*ret = &m->sets[i];
			return 0;
		}
	}
	r = symbol_set_load(m->d, footprint, &set, e);
	if (r < 0)
		return r;
	if (m->nsets < SYMBOL_SETS)
		m->nsets++;
	else
		symbol_set_release(&m->sets[m->next_set]);
	m->sets[m->next_set] = set;
	*ret = &m->sets[m->next_set];
	m->next_set = (m->next_set + 1) % SYMBOL_SETS;
	return 0;
}

static int take(struct symbol_match *m, const struct symbol_set *set, size_t i,
		int64_t path, struct symbol_place *ret, struct err *e)
{
	struct symbol_place p = {
		.path = path,
		.footprint = set->footprint,
		.ordinal = set->rest[i].ordinal,
		.size = (int64_t)set->symbols[i].size,
		.name = arena_strdup(&m->arena, set->rest[i].name),
		.norm = arena_strdup(&m->arena, set->symbols[i].name),
	};

	if (!p.name || !p.norm)
		return err_nomem(e);
	*ret = p;
	return 1;
}

int symbol_match_at(struct symbol_match *m, int64_t path, int64_t footprint,
		    int64_t ordinal, struct symbol_place *ret, struct err *e)
{
	const struct symbol_set *set;
	int r = get_set(m, footprint, &set, e);

	for (size_t i = 0; r == 0 && i < set->n; i++)
		if (set->rest[i].ordinal == ordinal)
			return take(m, set, i, path, ret, e);
	return r;
}

int symbol_match_named(struct symbol_match *m, int64_t path, int64_t footprint,
		       const char *norm, struct symbol_place *ret,
		       struct err *e)
{
	const struct symbol_set *set;
	int r = get_set(m, footprint, &set, e);

	for (size_t i = 0; r == 0 && i < set->n; i++)
		if (strcmp(set->symbols[i].name, norm) == 0)
			return take(m, set, i, path, ret, e);
	return r;
}

/* ---- within an object ---- */

static uint32_t index_of(const struct symbol_set *set, int64_t ordinal)
{
	for (uint32_t i = 0; i < set->n; i++)
		if (set->rest[i].ordinal == ordinal)
			return i;
	return COMPARE_NONE;
}

/* What index at of one side became on the other; COMPARE_NONE: nothing. */
static uint32_t partner(const struct compare_pair *pairs, size_t n, uint32_t at,
			bool at_is_before, enum compare_what *ret_what)
{
	for (size_t i = 0; i < n; i++) {
		if ((at_is_before ? pairs[i].before : pairs[i].after) != at)
			continue;
		*ret_what = pairs[i].what;
		return at_is_before ? pairs[i].after : pairs[i].before;
	}
	return COMPARE_NONE;
}

static int within(struct symbol_match *m, const struct symbol_place *from,
		  int64_t footprint, bool from_is_base,
		  struct symbol_place *ret, struct err *e)
{
	const struct symbol_set *mine, *other, *base, *build;
	struct compare_pair *pairs;
	enum compare_what what = COMPARE_REMOVED;
	uint32_t at, found;
	size_t n;
	int r;

	/* The first is among the last SYMBOL_SETS, so it stays. */
	if ((r = get_set(m, from->footprint, &mine, e)) < 0 ||
	    (r = get_set(m, footprint, &other, e)) < 0)
		return r;
	base = from_is_base ? mine : other;
	build = from_is_base ? other : mine;
	at = index_of(mine, from->ordinal);
	r = compare_symbols(base->symbols, base->n, build->symbols, build->n,
			    &pairs, &n, e);
	if (r < 0)
		return r;
	found = partner(pairs, n, at, from_is_base, &what);
	free(pairs);
	/* A looser pass could find better in other objects. */
	if (found == COMPARE_NONE || what != COMPARE_SAME)
		return 0;
	return take(m, other, found, from->path, ret, e);
}

/* ---- among all objects that differ ---- */

int object_match_moved(struct symbol_match *m, int64_t footprint,
		       int64_t from_build, int64_t to_build, int64_t *ret_path,
		       struct err *e)
{
	struct build_objects from = { .n = 0 }, to = { .n = 0 };
	int r = changed_objects(m->d, from_build, to_build, &from, &to, e);

	if (r == 0)
		r = changed_object_moved(&from, &to, footprint, ret_path);
	free(from.list);
	free(to.list);
	return r;
}

/* All symbols of a side, with the objects that they are of. */
struct pool {
	struct compare_symbol *symbols;
	struct pooled {
		int64_t path, footprint, ordinal;
	} * rest;
	size_t n, symbols_room, rest_room;
	struct arena names;
};

static int pool_set(struct pool *p, const struct symbol_set *set, int64_t path,
		    struct err *e)
{
	for (size_t i = 0; i < set->n; i++) {
		struct compare_symbol s = set->symbols[i];

		s.path = path;
		/* The set may go before the pool does. */
		s.name = arena_strdup(&p->names, s.name);
		if (!s.name ||
		    grow_room((void **)&p->symbols, p->n, &p->symbols_room,
			      sizeof(*p->symbols)) ||
		    grow_room((void **)&p->rest, p->n, &p->rest_room,
			      sizeof(*p->rest)))
			return err_nomem(e);
		p->symbols[p->n] = s;
		p->rest[p->n++] = (struct pooled){ path, set->footprint,
						   set->rest[i].ordinal };
	}
	return 0;
}

static int fill_pool(struct symbol_match *m, const struct build_objects *o,
		     struct pool *p, struct err *e)
{
	const struct symbol_set *set;
	int r = 0;

	for (size_t i = 0; i < o->n && r == 0; i++) {
		r = get_set(m, o->list[i].footprint, &set, e);
		if (r == 0)
			r = pool_set(p, set, o->list[i].path, e);
	}
	return r;
}

static void pool_release(struct pool *p)
{
	free(p->symbols);
	free(p->rest);
	arena_release(&p->names);
}

static uint32_t pool_index(const struct pool *p, const struct symbol_place *s)
{
	for (uint32_t i = 0; i < p->n; i++)
		if (p->rest[i].path == s->path &&
		    p->rest[i].ordinal == s->ordinal)
			return i;
	return COMPARE_NONE;
}

static int compare_pools(struct symbol_match *m, const struct pool *from,
			 const struct pool *to, const struct symbol_place *s,
			 bool from_is_base, struct symbol_place *ret,
			 enum compare_what *ret_what, struct err *e)
{
	const struct pool *base = from_is_base ? from : to;
	const struct pool *build = from_is_base ? to : from;
	struct compare_pair *pairs;
	uint32_t found;
	size_t n;
	int r = compare_symbols(base->symbols, base->n, build->symbols,
				build->n, &pairs, &n, e);

	if (r < 0)
		return r;
	found = partner(pairs, n, pool_index(from, s), from_is_base, ret_what);
	free(pairs);
	if (found == COMPARE_NONE)
		return 0;
	return symbol_match_at(m, to->rest[found].path,
			       to->rest[found].footprint,
			       to->rest[found].ordinal, ret, e);
}

static int among_all(struct symbol_match *m, const struct symbol_place *s,
		     int64_t from_build, int64_t to_build, bool from_is_base,
		     struct symbol_place *ret, enum compare_what *ret_what,
		     struct err *e)
{
	struct build_objects from = { .n = 0 }, to = { .n = 0 };
	struct pool a = { .n = 0 }, b = { .n = 0 };
	int64_t path;
	int r = changed_objects(m->d, from_build, to_build, &from, &to, e);

	if (r == 0 && changed_object_moved(&from, &to, s->footprint, &path)) {
		*ret_what = COMPARE_MOVED;
		r = symbol_match_at(m, path, s->footprint, s->ordinal, ret, e);
	} else if (r == 0) {
		if ((r = fill_pool(m, &from, &a, e)) == 0 &&
		    (r = fill_pool(m, &to, &b, e)) == 0)
			r = compare_pools(m, &a, &b, s, from_is_base, ret,
					  ret_what, e);
	}
	pool_release(&a);
	pool_release(&b);
	free(from.list);
	free(to.list);
	return r;
}

int symbol_match_across(struct symbol_match *m, const struct symbol_place *from,
			int64_t from_build, int64_t to_build, bool from_is_base,
			struct symbol_place *ret, enum compare_what *ret_what,
			struct err *e)
{
	int64_t footprint;
	int r = symbol_match_footprint(m, to_build, from->path, &footprint,
				       NULL, e);

	*ret_what = COMPARE_SAME;
	if (r == 1 && footprint == from->footprint) {
		*ret = *from;
		return 1;
	}
	if (r == 1)
		r = within(m, from, footprint, from_is_base, ret, e);
	if (r)
		return r;
	return among_all(m, from, from_build, to_build, from_is_base, ret,
			 ret_what, e);
}
