/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/schema.h"
#include "store/statements.h"

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

int store_open(const char *path, struct store **ret, struct err *e)
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
	if (sqlite3_open_v2(path, &s->db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
				    SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK) {
		r = s->db ? store_fail(s, e) : err_nomem(e);
		goto fail;
	}
	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	/* Reading the header meets a lock, too, while another commits. */
	sqlite3_busy_timeout(s->db, 60000);
	if ((r = schema_bring_up(s, e)) < 0 ||
	    (r = schema_run_file(s, "store/open.sql", e)) < 0)
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
	free(s->path);
	free(s);
}
