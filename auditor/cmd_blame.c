/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/history_output.h"
#include "cli/report_output.h"
#include "commands.h"
#include "query/blame.h"

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	const struct args *a = *(const struct args *const *)ctx;
	int rc = blame_prepare(d, args_operand(a), a->given[PARAM_BRANCH], e);

	return rc ? rc : tables_put_history(t, d, "blame", a, NULL, e);
}

int cmd_blame(const struct args *a, struct err *e)
{
	const struct tables_job job = { .run = run, .ctx = &a };

	return tables_run(a, &job, e);
}
