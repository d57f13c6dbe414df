/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plot as a file: PNG, SVG or PDF.
 */
#ifndef PLOT_PICTURE_H
#define PLOT_PICTURE_H

#include <stdio.h>

#include "plot/plot.h"

enum picture_type { PICTURE_PNG = 0, PICTURE_SVG, PICTURE_PDF };

#define PICTURE_SIDE_MIN 320   /* px: title, total and coverage need them */
#define PICTURE_SIDE_MAX 20000 /* px */

struct picture {
	enum picture_type type;
	unsigned int width, height; /* px */
	bool dark;
};

/* By the ending of a file's name.  ERR_USAGE where it is none of the three. */
int picture_type_of(const char *path, enum picture_type *ret, struct err *e);

/* "1200x850".  ERR_USAGE where it is no size, or a side is out of bounds. */
int picture_size(const char *words, struct picture *ret, struct err *e);

/* ERR_IO where the module is missing, or out cannot be written; ERR_USAGE as
 * plot_draw.  out stays open. */
int picture_write(const struct database *d, const struct plot_request *r,
		  const struct picture *p, FILE *out, struct err *e);

#endif
