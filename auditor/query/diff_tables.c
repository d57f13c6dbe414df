/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/diff_tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "query/diff.h"
#include "query/diff_traces.h"
#include "query/report_file.h"
#include "query/resolve.h"
#include "query/scratch.h"

struct table_source {
	const char *name, *file; /* of a result, and of sql/diff */
	enum diff_depth depth;	 /* what it reads of symbols */
};

static int add_report(struct diff_tables *t, const struct table_source *s,
		      struct err *e)
{
	char file[64];
	int r;

	snprintf(file, sizeof(file), "diff/%s", s->file);
	r = report_file(file, s->name, &t->reports[t->count], e);
	if (r == 0)
		t->names[t->count++] = s->name;
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

/* So that each table need not look among all builds for what they are called. */
static void keep_ids(struct diff_tables *t, int64_t base, int64_t build)
{
	snprintf(t->base, sizeof(t->base), "%" PRId64, base);
	snprintf(t->build, sizeof(t->build), "%" PRId64, build);
	t->request.given[PARAM_BASE] = t->base;
	t->request.given[PARAM_BUILD] = t->build;
}

/* Which builds, and of what image: before the tables are made that the rows
 * are read from. */
static int prepare_builds(struct diff_tables *t, enum diff_depth depth,
			  struct err *e)
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
		r = diff_prepare(t->d,
				 &(struct diff_sides){
					 values[PARAM_BASE].integer,
					 values[PARAM_BUILD].integer,
					 values[PARAM_IMAGE].text, depth },
				 e);
	if (r == 0)
		keep_ids(t, values[PARAM_BASE].integer,
			 values[PARAM_BUILD].integer);
	arena_release(&arena);
	return r;
}

static int prepare_traces(const struct diff_tables *t, struct err *e)
{
	const char *const *given = t->request.given;
	int r = diff_traces_prepare(t->d, given[PARAM_BASE], given[PARAM_BUILD],
				    e);

	if (r == 0 && strcmp(t->names[t->count - 1], "owner") == 0)
		r = diff_traces_owners(t->d, e);
	if (r == 0 && given[PARAM_BRANCH])
		r = diff_traces_check_branch(t->d, given[PARAM_BRANCH], e);
	return r;
}

static int prepare(struct diff_tables *t, bool traces, enum diff_depth depth,
		   struct err *e)
{
	struct err ignored;
	int r = scratch_begin(t->d, e);

	if (r == 0)
		r = traces ? prepare_traces(t, e) : prepare_builds(t, depth, e);
	return r == 0 ? scratch_end(t->d, e) : (scratch_end(t->d, &ignored), r);
}

/* What the rows are not divided by. */
static int check_given(const struct diff_tables *t, struct err *e)
{
	static const enum query_param ids[] = { PARAM_BRANCH, PARAM_DEPTH,
						PARAM_MALLOC, PARAM_CACHE,
						PARAM_TRACING };
	const struct report *rows = &t->reports[t->count - 1];

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (t->request.given[ids[i]] &&
		    !report_find_param(rows, ids[i]))
			return err_set(e, ERR_USAGE, "--by %s takes no --%s",
				       rows->name, query_params[ids[i]].option);
	return 0;
}

/* The tables of a difference: what comes first, then what the rows may be,
 * the usual one first. */
struct shape {
	struct table_source first[DIFF_TABLES_MAX];
	struct table_source by[8];
};

static const struct shape of_builds = {
	{ { "built", "built", DIFF_OBJECTS },
	  { "options", "options", DIFF_OBJECTS },
	  { "totals", "totals", DIFF_OBJECTS } },
	{ { "branch", "branch", DIFF_COUNTS },
	  { "object", "object", DIFF_OBJECTS },
	  { "section", "section", DIFF_OBJECTS },
	  { "symbol", "symbol", DIFF_SYMBOLS },
	  { "link", "link", DIFF_OBJECTS },
	  { "message", "message", DIFF_OBJECTS } },
};
static const struct shape of_traces = {
	{ { "traces", "traces", DIFF_OBJECTS },
	  { "totals", "trace-totals", DIFF_OBJECTS } },
	{ { "site", "site", DIFF_OBJECTS },
	  { "owner", "owner", DIFF_OBJECTS },
	  { "branch", "trace-branch", DIFF_OBJECTS } },
};

static const struct table_source *find_by(const struct shape *shape,
					  const char *by)
{
	const struct table_source *s = shape->by;

	if (!by)
		return s;
	while (s->name && strcmp(s->name, by) != 0)
		s++;
	return s->name ? s : NULL;
}

int diff_tables_begin(const struct database *d, const struct diff_wish *wish,
		      const struct query_request *request,
		      struct diff_tables *ret, struct err *e)
{
	const struct shape *shape = wish->traces ? &of_traces : &of_builds;
	const struct table_source *by = find_by(shape, wish->by);
	int r = 0;

	*ret = (struct diff_tables){ .d = d, .request = *request };
	if (!by)
		return err_set(
			e, ERR_USAGE,
			wish->traces
				? "--by %s is of builds: with --trace it is site, owner or branch"
				: "--by %s is of traces: add --trace",
			wish->by);
	if (wish->traces && request->given[PARAM_IMAGE])
		return err_set(e, ERR_USAGE, "--trace takes no --image");
	for (size_t i = 0; !wish->rows_only && shape->first[i].name && r == 0;
	     i++)
		r = add_report(ret, &shape->first[i], e);
	if (r == 0)
		r = add_report(ret, by, e);
	if (r == 0)
		r = check_given(ret, e);
	return r == 0 ? prepare(ret, wish->traces, by->depth, e) : r;
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
