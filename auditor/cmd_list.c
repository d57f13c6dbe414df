/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_output.h"
#include "commands.h"
#include "query/overview.h"

static int next(void *ctx, struct table_rows *ret, struct err *e)
{
	return overview_next(ctx, ret, e);
}

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	const struct args *const *a = ctx;
	struct overview o;
	int rc = overview_begin(d, args_operand(*a), &o, e);

	if (rc)
		return rc;
	rc = tables_put_each(t, next, &o, e);
	overview_release(&o);
	return rc;
}

int cmd_list(const struct args *a, struct err *e)
{
	const struct tables_job job = { .named = !args_operand(a),
					.run = run,
					.ctx = &a };

	return tables_run(a, &job, e);
}
