/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How wide the columns of a table become on a terminal.  Private to render/.
 */
#ifndef RENDER_COLUMN_WIDTHS_H
#define RENDER_COLUMN_WIDTHS_H

#include <stdbool.h>
#include <stddef.h>

/* Between two columns. */
#define FIT_GAP 2
/* A column of text keeps so much of its beginning and its end. */
#define FIT_MIN 16

struct column_width {
	size_t width;  /* in: what its cells need; out: what they get */
	bool flexible; /* text, that can be cut short in its middle */
};

/*
 * Makes the columns fit: the widest text gives first, and where that is not
 * enough the last columns go.  Returns how many columns stay, at least one.
 */
size_t column_widths(struct column_width *columns, size_t n, size_t width);

#endif
