/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Directories as rings, from the inside to the outside.
 * Areas, angles and lengths are proportional to the numbers; each shape of a
 * number carries it (struct shape: name, value).
 */
#ifndef PLOT_RINGS_H
#define PLOT_RINGS_H

#include "plot/page.h"
#include "plot/tree.h"

/* Directories outward in rings, and a legend of the innermost.  Gathers what
 * is too small to see, so that root is changed. */
int draw_rings(struct figure *f, struct box box, struct plot_node *root,
	       struct err *e);

#endif
