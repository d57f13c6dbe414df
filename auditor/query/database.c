/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/database.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "model/schema_version.h"
#include "query/lineage_table.h"
#include "query/private_copy.h"
#include "query/sql_functions.h"
#include "support/db_guard.h"
#include "support/progress.h"
#include "support/sql_files.h"

/* A commit takes most of its time for what a disk needs to be sure; whoever
 * opens the database waits less for it, since then a copy can be read. */
#define BUSY_MS 10000
#define BUSY_OPENING_MS 500
#define BUSY_STEP_MS 10

/* Of SQLite's machine, between two looks whether to stop: some 0.1 ms. */
#define PROGRESS_STEPS 5000

int database_fail(const struct database *d, struct err *e)
{
	int code = sqlite3_errcode(d->db) & 0xff;

	if ((code == SQLITE_INTERRUPT || code == SQLITE_BUSY) &&
	    query_stopped(d->stop))
		return query_stop_fail(d->stop, e);
	if (code == SQLITE_NOTADB)
		return err_set(
			e, ERR_DB,
			"'%s' is not a kmemdb database: name another with --db",
			d->path);
	if (code == SQLITE_BUSY)
		return err_set(
			e, ERR_DB,
			"database '%s' is being written: wait for that to end and run again",
			d->path);
	if (code == SQLITE_CORRUPT)
		return err_set(
			e, ERR_DB,
			"database '%s' is damaged (%s): put a copy in its place, or name another with --db",
			d->path, sqlite3_errmsg(d->db));
	/* SQLite itself says no more than that it could not. */
	if (code == SQLITE_CANTOPEN && sqlite3_system_errno(d->db))
		return err_set(e, ERR_DB, "cannot open database '%s': %s",
			       d->path, strerror(sqlite3_system_errno(d->db)));
	return err_set(e, code == SQLITE_NOMEM ? ERR_NOMEM : ERR_DB,
		       "database '%s': %s", d->path, sqlite3_errmsg(d->db));
}

static int bind_one(sqlite3_stmt *st, const struct binding *b)
{
	int at = sqlite3_bind_parameter_index(st, b->name);

	if (!at)
		return SQLITE_OK;
	if (b->text)
		return sqlite3_bind_text(st, at, b->text, -1, SQLITE_STATIC);
	if (b->integer)
		return sqlite3_bind_int64(st, at, *b->integer);
	return sqlite3_bind_null(st, at);
}

int database_prepare(const struct database *d, const char *name,
		     const struct binding *bindings, sqlite3_stmt **ret,
		     struct err *e)
{
	sqlite3_stmt *st = NULL;
	char path[64];
	const char *text;

	snprintf(path, sizeof(path), "query/%s.sql", name);
	text = sql_file_text(path);
	if (!text)
		return err_set(e, ERR_DB, "no file 'sql/%s' in this program",
			       path);
	if (sqlite3_prepare_v2(d->db, text, -1, &st, NULL) != SQLITE_OK)
		return database_fail(d, e);
	for (; bindings && bindings->name; bindings++) {
		if (bind_one(st, bindings) != SQLITE_OK) {
			sqlite3_finalize(st);
			return database_fail(d, e);
		}
	}
	*ret = st;
	return 0;
}

int database_step(const struct database *d, sqlite3_stmt *st, struct err *e)
{
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		return database_fail(d, e);
	}
}

/* What a SELECT needs, and nothing else. */
static int authorize(void *arg, int action, const char *a, const char *b,
		     const char *schema, const char *trigger)
{
	/* SQLite's own functions with effects outside the database. */
	static const char *const denied[] = { "load_extension",
					      "fts3_tokenizer", "readfile",
					      "writefile", "edit" };

	(void)arg;
	(void)a;
	(void)schema;
	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		for (size_t i = 0; i < sizeof(denied) / sizeof(*denied); i++)
			if (b && sqlite3_stricmp(b, denied[i]) == 0)
				return SQLITE_DENY;
		return SQLITE_OK;
	default:
		return SQLITE_DENY;
	}
}

