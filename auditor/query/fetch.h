/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a report for who shows them otherwise than as a table (a picture,
 * a terminal, a file of another program): they ask what `kmemdb query` asks,
 * so that all say the same to the byte.
 */
#ifndef QUERY_FETCH_H
#define QUERY_FETCH_H

#include "query/database.h"
#include "query/run.h"
#include "support/arena.h"
#include "support/err.h"

#define FETCH_COLUMNS_MAX 12

/* A row: text or number of each wanted column, good until the next one. */
struct fetched {
	const char *text[FETCH_COLUMNS_MAX]; /* NUL-terminated; NULL: no text */
	int64_t number[FETCH_COLUMNS_MAX];   /* 0 where there is none */
	bool null[FETCH_COLUMNS_MAX];
};

typedef int fetch_row(void *ctx, const struct fetched *row, struct err *e);

struct fetch {
	const struct database *d;
	const char *report;	    /* "footprint", or "plot/x" of sql/plot */
	const char *const *columns; /* ends with NULL */
	struct query_request request;
	bool pick; /* what the report does not take is left out of request */
};

/*
 * Calls row for each row of the report, in its order; where footer is not
 * NULL, *footer is the first line of the report's footer, in a.  ERR_USAGE as
 * query_start.
 */
int fetch_rows(const struct fetch *f, fetch_row *row, void *ctx,
	       struct arena *a, const char **footer, struct err *e);

#endif
