/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a browser: from the reports that `kmemdb query` and `kmemdb
 * diff` run, one level at a time, so that a tree of a million symbols costs
 * what is looked at.
 */
#ifndef TOP_SOURCE_H
#define TOP_SOURCE_H

#include "query/database.h"
#include "query/diff_tables.h"
#include "query/run.h"
#include "support/arena.h"
#include "top/browser.h"

struct top_source {
	const struct database *d;
	const char *db_option; /* what --db said, or NULL */
	/* What the user asked for; then build, trace and base as numbers, so
	 * that what is shown stays the same whatever is added meanwhile. */
	const char *given[TOP_VIEWS][PARAM_COUNT];
	bool pinned[TOP_VIEWS];
	bool compared;
	struct diff_tables diff;
	struct arena arena;
	struct browser_source browser;
};

/* d, and the texts of given, must outlive *ret, which the caller releases and
 * does not move: browser has its address. */
void top_source_begin(struct top_source *ret, const struct database *d,
		      const char *const given[PARAM_COUNT],
		      const char *db_option);
void top_source_release(struct top_source *s);

#endif
