/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/level.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

int level_add(struct top_level *l, const struct top_row *row, struct err *e)
{
	if (grow_room((void **)&l->rows, l->n, &l->room, sizeof(*l->rows)))
		return err_nomem(e);
	l->rows[l->n] = *row;
	l->rows[l->n].rank = l->n;
	l->n++;
	return 0;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* ASCII letters alone are alike: a shell's awk can say the same. */
static bool contains(const char *name, const char *text)
{
	for (; *name; name++) {
		size_t i = 0;

		while (text[i] && lower(name[i]) == lower(text[i]))
			i++;
		if (!text[i])
			return true;
	}
	return !*text;
}

static int compare(const void *a, const void *b, void *ctx)
{
	const struct top_level *l = ctx;
	const struct top_row *x = &l->rows[*(const size_t *)a];
	const struct top_row *y = &l->rows[*(const size_t *)b];
	int by = l->sort.by, way = 0;

	if (by < 0) {
		way = strcmp(x->key, y->key);
	} else {
		/* What has no number comes last either way. */
		if (x->none[by] != y->none[by])
			return x->none[by] ? 1 : -1;
		way = x->value[by] < y->value[by]   ? -1
		      : x->value[by] > y->value[by] ? 1
						    : 0;
	}
	if (way)
		return l->sort.ascending ? way : -way;
	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

int level_arrange(struct top_level *l, struct err *e)
{
	const struct top_row *current = level_current(l);
	size_t *shown = malloc((l->n ? l->n : 1) * sizeof(*shown));

	if (!shown)
		return err_nomem(e);
	free(l->shown);
	l->shown = shown;
	l->nshown = 0;
	for (size_t i = 0; i < l->n; i++)
		if (contains(l->rows[i].name, l->filter))
			shown[l->nshown++] = i;
	qsort_r(shown, l->nshown, sizeof(*shown), compare, l);
	l->cursor = 0;
	for (size_t i = 0; i < l->nshown && current; i++)
		if (&l->rows[shown[i]] == current)
			l->cursor = i;
	return 0;
}

struct top_row *level_current(const struct top_level *l)
{
	return l->cursor < l->nshown ? &l->rows[l->shown[l->cursor]] : NULL;
}

void level_fit(struct top_level *l, size_t page)
{
	if (l->cursor < l->first)
		l->first = l->cursor;
	if (page && l->cursor >= l->first + page)
		l->first = l->cursor - page + 1;
	/* No empty lines while there are rows above. */
	if (l->nshown <= page)
		l->first = 0;
	else if (l->first > l->nshown - page)
		l->first = l->nshown - page;
}

void level_move(struct top_level *l, long rows, size_t page)
{
	size_t last = l->nshown ? l->nshown - 1 : 0;
	size_t by = rows < 0 ? 0 - (size_t)rows : (size_t)rows;

	if (rows < 0)
		l->cursor = l->cursor > by ? l->cursor - by : 0;
	else
		l->cursor = last - l->cursor > by ? l->cursor + by : last;
	level_fit(l, page);
}

void level_go_to(struct top_level *l, const char *key, size_t page)
{
	for (size_t i = 0; i < l->nshown; i++) {
		if (strcmp(l->rows[l->shown[i]].key, key) == 0) {
			l->cursor = i;
			break;
		}
	}
	level_fit(l, page);
}

bool level_search(struct top_level *l, const char *text, bool after,
		  size_t page)
{
	for (size_t i = 0; i < l->nshown; i++) {
		size_t at = (l->cursor + i + after) % l->nshown;

		if (contains(l->rows[l->shown[at]].name, text)) {
			l->cursor = at;
			level_fit(l, page);
			return true;
		}
	}
	return false;
}

bool level_sum(const struct top_level *l, size_t i, int64_t *ret)
{
	int64_t sum = 0;

	for (size_t k = 0; k < l->nshown; k++) {
		const struct top_row *row = &l->rows[l->shown[k]];

		if (!row->none[i] &&
		    __builtin_add_overflow(sum, row->value[i], &sum))
			return false;
	}
	*ret = sum;
	return true;
}

double level_largest(const struct top_level *l)
{
	double most = 1;

	for (size_t k = 0; k < l->nshown; k++) {
		double v = (double)l->rows[l->shown[k]].value[0];

		if (v > most || -v > most)
			most = v < 0 ? -v : v;
	}
	return most;
}

void level_release(struct top_level *l)
{
	arena_release(&l->arena);
	free(l->branch);
	free(l->rows);
	free(l->shown);
	*l = (struct top_level){ .n = 0 };
}
