/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "check/check.h"
#include "check/write_budgets.h"
#include "cli/check_junit.h"
#include "cli/check_output.h"
#include "cli/report_output.h"
#include "cmd_check_input.h"
#include "commands.h"

struct job {
	const struct args *args;
	struct budgets *budgets;
	int code; /* of the exit */
};

static int run_check(const struct database *d, struct tables *t,
		     struct job *job, struct check *c, struct err *e)
{
	const struct args *a = job->args;
	const char *format = a->given[OPTION_CHECK_FORMAT];
	const struct check_request request = {
		.build = args_operand(a),
		.base = a->given[PARAM_BASE],
		.no_base = a->given[OPTION_NO_BASE],
		.file = a->given[OPTION_CHECK_FILE],
	};
	struct git_trailers trailers;
	int rc = check_prepare(d, job->budgets, &request, c, e);

	if (rc == 0)
		rc = check_complaints(job->budgets, check_budget_file(a), e);
	if (rc)
		return rc;
	rc = check_read_trailers(a, c, &trailers, e);
	if (rc == 0)
		rc = check_run(c, trailers.found ? trailers.text : NULL, e);
	if (rc)
		return rc;
	job->code = c->counts[VERDICT_BROKEN]	 ? EXIT_CHECK
		    : c->counts[VERDICT_UNKNOWN] ? EXIT_SKIPPED
						 : EXIT_DONE;
	if (format && strcmp(format, "junit") == 0)
		return check_put_junit(c, t->out.file, e);
	return check_put(c, t, trailers.note, e);
}

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	struct check c;
	int rc = run_check(d, t, ctx, &c, e);

	check_release(&c);
	return rc;
}

/* A file of somebody's own is not written over. */
static int run_write(const struct database *d, struct tables *t, void *ctx,
		     struct err *e)
{
	const struct job *job = ctx;
	const char *file = check_budget_file(job->args);
	struct output out;
	int rc;

	(void)t; /* standard output is not for this */
	if (strcmp(file, "-") != 0 && access(file, F_OK) == 0)
		return err_set(
			e, ERR_IO,
			"'%s' is there already: name another with --budgets, or remove it",
			file);
	rc = output_open(file, &out, e);
	if (rc)
		return rc;
	rc = write_budgets(d, args_operand(job->args), out.file, e);
	if (rc == 0)
		return output_commit(&out, e);
	output_discard(&out);
	return rc;
}

int cmd_check(const struct args *a, struct err *e)
{
	struct budgets budgets = { .nbudgets = 0 };
	struct job job = { .args = a, .budgets = &budgets };
	bool write = a->given[OPTION_WRITE];
	const struct tables_job tables = { .named = true,
					   .run = write ? run_write : run,
					   .ctx = &job };
	int rc = 0;

	if (a->given[OPTION_LIST])
		return check_list(a, e);
	if (!write)
		rc = check_read_budgets(a, &budgets, e);
	if (rc == 0)
		rc = tables_run(a, &tables, e);
	budgets_release(&budgets);
	return rc ? rc : job.code;
}
