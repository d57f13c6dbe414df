/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `kmemdb diff` shows: how two builds were made differently, the totals
 * of their images, and the rows that differ, each a report of sql/diff.
 */
#ifndef QUERY_DIFF_TABLES_H
#define QUERY_DIFF_TABLES_H

#include <stdbool.h>
#include <stddef.h>

#include "query/database.h"
#include "query/report.h"
#include "query/rows.h"
#include "query/run.h"
#include "support/err.h"

#define DIFF_TABLES_MAX 4

struct diff_tables {
	const struct database *d;
	struct query_request request; /* PARAM_BASE and PARAM_BUILD are refs */
	struct report reports[DIFF_TABLES_MAX];
	const char *names[DIFF_TABLES_MAX];
	size_t count, at;
	char base[24], build[24]; /* the ids that these refs mean */
};

/* How the difference is to be shown. */
struct diff_wish {
	const char *by; /* NULL: by branch, or of traces by site */
	bool rows_only; /* the rows are the only table */
	bool traces;	/* PARAM_BASE and PARAM_BUILD name traces */
};

/*
 * Both sides are looked up, and compared.  wish.by is branch, object, section,
 * symbol or link; of traces site, owner or branch.  ERR_USAGE where it is
 * another, or where a word of the request names nothing.  The caller releases
 * *ret, also after an error.
 */
int diff_tables_begin(const struct database *d, const struct diff_wish *wish,
		      const struct query_request *request,
		      struct diff_tables *ret, struct err *e);

/* 1: *ret is the next table, which the caller ends; 0: there is none. */
int diff_tables_next(struct diff_tables *t, struct table_rows *ret,
		     struct err *e);

void diff_tables_release(struct diff_tables *t);

#endif
