/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `kmemdb show` shows of its subject: one table after another, and how
 * far the trace's numbers can be trusted.
 */
#ifndef QUERY_SUBJECT_TABLES_H
#define QUERY_SUBJECT_TABLES_H

#include <stddef.h>

#include "query/database.h"
#include "query/rows.h"
#include "query/subject.h"
#include "support/arena.h"
#include "support/err.h"

/* Begins with the subject's first table where at is 0. */
struct subject_tables {
	const struct database *d;
	const struct subject *subject;
	size_t at;
};

/* 1: *ret is the next table, which the caller ends; 0: there is none. */
int subject_tables_next(struct subject_tables *s, struct table_rows *ret,
			struct err *e);

/* Lines to be told after the tables, each ended by a newline; *ret lives in
 * a. */
int subject_footer(const struct database *d, const struct subject *s,
		   struct arena *a, const char **ret, struct err *e);

#endif
