/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What cairo and pango are asked: to measure text, and to paint a figure as
 * PNG and PDF.  They are a module of their own (kmemdb-plot.so), loaded by
 * `kmemdb plot` alone.
 */
#ifndef PLOT_PLOT_ROOM_H
#define PLOT_PLOT_ROOM_H

#include <stdio.h>

#include "plot/figure.h"
#include "support/err.h"

struct text_ruler;

struct plot_room {
	/* ERR_NOMEM; ERR_IO where no font is installed.  The caller closes. */
	int (*ruler_open)(struct text_ruler **ret, struct err *e);
	void (*ruler_close)(struct text_ruler *r);
	/* px; ctx is a ruler: fits struct text_measure. */
	double (*text_width)(void *ctx, const char *text, double size,
			     bool bold);
	/* ERR_IO, ERR_NOMEM.  scale: pixels for each px of the figure. */
	int (*write_png)(const struct figure *f, double scale, FILE *out,
			 struct err *e);
	int (*write_pdf)(const struct figure *f, FILE *out, struct err *e);
};

#endif
