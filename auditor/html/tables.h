/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers of a page, as JSON that scripts can take out of it again:
 *
 *	{"format": "kmemdb-page", "version": 1, "program": "0.4.0",
 *	 "tables": {NAME: {"title": ..., "columns": [{"name", "unit", "help"}...],
 *	                   "rows": [[...]...]}, ...}}
 *
 * Each table is a report (sql/reports, sql/page) with its columns, units as
 * query/report.h has them; a table that the database has nothing for is
 * missing.
 */
#ifndef HTML_TABLES_H
#define HTML_TABLES_H

#include <stdio.h>

#include "query/database.h"
#include "query/run.h"
#include "support/err.h"

/*
 * Of the build, trace, image, base that the request gives; defaults as in
 * `kmemdb query`.  Within the text no '<', '>' or '&': it may be put into a
 * script element.  Errors of writing are left in out.
 */
int html_tables_write(const struct database *d,
		      const struct query_request *request, FILE *out,
		      struct err *e);

#endif
