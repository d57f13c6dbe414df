/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/report_check.h"
#include "cli/report_list.h"
#include "cli/report_output.h"
#include "commands.h"
#include "query/catalogue.h"
#include "query/run.h"

struct job {
	const struct args *args;
	const struct report *report;
};

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	const struct job *job = ctx;
	struct query_request request = { .limit = -1 };
	struct table_rows table = { .empty = job->report->empty };
	const char *footer;
	int rc;

	memcpy(request.given, job->args->given, sizeof(request.given));
	request.order_by = job->args->given[OPTION_ORDER_BY];
	if (t->render.limit)
		request.limit = (int64_t)t->render.limit;
	request.sums = render_sums(t->render.format);
	rc = query_start(d, job->report, &request, &table.rows, e);
	if (rc)
		return rc;
	rc = tables_put(t, &table, e);
	if (!rc)
		rc = query_footer(table.rows, &footer, e);
	if (!rc)
		tables_diag(t, footer);
	query_end(table.rows);
	return rc;
}

int cmd_query(const struct args *a, struct err *e)
{
	struct report own = { .name = NULL };
	struct job job = { .args = a, .report = &own };
	const struct tables_job tables = { .run = run, .ctx = &job };
	const char *name = args_operand(a), *file = a->given[OPTION_FILE];
	struct catalogue c;
	int rc;

	if (name && file)
		return args_usage(
			a, e,
			"a report is named by REPORT or by --file, not by both");
	rc = catalogue_read(&c, e);
	if (rc)
		return rc;
	if (file)
		rc = catalogue_load(file, &own, e);
	else if (name)
		rc = catalogue_find(&c, name, &job.report, e);
	if (!rc && !file && !name) {
		rc = report_list(a, &c, e);
	} else if (!rc) {
		rc = report_check(a, &c, job.report, e);
		if (!rc)
			rc = tables_run(a, &tables, e);
	}
	report_release(&own);
	catalogue_release(&c);
	return rc;
}
