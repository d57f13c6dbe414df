/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/schema.h"
#include "store/statements.h"
#include "store/waiting.h"
#include "support/db_guard.h"

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
		return err_set(
			e, ERR_DB,
			"'%s' is not a regular file: name another file with --db",
			path);
	return 0;
}

/* Nothing that a stranger's schema holds runs by itself. */
static int harden(struct store *s, struct err *e)
{
	static const struct {
		int what, on;
	} settings[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	};

	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++)
		if (sqlite3_db_config(s->db, settings[i].what, settings[i].on,
				      NULL) != SQLITE_OK)
			return store_fail(s, e);
	return 0;
}

static int connect_to(struct store *s, struct err *e)
{
	int r;

	/* Nobody asks how much memory SQLite uses, and counting it is 3 % of
	 * an import.  Too late, and harmless, where it runs already. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	r = db_guard_new(s->path, true, &s->guard, e);
	if (r < 0)
		return r;
	if (sqlite3_open_v2(db_guard_file(s->guard), &s->db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
				    SQLITE_OPEN_NOMUTEX,
			    db_guard_vfs(s->guard)) != SQLITE_OK)
		return s->db ? store_fail(s, e) : err_nomem(e);
	sqlite3_extended_result_codes(s->db, 1);
	/* Reading the header meets a lock, too, while another commits. */
	store_wait_at_most(s, 60000);
	r = db_guard_header(s->guard, s->db, e);
	return r < 0 ? r : harden(s, e);
}

/* The names of a slim export have other numbers than a writer looks for. */
static int refuse_slim(struct store *s, struct err *e)
{
	int64_t id;
	int r = store_find(s, ST_COPY_IS_SLIM, NULL, 0, &id, e);

	if (r == 1)
		return err_set(
			e, ERR_DB,
			"'%s' is a slim export, which can be read and merged, not written: 'kmemdb merge %s' with another --db makes a database of it",
			s->path, s->path);
	return r;
}

int store_open(const char *path, struct store **ret, struct err *e)
{
	const struct store_waiting nobody = { NULL, NULL };

	return store_open_saying(path, &nobody, ret, e);
}

int store_open_saying(const char *path, const struct store_waiting *waiting,
		      struct store **ret, struct err *e)
{
	struct store *s;
	int r = check_path(path, e);

	if (r < 0)
		return r;
	s = calloc(1, sizeof(*s));
	if (!s || !(s->path = strdup(path))) {
		free(s);
		return err_nomem(e);
	}
	s->waiting = *waiting;
	if ((r = connect_to(s, e)) < 0 || (r = schema_bring_up(s, e)) < 0 ||
	    (r = schema_run_file(s, "store/open.sql", e)) < 0 ||
	    (!s->fresh && (r = refuse_slim(s, e)) < 0))
		goto fail;
	if (sqlite3_db_readonly(s->db, "main") == 1) {
		r = err_set(
			e, ERR_DB,
			"database '%s' is read-only: make it writable, or name another file with --db",
			path);
		goto fail;
	}
	*ret = s;
	return 0;
fail:
	store_close(s);
	return r;
}

int store_migrate(const char *path, struct err *e)
{
	struct store *s = calloc(1, sizeof(*s));
	int r = 0;

	if (!s || !(s->path = strdup(path)))
		r = err_nomem(e);
	if (r == 0)
		r = connect_to(s, e);
	if (r == 0)
		r = schema_bring_up(s, e);
	store_close(s);
	return r;
}

/* Of SQLite's machine, between two looks at the flag: some 0.1 ms. */
#define PROGRESS_STEPS 5000

static int on_progress(void *arg)
{
	const struct store *s = arg;

	return *s->stop != 0;
}

void store_stop_on(struct store *s, const volatile sig_atomic_t *flag)
{
	s->stop = flag;
	sqlite3_progress_handler(s->db, PROGRESS_STEPS,
				 flag ? on_progress : NULL, s);
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
	free(s->shown);
	arena_release(&s->pending_text);
	sqlite3_close(s->db);
	db_guard_free(s->guard);
	free(s->path);
	free(s);
}
