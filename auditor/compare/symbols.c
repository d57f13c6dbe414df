/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare/symbols.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "compare/clone_name.h"
#include "support/u64map.h"

/* A symbol with what the passes ask of it again and again. */
struct item {
	const struct compare_symbol *s;
	size_t base_len;
	bool cold;
	uint32_t mate;	/* place on the other side, or COMPARE_NONE */
	int64_t anchor; /* pass 7: the matched symbol it lies after */
};

struct side {
	struct item *items;
	size_t n;
	struct item **open; /* not matched yet, sorted for the pass */
	size_t nopen;
};

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

typedef int key_compare(const struct item *a, const struct item *b);

static int by_object(const struct item *a, const struct item *b)
{
	return ORDER(a->s->path, b->s->path);
}

static int by_section(const struct item *a, const struct item *b)
{
	int c = by_object(a, b);

	return c ? c : ORDER(a->s->section, b->s->section);
}

static int by_name(const struct item *a, const struct item *b)
{
	int c = ORDER(a->s->type, b->s->type);

	return c ? c : strcmp(a->s->name, b->s->name);
}

static int by_base(const struct item *a, const struct item *b)
{
	size_t len = a->base_len < b->base_len ? a->base_len : b->base_len;
	int c = ORDER(a->s->type, b->s->type);

	if (!c)
		c = ORDER(a->cold, b->cold);
	if (!c)
		c = memcmp(a->s->name, b->s->name, len);
	return c ? c : ORDER(a->base_len, b->base_len);
}

static int section_name(const struct item *a, const struct item *b)
{
	int c = by_section(a, b);

	return c ? c : by_name(a, b);
}

static int section_name_size(const struct item *a, const struct item *b)
{
	int c = section_name(a, b);

	return c ? c : ORDER(a->s->size, b->s->size);
}

static int object_name(const struct item *a, const struct item *b)
{
	int c = by_object(a, b);

	return c ? c : by_name(a, b);
}

static int object_base(const struct item *a, const struct item *b)
{
	int c = by_object(a, b);

	return c ? c : by_base(a, b);
}

static int section_anchor_size(const struct item *a, const struct item *b)
{
	int c = by_section(a, b);

	if (!c)
		c = ORDER(a->anchor, b->anchor);
	if (!c)
		c = ORDER(a->s->type, b->s->type);
	return c ? c : ORDER(a->s->size, b->s->size);
}

static const struct pass {
	key_compare *key;
	bool unique; /* only where one symbol on each side has the key */
} passes[] = {
	{ section_name_size, false },
	{ section_name, false },
	{ object_name, false },
	{ object_base, false },
	{ by_name, true },
	{ by_base, true },
};

/* Within a key: in the order of the object, so that the first of several
 * meets the first. */
static int in_place(const struct item *a, const struct item *b)
{
	int c = by_section(a, b);

	if (!c)
		c = ORDER(a->s->value, b->s->value);
	return c ? c : ORDER(a, b);
}

static int compare_items(const void *va, const void *vb, void *key)
{
	const struct item *a = *(struct item *const *)va;
	const struct item *b = *(struct item *const *)vb;
	const struct pass *pass = key;
	int c = pass->key(a, b);

	return c ? c : in_place(a, b);
}

static void sort_open(struct side *side, const struct pass *pass)
{
	size_t kept = 0;

	for (size_t i = 0; i < side->nopen; i++) {
		if (side->open[i]->mate == COMPARE_NONE)
			side->open[kept++] = side->open[i];
	}
	side->nopen = kept;
	qsort_r(side->open, kept, sizeof(*side->open), compare_items,
		(void *)(uintptr_t)pass);
}

/* How many from `at` on have the key of `like`. */
static size_t run_of(const struct side *side, size_t at,
		     const struct item *like, const struct pass *pass)
{
	size_t n = 0;

	while (at + n < side->nopen && pass->key(side->open[at + n], like) == 0)
		n++;
	return n;
}

static void match_runs(struct side *b, size_t i, size_t nb, struct side *a,
		       size_t j, size_t na, bool unique)
{
	size_t n = nb < na ? nb : na;

	if (unique && (nb != 1 || na != 1))
		return;
	for (size_t k = 0; k < n; k++) {
		struct item *x = b->open[i + k], *y = a->open[j + k];

		x->mate = (uint32_t)(y - a->items);
		y->mate = (uint32_t)(x - b->items);
	}
}

static void run_pass(struct side *b, struct side *a, const struct pass *pass)
{
	size_t i = 0, j = 0;

	sort_open(b, pass);
	sort_open(a, pass);
	while (i < b->nopen && j < a->nopen) {
		int c = pass->key(b->open[i], a->open[j]);
		size_t nb, na;

		if (c < 0) {
			i++;
			continue;
		}
		if (c > 0) {
			j++;
			continue;
		}
		nb = run_of(b, i, b->open[i], pass);
		na = run_of(a, j, a->open[j], pass);
		match_runs(b, i, nb, a, j, na, pass->unique);
		i += nb;
		j += na;
	}
}

