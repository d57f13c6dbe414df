/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/report_output.h"
#include "commands.h"
#include "query/diff_tables.h"

static int next(void *ctx, struct table_rows *ret, struct err *e)
{
	return diff_tables_next(ctx, ret, e);
}

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	const struct args *a = *(const struct args *const *)ctx;
	const struct diff_wish wish = {
		.by = a->given[OPTION_BY],
		/* A table of one shape is what scripts read. */
		.rows_only = t->render.format == FORMAT_CSV ||
			     t->render.format == FORMAT_TSV,
		.traces = a->given[OPTION_TRACES],
	};
	struct query_request request = { .limit = -1 };
	struct diff_tables diff;
	int rc;

	memcpy(request.given, a->given, sizeof(request.given));
	request.given[PARAM_BASE] = a->operands[0];
	request.given[PARAM_BUILD] = a->noperands > 1 ? a->operands[1] : NULL;
	request.order_by = a->given[OPTION_ORDER_BY];
	t->named = !wish.rows_only;
	rc = diff_tables_begin(d, &wish, &request, &diff, e);
	if (rc == 0)
		rc = tables_put_each(t, next, &diff, e);
	diff_tables_release(&diff);
	return rc;
}

int cmd_diff(const struct args *a, struct err *e)
{
	const struct tables_job job = { .named = true, .run = run, .ctx = &a };

	return tables_run(a, &job, e);
}
