/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_output.h"
#include "cli/sql_shell.h"
#include "commands.h"

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	const struct args *const *a = ctx;

	return sql_shell_run(d, t, args_operand(*a), e);
}

int cmd_sql(const struct args *a, struct err *e)
{
	const char *statement = args_operand(a);
	const struct tables_job job = {
		.no_database = statement && sql_shell_is_dot(statement),
		.run = run,
		.ctx = &a,
	};

	return tables_run(a, &job, e);
}
