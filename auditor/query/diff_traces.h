/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The call sites of two traces side by side, put into temporary tables for
 * the reports of sql/diff (sql/query/diff-trace-tables.sql has them): which
 * site became which (compare/sites.h).
 */
#ifndef QUERY_DIFF_TRACES_H
#define QUERY_DIFF_TRACES_H

#include "query/database.h"
#include "support/err.h"

/*
 * Between scratch_begin and scratch_end, once for each connection.  before and
 * after name traces by id or label, or builds whose newest trace is meant;
 * after NULL is the newest of all.  Where the builds of the two differ, they
 * are compared, too.  ERR_USAGE where a name means nothing, or both are one
 * trace.
 */
int diff_traces_prepare(const struct database *d, const char *before,
			const char *after, struct err *e);

/* The same of two traces by number, where diff_prepare has compared their
 * builds; 0: the tables stay empty. */
int diff_traces_fill(const struct database *d, int64_t before, int64_t after,
		     struct err *e);

/* And who asked at them, for rows by owner, after either of these. */
int diff_traces_owners(const struct database *d, struct err *e);

/* ERR_USAGE where no site of either is in the branch. */
int diff_traces_check_branch(const struct database *d, const char *branch,
			     struct err *e);

#endif
