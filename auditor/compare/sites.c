/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare/sites.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "compare/clone_name.h"

/* Cells of the table of one function: a function has ten sites, not a
 * thousand. */
#define TABLE_MAX ((size_t)1 << 20)

/* So much alike is enough to be one site in another order. */
#define ENOUGH 12

struct item {
	const struct compare_site *s;
	size_t base_len; /* of the function's name */
	uint32_t mate;	 /* place on the other side, or COMPARE_SITE_NONE */
};

struct side {
	struct item *items;
	struct item **order; /* not matched yet, sorted for the pass */
	size_t n, norder;
};

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

typedef int key_compare(const struct item *a, const struct item *b);

static int by_function(const struct item *a, const struct item *b)
{
	size_t len = a->base_len < b->base_len ? a->base_len : b->base_len;
	int c = strcmp(a->s->path, b->s->path);

	if (!c)
		c = memcmp(a->s->function, b->s->function, len);
	return c ? c : ORDER(a->base_len, b->base_len);
}

static int by_owner(const struct item *a, const struct item *b)
{
	int c = strcmp(a->s->path, b->s->path);

	return c ? c : strcmp(a->s->owner, b->s->owner);
}

static int compare_items(const void *va, const void *vb, void *key)
{
	const struct item *a = *(struct item *const *)va;
	const struct item *b = *(struct item *const *)vb;
	int c = (*(key_compare *const *)key)(a, b);

	if (!c)
		c = strcmp(a->s->function, b->s->function);
	if (!c)
		c = ORDER(a->s->offset, b->s->offset);
	if (!c)
		c = ORDER(a->s->kind, b->s->kind);
	return c ? c : ORDER(a, b);
}

static void sort_open(struct side *side, key_compare *key)
{
	side->norder = 0;
	for (size_t i = 0; i < side->n; i++)
		if (side->items[i].mate == COMPARE_SITE_NONE)
			side->order[side->norder++] = &side->items[i];
	qsort_r(side->order, side->norder, sizeof(*side->order), compare_items,
		&key);
}

/* Both known: equal or not; else nothing. */
static int same_text(const char *a, const char *b, int equal, int other)
{
	if (!*a || !*b)
		return 0;
	return strcmp(a, b) == 0 ? equal : other;
}

/* 4 where equal, less the farther apart. */
static int same_size(uint64_t a, uint64_t b)
{
	uint64_t less = a < b ? a : b, more = a < b ? b : a;

	if (a == b)
		return 4;
	if (!less)
		return 0;
	return more / less >= 8	  ? 0
	       : more / less >= 4 ? 1
	       : more / less >= 2 ? 2
				  : 3;
}

/* How much alike two sites of a function are; 0: they cannot be one. */
static int likeness(const struct item *a, const struct item *b)
{
	int score;

	if (a->mate != COMPARE_SITE_NONE || b->mate != COMPARE_SITE_NONE ||
	    a->s->kind != b->s->kind)
		return 0;
	score = 4 + same_text(a->s->owner, b->s->owner, 8, 0) +
		same_text(a->s->cache, b->s->cache, 4, -6) +
		same_text(a->s->flags, b->s->flags, 3, 0) +
		same_size(a->s->size, b->s->size);
	return score > 0 ? score : 0;
}

static void join(struct side *b, struct item *x, struct side *a, struct item *y)
{
	x->mate = (uint32_t)(y - a->items);
	y->mate = (uint32_t)(x - b->items);
}

/* The sites of one function, or of one owner. */
struct group {
	struct side *b, *a;
	struct item **x, **y; /* in their orders */
	size_t nx, ny;
};

/*
 * best[i][j] is the most that the sites from i and from j on can be alike,
 * each taken in its order.
 */
static void align(const struct group *g, uint32_t *best)
{
	const size_t width = g->ny + 1;
	size_t i, j;

	memset(best, 0, (g->nx + 1) * width * sizeof(*best));
	for (i = g->nx; i-- > 0;) {
		for (j = g->ny; j-- > 0;) {
			uint32_t down = best[(i + 1) * width + j];
			uint32_t right = best[i * width + j + 1];
			uint32_t most = down > right ? down : right;
			int like = likeness(g->x[i], g->y[j]);

			if (like &&
			    best[(i + 1) * width + j + 1] + (uint32_t)like >
				    most)
				most = best[(i + 1) * width + j + 1] +
				       (uint32_t)like;
			best[i * width + j] = most;
		}
	}
	for (i = j = 0; i < g->nx && j < g->ny;) {
		uint32_t here = best[i * width + j];

		if (here == best[(i + 1) * width + j]) {
			i++;
		} else if (here == best[i * width + j + 1]) {
			j++;
		} else {
			join(g->b, g->x[i++], g->a, g->y[j++]);
		}
	}
}

