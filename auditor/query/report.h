/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A report: one SELECT, after a head of comment lines that say what it is.
 *
 *	-- title: One line
 *	-- text: Longer words for --help.
 *	-- param: NAME[=DEFAULT] what it means here
 *	-- group: WORD
 *	-- see: REPORT REPORT
 *	-- column: NAME UNIT [sum] [bar] [wrap] [wide[=PARAM]] [asc|desc] what it means
 *	-- order: COLUMN[:asc|:desc][, ...]
 *	-- empty: what to say when there are no rows
 *	-- footer: NAME of a file of sql/query
 *	-- sums: apart
 *
 * A comment line that begins with three or more blanks continues the line
 * before it; text, param and column may repeat; other comments are left
 * alone.  The head ends where the statement begins.
 *
 * The rows of the footer's file, which gets the report's parameters, are
 * lines to be said after the report.  NAME of a param is a SQL variable of
 * query/param.h.  A report that takes a trace also takes a build, which need
 * not be in its statement: it decides which trace is the newest.  UNIT is one of
 * bytes count ns date percent ratio text id.  "sum" puts the column in the
 * line of sums; "bar" lets tables draw it as bars; "wrap" has sentences
 * broken into lines where others lose their middle; "wide" keeps it out of tables
 * unless --wide, --order-by or, with PARAM, the option of that parameter asks for it; asc or desc say how --order-by sorts
 * it if not as usual (numbers largest first, text from A to Z).  The group says
 * under which heading the list of reports has it, see which two reports to look
 * at next; both are for built-in reports, which must have them.  Without an order line the
 * statement's own order holds.  "sums: apart" is for reports of very many
 * rows whose sums, and the column that they are sorted by, cost little beside
 * whole rows: where only the first rows are shown, the statement is run once
 * for that column, once for those rows and once for the sums, instead of
 * putting all rows in order.
 */
#ifndef QUERY_REPORT_H
#define QUERY_REPORT_H

#include <stdbool.h>

#include "query/param.h"
#include "query/report_words.h"
#include "query/rows.h"
#include "support/arena.h"
#include "support/err.h"

struct report_param {
	enum query_param id;
	const char *fallback; /* this report's own default, or NULL */
	const char *help;     /* "" where the option's own words do */
};

#define REPORT_SEE_MAX 2

struct report {
	const char *name;  /* "footprint", or the path of a user's file */
	const char *title; /* each "" where the head has none */
	const char *text;
	const char *order;
	const char *empty;
	const char *footer;
	bool sums_apart;
	enum report_group group;
	const char *see[REPORT_SEE_MAX]; /* names of reports; NULL: none */
	struct report_param *params;
	size_t nparams;
	struct column *columns;
	size_t ncolumns;
	size_t bar;	 /* 1 + the index of that of the bars; 0: none */
	const char *sql; /* the statement, NUL-terminated */
	bool builtin;	 /* so its head must describe all there is */
	struct arena arena;
};

/* Reads a report's text; name and text are copied.  ERR_FORMAT names the
 * line that is wrong.  The caller releases *ret. */
int report_parse(const char *name, const char *text, bool builtin,
		 struct report *ret, struct err *e);

void report_release(struct report *r);

const struct report_param *report_find_param(const struct report *r,
					     enum query_param id);

#endif
