/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Curves, or layers on top of each other, over time or over builds.
 * Areas, angles and lengths are proportional to the numbers; each shape of a
 * number carries it (struct shape: name, value).
 */
#ifndef PLOT_CHART_H
#define PLOT_CHART_H

#include "plot/page.h"

/* One of the layers of an area, or a line. */
struct series {
	const char *name;
	struct ink colour;
	const int64_t *values; /* one for each x */
	int64_t mark;	       /* what the legend says: bytes */
	const char *words;     /* what it says after them, or NULL */
};

enum chart_axis { AXIS_SECONDS = 0, AXIS_LABELS };

struct chart {
	enum chart_axis axis;
	const double *x;     /* AXIS_SECONDS: ascending */
	const char **labels; /* AXIS_LABELS: one for each x */
	size_t nx;
	const struct series *series;
	size_t nseries;
	bool stacked; /* areas on top of each other; else lines */
	/* A line over everything, with an x of its own; no x: none. */
	struct series over;
	const double *over_x;
	size_t nover;
	/* A point that is marked, where the words are not NULL. */
	const char *peak_words;
	double peak_x;
	int64_t peak_value;
};

int draw_chart(struct figure *f, struct box box, const struct chart *c,
	       struct err *e);

#endif
