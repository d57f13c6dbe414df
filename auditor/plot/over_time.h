/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Live memory over a trace, a layer for each of the largest directories.
 */
#ifndef PLOT_OVER_TIME_H
#define PLOT_OVER_TIME_H

#include "plot/words.h"

/* ERR_USAGE where the request does not fit. */
int plot_timeline(const struct plot *p, struct err *e);

#endif
