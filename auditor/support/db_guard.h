/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may happen beside a database file that a stranger has made.  SQLite
 * rolls back a journal that it finds there, and a journal can name another
 * file, a "super-journal", which SQLite then deletes.  No program of this
 * project writes such a journal, so none is rolled back:
 *
 *	db_guard_new looks at the journal, and refuses; then
 *	sqlite3_open_v2(db_guard_file(g), ..., db_guard_vfs(g)) opens with a
 *	layer that lets SQLite see and delete the database's own files only,
 *	whatever appears there after the look
 *
 * Each connection has its own guard, which must outlive it.
 */
#ifndef SUPPORT_DB_GUARD_H
#define SUPPORT_DB_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

#include "support/err.h"

struct db_guard;

/* create: a file that is not there is made, empty.  ERR_DB with the reason
 * where something beside the database is not what kmemdb leaves there. */
int db_guard_new(const char *path, bool create, struct db_guard **ret,
		 struct err *e);

/* Absolute, without symbolic links, as SQLite itself names it. */
const char *db_guard_file(const struct db_guard *g);
const char *db_guard_vfs(const struct db_guard *g);

/* Of the opened file, before anything is read through SQLite: a database in
 * WAL mode would make files beside itself. */
int db_guard_header(const struct db_guard *g, sqlite3 *db, struct err *e);

/* How large the opened file is, which no statement has to be allowed to ask. */
int64_t db_file_bytes(sqlite3 *db);

/* After sqlite3_close.  NULL is fine. */
void db_guard_free(struct db_guard *g);

#endif
