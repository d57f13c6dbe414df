/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A report of sql/history: over all builds, in the order of their commits.
 */
#ifndef QUERY_HISTORY_REPORT_H
#define QUERY_HISTORY_REPORT_H

#include "query/database.h"
#include "query/report.h"
#include "query/rows.h"
#include "query/run.h"
#include "support/err.h"

struct history_report {
	struct report report;
};

/*
 * name is a file of sql/history.  A branch or an image that no build has is
 * ERR_USAGE, with the nearest ones of the newest build.  The caller releases
 * *r, also after an error, when the rows are done with; request's words must
 * live as long.
 */
int history_report_start(const struct database *d, const char *name,
			 const struct query_request *request,
			 struct history_report *r, struct table_rows *ret,
			 struct err *e);
void history_report_release(struct history_report *r);

#endif
