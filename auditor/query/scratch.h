/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Temporary tables of the program's own, on a connection that may only read
 * otherwise.
 *
 * Errors: ERR_DB where SQLite refuses.
 */
#ifndef QUERY_SCRATCH_H
#define QUERY_SCRATCH_H

#include "query/database.h"
#include "support/err.h"

/* Temporary tables may be made and filled until scratch_end. */
int scratch_begin(const struct database *d, struct err *e);
int scratch_end(const struct database *d, struct err *e);

/* Runs sql/query/NAME.sql, which may be several statements without
 * variables. */
int scratch_make(const struct database *d, const char *name, struct err *e);

/* Runs the statement of sql/query/NAME.sql to its end. */
int scratch_run(const struct database *d, const char *name,
		const struct binding *bindings, struct err *e);

/* Binds by name, colon and all, what a statement is run with again and
 * again.  text must live until the next step. */
void scratch_bind_text(sqlite3_stmt *st, const char *name, const char *text);
void scratch_bind_number(sqlite3_stmt *st, const char *name, int64_t value);

#endif
