/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_output.h"
#include "commands.h"
#include "query/blame.h"
#include "query/history_report.h"

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	const struct args *a = *(const struct args *const *)ctx;
	struct query_request request = { .limit = -1 };
	struct history_report report;
	struct table_rows table;
	int rc = blame_prepare(d, args_operand(a), a->given[PARAM_BRANCH], e);

	if (rc)
		return rc;
	request.order_by = a->given[OPTION_ORDER_BY];
	rc = history_report_start(d, "blame", &request, &report, &table, e);
	if (rc == 0) {
		rc = tables_put(t, &table, e);
		table.end(table.rows);
	}
	history_report_release(&report);
	return rc;
}

int cmd_blame(const struct args *a, struct err *e)
{
	const struct tables_job job = { .run = run, .ctx = &a };

	return tables_run(a, &job, e);
}
