/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why copying without a lock is right.  A writer puts the old content of a
 * page into the journal before it writes the page into the file.  The file is
 * copied first, so whatever it holds of the write, finished or torn, the
 * journal that is copied after it can undo.  That journal must be one and the
 * same all the time: a transaction ends by removing it.
 */
#include "query/private_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <sqlite3.h>

#include "support/db_guard.h"
#include "support/sql_files.h"

/* Copied before the room and the user's wish are looked at again. */
#define STEP ((off_t)16 << 20)
/* Left to others. */
#define ROOM_LEFT ((uint64_t)64 << 20)

struct job {
	const char *file, *name;
	const struct query_stop *stop;
	struct private_copy copy;
	int db, journal; /* to read from */
};

static char *join(const char *a, const char *b)
{
	char *s;

	return asprintf(&s, "%s%s", a, b) < 0 ? NULL : s;
}

/* ---- copying ---- */

static int ask_room(const struct job *j, int fd, struct err *e)
{
	struct statvfs vfs;
	uint64_t bytes;

	if (fstatvfs(fd, &vfs) != 0)
		return 0;
	bytes = (uint64_t)vfs.f_bavail * vfs.f_frsize;
	if (bytes >= (uint64_t)STEP + ROOM_LEFT)
		return 0;
	return err_set(
		e, ERR_IO,
		"database '%s' is being written, or such a write was interrupted, and there is too little room for a copy to read (%llu MiB): set TMPDIR to a directory with more",
		j->name, (unsigned long long)(bytes >> 20));
}

/* The bytes between from and to, both within one stretch of data. */
static int copy_stretch(const struct job *j, int in, int out, off_t from,
			off_t to, struct err *e)
{
	if (lseek(out, from, SEEK_SET) < 0)
		return err_set_errno(e, ERR_IO, "cannot copy '%s'", j->name);
	while (from < to) {
		off_t want = to - from < STEP ? to - from : STEP;
		ssize_t n;

		if (query_stopped(j->stop))
			return query_stop_fail(j->stop, e);
		if (ask_room(j, out, e))
			return -(int)e->code;
		n = sendfile(out, in, &from, (size_t)want);
		if (n < 0 && errno != EINTR)
			return err_set_errno(e, ERR_IO, "cannot copy '%s'",
					     j->name);
		if (n == 0) /* it became shorter */
			break;
	}
	return 0;
}

/* Holes stay holes: a stranger's file may say that it is large. */
static int copy_file(const struct job *j, int in, int out, struct err *e)
{
	off_t at = 0;
	struct stat st;

	for (;;) {
		off_t from = lseek(in, at, SEEK_DATA), to;
		int r;

		if (from < 0)
			break;
		to = lseek(in, from, SEEK_HOLE);
		if (to <= from)
			break;
		r = copy_stretch(j, in, out, from, to, e);
		if (r)
			return r;
		at = to;
	}
	if (fstat(in, &st) != 0 || ftruncate(out, st.st_size) != 0)
		return err_set_errno(e, ERR_IO, "cannot copy '%s'", j->name);
	return 0;
}

static int copy_to(const struct job *j, int in, const char *path, struct err *e)
{
	int out = path ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			      0600)
		       : -1;
	int r;

	if (out < 0)
		return err_set_errno(e, ERR_IO, "cannot copy '%s'", j->name);
	r = copy_file(j, in, out, e);
	close(out);
	return r;
}

/* ---- the journal ---- */

/* A descriptor, or -1 where there is none that says anything. */
static int open_journal(const struct job *j)
{
	char *path = join(j->file, "-journal");
	int fd = path ? open(path,
			     O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
		      : -1;
	struct stat st;

	free(path);
	if (fd >= 0 &&
	    (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static bool same_journal(const struct job *j)
{
	char *path = join(j->file, "-journal");
	struct stat is, was;
	bool same = path && stat(path, &is) == 0 &&
		    fstat(j->journal, &was) == 0 && is.st_dev == was.st_dev &&
		    is.st_ino == was.st_ino;

	free(path);
	return same;
}

static int roll_back(const struct job *j, struct err *e)
{
	const char *text = sql_file_text("query/identity.sql");
	struct db_guard *g = NULL;
	sqlite3 *db = NULL;
	int r = db_guard_new(j->copy.file, false, &g, e);

	if (r < 0)
		return r;
	if (!text ||
	    sqlite3_open_v2(db_guard_file(g), &db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
			    db_guard_vfs(g)) != SQLITE_OK)
		r = err_set(e, ERR_DB, "cannot read a copy of '%s'", j->name);
	if (r == 0)
		r = db_guard_header(g, db, e);
	if (r == 0) {
		sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
		sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
		sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
		/* What is wrong with it the reader's own connection says. */
		sqlite3_exec(db, text, NULL, NULL, NULL);
	}
	sqlite3_close(db);
	db_guard_free(g);
	return r;
}

/* ---- both ---- */

static int make_folder(struct job *j, struct err *e)
{
	const char *dir = getenv("TMPDIR");

	j->copy.dir = join(dir && *dir ? dir : "/tmp", "/kmemdb-XXXXXX");
	if (!j->copy.dir)
		return err_nomem(e);
	if (!mkdtemp(j->copy.dir)) {
		free(j->copy.dir);
		j->copy.dir = NULL;
		return err_set_errno(
			e, ERR_IO,
			"cannot make a temporary folder for a copy of '%s': set TMPDIR",
			j->name);
	}
	j->copy.file = join(j->copy.dir, "/copy.db");
	return j->copy.file ? 0 : err_nomem(e);
}

static int copy_both(struct job *j, struct err *e)
{
	char *journal;
	int r = make_folder(j, e);

	if (r < 0 || (r = copy_to(j, j->db, j->copy.file, e)) < 0)
		return r;
	journal = join(j->copy.file, "-journal");
	r = copy_to(j, j->journal, journal, e);
	free(journal);
	if (r < 0)
		return r;
	if (!same_journal(j))
		return 0;
	r = roll_back(j, e);
	return r < 0 ? r : 1;
}

int private_copy_make(const char *file, const char *name,
		      const struct query_stop *stop, struct private_copy *ret,
		      struct err *e)
{
	struct job j = { .file = file, .name = name, .stop = stop, .db = -1 };
	int r = 0;

	j.journal = open_journal(&j);
	if (j.journal < 0)
		return 0;
	j.db = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (j.db < 0)
		r = err_set_errno(e, ERR_DB, "cannot open database '%s'", name);
	else
		r = copy_both(&j, e);
	if (j.db >= 0)
		close(j.db);
	close(j.journal);
	if (r == 1)
		*ret = j.copy;
	else
		private_copy_remove(&j.copy);
	return r;
}

void private_copy_remove(struct private_copy *c)
{
	if (c->file) {
		char *journal = join(c->file, "-journal");

		if (journal)
			unlink(journal);
		free(journal);
		unlink(c->file);
	}
	if (c->dir)
		rmdir(c->dir);
	free(c->file);
	free(c->dir);
	*c = (struct private_copy){ NULL, NULL };
}
