/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `kmemdb top` can show: which report has the directories of a branch,
 * which the symbols or call sites of an object, and which of their columns.
 */
#ifndef TOP_VIEW_H
#define TOP_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "query/rows.h"
#include "top/level.h"

#define TOP_PARTS 3

struct top_head {
	const char *name; /* NULL ends */
	enum column_unit unit;
};

/* Rows of one report. */
struct top_part {
	const char *report; /* NULL: none */
	const char *key;    /* the column that names a row */
	const char *around; /* what is said after the name, in parentheses */
	const char *columns[TOP_VALUES]; /* NULL: it has none of that */
	const char *path, *file, *line;	 /* columns, or NULL */
	bool not_zero; /* rows without the first value are left out */
};

struct top_view {
	const char *name, *title;
	struct top_head heads[TOP_VALUES + 1];
	struct top_part branches;
	struct top_head leaf_heads[TOP_VALUES + 1];
	struct top_part leaves[TOP_PARTS];
	bool change; /* it compares with --base */
};

enum top_view_id {
	TOP_STATIC,
	TOP_LIVE,
	TOP_WASTE,
	TOP_CURRENT,
	TOP_CHANGE,
	TOP_VIEWS
};

extern const struct top_view top_views[TOP_VIEWS];

/* As options and messages list them. */
#define TOP_VIEW_NAMES "static live waste current change"

/* TOP_VIEWS where there is none of that name. */
size_t top_view_find(const char *name);

/* Heads of a level of the view. */
const struct top_head *top_view_heads(size_t view, bool leaves);

#endif
