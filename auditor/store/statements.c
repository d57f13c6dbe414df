/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/statements.h"

#include <errno.h>
#include <string.h>

#include "support/sql_files.h"

static const char *const statement_names[ST_COUNT] = {
#define STATEMENT_NAME(id, name) [ST_##id] = name,
	STORE_STATEMENTS(STATEMENT_NAME)
#undef STATEMENT_NAME
};

struct value value_text(const char *s)
{
	if (!s)
		return V_NULL;
	return (struct value){ VALUE_TEXT, 0, s, strlen(s) };
}

/* SQLite says no more than "unable to open database file", or "disk I/O
 * error"; what the system said tells more. */
static const char *cause_text(struct store *s)
{
	int cause = sqlite3_system_errno(s->db);

	/* open(O_CREAT) was refused; then it tried again without. */
	if (cause == ENOENT)
		return "its folder is not there, or not writable";
	return cause ? strerror(cause) : sqlite3_errmsg(s->db);
}

int store_fail(struct store *s, struct err *e)
{
	if (s->stop && *s->stop)
		return err_set(e, ERR_DB,
			       "interrupted: database '%s' is as it was before",
			       s->path);
	switch (sqlite3_errcode(s->db) & 0xff) {
	case SQLITE_BUSY:
		return err_set(
			e, ERR_DB,
			"database '%s' is being written by another kmemdb: wait for it to end, or use another --db",
			s->path);
	case SQLITE_FULL:
		return err_set(
			e, ERR_DB,
			"no room left for database '%s': nothing was changed; free some space and run again",
			s->path);
	case SQLITE_READONLY:
		return err_set(
			e, ERR_DB,
			"database '%s' is read-only: make it and its folder writable, or name another file with --db",
			s->path);
	case SQLITE_CANTOPEN:
		return err_set(e, ERR_DB, "cannot open database '%s': %s",
			       s->path, cause_text(s));
	case SQLITE_CORRUPT:
		return err_set(
			e, ERR_DB,
			"database '%s' is damaged (%s): put a copy in its place, or name another file with --db",
			s->path, sqlite3_errmsg(s->db));
	case SQLITE_IOERR:
		return err_set(
			e, ERR_DB,
			"database '%s' cannot be read or written: %s; nothing was changed",
			s->path, cause_text(s));
	default:
		return err_set(e, ERR_DB, "database '%s': %s", s->path,
			       sqlite3_errmsg(s->db));
	}
}

/* The text after the line "-- statement: NAME" of any store/ file. */
static const char *statement_text(const char *name)
{
	static const char mark[] = "-- statement: ";
	size_t len = strlen(name);

	for (const struct sql_file *f = sql_files; f->path; f++) {
		const char *at = f->text;

		if (strncmp(f->path, "store/", 6) != 0)
			continue;
		while ((at = strstr(at, mark))) {
			at += sizeof(mark) - 1;
			if (strncmp(at, name, len) == 0 && at[len] == '\n')
				return at + len + 1;
		}
	}
	return NULL;
}

int store_prepare(struct store *s, const char *text, sqlite3_stmt **st,
		  struct err *e)
{
	/* Prepares the first statement of the text and leaves the rest. */
	if (!*st &&
	    sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT, st,
			       NULL) != SQLITE_OK)
		return store_fail(s, e);
	return 0;
}

static int prepare(struct store *s, enum statement which, struct err *e)
{
	const char *text = statement_text(statement_names[which]);

	if (!text)
		return err_set(e, ERR_DB, "no statement '%s' in this program",
			       statement_names[which]);
	return store_prepare(s, text, &s->statements[which], e);
}

const char *store_statement_text(enum statement which)
{
	return statement_text(statement_names[which]);
}

int store_bind(struct store *s, sqlite3_stmt *st, int at, const struct value *v,
	       struct err *e)
{
	int rc = SQLITE_OK;

	switch (v->type) {
	case VALUE_NULL:
		rc = sqlite3_bind_null(st, at);
		break;
	case VALUE_INT:
		rc = sqlite3_bind_int64(st, at, v->i);
		break;
	case VALUE_TEXT:
		rc = sqlite3_bind_text64(st, at, v->p, v->len, SQLITE_STATIC,
					 SQLITE_UTF8);
		break;
	case VALUE_BLOB:
		rc = sqlite3_bind_blob64(st, at, v->p, v->len, SQLITE_STATIC);
		break;
	}
	return rc == SQLITE_OK ? 0 : store_fail(s, e);
}

int store_select(struct store *s, enum statement which,
		 const struct value *values, int nvalues, sqlite3_stmt **ret,
		 struct err *e)
{
	sqlite3_stmt *st;
	int r;

	if (!s->statements[which] && (r = prepare(s, which, e)) < 0)
		return r;
	st = s->statements[which];
	for (int i = 0; i < nvalues; i++)
		if ((r = store_bind(s, st, i + 1, &values[i], e)) < 0)
			return r;
	*ret = st;
	return 0;
}

int store_run(struct store *s, enum statement which, const struct value *values,
	      int nvalues, struct err *e)
{
	sqlite3_stmt *st;
	int r = store_select(s, which, values, nvalues, &st, e);

	if (r < 0)
		return r;
	if (sqlite3_step(st) != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	return r;
}

int store_insert(struct store *s, enum statement which,
		 const struct value *values, int nvalues, int64_t *ret_id,
		 struct err *e)
{
	int r = store_run(s, which, values, nvalues, e);

	if (r == 0)
		*ret_id = sqlite3_last_insert_rowid(s->db);
	return r;
}

int store_find(struct store *s, enum statement which,
	       const struct value *values, int nvalues, int64_t *ret,
	       struct err *e)
{
	sqlite3_stmt *st;
	int r = store_select(s, which, values, nvalues, &st, e);

	if (r < 0)
		return r;
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		*ret = sqlite3_column_int64(st, 0);
		r = 1;
		break;
	case SQLITE_DONE:
		r = 0;
		break;
	default:
		r = store_fail(s, e);
	}
	sqlite3_reset(st);
	return r;
}

void store_statements_release(struct store *s)
{
	for (int i = 0; i < ST_COUNT; i++) {
		sqlite3_finalize(s->statements[i]);
		s->statements[i] = NULL;
	}
}
