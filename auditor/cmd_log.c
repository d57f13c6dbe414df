/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/history_output.h"
#include "cli/report_output.h"
#include "commands.h"

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	const struct args *a = *(const struct args *const *)ctx;

	return tables_put_history(t, d, "log", a, a->given, e);
}

int cmd_log(const struct args *a, struct err *e)
{
	const struct tables_job job = { .run = run, .ctx = &a };

	return tables_run(a, &job, e);
}
