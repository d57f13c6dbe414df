/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finding strings that end others: sorted by their reversed text, a string
 * stands right before those it is the end of.  Multikey quicksort: a kernel
 * has 60,000 strings, and comparing whole strings would cost more than all
 * the rest of the layout.
 */
#include "link/merge.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

struct reversed {
	const unsigned char *end; /* behind the last character */
	uint32_t len;		  /* without the terminator */
	uint32_t entry;
};

struct range {
	size_t first, n;
	uint32_t depth;
};

struct sorter {
	struct reversed *v;
	struct range *todo;
	size_t ntodo, cap;
	/* GNU ld sorts strings that are all aligned alike and more than a
	 * character by the odd bytes of their length first. */
	uint32_t tail_mask;
};

/* The character at a depth, -1 behind the start of the string. */
static int key(const struct sorter *s, const struct reversed *r, uint32_t depth)
{
	if (s->tail_mask) {
		if (!depth)
			return (int)(r->len & s->tail_mask);
		depth--;
	}
	return depth < r->len ? r->end[-1 - (ptrdiff_t)depth] : -1;
}

static void swap(struct reversed *a, struct reversed *b)
{
	struct reversed t = *a;

	*a = *b;
	*b = t;
}

static bool less(const struct sorter *s, const struct reversed *a,
		 const struct reversed *b, uint32_t depth)
{
	for (;; depth++) {
		int x = key(s, a, depth), y = key(s, b, depth);

		if (x != y)
			return x < y;
		if (x < 0)
			return false;
	}
}

static void insertion_sort(struct sorter *s, struct range r)
{
	struct reversed *v = s->v + r.first;

	for (size_t i = 1; i < r.n; i++)
		for (size_t k = i; k && less(s, &v[k], &v[k - 1], r.depth); k--)
			swap(&v[k], &v[k - 1]);
}

static int push(struct sorter *s, size_t first, size_t n, uint32_t depth)
{
	if (n < 2)
		return 0;
	if (grow_room((void **)&s->todo, s->ntodo, &s->cap, sizeof(*s->todo)))
		return -1;
	s->todo[s->ntodo++] = (struct range){ first, n, depth };
	return 0;
}

static int middle(int a, int b, int c)
{
	if (a < b)
		return b < c ? b : a < c ? c : a;
	return a < c ? a : b < c ? c : b;
}

/* Into smaller, equal, larger at this depth. */
static int partition(struct sorter *s, struct range r)
{
	struct reversed *v = s->v + r.first;
	int pivot = middle(key(s, &v[0], r.depth), key(s, &v[r.n / 2], r.depth),
			   key(s, &v[r.n - 1], r.depth));
	size_t low = 0, i = 0, high = r.n;

	while (i < high) {
		int k = key(s, &v[i], r.depth);

		if (k < pivot)
			swap(&v[low++], &v[i++]);
		else if (k > pivot)
			swap(&v[i], &v[--high]);
		else
			i++;
	}
	if (push(s, r.first, low, r.depth) ||
	    push(s, r.first + high, r.n - high, r.depth))
		return -1;
	return pivot < 0 ? 0 : push(s, r.first + low, high - low, r.depth + 1);
}

static int sort_reversed(struct sorter *s, size_t n)
{
	int rc = push(s, 0, n, 0);

	while (!rc && s->ntodo) {
		struct range r = s->todo[--s->ntodo];

		if (r.n <= 8)
			insertion_sort(s, r);
		else
			rc = partition(s, r);
	}
	free(s->todo);
	return rc;
}

static bool ends_with(const struct merge_entry *a, const struct merge_entry *b)
{
	return a->len > b->len &&
	       memcmp(a->p + (a->len - b->len), b->p, b->len) == 0;
}

int merge_suffixes(struct merge_entry *entries, size_t n, uint32_t entsize)
{
	struct sorter s = { 0 };
	uint32_t align = 0;
	size_t count = 0;
	struct merge_entry *e;

	s.v = calloc(n ? n : 1, sizeof(*s.v));
	if (!s.v)
		return -1;
	for (size_t i = 0; i < n; i++) {
		uint32_t len = entries[i].len - entsize;

		if (!entries[i].align)
			continue;
		s.v[count++] = (struct reversed){ entries[i].p + len, len,
						  (uint32_t)i };
		align = align && align != entries[i].align ? UINT32_MAX
							   : entries[i].align;
	}
	if (align != UINT32_MAX && align > entsize)
		s.tail_mask = align - 1;
	if (sort_reversed(&s, count)) {
		free(s.v);
		return -1;
	}
	e = count ? &entries[s.v[count - 1].entry] : NULL;
	for (size_t i = count; i-- > 1;) {
		struct merge_entry *x = &entries[s.v[i - 1].entry];

		if (e->align >= x->align &&
		    !((e->len - x->len) & (x->align - 1)) && ends_with(e, x))
			x->align = 0;
		else
			e = x;
	}
	free(s.v);
	return 0;
}
