/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "model/schema_version.h"
#include "store/store.h"
#include "support/db_guard.h"

/* Pages that are copied before the user's wish is looked at again. */
#define STEP_PAGES 1000
/* Left to others. */
#define ROOM_LEFT ((uint64_t)64 << 20)

struct folder {
	char *dir, *file;
};

static int make_folder(struct folder *ret, const char *name, struct err *e)
{
	const char *dir = getenv("TMPDIR");
	struct folder f = { NULL, NULL };

	if (asprintf(&f.dir, "%s/kmemdb-XXXXXX", dir && *dir ? dir : "/tmp") <
	    0)
		return err_nomem(e);
	if (!mkdtemp(f.dir)) {
		free(f.dir);
		return err_set_errno(
			e, ERR_IO,
			"cannot make a temporary folder for a copy of '%s': set TMPDIR",
			name);
	}
	if (asprintf(&f.file, "%s/copy.db", f.dir) < 0) {
		rmdir(f.dir);
		free(f.dir);
		return err_nomem(e);
	}
	*ret = f;
	return 0;
}

static void remove_folder(struct folder *f)
{
	char *journal = NULL;

	if (asprintf(&journal, "%s-journal", f->file) >= 0)
		unlink(journal);
	unlink(f->file);
	rmdir(f->dir);
	free(journal);
	free(f->file);
	free(f->dir);
}

/* A stranger's file may say that it is large. */
static int ask_room(const struct database *d, const char *dir, struct err *e)
{
	uint64_t bytes = (uint64_t)db_file_bytes(d->db), room;
	struct statvfs vfs;

	if (statvfs(dir, &vfs) != 0)
		return 0;
	room = (uint64_t)vfs.f_bavail * vfs.f_frsize;
	if (bytes + ROOM_LEFT <= room)
		return 0;
	return err_set(
		e, ERR_IO,
		"'%s' has an older schema, and there is too little room for a copy to migrate (%" PRIu64
		" of %" PRIu64 " MiB): set TMPDIR to a directory with more",
		d->path, room >> 20, bytes >> 20);
}

static int copy_pages(const struct database *d, const char *file,
		      const struct query_stop *stop, struct err *e)
{
	sqlite3_backup *b = NULL;
	sqlite3 *to = NULL;
	int rc = sqlite3_open_v2(file, &to,
				 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
					 SQLITE_OPEN_NOMUTEX,
				 NULL);
	int r = 0;

	if (rc == SQLITE_OK)
		b = sqlite3_backup_init(to, "main", d->db, "main");
	if (!b)
		r = err_set(e, ERR_IO, "cannot copy '%s'", d->path);
	while (r == 0 && (rc = sqlite3_backup_step(b, STEP_PAGES)) == SQLITE_OK)
		if (query_stopped(stop))
			r = query_stop_fail(stop, e);
	sqlite3_backup_finish(b);
	if (r == 0 && rc != SQLITE_DONE)
		r = err_set(e, ERR_IO, "cannot copy '%s': %s", d->path,
			    sqlite3_errstr(rc));
	sqlite3_close(to);
	return r;
}

/* Whoever opened the copy can go on reading when its folder is gone. */
static int open_migrated(const struct database *old,
			 const struct query_stop *stop, struct database **ret,
			 struct err *e)
{
	struct folder f = { NULL, NULL };
	int r = make_folder(&f, old->path, e);

	if (r < 0)
		return r;
	r = ask_room(old, f.dir, e);
	if (r == 0)
		r = copy_pages(old, f.file, stop, e);
	if (r == 0)
		r = store_migrate(f.file, e);
	if (r == 0)
		r = database_open_until(f.file, stop, ret, e);
	remove_folder(&f);
	return r;
}

int source_open(const char *path, const struct query_stop *stop,
		struct database **ret, struct err *e)
{
	struct database *d, *migrated;
	int r = database_open_any_age(path, stop, &d, e);

	if (r < 0)
		return r;
	if (d->version == KMEMDB_SCHEMA_VERSION) {
		*ret = d;
		return 0;
	}
	r = open_migrated(d, stop, &migrated, e);
	database_close(d);
	if (r < 0)
		return err_prefix(e, "'%s'", path);
	*ret = migrated;
	return 0;
}
