/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of typed cells under described columns: what a report yields and
 * what render/ prints.  Plain data; nothing here knows of SQL or of formats.
 *
 * A source of rows embeds struct rows and fills in columns and next; whoever
 * reads it calls rows_next until that returns 0.  The cells of a row, and
 * the text they point to, are good until the next call.
 */
#ifndef QUERY_ROWS_H
#define QUERY_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/err.h"

/* How a column's numbers are to be read. */
enum column_unit {
	UNIT_NONE = 0, /* not described: shown as it is */
	UNIT_BYTES,
	UNIT_COUNT,
	UNIT_NS,   /* a duration, or a time on a trace's clock */
	UNIT_DATE, /* nanoseconds since the epoch */
	UNIT_PERCENT,
	UNIT_RATIO,
	UNIT_TEXT,
	UNIT_ID, /* a number that names something: never summed up */
	UNIT_COUNT_ALL
};

struct column {
	const char *name;
	const char *help; /* one sentence; "" where not described */
	enum column_unit unit;
	bool sum;	/* appears in the line of sums */
	bool ascending; /* what --order-by means without :asc or :desc */
	bool wide;	/* people see it with --wide only */
	bool wrap;	/* sentences: in lines, where there is no room */
	bool key; /* rows are sorted by it: where there is no room it stays */
	const char *shown_by; /* or with this option, as "cpus"; NULL: none */
};

enum cell_type { CELL_NULL = 0, CELL_INTEGER, CELL_REAL, CELL_TEXT };

struct cell {
	enum cell_type type;
	int64_t integer;
	double real;
	const char *text; /* any bytes, NUL among them; not terminated */
	size_t len;
};

struct rows {
	const struct column *columns;
	size_t ncolumns;
	/* 1 + the index of the column that tables may draw as bars; 0: none */
	size_t bar;
	const struct cell *cells; /* the current row: ncolumns of them */
	/* 1: cells is the next row; 0: there is none; negative: *e says. */
	int (*next)(struct rows *r, struct err *e);
	/* After the last of next, where that ends at a limit and there may be
	 * more: all rows once more, in any order.  Only the cells of columns
	 * that have sums are read.  NULL: next yields all there are. */
	int (*next_of_all)(struct rows *r, struct err *e);
};

/* A table among several: rows, and what is said of them. */
struct table_rows {
	const char *name;  /* NULL where not named */
	const char *title; /* of its heading */
	const char *empty; /* what to say when there are no rows, or "" */
	struct rows *rows;
	void (*end)(struct rows *rows); /* the caller's duty */
};

static inline int rows_next(struct rows *r, struct err *e)
{
	return r->next(r, e);
}

#endif
