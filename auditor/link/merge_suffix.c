/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finding strings that end others: sorted by their reversed text, a string
 * is right before those it is the end of.  Multikey quicksort: a kernel
 * has 60,000 strings, and comparing whole strings would cost more than all
 * the rest of the layout.
 */
#include "link/merge_suffix.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

struct reversed {
	const unsigned char *end; /* after the last character */
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

/* The character at a depth, -1 before the start of the string. */
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

static int push(struct sorter *s, size_t first, size_t n, uint32_t depth,
		struct err *e)
{
	if (n < 2)
		return 0;
	if (grow_room((void **)&s->todo, s->ntodo, &s->cap, sizeof(*s->todo)))
		return err_nomem(e);
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
static int partition(struct sorter *s, struct range x, struct err *e)
{
	struct reversed *v = s->v + x.first;
	int pivot = middle(key(s, &v[0], x.depth), key(s, &v[x.n / 2], x.depth),
			   key(s, &v[x.n - 1], x.depth));
	size_t low = 0, i = 0, high = x.n;

	while (i < high) {
		int k = key(s, &v[i], x.depth);

		if (k < pivot)
			swap(&v[low++], &v[i++]);
		else if (k > pivot)
			swap(&v[i], &v[--high]);
		else
			i++;
	}
	if (push(s, x.first, low, x.depth, e) ||
	    push(s, x.first + high, x.n - high, x.depth, e))
		return -ERR_NOMEM;
	return pivot < 0 ? 0
			 : push(s, x.first + low, high - low, x.depth + 1, e);
}

static int sort_reversed(struct sorter *s, size_t n, struct err *e)
{
	int r = push(s, 0, n, 0, e);

	while (!r && s->ntodo) {
		struct range x = s->todo[--s->ntodo];

		if (x.n <= 8)
			insertion_sort(s, x);
		else
			r = partition(s, x, e);
	}
	free(s->todo);
	return r;
}

static bool ends_with(const struct merge_entry *a, const struct merge_entry *b)
{
	return a->len > b->len &&
	       memcmp(a->p + (a->len - b->len), b->p, b->len) == 0;
}

int merge_suffixes(struct merge_entry *entries, size_t n, uint32_t entsize,
		   struct err *e)
{
	struct sorter s = { 0 };
	int r;
	uint32_t align = 0;
	size_t count = 0;
	struct merge_entry *last;

	s.v = calloc(n ? n : 1, sizeof(*s.v));
	if (!s.v)
		return err_nomem(e);
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
	r = sort_reversed(&s, count, e);
	if (r) {
		free(s.v);
		return r;
	}
	last = count ? &entries[s.v[count - 1].entry] : NULL;
	for (size_t i = count; i-- > 1;) {
		struct merge_entry *x = &entries[s.v[i - 1].entry];

		if (last->align >= x->align &&
		    !((last->len - x->len) & (x->align - 1)) &&
		    ends_with(last, x))
			x->align = 0;
		else
			last = x;
	}
	free(s.v);
	return 0;
}
