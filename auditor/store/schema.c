/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/schema.h"

#include <stdlib.h>
#include <string.h>

#include "model/schema_version.h"
#include "store/statements.h"
#include "store/transaction.h"
#include "support/arena.h"
#include "support/sql_files.h"

/* The two numbers in the header, and the one that changes with every
 * CREATE: 0 where there never was one. */
struct identity {
	int64_t application, version, schema;
};

static int exec(struct store *s, const char *sql, struct err *e)
{
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(s, e);
	return 0;
}

int schema_run_file(struct store *s, const char *path, struct err *e)
{
	const char *text = sql_file_text(path);

	if (!text)
		return err_set(e, ERR_DB, "no file '%s' in this program", path);
	return exec(s, text, e);
}

/* Every file below a folder of sql/ whose number (schema/0002-traces.sql)
 * is above `above`, in the order of their names; -1 is all. */
static int run_folder(struct store *s, const char *folder, int64_t above,
		      struct err *e)
{
	size_t len = strlen(folder);

	for (const struct sql_file *f = sql_files; f->path; f++) {
		int r;

		if (strncmp(f->path, folder, len) != 0 ||
		    (above >= 0 && strtol(f->path + len, NULL, 10) <= above))
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

static int read_identity(struct store *s, struct identity *ret, struct err *e)
{
	struct identity id;
	int r = read_pragma(s, "PRAGMA schema_version", &id.schema, e);

	if (r < 0) {
		if (sqlite3_errcode(s->db) == SQLITE_NOTADB)
			return err_set(
				e, ERR_DB,
				"'%s' is not a database: name another file with --db",
				s->path);
		return r;
	}
	if ((r = read_pragma(s, "PRAGMA application_id", &id.application, e)) <
		    0 ||
	    (r = read_pragma(s, "PRAGMA user_version", &id.version, e)) < 0)
		return r;
	*ret = id;
	return 0;
}

/* A database of nobody: no table, no view, no number set. */
static bool is_empty(const struct identity *id)
{
	return !id->schema && !id->application && !id->version;
}

static int refuse(struct store *s, const struct identity *id, struct err *e)
{
	if (id->application != KMEMDB_APPLICATION_ID || id->version < 1)
		return err_set(
			e, ERR_DB,
			"'%s' is a database of another program: name another file with --db",
			s->path);
	if (id->version > KMEMDB_SCHEMA_VERSION)
		return err_set(
			e, ERR_DB,
			"database '%s' was written by a newer kmemdb (schema %lld, this one knows %d): use that one",
			s->path, (long long)id->version, KMEMDB_SCHEMA_VERSION);
	return 0;
}

/* Views are not stored history: they are dropped and created again from the
 * program's files. */
static int drop_views(struct store *s, struct err *e)
{
	struct arena drops = ARENA_INIT;
	char *text = arena_strdup(&drops, "");
	sqlite3_stmt *st;
	int step, r = store_select(s, ST_VIEW_DROPS, NULL, 0, &st, e);

	if (r < 0)
		return r;
	while (text && (step = sqlite3_step(st)) == SQLITE_ROW) {
		const unsigned char *one = sqlite3_column_text(st, 0);

		text = one ? arena_printf(&drops, "%s%s;\n", text, one) : NULL;
	}
	if (!text)
		r = err_nomem(e);
	else if (step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	if (r == 0)
		r = exec(s, text, e);
	arena_release(&drops);
	return r;
}

static int update(struct store *s, struct err *e)
{
	struct identity id;
	int r;

	/* Somebody else may have done it while we waited. */
	if ((r = read_identity(s, &id, e)) < 0)
		return r;
	s->fresh = is_empty(&id);
	if (!s->fresh && (r = refuse(s, &id, e)) < 0)
		return r;
	if (id.version == KMEMDB_SCHEMA_VERSION)
		return 0;
	/* A new one is made as it is now: to rename what an old version named
	 * otherwise makes SQLite read its schema again and again, a tenth of
	 * an audit's time.  Views first: SQLite renames no table that a view it cannot read
	 * any more speaks of. */
	if ((r = drop_views(s, e)) < 0 ||
	    (r = s->fresh ? schema_run_file(s, "schema/current.sql", e)
			  : run_folder(s, "schema/", id.version, e)) < 0 ||
	    (r = run_folder(s, "views/", -1, e)) < 0)
		return r;
	return schema_run_file(s, "store/identity.sql", e);
}

int schema_bring_up(struct store *s, struct err *e)
{
	struct identity id;
	int r = read_identity(s, &id, e);

	if (r < 0 || (!is_empty(&id) && (r = refuse(s, &id, e)) < 0))
		return r;
	if (id.version == KMEMDB_SCHEMA_VERSION)
		return 0;
	if ((r = store_begin(s, 60000, e)) < 0)
		return r;
	r = update(s, e);
	if (r == 0)
		r = store_commit(s, e);
	if (r < 0)
		store_rollback(s);
	return r;
}
