/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A database opened to read what somebody else may have written: nothing
 * that a report, a view or a damaged file asks for can change anything, nor is
 * anything written beside it.  Who writes it meanwhile, or was killed while
 * writing, is no hindrance: then a private copy without that write is read.
 */
#ifndef QUERY_DATABASE_H
#define QUERY_DATABASE_H

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

#include "query/stop.h"
#include "support/err.h"

struct db_guard;

struct database {
	sqlite3 *db;
	char *path;
	struct db_guard *guard;
	bool opening;
	bool any_age;		       /* an older schema is fine */
	int64_t version;	       /* of the schema */
	const struct query_stop *stop; /* NULL: statements run to their end */
};

/*
 * Opens path read-only and makes sure that it is a kmemdb database of this
 * program's version.  ERR_IO where there is none, ERR_DB where it is not
 * what it should be; the message says what to do.
 */
int database_open(const char *path, struct database **ret, struct err *e);
/* The same, where stop, which must live as long, ends what runs. */
int database_open_until(const char *path, const struct query_stop *stop,
			struct database **ret, struct err *e);
/* And where the schema may be an older one, which version tells: for who
 * copies it. */
int database_open_any_age(const char *path, const struct query_stop *stop,
			  struct database **ret, struct err *e);
/*
 * What was opened is one and the same until it is closed, whoever writes
 * meanwhile; that writer waits for it at the end.  Where somebody may take
 * his time between two statements, this gives that up.
 */
int database_let_go(const struct database *d, struct err *e);
/* NULL is fine. */
void database_close(struct database *d);

/* Fills *e from SQLite's last error. */
int database_fail(const struct database *d, struct err *e);

/* A named value for a statement; text NULL binds NULL or the integer. */
struct binding {
	const char *name; /* with its colon; NULL ends a list */
	const char *text;
	const int64_t *integer;
};

/*
 * Prepares the program's own sql/query/NAME.sql and binds its variables;
 * ones the statement does not have are passed over.  The caller finalizes
 * *ret; the bound texts must live as long.
 */
int database_prepare(const struct database *d, const char *name,
		     const struct binding *bindings, sqlite3_stmt **ret,
		     struct err *e);

/* Statements may only read from now on, as database_open leaves it: for who
 * lifted that for tables of the program's own. */
int database_authorize(const struct database *d, struct err *e);

/* Steps: 1 a row, 0 the end, negative an error. */
int database_step(const struct database *d, sqlite3_stmt *st, struct err *e);

#endif