static int all_in_place(const void *va, const void *vb)
{
	return in_place(*(struct item *const *)va, *(struct item *const *)vb);
}

/* Gives each symbol of an object that has open ones the matched one before it
 * in its section, by the place of that pair in `before`; -1 where it is the
 * first. */
static int set_anchors(struct side *side, const struct u64map *objects,
		       bool is_after)
{
	struct item **all = malloc((side->n + 1) * sizeof(*all));
	int64_t anchor = -1;
	size_t n = 0;

	if (!all)
		return -1;
	for (size_t i = 0; i < side->n; i++) {
		struct item *x = &side->items[i];

		if (u64map_get(objects, (uint64_t)x->s->path) != U64MAP_NONE)
			all[n++] = x;
	}
	qsort(all, n, sizeof(*all), all_in_place);
	for (size_t i = 0; i < n; i++) {
		struct item *x = all[i];

		if (i && by_section(all[i - 1], x) != 0)
			anchor = -1;
		x->anchor = anchor;
		if (x->mate != COMPARE_NONE)
			anchor = is_after ? (int64_t)x->mate : x - side->items;
	}
	free(all);
	return 0;
}

/* Pass 7, which is about objects in which both sides have open symbols. */
static int match_renamed(struct side *b, struct side *a)
{
	static const struct pass renamed = { section_anchor_size, true };
	struct u64map objects = U64MAP_INIT;
	int r = 0;

	for (size_t i = 0; i < b->nopen && r == 0; i++)
		if (b->open[i]->mate == COMPARE_NONE)
			r = u64map_put(&objects, (uint64_t)b->open[i]->s->path,
				       1);
	if (r == 0 && objects.count)
		r = set_anchors(b, &objects, false);
	if (r == 0 && objects.count)
		r = set_anchors(a, &objects, true);
	if (r == 0)
		run_pass(b, a, &renamed);
	u64map_release(&objects);
	return r;
}

static int side_init(struct side *side, const struct compare_symbol *v,
		     size_t n)
{
	side->items = calloc(n + 1, sizeof(*side->items));
	side->open = calloc(n + 1, sizeof(struct item *));
	side->n = n;
	if (!side->items || !side->open)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct item *x = &side->items[i];

		x->s = &v[i];
		x->mate = v[i].same ? v[i].same - 1 : COMPARE_NONE;
		if (v[i].same)
			continue;
		x->base_len = clone_base_length(v[i].name);
		x->cold = clone_is_cold(v[i].name);
		side->open[side->nopen++] = x;
	}
	return 0;
}

static void side_release(struct side *side)
{
	free(side->items);
	free(side->open);
}

static enum compare_what what_of(const struct item *x, const struct item *y)
{
	if (x->s->same)
		return COMPARE_SAME;
	if (by_base(x, y) != 0)
		return COMPARE_RENAMED;
	return x->s->path == y->s->path ? COMPARE_SAME : COMPARE_MOVED;
}

static int put_pairs(const struct side *b, const struct side *a,
		     struct compare_pair **ret_pairs, size_t *ret_count)
{
	struct compare_pair *v = malloc((b->n + a->n + 1) * sizeof(*v));
	size_t n = 0;

	if (!v)
		return -1;
	for (size_t i = 0; i < b->n; i++) {
		const struct item *x = &b->items[i];
		bool lone = x->mate == COMPARE_NONE;

		v[n++] = (struct compare_pair){
			.before = (uint32_t)i,
			.after = x->mate,
			.what = lone ? COMPARE_REMOVED
				     : what_of(x, &a->items[x->mate]),
		};
	}
	for (size_t i = 0; i < a->n; i++) {
		if (a->items[i].mate == COMPARE_NONE)
			v[n++] = (struct compare_pair){
				.before = COMPARE_NONE,
				.after = (uint32_t)i,
				.what = COMPARE_ADDED,
			};
	}
	*ret_pairs = v;
	*ret_count = n;
	return 0;
}

int compare_symbols(const struct compare_symbol *before, size_t nbefore,
		    const struct compare_symbol *after, size_t nafter,
		    struct compare_pair **ret_pairs, size_t *ret_count,
		    struct err *e)
{
	struct side b = { 0 }, a = { 0 };
	int r = 0;

	if (nbefore >= COMPARE_NONE || nafter >= COMPARE_NONE ||
	    side_init(&b, before, nbefore) || side_init(&a, after, nafter)) {
		r = err_nomem(e);
		goto out;
	}
	for (size_t i = 0; i < sizeof(passes) / sizeof(*passes); i++)
		run_pass(&b, &a, &passes[i]);
	if (match_renamed(&b, &a) || put_pairs(&b, &a, ret_pairs, ret_count))
		r = err_nomem(e);
out:
	side_release(&b);
	side_release(&a);
	return r;
}
