/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a statement that is no report: one that the user typed, or one of
 * the program's own that shows a single thing.  They run on the same
 * connection as reports, so under the same authorizer: they can only read.
 */
#ifndef QUERY_STATEMENT_H
#define QUERY_STATEMENT_H

#include <stdbool.h>

#include "query/database.h"
#include "query/report.h"
#include "query/rows.h"
#include "support/err.h"

/*
 * Starts the first statement of sql; *ret_tail is where the next one begins.
 * *ret is NULL where there was none, only blanks and comments.  ERR_FORMAT,
 * with SQLite's words, where it cannot be run.  The database must outlive
 * *ret, which ends with statement_end.
 */
int statement_start(const struct database *d, const char *sql,
		    struct rows **ret, const char **ret_tail, struct err *e);

/*
 * Starts the program's own sql/query/NAME.sql.  Its head is that of a report
 * (query/report.h), but its variables are those of bindings, whose texts
 * must live as long; *ret_head is the rows' until statement_end.
 */
int statement_file(const struct database *d, const char *name,
		   const struct binding *bindings, struct rows **ret,
		   const struct report **ret_head, struct err *e);

/* NULL is fine. */
void statement_end(struct rows *rows);

/* Does text end with the end of a statement? */
bool statement_complete(const char *text);

#endif
