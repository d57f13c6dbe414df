/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checks that are reports: every row is something wrong with the build.  Those
 * of sql/checks, and files of the user.
 */
#ifndef CHECK_CANNED_H
#define CHECK_CANNED_H

#include <stdint.h>

#include "check/judge.h"
#include "check/measure.h"
#include "query/catalogue.h"
#include "query/memory_rows.h"
#include "query/report.h"

/* Rows that are kept of a check, and so can be shown. */
#define CANNED_ROWS 1000

struct canned {
	const struct report *report; /* NULL: there is none of that name */
	const char *name;
	size_t line; /* of the budget file; 0: --file */
	enum verdict verdict;
	uint64_t total; /* rows that it found */
	struct memory_rows rows;
	char above[32]; /* its threshold, "" where it has none */
	char why[JUDGEMENT_WHY_MAX];
};

/* Does it compare with the base? */
bool canned_compares(const struct report *r);

/*
 * c->report is set.  above and warn are those of the line that asks for it;
 * what cannot be run for lack of a base or a trace is no error.  After
 * diff_prepare, where it compares.
 */
int canned_run(const struct database *d, const struct sides *s,
	       const struct terms *t, const char *above, bool warn,
	       struct canned *c, struct err *e);
void canned_release(struct canned *c);

#endif
