/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cells of a table, as texts: they are kept until it is known how wide the
 * columns are, and printed through libsmartcols.  After the first print the
 * widths stay, and rows go out one by one.  Private to render/.
 *
 * The first row is the head.  On a terminal a table fits it: long text loses
 * its middle, which libsmartcols cannot do, so cells come to it cut to size.
 */
#ifndef RENDER_GRID_H
#define RENDER_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "render/writer.h"
#include "support/arena.h"
#include "support/err.h"

struct grid_column {
	size_t width;  /* of its widest cell; after grid_fit what it gets */
	bool flexible; /* text, that can be cut short in its middle */
	bool wrap;     /* it is broken into lines instead */
	bool right;    /* aligned right */
	bool gone;     /* it is not shown */
	bool key;      /* it is the last to go */
};

struct grid {
	struct arena arena;
	struct arena cells; /* of the rows that are kept */
	size_t bytes;	    /* in cells */
	struct grid_column *columns;
	size_t n;
	const char **texts; /* rows * n */
	size_t ntexts, room;
	bool fixed; /* the widths are */
	bool cut;   /* to a width */
};

int grid_init(struct grid *g, size_t ncolumns, struct err *e);
void grid_release(struct grid *g);

/* Keeps what is in b as the next cell, and empties b. */
int grid_add(struct grid *g, struct buffer *b, struct err *e);
/* Puts it in the place of a cell that is kept. */
int grid_set(struct grid *g, size_t row, size_t column, struct buffer *b,
	     struct err *e);
size_t grid_rows(const struct grid *g);

/*
 * Makes the columns that are not gone fit into width, or takes them as they
 * are where it is 0: the widest text gives first, and where that is not enough
 * the last columns go, but neither the first one nor the key: *ret_hidden of
 * them.  ERR_NOMEM alone.
 */
int grid_fit(struct grid *g, size_t width, size_t *ret_hidden, struct err *e);

/* Prints what is kept, and keeps it no longer. */
int grid_print(struct grid *g, struct writer *w, struct err *e);

#endif
