/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table-valued function "lineage", which statements may read as a table
 * without arguments: a row a build (sql/query/lineage.sql has the columns).
 */
#ifndef QUERY_LINEAGE_TABLE_H
#define QUERY_LINEAGE_TABLE_H

#include <sqlite3.h>

/* SQLITE_OK, or SQLite's code. */
int lineage_table_register(sqlite3 *db);

#endif
