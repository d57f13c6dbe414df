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

enum diff_depth {
	DIFF_OBJECTS = 0, /* diff_symbol and diff_count stay empty */
	DIFF_COUNTS,	  /* diff_symbol stays empty */
	DIFF_SYMBOLS,	  /* diff_count stays empty */
};

struct diff_sides {
	int64_t base, build;
	const char *image; /* "vmlinux", a module's name, "modules", "all" */
	enum diff_depth depth;
};

/*
 * Once for each connection.  What it costs grows with the objects that differ,
 * not with those that there are.
 */
int diff_prepare(const struct database *d, const struct diff_sides *sides,
		 struct err *e);

#endif
