/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "query/cell.h"
#include "support/sql_files.h"

struct statement {
	struct rows rows; /* first: what the caller has of it */
	const struct database *d;
	sqlite3_stmt *st;
	struct report head; /* name NULL: none */
	struct column *columns;
	struct cell *cells;
	struct arena arena;
};

/* SQLite's last error, as the statement's fault where it is. */
static int failed(const struct database *d, struct err *e)
{
	switch (sqlite3_errcode(d->db) & 0xff) {
	case SQLITE_ERROR:
	case SQLITE_TOOBIG:
	case SQLITE_MISMATCH:
		return err_set(e, ERR_FORMAT, "%.900s", sqlite3_errmsg(d->db));
	case SQLITE_AUTH:
		return err_set(e, ERR_FORMAT,
			       "a statement here may only read: %.900s",
			       sqlite3_errmsg(d->db));
	default:
		return database_fail(d, e);
	}
}

static int next(struct rows *rows, struct err *e)
{
	struct statement *s = (struct statement *)(void *)rows;
	int rc = sqlite3_step(s->st);

	if (rc == SQLITE_DONE)
		return 0;
	if (rc != SQLITE_ROW)
		return failed(s->d, e);
	for (size_t i = 0; i < rows->ncolumns; i++) {
		rc = cell_read(s->st, (int)i, &s->cells[i], e);
		if (rc)
			return rc;
	}
	return 1;
}

/* What the head says of the column, else its bare name. */
static int describe(struct statement *s, size_t i, struct err *e)
{
	const char *name = sqlite3_column_name(s->st, (int)i);
	struct column *c = &s->columns[i];

	for (size_t k = 0; name && s->head.name && k < s->head.ncolumns; k++) {
		if (strcmp(s->head.columns[k].name, name) == 0) {
			*c = s->head.columns[k];
			return 0;
		}
	}
	c->name = arena_strdup(&s->arena, name ? name : "");
	c->help = "";
	return c->name ? 0 : err_nomem(e);
}

static int read_columns(struct statement *s, struct err *e)
{
	size_t n = (size_t)sqlite3_column_count(s->st);
	int rc = 0;

	s->columns = arena_calloc(&s->arena, n, sizeof(*s->columns));
	s->cells = arena_calloc(&s->arena, n, sizeof(*s->cells));
	if (!s->columns || !s->cells)
		return err_nomem(e);
	for (size_t i = 0; i < n && !rc; i++)
		rc = describe(s, i, e);
	s->rows.columns = s->columns;
	s->rows.cells = s->cells;
	s->rows.ncolumns = n;
	return rc;
}

static struct statement *statement_new(const struct database *d)
{
	struct statement *s = calloc(1, sizeof(*s));

	if (s) {
		s->d = d;
		s->rows.next = next;
	}
	return s;
}

static int check(sqlite3_stmt *st, struct err *e)
{
	if (!sqlite3_column_count(st) || !sqlite3_stmt_readonly(st))
		return err_set(e, ERR_FORMAT, "a statement here may only read");
	if (sqlite3_bind_parameter_count(st))
		return err_set(
			e, ERR_FORMAT,
			"parameter '%.80s' has no value: 'kmemdb query --file' runs statements that have :build, :branch and so on",
			sqlite3_bind_parameter_name(st, 1)
				? sqlite3_bind_parameter_name(st, 1)
				: "?");
	return 0;
}

int statement_start(const struct database *d, const char *sql,
		    struct rows **ret, const char **ret_tail, struct err *e)
{
	struct statement *s = statement_new(d);
	const char *tail = sql;
	int rc = 0;

	if (!s)
		return err_nomem(e);
	/* Of blanks and comments nothing is made. */
	while (!rc && !s->st && *tail) {
		if (sqlite3_prepare_v2(d->db, tail, -1, &s->st, &tail) !=
		    SQLITE_OK)
			rc = failed(d, e);
	}
	if (!rc && s->st)
		rc = check(s->st, e);
	if (!rc && s->st)
		rc = read_columns(s, e);
	if (!rc) {
		*ret = s->st ? &s->rows : NULL;
		*ret_tail = tail;
	}
	if (rc || !s->st)
		statement_end(&s->rows);
	return rc;
}

int statement_file(const struct database *d, const char *name,
		   const struct binding *bindings, struct rows **ret,
		   const struct report **ret_head, struct err *e)
{
	struct statement *s = statement_new(d);
	char path[64];
	const char *text;
	int rc;

	if (!s)
		return err_nomem(e);
	snprintf(path, sizeof(path), "query/%s.sql", name);
	text = sql_file_text(path);
	rc = report_parse(name, text ? text : "", true, &s->head, e);
	if (!rc)
		rc = database_prepare(d, name, bindings, &s->st, e);
	if (!rc)
		rc = read_columns(s, e);
	if (rc) {
		statement_end(&s->rows);
		return rc;
	}
	*ret = &s->rows;
	*ret_head = &s->head;
	return 0;
}

void statement_end(struct rows *rows)
{
	struct statement *s = (struct statement *)(void *)rows;

	if (!s)
		return;
	sqlite3_finalize(s->st);
	if (s->head.name)
		report_release(&s->head);
	arena_release(&s->arena);
	free(s);
}

bool statement_complete(const char *text)
{
	return sqlite3_complete(text);
}
