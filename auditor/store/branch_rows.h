/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which branch each call site of a trace is in, and the peaks of branches.
 * Between store_begin and store_commit, after store_trace and store_site.
 */
#ifndef STORE_BRANCH_ROWS_H
#define STORE_BRANCH_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/branch_peak.h"
#include "store/store.h"

/*
 * Calls f for each site that allocated, by number; place is its object, or
 * why there is none in parentheses, and valid during the call.  f returns 0,
 * or a negative code having filled e, to stop.
 */
int store_site_places(struct store *s, int64_t trace,
		      int (*f)(void *ctx, uint32_t site, const char *place,
			       bool tracing, struct err *e),
		      void *ctx, struct err *e);

int store_branch_peak(struct store *s, int64_t trace, const char *path,
		      bool tracing, uint32_t number,
		      const struct branch_peak *p, struct err *e);
int store_site_peak(struct store *s, int64_t trace, uint32_t site,
		    const struct branch_peak *p, struct err *e);
int store_branch_point(struct store *s, int64_t trace, uint32_t branch,
		       const struct branch_point *p, struct err *e);

#endif
