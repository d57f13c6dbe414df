/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs a report: its rows, as render/ and whoever else wants them.
 */
#ifndef QUERY_RUN_H
#define QUERY_RUN_H

#include "query/database.h"
#include "query/report.h"
#include "query/request.h"
#include "query/rows.h"
#include "support/err.h"

/*
 * Starts a report.  ERR_USAGE where a word of the request names nothing,
 * ERR_FORMAT where the report is not one SELECT, or its head does not fit.
 * The database and the report must outlive *ret, which ends with
 * query_end.
 */
int query_start(const struct database *d, const struct report *report,
		const struct query_request *request, struct rows **ret,
		struct err *e);

/*
 * After the rows: the lines of the report's footer, each ended by a newline;
 * "" where it has none.  *ret lives until query_end.
 */
int query_footer(struct rows *rows, const char **ret, struct err *e);

/* NULL is fine. */
void query_end(struct rows *rows);

#endif
