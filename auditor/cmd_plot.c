/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/open_file.h"
#include "cli/report_output.h"
#include "commands.h"
#include "plot/picture.h"

struct job {
	struct plot_request request;
	struct picture picture;
};

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	const struct job *job = ctx;

	return picture_write(d, &job->request, &job->picture, t->out.file, e);
}

int cmd_plot(const struct args *a, struct err *e)
{
	struct job job = {
		.request = { .kind = a->operands[0],
			     .attr = a->given[OPTION_ATTR] },
		.picture = { .width = 1200, .height = 850 },
	};
	const struct tables_job tables = { .run = run, .ctx = &job };
	const char *file = a->given[OPTION_OUTPUT];
	int rc;

	if (!file)
		return args_usage(
			a, e,
			"no file named for the picture, as in kmemdb plot rings -o kernel.svg");
	memcpy(job.request.given, a->given, sizeof(job.request.given));
	job.picture.dark = a->given[OPTION_DARK];
	rc = picture_type_of(file, &job.picture.type, e);
	if (!rc && a->given[OPTION_SIZE])
		rc = picture_size(a->given[OPTION_SIZE], &job.picture, e);
	if (!rc)
		rc = tables_run(a, &tables, e);
	if (!rc && a->given[OPTION_SHOW])
		rc = open_file(file, e);
	return rc;
}
