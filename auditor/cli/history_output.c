/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/history_output.h"

#include <string.h>

#include "query/history_report.h"

int tables_put_history(struct tables *t, const struct database *d,
		       const char *name, const struct args *a,
		       const char *const given[PARAM_COUNT], struct err *e)
{
	struct query_request request = {
		.order_by = a->given[OPTION_ORDER_BY],
		.limit = -1,
	};
	struct history_report report;
	struct table_rows table;
	int rc;

	if (given)
		memcpy(request.given, given, sizeof(request.given));
	rc = history_report_start(d, name, &request, &report, &table, e);
	if (rc == 0) {
		rc = tables_put(t, &table, e);
		table.end(table.rows);
	}
	history_report_release(&report);
	return rc;
}
