/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every picture has around it: title, what was measured, what to trust.
 */
#ifndef PLOT_PAGE_H
#define PLOT_PAGE_H

#include "plot/figure.h"

struct page_words {
	const char *title;  /* "Static memory by directory: fs" */
	const char *total;  /* "12.3M in 412 objects" */
	const char *source; /* build and trace */
	const char *note;   /* coverage, caveats; "" for none */
};

struct box {
	double x, y, w, h;
};

/* Paints paper and words; *ret is what is left for the picture. */
void page_begin(struct figure *f, const struct page_words *words,
		struct box *ret);

/* A line of a legend: a square, a name, and on its right end how much; more of
 * that ("" for none) where there is room in every line. */
struct legend_row {
	struct ink colour;
	const char *name, *amount, *more;
};

/* As many rows as fit into box, from its top; what is left is one row more,
 * "and n more".  Returns the y below. */
double page_legend(struct figure *f, struct box box,
		   const struct legend_row *rows, size_t nrows);

/* Says that there is nothing to draw, and why. */
void page_empty(struct figure *f, struct box box, const char *words);

#endif