int database_authorize(const struct database *d, struct err *e)
{
	if (sqlite3_set_authorizer(d->db, authorize, NULL))
		return database_fail(d, e);
	return 0;
}

/* Bounds on what a hostile file or report can make SQLite do. */
static void set_limits(sqlite3 *db)
{
	static const struct {
		int id, value;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, 64 << 20 },
		{ SQLITE_LIMIT_SQL_LENGTH, 2 << 20 },
		{ SQLITE_LIMIT_COLUMN, 256 },
		{ SQLITE_LIMIT_EXPR_DEPTH, 200 },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 200 },
		{ SQLITE_LIMIT_VDBE_OP, 1000000 },
		{ SQLITE_LIMIT_ATTACHED, 0 },
		{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, 64 },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
		{ SQLITE_LIMIT_WORKER_THREADS, 0 },
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		sqlite3_limit(db, limits[i].id, limits[i].value);
}

/* SQLite waits for somebody who writes: 0 gives up. */
static int on_busy(void *arg, int count)
{
	const struct timespec pause = { .tv_nsec = BUSY_STEP_MS * 1000000L };
	const struct database *d = arg;

	int most = (d->opening ? BUSY_OPENING_MS : BUSY_MS) / BUSY_STEP_MS;

	if (count >= most || query_stopped(d->stop))
		return 0;
	nanosleep(&pause, NULL);
	return 1;
}

/* Between two steps of a statement: 1 ends it. */
static int on_progress(void *arg)
{
	const struct database *d = arg;

	return query_stopped(d->stop);
}

/* Before the file's schema is read for the first time. */
static int harden(struct database *d, struct err *e)
{
	sqlite3 *db = d->db;

	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_handler(db, on_busy, d);
	if (d->stop)
		sqlite3_progress_handler(db, PROGRESS_STEPS, on_progress, d);
	set_limits(db);
	if (sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) ||
	    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) ||
	    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL) ||
	    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL) ||
	    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL) ||
	    sql_functions_register(db) || lineage_table_register(db))
		return database_fail(d, e);
	return 0;
}

static int check_version(const struct database *d, int64_t application,
			 int64_t version, struct err *e)
{
	if (application != KMEMDB_APPLICATION_ID)
		return err_set(
			e, ERR_DB,
			"'%s' is not a kmemdb database: name another with --db",
			d->path);
	if (version > KMEMDB_SCHEMA_VERSION)
		return err_set(
			e, ERR_DB,
			"database '%s' was written by a newer kmemdb (version %lld, this program knows %d): update kmemdb",
			d->path, (long long)version, KMEMDB_SCHEMA_VERSION);
	if (version < KMEMDB_SCHEMA_VERSION && !d->any_age)
		return err_set(
			e, ERR_DB,
			"database '%s' was written by an older kmemdb (version %lld, this program needs %d): run 'kmemdb audit' on it once to migrate it",
			d->path, (long long)version, KMEMDB_SCHEMA_VERSION);
	return 0;
}

static int identify(struct database *d, struct err *e)
{
	sqlite3_stmt *st = NULL;
	int rc = database_prepare(d, "identity", NULL, &st, e);

	if (rc)
		return rc;
	rc = database_step(d, st, e);
	if (rc == 1) {
		d->version = sqlite3_column_int64(st, 1);
		rc = check_version(d, sqlite3_column_int64(st, 0), d->version,
				   e);
	}
	sqlite3_finalize(st);
	return rc;
}

static int check_file(const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) == 0) {
		if (S_ISREG(st.st_mode))
			return 0;
		return err_set(
			e, ERR_IO,
			"'%s' is not a file, so not a database: name another with --db",
			path);
	}
	if (errno != ENOENT)
		return err_set_errno(e, ERR_IO, "database '%s'", path);
	return err_set(
		e, ERR_IO,
		"no database '%s': run 'kmemdb audit TREE' first, or name another with --db",
		path);
}

static int run_file(const struct database *d, const char *path, struct err *e)
{
	const char *text = sql_file_text(path);

	if (!text)
		return err_set(e, ERR_DB, "no file 'sql/%s' in this program",
			       path);
	if (sqlite3_exec(d->db, text, NULL, NULL, NULL) != SQLITE_OK)
		return database_fail(d, e);
	return 0;
}

