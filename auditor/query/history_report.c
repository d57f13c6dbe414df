/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/history_report.h"

#include <stdio.h>

#include "query/report_file.h"
#include "query/resolve.h"

static int parse(const char *name, struct report *ret, struct err *e)
{
	char file[64];

	snprintf(file, sizeof(file), "history/%s", name);
	return report_file(file, name, ret, e);
}

/* 1: some build has it, 0: none. */
static int any_has(const struct database *d, const char *file, const char *name,
		   const char *word, struct err *e)
{
	const struct binding bindings[] = { { name, word, NULL },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st = NULL;
	int r = database_prepare(d, file, bindings, &st, e);

	if (r == 0)
		r = database_step(d, st, e);
	sqlite3_finalize(st);
	return r;
}

/* What no build has, the newest has not: resolving it there says so. */
static int check_in_newest(const struct database *d,
			   const struct report *report, enum query_param id,
			   const char *word, struct err *e)
{
	const char *given[PARAM_COUNT] = { NULL };
	struct param_value values[PARAM_COUNT];
	bool used[PARAM_COUNT] = { false };
	struct arena arena = ARENA_INIT;
	int r;

	given[id] = word;
	used[id] = used[PARAM_BUILD] = true;
	r = params_resolve(d, report, used, given, values, &arena, e);
	arena_release(&arena);
	return r;
}

static int check_words(const struct database *d, const struct report *report,
		       const struct query_request *request, struct err *e)
{
	const char *image = request->given[PARAM_IMAGE];
	const char *branch = request->given[PARAM_BRANCH];
	struct arena arena = ARENA_INIT;
	int r = 1;

	if (image) {
		r = any_has(d, "history-image", ":image", image, e);
		if (r == 0)
			r = check_in_newest(d, report, PARAM_IMAGE, image, e);
	}
	if (r >= 0 && branch) {
		const char *path = branch_normalise(branch, &arena);

		r = path ? any_has(d, "history-branch", ":branch", path, e)
			 : err_nomem(e);
		if (r == 0)
			r = check_in_newest(d, report, PARAM_BRANCH, branch, e);
	}
	arena_release(&arena);
	return r < 0 ? r : 0;
}

int history_report_start(const struct database *d, const char *name,
			 const struct query_request *request,
			 struct history_report *r, struct table_rows *ret,
			 struct err *e)
{
	struct rows *rows;
	int rc;

	*r = (struct history_report){ .report = { .name = NULL } };
	rc = parse(name, &r->report, e);
	if (rc == 0)
		rc = check_words(d, &r->report, request, e);
	if (rc == 0)
		rc = query_start(d, &r->report, request, &rows, e);
	if (rc == 0)
		*ret = (struct table_rows){
			.name = r->report.name,
			.title = r->report.title,
			.empty = r->report.empty,
			.rows = rows,
			.end = query_end,
		};
	return rc;
}

void history_report_release(struct history_report *r)
{
	report_release(&r->report);
}
