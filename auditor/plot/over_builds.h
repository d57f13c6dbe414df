/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A size along the history: of one branch its parts, of several (--branch
 * fs,mm) one line each.
 */
#ifndef PLOT_OVER_BUILDS_H
#define PLOT_OVER_BUILDS_H

#include "plot/words.h"

/* ERR_USAGE where the request does not fit. */
int plot_history(const struct plot *p, struct err *e);

#endif