static int connect_to(struct database *d, const char *file, struct err *e)
{
	int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX |
		    SQLITE_OPEN_EXRESCODE;
	int rc;

	/* As store/store.c: a tenth of reading the schema. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	rc = db_guard_new(file, false, &d->guard, e);
	if (rc)
		return rc;
	if (sqlite3_open_v2(db_guard_file(d->guard), &d->db, flags,
			    db_guard_vfs(d->guard)) != SQLITE_OK)
		return database_fail(d, e);
	if ((rc = db_guard_header(d->guard, d->db, e)) < 0 ||
	    (rc = harden(d, e)) < 0 ||
	    (rc = run_file(d, "query/connection.sql", e)) < 0 ||
	    (rc = run_file(d, "query/hold.sql", e)) < 0)
		return rc;
	return identify(d, e);
}

static void disconnect(struct database *d)
{
	sqlite3_close(d->db);
	d->db = NULL;
	db_guard_free(d->guard);
	d->guard = NULL;
}

/* The write that bars the way, in the middle of it or left there. */
static bool is_barred(const struct database *d)
{
	int code = d->db ? sqlite3_extended_errcode(d->db) : SQLITE_OK;

	return (code & 0xff) == SQLITE_BUSY || code == SQLITE_READONLY_ROLLBACK;
}

/* 1: a copy was opened, 0: there is no reason for one any more. */
static int open_copy(struct database *d, struct err *e)
{
	struct private_copy copy = { NULL, NULL };
	char *file = realpath(d->path, NULL);
	int rc = 0;

	if (file)
		rc = private_copy_make(file, d->path, d->stop, &copy, e);
	free(file);
	if (rc <= 0)
		return rc;
	rc = connect_to(d, copy.file, e);
	private_copy_remove(&copy);
	return rc ? rc : 1;
}

static int open_any(struct database *d, struct err *e)
{
	int64_t until = clock_monotonic_ns() + BUSY_MS * INT64_C(1000000);
	int rc;

	for (;;) {
		rc = connect_to(d, d->path, e);
		if (!rc || !is_barred(d) || query_stopped(d->stop))
			return rc;
		disconnect(d);
		rc = open_copy(d, e);
		if (rc)
			return rc < 0 ? rc : 0;
		if (clock_monotonic_ns() >= until)
			return err_set(
				e, ERR_DB,
				"database '%s' is being written: wait for that to end and run again",
				d->path);
	}
}

static int open_path(const char *path, const struct query_stop *stop,
		     bool any_age, struct database **ret, struct err *e)
{
	struct database *d;
	int rc = check_file(path, e);

	if (rc)
		return rc;
	d = calloc(1, sizeof(*d));
	if (!d || !(d->path = strdup(path))) {
		free(d);
		return err_nomem(e);
	}
	d->stop = stop;
	d->any_age = any_age;
	d->opening = true;
	rc = open_any(d, e);
	d->opening = false;
	/* Only now: the settings above are none of a report's business. */
	if (!rc)
		rc = database_authorize(d, e);
	if (rc) {
		database_close(d);
		return rc;
	}
	*ret = d;
	return 0;
}

int database_open(const char *path, struct database **ret, struct err *e)
{
	return open_path(path, NULL, false, ret, e);
}

int database_open_until(const char *path, const struct query_stop *stop,
			struct database **ret, struct err *e)
{
	return open_path(path, stop, false, ret, e);
}

int database_open_any_age(const char *path, const struct query_stop *stop,
			  struct database **ret, struct err *e)
{
	return open_path(path, stop, true, ret, e);
}

int database_let_go(const struct database *d, struct err *e)
{
	int rc;

	sqlite3_set_authorizer(d->db, NULL, NULL);
	rc = run_file(d, "query/let-go.sql", e);
	sqlite3_set_authorizer(d->db, authorize, NULL);
	return rc;
}

void database_close(struct database *d)
{
	if (!d)
		return;
	disconnect(d);
	free(d->path);
	free(d);
}
