/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a budget's subject costs, in the build that is checked and in its base.
 */
#ifndef CHECK_MEASURE_H
#define CHECK_MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#include "check/budgets.h"
#include "query/database.h"
#include "support/err.h"

/* The two builds, and the newest trace of each. */
struct sides {
	int64_t build, base;
	bool has_base;
	int64_t trace, base_trace;
	bool has_trace, has_base_trace;
};

/* Of one side. */
struct amount {
	bool known;
	int64_t value;	 /* bytes, or allocations */
	int64_t matched; /* objects, images, symbols or sites it is the sum of */
};

struct measured {
	struct amount before, after;
	const char *why; /* not known: the reason, a constant; NULL: known */
};

/* build and base are set; finds their traces, and measures the objects of
 * all images that the budgets name.  Once for each connection, between
 * scratch_begin and scratch_end. */
int measure_begin(const struct database *d, const struct budgets *b,
		  struct sides *s, struct err *e);

int measure_budget(const struct database *d, const struct sides *s,
		   const struct budget *b, struct measured *ret, struct err *e);

#endif
