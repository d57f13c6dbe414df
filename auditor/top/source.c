/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/source.h"

#include <stdlib.h>
#include <string.h>

#include "query/fetch.h"
#include "query/report_file.h"
#include "query/resolve.h"
#include "top/level_query.h"
#include "top/source_place.h"

/* What rows are read into. */
struct reading {
	struct top_level *l;
	const struct top_part *part;
	size_t value_at[TOP_VALUES]; /* in the columns, 0: none */
	size_t path_at, file_at, line_at;
	size_t prefix; /* of the key: what is not shown */
};

static const char *copy(struct top_level *l, const char *text)
{
	return arena_strdup(&l->arena, text);
}

static const char *name_of(const struct reading *r, const char *key)
{
	struct top_level *l = r->l;

	if (r->part->around)
		return arena_printf(&l->arena, "(%s: %s)", key,
				    r->part->around);
	/* Below a branch its own path says nothing. */
	if (r->prefix && strncmp(key, l->branch, r->prefix - 1) == 0 &&
	    key[r->prefix - 1] == '/')
		return key + r->prefix;
	return key;
}

static int keep_row(void *ctx, const struct fetched *f, struct err *e)
{
	const struct reading *r = ctx;
	struct top_level *l = r->l;
	struct top_row row = { .line = 0 };

	if (r->part->not_zero && f->number[r->value_at[0]] == 0)
		return 0;
	if (l->n == TOP_ROWS_MAX) {
		l->truncated = true;
		return 0;
	}
	row.key = copy(l, f->text[0] ? f->text[0] : "-");
	row.name = row.key ? name_of(r, row.key) : NULL;
	if (r->path_at && f->text[r->path_at])
		row.path = copy(l, f->text[r->path_at]);
	if (r->file_at && f->text[r->file_at])
		row.file = copy(l, f->text[r->file_at]);
	if (r->line_at)
		row.line = f->number[r->line_at];
	for (size_t i = 0; i < TOP_VALUES; i++) {
		size_t at = r->value_at[i];

		row.none[i] = !at || f->null[at];
		row.value[i] = at ? f->number[at] : 0;
	}
	return row.name ? level_add(l, &row, e) : err_nomem(e);
}

static size_t want(const char **columns, size_t *n, const char *name)
{
	if (!name)
		return 0;
	columns[*n] = name;
	return (*n)++;
}

/* In which order the report is asked for its rows. */
static const char *order_of(const struct top_part *part,
			    const struct top_sort *sort, struct arena *a)
{
	const char *column = sort->by < 0 ? part->key : part->columns[sort->by];

	if (!column)
		return NULL;
	return arena_printf(a, "%s:%s", column,
			    sort->ascending ? "asc" : "desc");
}

static int read_part(struct top_source *s, size_t view,
		     const struct top_part *part, const struct top_sort *sort,
		     struct top_level *l, struct err *e)
{
	const char *columns[FETCH_COLUMNS_MAX + 1] = { part->key };
	struct reading r = { .l = l, .part = part };
	struct fetch f = { .d = s->d,
			   .report = part->report,
			   .columns = columns,
			   .request = { .limit = TOP_ROWS_MAX + 1 },
			   .pick = true };
	struct arena arena = ARENA_INIT;
	size_t n = 1;
	int rc;

	for (size_t i = 0; i < TOP_VALUES; i++)
		r.value_at[i] = want(columns, &n, part->columns[i]);
	r.path_at = want(columns, &n, part->path);
	r.file_at = want(columns, &n, part->file);
	r.line_at = want(columns, &n, part->line);
	if (!l->leaves && *l->branch)
		r.prefix = strlen(l->branch) + 1;
	memcpy(f.request.given, s->given[view], sizeof(f.request.given));
	f.request.given[PARAM_BRANCH] = *l->branch ? l->branch : NULL;
	f.request.order_by = order_of(part, sort, &arena);
	rc = fetch_rows(&f, keep_row, &r, NULL, NULL, e);
	arena_release(&arena);
	return rc;
}

/* The directory report has an object as the one row of itself. */
static bool is_object(const struct top_level *l)
{
	return l->n == 1 && strcmp(l->rows[0].key, l->branch) == 0;
}

