/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --order-by and the order line of a report: words to places of columns,
 * and a SELECT to a sorted one.
 */
#ifndef QUERY_ORDER_H
#define QUERY_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "query/param.h"
#include "query/rows.h"
#include "support/arena.h"
#include "support/err.h"

/* No report is sorted by more. */
#define ORDER_MAX 8

struct order {
	struct {
		size_t column; /* place, from 0 */
		bool ascending;
	} terms[ORDER_MAX];
	size_t count;
};

/*
 * Appends what words ("COLUMN[:asc|:desc][, ...]") say; a column that is
 * there already stays where it is.  The words of the ancestor are known
 * where a report has the column that they mean (total_dynamic: total_bytes) and
 * none of the word itself.
 * ERR_USAGE lists the columns where one is unknown.
 */
int order_add(struct order *o, const char *words, const struct column *columns,
	      size_t ncolumns, struct err *e);

/* Whoever sorts by a column, or gives what it is made of, wants to see it: such
 * columns are wide no longer. */
void order_show(const struct order *o, struct column *columns, size_t ncolumns,
		const char *const given[PARAM_COUNT]);

/*
 * The statement sql[0..len), sorted and cut to :kmemdb_limit rows (-1: all).
 * The only SQL that is made in C: of the numbers of columns, never of words.
 * NULL when memory is out.
 *
 * steps: NULL, or the statement's columns where the limit is at least 1 and a
 * row is dear but for the column that comes first: then that one is read of
 * all rows first, and the whole row of those alone that reach the limit.
 */
char *order_wrap(const struct order *o, const struct column *steps,
		 const char *sql, size_t len, struct arena *a);

/* The statement sql[0..len) for the columns that have sums, in any order; in
 * a, or NULL where memory is out. */
char *order_sums(const struct column *columns, size_t ncolumns, const char *sql,
		 size_t len, struct arena *a);

#endif
