/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/diff_tables.h"

#include <stdio.h>
#include <string.h>

#include "query/diff.h"
#include "query/resolve.h"
#include "support/sql_files.h"

static int add_report(struct diff_tables *t, const char *name, struct err *e)
{
	char path[64];
	const char *text;
	int r;

	snprintf(path, sizeof(path), "diff/%s.sql", name);
	text = sql_file_text(path);
	if (!text)
		return err_set(e, ERR_DB, "no file 'sql/%s' in this program",
			       path);
	r = report_parse(name, text, true, &t->reports[t->count], e);
	if (r == 0)
		t->names[t->count++] = name;
	return r;
}

/* The parameters that the report does not take must not be given to it. */
static int start(const struct diff_tables *t, const struct report *report,
		 bool rows, struct rows **ret, struct err *e)
{
	struct query_request request = t->request;

	for (int i = 0; i < PARAM_COUNT; i++)
		if (!report_find_param(report, (enum query_param)i))
			request.given[i] = NULL;
	if (!rows) {
		request.order_by = NULL;
		request.limit = -1;
	}
	return query_start(t->d, report, &request, ret, e);
}

/* Which builds, and of what image: before the tables are made that the rows
 * are read from. */
static int prepare(const struct diff_tables *t, struct err *e)
{
	static const bool used[PARAM_COUNT] = {
		[PARAM_BASE] = true,
		[PARAM_BUILD] = true,
		[PARAM_IMAGE] = true,
		[PARAM_BRANCH] = true,
	};
	struct param_value values[PARAM_COUNT];
	struct arena arena = ARENA_INIT;
	int r = params_resolve(t->d, &t->reports[t->count - 1], used,
			       t->request.given, values, &arena, e);

	if (r == 0)
		r = diff_prepare(t->d, values[PARAM_BASE].integer,
				 values[PARAM_BUILD].integer,
				 values[PARAM_IMAGE].text, e);
	arena_release(&arena);
	return r;
}

/* Of a branch or an image that the rows are not divided by. */
static int check_given(const struct diff_tables *t, struct err *e)
{
	static const enum query_param ids[] = { PARAM_BRANCH, PARAM_DEPTH };
	const struct report *rows = &t->reports[t->count - 1];

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (t->request.given[ids[i]] &&
		    !report_find_param(rows, ids[i]))
			return err_set(e, ERR_USAGE, "--by %s takes no --%s",
				       rows->name, query_params[ids[i]].option);
	return 0;
}

int diff_tables_begin(const struct database *d, const char *by, bool rows_only,
		      const struct query_request *request,
		      struct diff_tables *ret, struct err *e)
{
	static const char *const first[] = { "built", "options", "totals" };
	int r = 0;

	*ret = (struct diff_tables){ .d = d, .request = *request };
	for (size_t i = 0; !rows_only && i < 3 && r == 0; i++)
		r = add_report(ret, first[i], e);
	if (r == 0)
		r = add_report(ret, by, e);
	if (r == 0)
		r = check_given(ret, e);
	return r == 0 ? prepare(ret, e) : r;
}

int diff_tables_next(struct diff_tables *t, struct table_rows *ret,
		     struct err *e)
{
	const struct report *report = &t->reports[t->at];
	struct rows *rows;
	int r;

	if (t->at == t->count)
		return 0;
	r = start(t, report, t->at + 1 == t->count, &rows, e);
	if (r < 0)
		return r;
	*ret = (struct table_rows){
		.name = t->names[t->at],
		.title = report->title,
		.empty = report->empty,
		.rows = rows,
		.end = query_end,
	};
	t->at++;
	return 1;
}

void diff_tables_release(struct diff_tables *t)
{
	for (size_t i = 0; i < DIFF_TABLES_MAX; i++)
		report_release(&t->reports[i]);
	*t = (struct diff_tables){ .count = 0 };
}
