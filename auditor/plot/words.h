/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asked for, and the words on every picture.
 */
#ifndef PLOT_WORDS_H
#define PLOT_WORDS_H

#include "plot/figure.h"
#include "query/database.h"
#include "query/param.h"
#include "support/err.h"

struct plot_request {
	const char *kind;		/* a word of PLOT_KINDS */
	const char *attr;		/* a word of PLOT_ATTRS, or NULL */
	const char *given[PARAM_COUNT]; /* as of struct query_request */
};

#define PLOT_KINDS "rings treemap timeline history diff classes"
/* Of rings and treemap; the last two are words of trace_analyze. */
#define PLOT_ATTRS                                                             \
	"static live total waste current peak resident init text data bss current_dynamic total_dynamic"

struct plot {
	const struct database *d;
	const struct plot_request *request;
	struct figure *f;
};

/* "build 3 'v6.1', 6.1.0, x86_64 · trace 2 'boot'". */
int plot_source(const struct plot *p, bool trace, const char **ret,
		struct err *e);

/* " in fs" where the request names a branch, else "". */
const char *plot_branch_words(const struct plot *p);

/* ", image fuse, kmalloc only": which of the allocations or objects; else "". */
const char *plot_filter_words(const struct plot *p);

/* 0, or ERR_USAGE where --attr was given to a kind that has none. */
int plot_no_attr(const struct plot *p, struct err *e);

/* Exact: "1,234,567 bytes". */
const char *plot_exact(const struct plot *p, int64_t bytes);

/* Short, with its sign: "+1.2M", "−340", "0". */
const char *plot_change(struct figure *f, int64_t change);

#endif
