/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `kmemdb list` shows: the database's file, its builds and its traces,
 * each as one table.
 */
#ifndef QUERY_OVERVIEW_H
#define QUERY_OVERVIEW_H

#include <stddef.h>

#include "query/catalogue.h"
#include "query/database.h"
#include "query/rows.h"
#include "support/err.h"

struct overview {
	const struct database *d;
	const char *only; /* the one table that is wanted; NULL: all */
	struct catalogue reports;
	size_t at; /* the next table */
};

/* only is one of the words database, builds and traces, or NULL.  The
 * database must outlive *ret, which the caller releases. */
int overview_begin(const struct database *d, const char *only,
		   struct overview *ret, struct err *e);
void overview_release(struct overview *o);

/* 1: *ret is the next table, which the caller ends; 0: there is none. */
int overview_next(struct overview *o, struct table_rows *ret, struct err *e);

#endif
