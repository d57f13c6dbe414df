/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The builds in which a directory changed, and how rows of blame are stored.
 * Private to blame.c.
 */
#ifndef QUERY_BLAME_DIRECTORY_H
#define QUERY_BLAME_DIRECTORY_H

#include <stdint.h>

#include <sqlite3.h>

#include "lineage/lineage.h"
#include "query/database.h"
#include "support/err.h"

/* A row of the temporary table blame_change. */
struct blame_row {
	uint32_t build;
	const char *symbol, *directory, *what, *from; /* NULL: none */
	int64_t path, from_path;		      /* 0: none */
	int64_t before, after;			      /* -1: it is not there */
};

/* put: sql/query/blame-put.sql. */
int blame_put(const struct database *d, sqlite3_stmt *put,
	      const struct lineage *l, const struct blame_row *row,
	      struct err *e);

int blame_directory(const struct database *d, sqlite3_stmt *put,
		    const struct lineage *l, const char *directory,
		    struct err *e);

#endif
