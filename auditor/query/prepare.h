/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a report to statements that can be stepped: held to its head, sorted,
 * and a second one for the sums.  Private to run.c.
 */
#ifndef QUERY_PREPARE_H
#define QUERY_PREPARE_H

#include <stdbool.h>

#include "query/cell.h"
#include "query/database.h"
#include "query/report.h"
#include "query/request.h"
#include "query/resolve.h"
#include "query/rows.h"
#include "support/arena.h"

struct query {
	struct rows rows; /* first: what the caller has of it */
	const struct database *d;
	const struct report *report;
	sqlite3_stmt *st;
	sqlite3_stmt *all; /* for the sums, or NULL */
	struct cell *cells;
	struct column *columns;
	int64_t left; /* rows still to yield, -1 for all */
	bool used[PARAM_COUNT];
	struct param_value values[PARAM_COUNT];
	struct arena arena;
};

/*
 * Fills st, all, columns, cells, used; d, report and left are set before.
 * ERR_USAGE where the request does not fit the report, ERR_FORMAT where the
 * report is wrong.  The caller ends q also where this fails.
 */
int query_prepare(struct query *q, const struct query_request *request,
		  struct err *e);

/* SQLite's last error, as the report's fault. */
int query_bad_statement(const struct query *q, struct err *e);

#endif
