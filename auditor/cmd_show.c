/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_output.h"
#include "commands.h"
#include "query/subject.h"
#include "query/subject_tables.h"

struct job {
	const struct args *args;
	struct arena arena;
};

static int next(void *ctx, struct table_rows *ret, struct err *e)
{
	return subject_tables_next(ctx, ret, e);
}

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	struct job *job = ctx;
	struct subject s;
	struct subject_tables tables = { .d = d, .subject = &s };
	const char *footer;
	int rc = subject_find(d, args_operand(job->args),
			      job->args->given[PARAM_BUILD],
			      job->args->given[PARAM_TRACE], &job->arena, &s,
			      e);

	if (!rc)
		rc = tables_put_each(t, next, &tables, e);
	if (!rc)
		rc = subject_footer(d, &s, &job->arena, &footer, e);
	if (!rc)
		tables_diag(t, footer);
	return rc;
}

int cmd_show(const struct args *a, struct err *e)
{
	struct job job = { .args = a, .arena = ARENA_INIT };
	const struct tables_job tables = { .named = true,
					   .run = run,
					   .ctx = &job };
	int rc = tables_run(a, &tables, e);

	arena_release(&job.arena);
	return rc;
}
