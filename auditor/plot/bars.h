/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Horizontal bars.
 * Areas, angles and lengths are proportional to the numbers; each shape of a
 * number carries it (struct shape: name, value).
 */
#ifndef PLOT_BARS_H
#define PLOT_BARS_H

#include "plot/page.h"

/* A bar of one or two parts, or one to the left of the axis where negative. */
struct bar {
	const char *name;
	int64_t value;	   /* bytes; its length */
	int64_t part;	   /* of value: painted apart at its end; 0: none */
	const char *words; /* after the bar */
	bool gathered;
};

/* So many have room in the box: what is left is to be gathered before. */
size_t bars_fit(struct box box);

/* What the two colours of bars of two parts are, at the top of *box, which
 * loses that line; nothing where they do not fit. */
void bars_legend(struct figure *f, struct box *box, const char *value,
		 const char *part);

/* Bars from the top; colours tell grown from shrunk where signed, else value
 * from part. */
int draw_bars(struct figure *f, struct box box, const struct bar *bars,
	      size_t nbars, bool is_signed, struct err *e);

#endif
