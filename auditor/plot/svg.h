/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A figure as SVG 1.1.
 *
 * Written here and not by cairo, whose SVG holds letters as outlines: here
 * text stays text, which can be searched, read aloud and translated; shapes
 * carry their name and exact number (data-name, data-value) and a tooltip;
 * and the file is a fifth of the size.
 */
#ifndef PLOT_SVG_H
#define PLOT_SVG_H

#include <stdio.h>

#include "plot/figure.h"

/* Errors of writing are left in out, for whoever closes it. */
void svg_write(const struct figure *f, FILE *out);

#endif
