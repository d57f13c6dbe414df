/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rings and treemap: memory by directory.
 */
#ifndef PLOT_BY_DIRECTORY_H
#define PLOT_BY_DIRECTORY_H

#include "plot/words.h"

/* ERR_USAGE where the request does not fit. */
int plot_rings(const struct plot *p, struct err *e);
int plot_treemap(const struct plot *p, struct err *e);

#endif