/* In any order, the most alike first; of equals the first. */
static void match_rest(const struct group *g)
{
	for (;;) {
		struct item *x = NULL, *y = NULL;
		int most = ENOUGH - 1;

		for (size_t i = 0; i < g->nx; i++) {
			if (g->x[i]->mate != COMPARE_SITE_NONE)
				continue;
			for (size_t j = 0; j < g->ny; j++) {
				int like = likeness(g->x[i], g->y[j]);

				if (like > most) {
					most = like;
					x = g->x[i];
					y = g->y[j];
				}
			}
		}
		if (!x)
			return;
		join(g->b, x, g->a, y);
	}
}

/* Too many for a table: each with the next one that is equal. */
static void match_in_passing(const struct group *g)
{
	size_t j = 0;

	for (size_t i = 0; i < g->nx && j < g->ny; i++) {
		size_t k = j;

		while (k < g->ny && k < j + 64 &&
		       likeness(g->x[i], g->y[k]) < ENOUGH)
			k++;
		if (k == g->ny || k == j + 64)
			continue;
		join(g->b, g->x[i], g->a, g->y[k]);
		j = k + 1;
	}
}

static int match_group(const struct group *g)
{
	size_t cells = (g->nx + 1) * (g->ny + 1);
	uint32_t *best;

	if (cells > TABLE_MAX || g->nx > TABLE_MAX || g->ny > TABLE_MAX) {
		match_in_passing(g);
		return 0;
	}
	best = malloc(cells * sizeof(*best));
	if (!best)
		return -1;
	align(g, best);
	free(best);
	/* Cubic: for as many as a function has. */
	if (cells <= 4096)
		match_rest(g);
	return 0;
}

static size_t run_of(const struct side *side, size_t at, key_compare *key)
{
	size_t n = 1;

	while (at + n < side->norder &&
	       key(side->order[at + n], side->order[at]) == 0)
		n++;
	return n;
}

static int run_pass(struct side *b, struct side *a, key_compare *key)
{
	size_t i = 0, j = 0;

	sort_open(b, key);
	sort_open(a, key);
	while (i < b->norder && j < a->norder) {
		int c = key(b->order[i], a->order[j]);
		struct group g = { b, a, b->order + i, a->order + j, 0, 0 };

		if (c < 0) {
			i++;
		} else if (c > 0) {
			j++;
		} else {
			g.nx = run_of(b, i, key);
			g.ny = run_of(a, j, key);
			if (match_group(&g))
				return -1;
			i += g.nx;
			j += g.ny;
		}
	}
	return 0;
}

static int side_init(struct side *side, const struct compare_site *v, size_t n)
{
	side->items = calloc(n + 1, sizeof(*side->items));
	side->order = calloc(n + 1, sizeof(struct item *));
	side->n = n;
	if (!side->items || !side->order)
		return -1;
	for (size_t i = 0; i < n; i++)
		side->items[i] = (struct item){
			.s = &v[i],
			.base_len = clone_base_length(v[i].function),
			.mate = COMPARE_SITE_NONE,
		};
	return 0;
}

static void side_release(struct side *side)
{
	free(side->items);
	free(side->order);
}

static int put_pairs(const struct side *b, const struct side *a,
		     struct compare_site_pair **ret_pairs, size_t *ret_count)
{
	struct compare_site_pair *v = malloc((b->n + a->n + 1) * sizeof(*v));
	size_t n = 0;

	if (!v)
		return -1;
	for (uint32_t i = 0; i < b->n; i++)
		v[n++] = (struct compare_site_pair){ i, b->items[i].mate };
	for (uint32_t i = 0; i < a->n; i++)
		if (a->items[i].mate == COMPARE_SITE_NONE)
			v[n++] = (struct compare_site_pair){ COMPARE_SITE_NONE,
							     i };
	*ret_pairs = v;
	*ret_count = n;
	return 0;
}

int compare_sites(const struct compare_site *before, size_t nbefore,
		  const struct compare_site *after, size_t nafter,
		  struct compare_site_pair **ret_pairs, size_t *ret_count,
		  struct err *e)
{
	struct side b = { 0 }, a = { 0 };
	int r = 0;

	if (nbefore >= COMPARE_SITE_NONE || nafter >= COMPARE_SITE_NONE ||
	    side_init(&b, before, nbefore) || side_init(&a, after, nafter) ||
	    run_pass(&b, &a, by_function) || run_pass(&b, &a, by_owner) ||
	    put_pairs(&b, &a, ret_pairs, ret_count))
		r = err_nomem(e);
	side_release(&b);
	side_release(&a);
	return r;
}
