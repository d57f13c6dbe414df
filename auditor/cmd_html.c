/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/open_file.h"
#include "cli/report_output.h"
#include "commands.h"
#include "html/page.h"

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	return html_page_write(d, ctx, t->out.file, e);
}

int cmd_html(const struct args *a, struct err *e)
{
	struct query_request request = { .limit = -1 };
	const struct tables_job job = { .run = run, .ctx = &request };
	const char *file = a->given[OPTION_OUTPUT];
	int rc;

	if (!file)
		return args_usage(
			a, e,
			"no file named for the page, as in kmemdb html -o kernel.html");
	memcpy(request.given, a->given, sizeof(request.given));
	rc = tables_run(a, &job, e);
	if (!rc && a->given[OPTION_SHOW])
		rc = open_file(file, e);
	return rc;
}
