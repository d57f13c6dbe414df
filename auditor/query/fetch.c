/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/fetch.h"

#include <string.h>

#include "query/report_file.h"

static int find_columns(const struct fetch *f, const struct rows *rows,
			size_t *ret, size_t *ret_n, struct err *e)
{
	size_t n = 0;

	for (; n < FETCH_COLUMNS_MAX && f->columns[n]; n++) {
		size_t at = 0;

		while (at < rows->ncolumns &&
		       strcmp(rows->columns[at].name, f->columns[n]) != 0)
			at++;
		if (at == rows->ncolumns)
			return err_set(e, ERR_FORMAT,
				       "report '%s' has no column '%s'",
				       f->report, f->columns[n]);
		ret[n] = at;
	}
	*ret_n = n;
	return 0;
}

static int take_cell(const struct cell *c, struct arena *a, const char **text,
		     int64_t *number, bool *null, struct err *e)
{
	*text = NULL;
	*number = c->type == CELL_INTEGER ? c->integer
		  : c->type == CELL_REAL  ? (int64_t)c->real
					  : 0;
	*null = c->type == CELL_NULL;
	if (c->type != CELL_TEXT)
		return 0;
	*text = arena_strndup(a, c->text, c->len);
	return *text ? 0 : err_nomem(e);
}

static int read_rows(const struct fetch *f, struct rows *rows, fetch_row *row,
		     void *ctx, struct err *e)
{
	size_t at[FETCH_COLUMNS_MAX], n = 0;
	int rc = find_columns(f, rows, at, &n, e);

	while (rc == 0) {
		struct arena texts = ARENA_INIT;
		struct fetched r;

		rc = rows_next(rows, e);
		if (rc != 1)
			break;
		rc = 0;
		for (size_t i = 0; i < n && !rc; i++)
			rc = take_cell(&rows->cells[at[i]], &texts, &r.text[i],
				       &r.number[i], &r.null[i], e);
		if (!rc)
			rc = row(ctx, &r, e);
		arena_release(&texts);
	}
	return rc;
}

int fetch_rows(const struct fetch *f, fetch_row *row, void *ctx,
	       struct arena *a, const char **footer, struct err *e)
{
	struct query_request request = f->request;
	struct rows *rows = NULL;
	struct report report;
	const char *lines;
	int rc = report_file(f->report, f->report, &report, e);

	if (rc)
		return rc;
	for (int i = 0; i < PARAM_COUNT && f->pick; i++)
		if (!report_find_param(&report, (enum query_param)i))
			request.given[i] = NULL;
	rc = query_start(f->d, &report, &request, &rows, e);
	if (!rc)
		rc = read_rows(f, rows, row, ctx, e);
	if (!rc && footer) {
		rc = query_footer(rows, &lines, e);
		if (!rc) {
			*footer = arena_strndup(a, lines, strcspn(lines, "\n"));
			if (!*footer)
				rc = err_nomem(e);
		}
	}
	query_end(rows);
	report_release(&report);
	return rc;
}
