/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/run.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "query/cell.h"
#include "query/footer.h"
#include "query/order.h"
#include "query/resolve.h"

struct query {
	struct rows rows; /* first: what the caller has of it */
	const struct database *d;
	const struct report *report;
	sqlite3_stmt *st;
	sqlite3_stmt *all; /* for the sums, or NULL */
	struct cell *cells;
	struct column *columns;
	int64_t left; /* rows still to yield, -1 for all */
	bool used[PARAM_COUNT];
	struct param_value values[PARAM_COUNT];
	struct arena arena;
};

/* SQLite's last error, as the report's fault. */
static int bad_statement(const struct query *q, struct err *e)
{
	int code = sqlite3_errcode(q->d->db) & 0xff;

	if (code != SQLITE_ERROR && code != SQLITE_AUTH)
		return database_fail(q->d, e);
	return err_set(e, ERR_FORMAT, "report '%s' %s: %s", q->report->name,
		       code == SQLITE_AUTH ? "must be one query that only reads"
					   : "cannot be run",
		       sqlite3_errmsg(q->d->db));
}

static int not_a_select(const struct query *q, struct err *e)
{
	return err_set(e, ERR_FORMAT,
		       "report '%s' must be one query that only reads",
		       q->report->name);
}

static bool only_blanks(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && strchr(" \t\r\n;", s[i]))
		i++;
	return i == len;
}

/* Prepares the report as it is, and finds where it ends. */
static int prepare_plain(struct query *q, size_t *ret_len, struct err *e)
{
	const char *sql = q->report->sql, *tail;
	sqlite3_stmt *more = NULL;
	size_t len;

	if (sqlite3_prepare_v2(q->d->db, sql, -1, &q->st, &tail) != SQLITE_OK)
		return bad_statement(q, e);
	if (!q->st || !sqlite3_column_count(q->st) ||
	    !sqlite3_stmt_readonly(q->st) || sqlite3_stmt_isexplain(q->st))
		return not_a_select(q, e);
	/* After the statement: comments, or a second one? */
	if (sqlite3_prepare_v2(q->d->db, tail, -1, &more, NULL) != SQLITE_OK ||
	    more) {
		sqlite3_finalize(more);
		return not_a_select(q, e);
	}
	len = (size_t)(tail - sql);
	while (len && only_blanks(sql + len - 1, 1))
		len--;
	*ret_len = len;
	return 0;
}

static const struct column *described(const struct report *r, const char *name)
{
	for (size_t i = 0; i < r->ncolumns; i++) {
		if (strcmp(r->columns[i].name, name) == 0)
			return &r->columns[i];
	}
	return NULL;
}

/* The head of a built-in report describes each column, in order. */
static int check_columns(const struct query *q, struct err *e)
{
	const struct report *r = q->report;

	for (size_t i = 0; i < r->ncolumns; i++) {
		const char *name = r->columns[i].name;
		size_t at = 0;

		while (at < q->rows.ncolumns &&
		       strcmp(q->columns[at].name, name) != 0)
			at++;
		if (at == q->rows.ncolumns || (r->builtin && at != i))
			return err_set(
				e, ERR_FORMAT,
				"report '%s': its head describes column '%s', its statement has none there",
				r->name, name);
	}
	if (r->builtin && r->ncolumns != q->rows.ncolumns)
		return err_set(
			e, ERR_FORMAT,
			"report '%s': its head does not describe column '%s'",
			r->name, q->columns[r->ncolumns].name);
	return 0;
}

static int read_columns(struct query *q, struct err *e)
{
	size_t n = (size_t)sqlite3_column_count(q->st);

	q->columns = arena_calloc(&q->arena, n, sizeof(*q->columns));
	q->cells = arena_calloc(&q->arena, n, sizeof(*q->cells));
	if (!q->columns || !q->cells)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		const char *name = sqlite3_column_name(q->st, (int)i);
		const struct column *c = described(q->report, name ? name : "");

		if (c) {
			q->columns[i] = *c;
			if (c + 1 == q->report->columns + q->report->bar)
				q->rows.bar = i + 1;
			continue;
		}
		q->columns[i].name = arena_strdup(&q->arena, name ? name : "");
		q->columns[i].help = "";
		if (!q->columns[i].name)
			return err_nomem(e);
	}
	q->rows.columns = q->columns;
	q->rows.ncolumns = n;
	q->rows.cells = q->cells;
	return check_columns(q, e);
}

