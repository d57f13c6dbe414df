/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQLite's values as cells of a row.
 */
#ifndef QUERY_CELL_H
#define QUERY_CELL_H

#include <sqlite3.h>

#include "query/rows.h"
#include "support/err.h"

/* Column at of st's current row; its text is good until the next step. */
int cell_read(sqlite3_stmt *st, int at, struct cell *ret, struct err *e);

#endif
