/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A check of a build against its budgets: what is measured, judged, and who
 * did it.  The tables are for whoever prints them.
 *
 *	budgets_parse; check_prepare; check_run; check_release
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "check/state.h"
#include "support/err.h"

struct check_request {
	const char *build; /* a ref; NULL: the newest build */
	/* A ref; NULL: the one audited before, where there is one. */
	const char *base;
	bool no_base;	  /* growth is not judged */
	const char *file; /* a report of the user's, or NULL */
};

/*
 * Finds the builds.  What the budgets name and is not there (a check) is added
 * to their complaints.  ERR_USAGE where a ref names nothing.  b and the texts
 * of the request must live as long as *ret, which the caller releases, also
 * after an error.
 */
int check_prepare(const struct database *d, struct budgets *b,
		  const struct check_request *request, struct check *ret,
		  struct err *e);

/* Measures and judges.  excuse: the reason of a trailer, or NULL; it must live
 * as long as c. */
int check_run(struct check *c, const char *excuse, struct err *e);
void check_release(struct check *c);

#endif