/* Which parameters the statement has. */
static int read_variables(struct query *q, struct err *e)
{
	const struct report *r = q->report;

	for (int i = 1; i <= sqlite3_bind_parameter_count(q->st); i++) {
		const char *name = sqlite3_bind_parameter_name(q->st, i);
		enum query_param id = PARAM_COUNT;

		if (name && name[0] == ':')
			id = query_param_find(name + 1, strlen(name + 1));
		if (id == PARAM_COUNT)
			return err_set(
				e, ERR_FORMAT,
				"report '%s' has a variable '%.80s' that kmemdb does not know",
				r->name, name ? name : "?");
		if (r->builtin && !report_find_param(r, id))
			return err_set(
				e, ERR_FORMAT,
				"report '%s': its head does not describe parameter '%s'",
				r->name, name + 1);
		q->used[id] = true;
	}
	/* A build decides which trace is the newest, also unseen. */
	q->used[PARAM_BUILD] |= q->used[PARAM_TRACE];
	for (size_t i = 0; i < r->nparams; i++) {
		if (!q->used[r->params[i].id])
			return err_set(
				e, ERR_FORMAT,
				"report '%s': its statement does not use parameter '%s'",
				r->name,
				query_params[r->params[i].id].variable);
	}
	return 0;
}

static int check_given(const struct query *q,
		       const struct query_request *request, struct err *e)
{
	for (int i = 0; i < PARAM_COUNT; i++) {
		if (request->given[i] && !q->used[i])
			return err_set(e, ERR_USAGE,
				       "report '%s' takes no --%s",
				       q->report->name, query_params[i].option);
	}
	return 0;
}

/* Twice through very many rows for a number is less than once for all that is
 * to be looked up of them. */
static bool in_steps(const struct query *q, const struct order *o)
{
	enum column_unit unit = q->columns[o->terms[0].column].unit;

	return q->report->sums_apart && q->report->builtin && q->left > 0 &&
	       unit != UNIT_TEXT && unit != UNIT_NONE;
}

/* Replaces the plain statement by the sorted one, where there is an order. */
static int prepare_sorted(struct query *q, size_t len,
			  const struct query_request *request, struct err *e)
{
	struct order o = { .count = 0 };
	size_t n = q->rows.ncolumns;
	char *sql;
	int rc = 0;

	if (request->order_by)
		rc = order_add(&o, request->order_by, q->columns, n, e);
	if (!rc && *q->report->order) {
		rc = order_add(&o, q->report->order, q->columns, n, e);
		if (rc) {
			e->code = ERR_FORMAT;
			rc = err_prefix(e, "report '%s', its order line",
					q->report->name);
		}
	}
	if (rc || !o.count)
		return rc;
	/* Equal rows must not change places from run to run. */
	if (o.count < ORDER_MAX) {
		o.terms[o.count].column = 0;
		o.terms[o.count].ascending = true;
		o.count++;
	}
	sql = order_wrap(&o, in_steps(q, &o) ? q->columns : NULL,
			 q->report->sql, len, &q->arena);
	if (!sql)
		return err_nomem(e);
	sqlite3_finalize(q->st);
	q->st = NULL;
	if (sqlite3_prepare_v2(q->d->db, sql, -1, &q->st, NULL) != SQLITE_OK)
		return bad_statement(q, e);
	if ((size_t)sqlite3_column_count(q->st) != n)
		return not_a_select(q, e);
	return 0;
}

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
		return bad_statement(q, e);
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
		return bad_statement(q, e);
	for (size_t i = 0; i < rows->ncolumns; i++) {
		if (!rows->columns[i].sum)
			continue;
		rc = cell_read(q->all, at++, &q->cells[i], e);
		if (rc)
			return rc;
	}
	return 1;
}

/* What the sums are of, where not all rows will be read in order. */
static int prepare_sums(struct query *q, size_t len, struct err *e)
{
	const char *sql = order_sums(q->columns, q->rows.ncolumns,
				     q->report->sql, len, &q->arena);

	if (!sql)
		return err_nomem(e);
	if (sqlite3_prepare_v2(q->d->db, sql, -1, &q->all, NULL) != SQLITE_OK)
		return bad_statement(q, e);
	q->rows.next_of_all = next_of_all;
	return 0;
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
	size_t len = 0;
	int rc = prepare_plain(q, &len, e);

	if (!rc)
		rc = read_columns(q, e);
	if (!rc)
		rc = read_variables(q, e);
	if (!rc)
		rc = check_given(q, request, e);
	if (!rc)
		rc = prepare_sorted(q, len, request, e);
	if (!rc && request->sums && q->left >= 0)
		rc = prepare_sums(q, len, e);
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
