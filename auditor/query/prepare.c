/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/prepare.h"

#include <stddef.h>
#include <string.h>

#include "query/order.h"

int query_bad_statement(const struct query *q, struct err *e)
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
		return query_bad_statement(q, e);
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

		if (r->builtin && name && strcmp(name, ":kmemdb_limit") == 0)
			continue;
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
static bool in_steps(const struct query *q, const struct order *o,
		     const struct column *columns)
{
	enum column_unit unit = columns[o->terms[0].column].unit;

	return q->report->sums_apart && q->report->builtin && q->left > 0 &&
	       unit != UNIT_TEXT && unit != UNIT_NONE;
}

/* What the user wants it sorted by, then what its head says; none: count 0. */
static int find_order(const struct query *q, const struct column *columns,
		      size_t n, const struct query_request *request,
		      struct order *ret, struct err *e)
{
	struct order o = { .count = 0 };
	int rc = 0;

	if (request->order_by)
		rc = order_add(&o, request->order_by, columns, n, e);
	if (!rc && *q->report->order) {
		rc = order_add(&o, q->report->order, columns, n, e);
		if (rc) {
			e->code = ERR_FORMAT;
			rc = err_prefix(e, "report '%s', its order line",
					q->report->name);
		}
	}
	if (rc)
		return rc;
	/* Equal rows must not change places from run to run. */
	if (o.count && o.count < ORDER_MAX) {
		o.terms[o.count].column = 0;
		o.terms[o.count].ascending = true;
		o.count++;
	}
	*ret = o;
	return 0;
}

/* The sorted statement, in place of the plain one that may be there. */
static int prepare_sorted(struct query *q, const struct order *o,
			  const struct column *columns, size_t n, size_t len,
			  struct err *e)
{
	char *sql = order_wrap(o, in_steps(q, o, columns) ? columns : NULL,
			       q->report->sql, len, &q->arena);

	if (!sql)
		return err_nomem(e);
	sqlite3_finalize(q->st);
	q->st = NULL;
	if (sqlite3_prepare_v2(q->d->db, sql, -1, &q->st, NULL) != SQLITE_OK)
		return query_bad_statement(q, e);
	if ((size_t)sqlite3_column_count(q->st) != n)
		return not_a_select(q, e);
	return 0;
}

/* Of a file of the user's nothing is known before it is prepared as it is. */
static int prepare_file(struct query *q, const struct query_request *request,
			size_t *ret_len, struct err *e)
{
	struct order o;
	int rc = prepare_plain(q, ret_len, e);

	if (!rc)
		rc = read_columns(q, e);
	if (!rc)
		rc = read_variables(q, e);
	if (!rc)
		rc = check_given(q, request, e);
	if (!rc)
		rc = find_order(q, q->columns, q->rows.ncolumns, request, &o,
				e);
	if (!rc && o.count)
		rc = prepare_sorted(q, &o, q->columns, q->rows.ncolumns,
				    *ret_len, e);
	return rc;
}

/*
 * A report that is built in has said in its head what it has.  It is prepared
 * once, which is half of its time where it answers from roll-ups, and held to
 * its head then.
 */
static int prepare_builtin(struct query *q, const struct query_request *request,
			   size_t *ret_len, struct err *e)
{
	const struct report *r = q->report;
	struct order o;
	int rc;

	for (size_t i = 0; i < r->nparams; i++)
		q->used[r->params[i].id] = true;
	q->used[PARAM_BUILD] |= q->used[PARAM_TRACE];
	rc = check_given(q, request, e);
	if (!rc)
		rc = find_order(q, r->columns, r->ncolumns, request, &o, e);
	if (rc)
		return rc;
	*ret_len = strlen(r->sql);
	while (*ret_len && only_blanks(r->sql + *ret_len - 1, 1))
		(*ret_len)--;
	rc = o.count ? prepare_sorted(q, &o, r->columns, r->ncolumns, *ret_len,
				      e)
		     : prepare_plain(q, ret_len, e);
	if (!rc)
		rc = read_columns(q, e);
	if (!rc) {
		memset(q->used, 0, sizeof(q->used));
		rc = read_variables(q, e);
	}
	return rc;
}

/* What the sums are of, where not all rows will be read in order. */
static int prepare_sums(struct query *q, size_t len, struct err *e)
{
	const char *sql = order_sums(q->columns, q->rows.ncolumns,
				     q->report->sql, len, &q->arena);

	if (!sql)
		return err_nomem(e);
	if (sqlite3_prepare_v2(q->d->db, sql, -1, &q->all, NULL) != SQLITE_OK)
		return query_bad_statement(q, e);
	return 0;
}

/* What a table shows of it: tables put what it is sorted by last. */
static int show_sorted(struct query *q, const struct query_request *request,
		       struct err *e)
{
	const size_t n = q->rows.ncolumns;
	struct order o = { .count = 0 };
	int rc = 0;

	if (request->order_by)
		rc = order_add(&o, request->order_by, q->columns, n, e);
	if (!rc)
		order_show(&o, q->columns, n, request->given);
	if (!rc && !o.count && *q->report->order)
		rc = order_add(&o, q->report->order, q->columns, n, e);
	if (!rc && o.count)
		q->columns[o.terms[0].column].key = true;
	return rc;
}

int query_prepare(struct query *q, const struct query_request *request,
		  struct err *e)
{
	size_t len = 0;
	int rc = q->report->builtin ? prepare_builtin(q, request, &len, e)
				    : prepare_file(q, request, &len, e);

	if (!rc)
		rc = show_sorted(q, request, e);
	if (!rc && request->sums && q->left >= 0)
		rc = prepare_sums(q, len, e);
	return rc;
}
