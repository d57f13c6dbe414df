/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `kmemdb plot`: which reports a picture is drawn from, and its words.
 */
#ifndef PLOT_PLOT_H
#define PLOT_PLOT_H

#include "plot/figure.h"
#include "plot/words.h"
#include "query/database.h"
#include "support/err.h"

/*
 * Draws into *f, which is empty.  ERR_USAGE where a word of the request names
 * nothing, or an option does not fit the kind.
 */
int plot_draw(const struct database *d, const struct plot_request *r,
	      struct figure *f, struct err *e);

#endif
