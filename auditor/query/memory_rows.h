/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows that are kept in memory: where they must be counted, or looked at,
 * before they are printed.
 *
 * Errors: ERR_NOMEM, and those of the rows that are loaded.
 */
#ifndef QUERY_MEMORY_ROWS_H
#define QUERY_MEMORY_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "query/rows.h"
#include "support/arena.h"
#include "support/err.h"

struct memory_rows {
	struct rows rows; /* first: what the reader has of it */
	struct cell *cells;
	size_t count, room; /* rows */
	size_t at;	    /* the next one to be read */
	struct arena arena;
};

/* columns are the caller's and must live as long. */
void memory_rows_init(struct memory_rows *m, const struct column *columns,
		      size_t ncolumns);
/* Copies the columns, too, which their source may take along. */
int memory_rows_init_like(struct memory_rows *m, const struct rows *like,
			  struct err *e);
void memory_rows_release(struct memory_rows *m);

/* A copy of ncolumns cells, with their texts. */
int memory_rows_add(struct memory_rows *m, const struct cell *cells,
		    struct err *e);

/* Reads all of source, keeps the first max rows; *ret_total: how many there
 * were. */
int memory_rows_load(struct memory_rows *m, struct rows *source, size_t max,
		     uint64_t *ret_total, struct err *e);

/* Reading begins at the first row again. */
void memory_rows_rewind(struct memory_rows *m);

#endif
