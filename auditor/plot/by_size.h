/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bars: what changed between two builds, and sizes of allocations.
 */
#ifndef PLOT_BY_SIZE_H
#define PLOT_BY_SIZE_H

#include "plot/words.h"

/* ERR_USAGE where the request does not fit. */
int plot_classes(const struct plot *p, struct err *e);
int plot_diff(const struct plot *p, struct err *e);

#endif
