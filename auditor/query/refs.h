/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * References of a command line to builds and traces: which row an id, a label
 * or a commit means, and what is said where it means none or several.  Private
 * to query/resolve.c.
 *
 * Functions return 0 or a negative error with *e filled: ERR_USAGE where the
 * user's word is wrong, ERR_DB where there is nothing to refer to.
 */
#ifndef QUERY_REFS_H
#define QUERY_REFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query/database.h"
#include "query/param.h"
#include "query/report.h"
#include "support/arena.h"
#include "support/err.h"

/* What the values of a report are made of; all is borrowed. */
struct ref_lookup {
	const struct database *d;
	const struct report *report;
	const bool *used;
	const char *const *given;
	struct param_value *values;
	struct arena *arena;
	struct err *e;
	int64_t build; /* of all that is looked up */
	bool has_build;
};

/* The build and the trace that are used, into values, build and has_build.  A
 * build that is given decides about the trace, else the trace about it. */
int refs_resolve(struct ref_lookup *r);

/* The build that ref means into ret_id->integer, NULL: the newest. */
int refs_build(struct ref_lookup *r, const char *ref,
	       struct param_value *ret_id);

/* The error of a trace without a build: what is asked for (`what`, the end of
 * the sentence) needs to know where the call sites are. */
int refs_no_build(struct ref_lookup *r, const char *what);

/* The first column of the rows of sql/query/FILE, for an error: "'a', 'b' or
 * 'c'", at most size bytes with NUL; "" where there is no row. */
int refs_nearest(struct ref_lookup *r, const char *file,
		 const struct binding *bindings, char *ret, size_t size);

#endif
