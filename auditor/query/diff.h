/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The differences of two builds, put into temporary tables for the reports
 * of sql/diff (sql/query/diff-tables.sql has them): which objects changed,
 * and which symbol became which (compare/symbols.h).
 */
#ifndef QUERY_DIFF_H
#define QUERY_DIFF_H

#include <stdint.h>

#include "query/database.h"
#include "support/err.h"

/* The tables, empty.  Between scratch_begin and scratch_end, as the rest. */
int diff_make_tables(const struct database *d, struct err *e);

/*
 * Of one image ("vmlinux", a module's name, "modules", "all").  Once for each
 * connection.  What it costs grows with the objects that differ, not with
 * those that there are.
 */
int diff_prepare(const struct database *d, int64_t base, int64_t build,
		 const char *image, struct err *e);

#endif
