/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_export_profile.h"

#include <string.h>

#include "cli/report_output.h"
#include "commands.h"
#include "profile/profile.h"

/* Options that only one of the two kinds takes. */
static const int of_profiles[] = { PARAM_TRACE,	  PARAM_IMAGE,	  PARAM_BRANCH,
				   PARAM_MALLOC,  PARAM_CACHE,	  PARAM_TRACING,
				   OPTION_WEIGHT, OPTION_STACK_BY };
#define COUNT(a) (sizeof(a) / sizeof(*(a)))

struct job {
	struct profile_request request;
	profile_write *write;
	bool binary;
};

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	struct job *job = ctx;

	if (job->binary && t->out.terminal)
		return err_set(
			e, ERR_USAGE,
			"pprof's format is not for a terminal: name a file with -o");
	job->request.out = t->out.file;
	return job->write(d, &job->request, e);
}

int cmd_export_check_db(const struct args *a, struct err *e)
{
	for (size_t i = 0; i < COUNT(of_profiles); i++)
		if (a->given[of_profiles[i]])
			return args_usage(a, e, "--format db takes no --%s",
					  option_table[of_profiles[i]].name);
	return 0;
}

int cmd_export_profile(const struct args *a, const char *format, struct err *e)
{
	const char *by = a->given[OPTION_STACK_BY];
	struct job job = {
		.request = { .attr = a->given[OPTION_WEIGHT],
			     .directories = by &&
					    strcmp(by, "directory") == 0 },
		.write = strcmp(format, "folded") == 0	? folded_write
			 : strcmp(format, "pprof") == 0 ? pprof_write
							: perfetto_write,
		.binary = strcmp(format, "pprof") == 0,
	};
	const struct tables_job tables = { .run = run, .ctx = &job };
	struct args own = *a;

	if (a->given[OPTION_SLIM])
		return args_usage(a, e, "--format %s takes no --slim", format);
	/* Standard output where -o names none, unlike a database. */
	own.given[OPTION_OUTPUT] = a->given[OPTION_EXPORT];
	memcpy(job.request.given, a->given, sizeof(job.request.given));
	job.request.given[PARAM_BUILD] = args_operand(a);
	return tables_run(&own, &tables, e);
}