static int compare_builds(struct top_source *s, struct err *e)
{
	const struct diff_wish wish = { .by = "symbol", .rows_only = true };
	struct query_request request = { .limit = -1 };
	int rc;

	if (s->compared)
		return 0;
	memcpy(request.given, s->given[TOP_CHANGE], sizeof(request.given));
	request.given[PARAM_DEPTH] = NULL;
	if (!request.given[PARAM_BASE])
		return err_set(
			e, ERR_USAGE,
			"what changed is known with --base REF, the build to compare with");
	diff_tables_release(&s->diff);
	rc = diff_tables_begin(s->d, &wish, &request, &s->diff, e);
	s->compared = rc == 0;
	return rc;
}

/* The user's words become numbers, once. */
static int pin(struct top_source *s, size_t view, struct err *e)
{
	static const enum query_param ids[] = { PARAM_BASE, PARAM_BUILD,
						PARAM_TRACE };
	const char **given = s->given[view];
	struct param_value values[PARAM_COUNT];
	bool used[PARAM_COUNT] = { false };
	struct report report;
	int rc;

	if (s->pinned[view])
		return 0;
	rc = report_file(top_views[view].branches.report,
			 top_views[view].branches.report, &report, e);
	if (rc)
		return rc;
	for (size_t i = 0; i < 3; i++)
		used[ids[i]] = report_find_param(&report, ids[i]);
	rc = params_resolve(s->d, &report, used, given, values, &s->arena, e);
	for (size_t i = 0; i < 3 && !rc; i++) {
		if (!used[ids[i]] || values[ids[i]].null)
			continue;
		given[ids[i]] = arena_printf(&s->arena, "%lld",
					     (long long)values[ids[i]].integer);
		if (!given[ids[i]])
			rc = err_nomem(e);
	}
	s->pinned[view] = rc == 0;
	report_release(&report);
	return rc;
}

static int read_leaves(struct top_source *s, size_t view,
		       const struct top_sort *sort, struct top_level *l,
		       struct err *e)
{
	const struct top_part *parts = top_views[view].leaves;
	int rc = 0;

	l->leaves = true;
	l->n = 0;
	for (size_t i = 0; i < TOP_PARTS && parts[i].report && !rc; i++)
		rc = read_part(s, view, &parts[i], sort, l, e);
	return rc;
}

static int open_branch(void *ctx, size_t view, const char *branch,
		       const struct top_sort *sort, struct top_level *ret,
		       struct err *e)
{
	struct top_source *s = ctx;
	struct err ignored;
	int rc = 0;

	ret->branch = strdup(branch);
	ret->sort = *sort;
	if (!ret->branch)
		return err_nomem(e);
	if (top_views[view].change)
		rc = compare_builds(s, e);
	if (!rc)
		rc = pin(s, view, e);
	if (!rc)
		rc = read_part(s, view, &top_views[view].branches, sort, ret,
			       e);
	if (!rc && is_object(ret))
		rc = read_leaves(s, view, sort, ret, e);
	if (!rc)
		rc = level_arrange(ret, e);
	/* Whoever looks at a screen must not hold up who writes. */
	database_let_go(s->d, &ignored);
	return rc;
}

static int words(void *ctx, size_t view, const struct top_level *l,
		 struct buffer *ret, struct err *e)
{
	const struct top_source *s = ctx;

	level_query(view, s->given[view], s->db_option, l, ret);
	return ret->failed ? err_nomem(e) : 0;
}

static int place(void *ctx, size_t view, const struct top_row *row,
		 struct top_place *ret, struct err *e)
{
	const struct top_source *s = ctx;
	struct err ignored;
	int rc = source_place(s->d, s->given[view][PARAM_BUILD],
			      s->given[view][PARAM_TRACE], row, ret, e);

	database_let_go(s->d, &ignored);
	return rc;
}

void top_source_begin(struct top_source *ret, const struct database *d,
		      const char *const given[PARAM_COUNT],
		      const char *db_option)
{
	*ret = (struct top_source){ .d = d, .db_option = db_option };
	for (size_t i = 0; i < TOP_VIEWS; i++) {
		memcpy(ret->given[i], given, sizeof(ret->given[i]));
		ret->given[i][PARAM_DEPTH] = "1";
	}
	ret->browser = (struct browser_source){
		.ctx = ret, .open = open_branch, .words = words, .place = place
	};
}

void top_source_release(struct top_source *s)
{
	diff_tables_release(&s->diff);
	arena_release(&s->arena);
}
