/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "model/schema_version.h"
#include "store/statements.h"
#include "support/sql_files.h"

static int exec(struct store *s, const char *sql, struct err *e)
{
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(s, e);
	return 0;
}

static int exec_file(struct store *s, const char *path, struct err *e)
{
	const char *text = sql_file_text(path);

	if (!text)
		return err_set(e, ERR_DB, "no file '%s' in this program", path);
	return exec(s, text, e);
}

/* Every file below a folder of sql/, in the order of their names. */
static int exec_folder(struct store *s, const char *folder, struct err *e)
{
	size_t len = strlen(folder);

	for (const struct sql_file *f = sql_files; f->path; f++) {
		int r;

		if (strncmp(f->path, folder, len) != 0)
			continue;
		r = exec(s, f->text, e);
		if (r < 0)
			return err_prefix(e, "'%s'", f->path);
	}
	return 0;
}

static int read_pragma(struct store *s, const char *sql, int64_t *ret,
		       struct err *e)
{
	sqlite3_stmt *st = NULL;
	int r = 0;

	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_ROW)
		r = store_fail(s, e);
	else
		*ret = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return r;
}

/* A database of nobody: no table, no view, no number set. */
static int is_empty(struct store *s, int64_t *ret, struct err *e)
{
	return read_pragma(s, "PRAGMA schema_version", ret, e);
}

static int refuse(struct store *s, int64_t application, int64_t version,
		  struct err *e)
{
	if (application != KMEMDB_APPLICATION_ID)
		return err_set(e, ERR_DB,
			       "'%s' is a database of another program: name "
			       "another file with --db",
			       s->path);
	if (version > KMEMDB_SCHEMA_VERSION)
		return err_set(e, ERR_DB,
			       "database '%s' was written by a newer kmemdb "
			       "(schema %lld, this one knows %d): use that one",
			       s->path, (long long)version,
			       KMEMDB_SCHEMA_VERSION);
	return 0;
}

/*
 * The schema of version 1 and the views.  Views are not stored history:
 * a migration drops and makes them anew from the program's files.
 */
static int create(struct store *s, struct err *e)
{
	int r = store_begin(s, 60000, e);
	int64_t schema = 0;

	if (r < 0)
		return r;
	/* Somebody else may have created it while we waited. */
	r = is_empty(s, &schema, e);
	if (r == 0 && schema == 0) {
		s->fresh = true;
		if ((r = exec_folder(s, "schema/", e)) == 0 &&
		    (r = exec_folder(s, "views/", e)) == 0)
			r = exec_file(s, "store/identity.sql", e);
	}
	if (r == 0)
		r = store_commit(s, e);
	if (r < 0)
		store_rollback(s);
	return r;
}

static int check_identity(struct store *s, struct err *e)
{
	int64_t application = 0, version = 0, schema = 0;
	int r = is_empty(s, &schema, e);

	if (r < 0) {
		if (sqlite3_errcode(s->db) == SQLITE_NOTADB)
			return err_set(e, ERR_DB,
				       "'%s' is not a database: name another "
				       "file with --db",
				       s->path);
		return r;
	}
	if ((r = read_pragma(s, "PRAGMA application_id", &application, e)) <
		    0 ||
	    (r = read_pragma(s, "PRAGMA user_version", &version, e)) < 0)
		return r;
	if (schema == 0 && application == 0 && version == 0)
		return create(s, e);
	return refuse(s, application, version, e);
}

/* sqlite3_open says "unable to open database file" to everything. */
static int check_path(const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return 0; /* to be created, or open will say why not */
	if (S_ISDIR(st.st_mode))
		return err_set(e, ERR_DB,
			       "'%s' is a directory: name a file with --db",
			       path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_DB,
			       "'%s' is not a regular file: name another file "
			       "with --db",
			       path);
	return 0;
}

int store_open(const char *path, struct store **ret, struct err *e)
{
	struct store *s;
	int r = check_path(path, e);

	if (r < 0)
		return r;
	s = calloc(1, sizeof(*s));
	if (!s || !(s->path = strdup(path))) {
		free(s);
		return err_set(e, ERR_NOMEM, "out of memory");
	}
	if (sqlite3_open_v2(path, &s->db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
				    SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK) {
		r = err_set(e, ERR_DB, "cannot open database '%s': %s", path,
			    s->db ? sqlite3_errmsg(s->db) : "out of memory");
		goto fail;
	}
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	/* Reading the header meets a lock, too, while another commits. */
	sqlite3_busy_timeout(s->db, 60000);
	if ((r = check_identity(s, e)) < 0 ||
	    (r = exec_file(s, "store/open.sql", e)) < 0)
		goto fail;
	if (sqlite3_db_readonly(s->db, "main") == 1) {
		r = err_set(e, ERR_DB,
			    "database '%s' is read-only: make it writable, or "
			    "name another file with --db",
			    path);
		goto fail;
	}
	*ret = s;
	return 0;
fail:
	store_close(s);
	return r;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	store_rollback(s);
	store_statements_release(s);
	strmap_release(&s->names);
	strmap_release(&s->dirs);
	strmap_release(&s->paths);
	u64map_release(&s->name_ids);
	free(s->pending);
	arena_release(&s->pending_text);
	sqlite3_close(s->db);
	free(s->path);
	free(s);
}

int store_begin(struct store *s, int wait_ms, struct err *e)
{
	int r;

	sqlite3_busy_timeout(s->db, wait_ms);
	r = store_run(s, ST_BEGIN, NULL, 0, e);
	if (r == 0)
		s->in_transaction = true;
	return r;
}

int store_commit(struct store *s, struct err *e)
{
	int r;

	r = store_flush_names(s, e);
	if (r < 0)
		return r;
	/* A reader may hold its lock for the length of a report. */
	sqlite3_busy_timeout(s->db, 60000);
	r = store_run(s, ST_COMMIT, NULL, 0, e);
	if (r == 0)
		s->in_transaction = false;
	return r;
}

void store_rollback(struct store *s)
{
	struct err ignored;

	if (!s->in_transaction)
		return;
	s->in_transaction = false;
	/* Some errors roll back by themselves; then this one fails. */
	if (!sqlite3_get_autocommit(s->db))
		store_run(s, ST_ROLLBACK, NULL, 0, &ignored);
}
