/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which objects and symbols broke a budget.
 */
#ifndef CHECK_CAUSES_H
#define CHECK_CAUSES_H

#include "check/judge.h"
#include "check/measure.h"
#include "query/memory_rows.h"

/* Rows of each of the two tables for a budget. */
#define CAUSES_ROWS 5

struct causes {
	struct memory_rows objects,
		symbols; /* columns: NULL before the first */
	char objects_title[64], symbols_title[64];
};

/* Adds the rows of a budget that is broken, after measure_begin, and after
 * diff_prepare where it grew. */
int causes_add(const struct database *d, const struct sides *s,
	       const struct budget *b, const struct judgement *j,
	       struct causes *c, struct err *e);
void causes_release(struct causes *c);

#endif
