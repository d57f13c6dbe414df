/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQL's sum(), which never fails: what does not fit into 64 bits is given as
 * a floating-point number.  SQLite's own ends the whole query with "integer
 * overflow", so that one absurd row of a trace, or one absurd section of an
 * object, would take a report away.
 */
#ifndef QUERY_CHECKED_SUM_H
#define QUERY_CHECKED_SUM_H

#include <sqlite3.h>

/* In place of SQLite's own on this connection: as aggregate and as window
 * function.  Returns SQLITE_OK or another code of SQLite. */
int checked_sum_register(sqlite3 *db);

#endif
