/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/run.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "query/cell.h"
#include "query/footer.h"
#include "query/prepare.h"
#include "query/resolve.h"

static int next(struct rows *rows, struct err *e)
{
	struct query *q = (struct query *)(void *)rows;
	int rc;

	if (q->left == 0)
		return 0;
	rc = sqlite3_step(q->st);
	if (rc == SQLITE_DONE) {
		q->left = 0;
		return 0;
	}
	if (rc != SQLITE_ROW)
		return query_bad_statement(q, e);
	if (q->left > 0)
		q->left--;
	for (size_t i = 0; i < rows->ncolumns; i++) {
		rc = cell_read(q->st, (int)i, &q->cells[i], e);
		if (rc)
			return rc;
	}
	return 1;
}

static int next_of_all(struct rows *rows, struct err *e)
{
	struct query *q = (struct query *)(void *)rows;
	int rc = sqlite3_step(q->all), at = 0;

	if (rc == SQLITE_DONE)
		return 0;
	if (rc != SQLITE_ROW)
		return query_bad_statement(q, e);
	for (size_t i = 0; i < rows->ncolumns; i++) {
		if (!rows->columns[i].sum)
			continue;
		rc = cell_read(q->all, at++, &q->cells[i], e);
		if (rc)
			return rc;
	}
	return 1;
}

static int bind(sqlite3_stmt *st, int at, const struct param_value *v)
{
	if (v->null)
		return sqlite3_bind_null(st, at);
	if (v->text)
		return sqlite3_bind_text(st, at, v->text, -1, SQLITE_TRANSIENT);
	return sqlite3_bind_int64(st, at, v->integer);
}

/* None where st is NULL. */
static int bind_all(struct query *q, sqlite3_stmt *st, struct err *e)
{
	for (int i = 1; i <= sqlite3_bind_parameter_count(st); i++) {
		const char *name = sqlite3_bind_parameter_name(st, i) + 1;
		enum query_param id = query_param_find(name, strlen(name));
		struct param_value limit = { .integer = q->left };
		const struct param_value *v = id == PARAM_COUNT
						      ? &limit
						      : &q->values[id];

		if (bind(st, i, v) != SQLITE_OK)
			return database_fail(q->d, e);
	}
	return 0;
}

static int start(struct query *q, const struct query_request *request,
		 struct err *e)
{
	int rc = query_prepare(q, request, e);

	if (q->all)
		q->rows.next_of_all = next_of_all;
	if (!rc)
		rc = params_resolve(q->d, q->report, q->used, request->given,
				    q->values, &q->arena, e);
	if (!rc)
		rc = bind_all(q, q->st, e);
	return rc ? rc : bind_all(q, q->all, e);
}

int query_start(const struct database *d, const struct report *report,
		const struct query_request *request, struct rows **ret,
		struct err *e)
{
	struct query *q = calloc(1, sizeof(*q));
	int rc;

	if (!q)
		return err_nomem(e);
	q->d = d;
	q->report = report;
	/* One reading in order gives rows and sums, unless that costs more.
	 * Columns of a user's file need not have names of their own. */
	q->left = request->sums && !(report->sums_apart && report->builtin)
			  ? -1
			  : request->limit;
	q->rows.next = next;
	rc = start(q, request, e);
	if (rc) {
		query_end(&q->rows);
		return rc;
	}
	*ret = &q->rows;
	return 0;
}

int query_footer(struct rows *rows, const char **ret, struct err *e)
{
	struct query *q = (struct query *)(void *)rows;

	if (!*q->report->footer) {
		*ret = "";
		return 0;
	}
	return footer_read(q->d, q->report->footer, q->used, q->values,
			   &q->arena, ret, e);
}

void query_end(struct rows *rows)
{
	struct query *q = (struct query *)(void *)rows;

	if (!q)
		return;
	sqlite3_finalize(q->st);
	sqlite3_finalize(q->all);
	arena_release(&q->arena);
	free(q);
}
