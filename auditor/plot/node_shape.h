/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a directory looks in every picture of directories.
 */
#ifndef PLOT_NODE_SHAPE_H
#define PLOT_NODE_SHAPE_H

#include "plot/figure.h"
#include "plot/tree.h"

/* Its own colour; grey for what was gathered. */
struct ink node_ink(const struct figure *f, const struct plot_node *n);

/* Fill, name, number and tooltip of s; total is that of the picture. */
void node_shape(struct figure *f, struct shape *s, const struct plot_node *n,
		int64_t total);

#endif
