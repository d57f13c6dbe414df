/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/diff_settle.h"

#include <stdbool.h>
#include <stdlib.h>

#include "support/u64map.h"

/* Fewer symbols than that are named before a table of names is read. */
#define FEW_SYMBOLS 2000

#define NOBODY UINT32_MAX
#define SEVERAL (UINT32_MAX - 1)

/* Places on both sides of what has one key. */
struct twin {
	uint32_t before, after;
};

struct twins {
	struct twin *list;
	size_t n;
	struct u64map places; /* by key */
	struct u64map shared; /* names that others equal but for counters */
};

static int load_shared(const struct database *d, struct u64map *ret,
		       struct err *e)
{
	sqlite3_stmt *st;
	int r = database_prepare(d, "diff-shared-names", NULL, &st, e);

	if (r)
		return r;
	while ((r = database_step(d, st, e)) == 1) {
		if (u64map_put(ret, (uint64_t)sqlite3_column_int64(st, 0), 1) ||
		    u64map_put(ret, (uint64_t)sqlite3_column_int64(st, 1), 1)) {
			r = err_nomem(e);
			break;
		}
	}
	sqlite3_finalize(st);
	return r;
}

static bool same_key(const struct diff_side *x, uint32_t i,
		     const struct diff_side *y, uint32_t k)
{
	const struct compare_symbol *a = &x->symbols[i], *b = &y->symbols[k];

	return a->path == b->path && a->section == b->section &&
	       a->size == b->size && a->type == b->type &&
	       x->stored[i].name_id == y->stored[k].name_id;
}

/* Different ones may meet in one number: that makes them SEVERAL, or pairs
 * that same_key refuses. */
static uint64_t key_of(const struct diff_side *side, size_t i)
{
	const struct compare_symbol *s = &side->symbols[i];
	const uint64_t parts[] = { (uint64_t)s->path, (uint64_t)s->section,
				   (uint64_t)side->stored[i].name_id, s->size,
				   s->type };
	uint64_t h = 0;

	for (size_t k = 0; k < sizeof(parts) / sizeof(*parts); k++) {
		h = (h ^ parts[k]) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 29;
	}
	return h;
}

static bool is_shared(const struct twins *t, const struct diff_side *side,
		      size_t i)
{
	return u64map_get(&t->shared, (uint64_t)side->stored[i].name_id) !=
	       U64MAP_NONE;
}

static int find_twins(struct twins *t, const struct diff_side *before,
		      const struct diff_side *after)
{
	for (size_t i = 0; i < before->n; i++) {
		const uint64_t key = key_of(before, i);
		const uint32_t at = u64map_get(&t->places, key);

		if (is_shared(t, before, i))
			continue;
		if (at != U64MAP_NONE) {
			t->list[at].before = SEVERAL;
			continue;
		}
		if (u64map_put(&t->places, key, (uint32_t)t->n))
			return -1;
		t->list[t->n++] = (struct twin){ (uint32_t)i, NOBODY };
	}
	for (size_t i = 0; i < after->n; i++) {
		const uint32_t at = u64map_get(&t->places, key_of(after, i));

		if (at != U64MAP_NONE)
			t->list[at].after = t->list[at].after == NOBODY
						    ? (uint32_t)i
						    : SEVERAL;
	}
	return 0;
}

/* The first pass of compare/ would pair them, too, without asking for their
 * texts: one name, which no other equals, once on each side. */
static void settle(const struct twins *t, struct diff_side *before,
		   struct diff_side *after)
{
	for (size_t i = 0; i < t->n; i++) {
		const uint32_t b = t->list[i].before, a = t->list[i].after;

		if (b == SEVERAL || a == SEVERAL || a == NOBODY ||
		    !same_key(before, b, after, a) ||
		    before->stored[b].own != after->stored[a].own)
			continue;
		before->symbols[b].same = a + 1;
		after->symbols[a].same = b + 1;
	}
}

int diff_settle(const struct database *d, struct diff_symbols *s, struct err *e)
{
	struct diff_side *before = &s->before, *after = &s->after;
	struct twins t = { .n = 0 };
	int r = 0;

	if (before->n + after->n < FEW_SYMBOLS || before->n >= SEVERAL ||
	    after->n >= SEVERAL)
		return 0;
	t.list = calloc(before->n + 1, sizeof(*t.list));
	if (!t.list)
		return err_nomem(e);
	r = load_shared(d, &t.shared, e);
	if (r == 0 && find_twins(&t, before, after))
		r = err_nomem(e);
	if (r == 0)
		settle(&t, before, after);
	u64map_release(&t.places);
	u64map_release(&t.shared);
	free(t.list);
	return r;
}
