/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows that a screen shows: which of them, in which order, and where the
 * cursor is.  Plain data and what keys do with it; nothing here knows of a
 * terminal or of a database.
 */
#ifndef TOP_LEVEL_H
#define TOP_LEVEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/err.h"

#define TOP_VALUES 5
#define TOP_TEXT_MAX 64
/* More rows than that are not kept: the largest ones are, and it is said. */
#define TOP_ROWS_MAX ((size_t)50000)

struct top_row {
	const char *key;  /* as the report has it: a path, a symbol, a caller */
	const char *name; /* of key, what is shown and searched */
	const char *path; /* of a symbol or a call site: its object, or NULL */
	const char *file; /* its source file, NULL where not known */
	int64_t line;
	int64_t value[TOP_VALUES];
	bool none[TOP_VALUES]; /* there is no such number */
	size_t rank;	       /* in the report's own order */
};

struct top_sort {
	int by; /* index of a value, -1: the name */
	bool ascending;
};

struct top_level {
	struct arena arena; /* of all texts */
	char *branch;	    /* "" is the whole tree */
	bool leaves;	    /* symbols or call sites: nothing is below */
	bool truncated;	    /* there are more rows than TOP_ROWS_MAX */
	struct top_row *rows;
	size_t n, room;
	size_t *shown; /* indexes of rows, sorted, those that the filter lets */
	size_t nshown;
	size_t cursor; /* of shown */
	size_t first;  /* of shown: the top line of the page */
	struct top_sort sort;
	char filter[TOP_TEXT_MAX]; /* part of the name; "": all rows */
};

/* Another row: its texts must live in l->arena. */
int level_add(struct top_level *l, const struct top_row *row, struct err *e);

/* After the last level_add, and after a change of sort or filter: the cursor
 * stays on its row where that is still shown. */
int level_arrange(struct top_level *l, struct err *e);

/* NULL where no row is shown. */
struct top_row *level_current(const struct top_level *l);

/* By so many rows; stops at both ends.  page: lines of rows on the screen. */
void level_move(struct top_level *l, long rows, size_t page);
/* To the row of that key, if it is shown. */
void level_go_to(struct top_level *l, const char *key, size_t page);
/* Before drawing: the cursor is on a page of that many lines. */
void level_fit(struct top_level *l, size_t page);

/* To the next row whose name has text in it, from the cursor on (or after it),
 * round the end; false where there is none. */
bool level_search(struct top_level *l, const char *text, bool after,
		  size_t page);

/* Sums of value i of the shown rows; false where they exceed 63 bits. */
bool level_sum(const struct top_level *l, size_t i, int64_t *ret);
/* The largest |value[0]| of the shown rows, at least 1. */
double level_largest(const struct top_level *l);

void level_release(struct top_level *l);

#endif
