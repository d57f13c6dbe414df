/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of others with the columns that people read: those that are not marked
 * wide, or all of them, the wide ones last.  It notes which columns have a
 * value at all, also of those that are not picked.  Private to render/.
 */
#ifndef RENDER_PICKED_ROWS_H
#define RENDER_PICKED_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "query/rows.h"
#include "support/err.h"

struct picked_rows {
	struct rows rows; /* first: what the reader has of it */
	struct rows *inner;
	struct column *columns;
	struct cell *cells;
	size_t *from; /* which column of inner it is; all of inner's */
	bool *valued; /* by column of inner: it has a value */
	size_t nrows; /* that were read */
};

/* inner is the caller's and must outlive it.  ERR_NOMEM alone. */
int picked_rows_init(struct picked_rows *p, struct rows *inner, bool wide,
		     struct err *e);
void picked_rows_release(struct picked_rows *p);

/*
 * Of column i, when the rows were read: is there nothing, 0 or an empty text in
 * every row?  Never of the first column, which says what a row is, of one that
 * nobody described, and where there is but one row, in which a 0 is an answer.
 */
bool picked_rows_empty(const struct picked_rows *p, size_t i);

/* How many columns were not picked and are not empty. */
size_t picked_rows_left(const struct picked_rows *p);

#endif
