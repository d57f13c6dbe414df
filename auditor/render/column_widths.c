/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/column_widths.h"

static size_t least(const struct column_width *c)
{
	return c->flexible && c->width > FIT_MIN ? FIT_MIN : c->width;
}

/* Columns that fit side by side when all text is as short as can be. */
static size_t count_fitting(const struct column_width *c, size_t n,
			    size_t width)
{
	size_t used = 0, i = 0;

	while (i < n) {
		used += least(&c[i]) + (i ? FIT_GAP : 0);
		if (used > width)
			break;
		i++;
	}
	return i ? i : 1;
}

static size_t total(const struct column_width *c, size_t n)
{
	size_t sum = (n - 1) * FIT_GAP;

	for (size_t i = 0; i < n; i++)
		sum += c[i].width;
	return sum;
}

static struct column_width *widest(struct column_width *c, size_t n)
{
	struct column_width *best = NULL;

	for (size_t i = 0; i < n; i++) {
		if (c[i].flexible && c[i].width > FIT_MIN &&
		    (!best || c[i].width > best->width))
			best = &c[i];
	}
	return best;
}

/* The next narrower width that a flexible column has: down to there the
 * widest gives at once. */
static size_t runner_up(struct column_width *c, size_t n, size_t width)
{
	size_t best = FIT_MIN;

	for (size_t i = 0; i < n; i++) {
		if (c[i].flexible && c[i].width < width && c[i].width > best)
			best = c[i].width;
	}
	return best;
}

size_t column_widths(struct column_width *columns, size_t n, size_t width)
{
	size_t stay, sum;

	if (!n)
		return 0;
	stay = count_fitting(columns, n, width);
	while ((sum = total(columns, stay)) > width) {
		struct column_width *c = widest(columns, stay);
		size_t excess = sum - width, step;

		if (!c)
			break;
		step = c->width - runner_up(columns, stay, c->width);
		/* Equals give in turns, one column of the terminal each. */
		for (size_t i = 0; i < stay; i++) {
			if (&columns[i] != c && columns[i].flexible &&
			    columns[i].width == c->width)
				step = 1;
		}
		c->width -= step < excess ? step : excess;
	}
	return stay;
}
