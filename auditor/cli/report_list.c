/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_list.h"

#include <string.h>

#include "cli/help_report.h"
#include "cli/report_check.h"
#include "cli/report_output.h"
#include "query/memory_rows.h"

enum { LIST_REPORT, LIST_GROUP, LIST_TITLE, LIST_SEE, LIST_COLUMNS = 5 };

/* A row is read as a line. */
/* clang-format off */
static const struct column columns[LIST_COLUMNS] = {
	[LIST_REPORT] = { .name = "report", .help = "its name", .unit = UNIT_TEXT },
	[LIST_GROUP] = { .name = "group", .help = "static, dynamic, both or trust", .unit = UNIT_TEXT },
	[LIST_TITLE] = { .name = "title", .help = "what it shows", .unit = UNIT_TEXT },
	[LIST_SEE] = { .name = "see", .help = "what to look at next", .unit = UNIT_TEXT, .wide = true },
	[LIST_SEE + 1] = { .name = "see_also", .help = "likewise", .unit = UNIT_TEXT, .wide = true },
};
/* clang-format on */

static struct cell text(const char *s)
{
	return (struct cell){ .type = CELL_TEXT, .text = s, .len = strlen(s) };
}

static int run(const struct database *d, struct tables *t, void *ctx,
	       struct err *e)
{
	const struct catalogue *c = ctx;
	struct memory_rows m;
	const struct table_rows table = { .empty = "", .rows = &m.rows };
	int rc = 0;

	(void)d;
	memory_rows_init(&m, columns, LIST_COLUMNS);
	for (size_t i = 0; i < c->nreports && !rc; i++) {
		const struct report *r = &c->reports[i];
		const struct cell cells[LIST_COLUMNS] = {
			text(r->name),	 text(report_group_name(r->group)),
			text(r->title),	 text(r->see[0]),
			text(r->see[1]),
		};

		rc = memory_rows_add(&m, cells, e);
	}
	if (!rc)
		rc = tables_put(t, &table, e);
	memory_rows_release(&m);
	return rc;
}

int report_list(const struct args *a, const struct catalogue *c, struct err *e)
{
	struct tables_job job = { .no_database = true,
				  .run = run,
				  .ctx = (void *)(uintptr_t)c };
	struct output o;
	int rc = report_check_none(a, e);

	if (rc)
		return rc;
	if (a->given[OPTION_REPORT_FORMAT])
		return tables_run(a, &job, e);
	rc = output_open(a->given[OPTION_OUTPUT], &o, e);
	if (rc)
		return rc;
	help_list(c, o.file);
	return output_commit(&o, e);
}
