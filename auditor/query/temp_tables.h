/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Temporary tables of the program's own, on a connection that else may only
 * read: where an answer needs more than one statement.
 */
#ifndef QUERY_TEMP_TABLES_H
#define QUERY_TEMP_TABLES_H

#include "query/database.h"
#include "support/err.h"

/* Runs all statements of sql/query/NAME.sql, which make tables. */
int temp_tables_make(const struct database *d, const char *name, struct err *e);

/* Runs the one statement of sql/query/NAME.sql, which fills a table. */
int temp_tables_fill(const struct database *d, const char *name,
		     const struct binding *bindings, struct err *e);

#endif
