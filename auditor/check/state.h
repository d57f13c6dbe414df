/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known of a check while it runs, and after it.  Plain data.
 */
#ifndef CHECK_STATE_H
#define CHECK_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "check/budgets.h"
#include "check/canned.h"
#include "check/causes.h"
#include "check/judge.h"
#include "check/measure.h"
#include "query/catalogue.h"
#include "query/database.h"
#include "query/memory_rows.h"
#include "support/arena.h"
#include "support/err.h"

/* Budgets whose causes are looked for: the worst ones come first. */
#define CHECK_CAUSES_MAX 20

struct check {
	const struct database *d;
	struct budgets *budgets;
	const char *file; /* a report of the user's, or NULL */
	struct catalogue catalogue;
	struct report own;
	struct sides sides;
	bool no_base;	 /* on request */
	const char *how; /* the base was chosen, "" where it was named */
	/* Each "build 7 (3fa2b1c09d11)", "" without a base. */
	const char *build_words, *base_words;
	const char *commit, *base_commit; /* NULL: not known */
	const char *source;		  /* where the sources were */
	const char *unlike; /* how the base was built otherwise, or "" */
	struct terms terms;
	struct judgement *judged;  /* as budgets */
	struct measured *measured; /* likewise */
	struct canned *canned;	   /* as budgets->checks, then file */
	size_t ncanned;
	struct memory_rows table; /* a row a budget and check, worst first */
	struct causes causes;
	size_t counts[VERDICT_COUNT];
	struct arena arena;
};

/* The columns of the table, by place. */
enum check_column {
	CHECK_VERDICT,
	CHECK_BUDGET,
	CHECK_METRIC,
	CHECK_LIMIT,
	CHECK_BEFORE,
	CHECK_AFTER,
	CHECK_CHANGE,
	CHECK_PERCENT,
	CHECK_OVER,
	CHECK_WHY,
	CHECK_LINE,
	CHECK_COLUMNS
};

#endif
