/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Directories as nested rectangles.
 * Areas, angles and lengths are proportional to the numbers; each shape of a
 * number carries it (struct shape: name, value).
 */
#ifndef PLOT_TREEMAP_H
#define PLOT_TREEMAP_H

#include "plot/page.h"
#include "plot/tree.h"

/* Gathers what is too small to see, so that root is changed. */
int draw_treemap(struct figure *f, struct box box, struct plot_node *root,
		 struct err *e);

#endif
