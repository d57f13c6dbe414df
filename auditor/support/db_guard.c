/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/db_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The last eight bytes of a journal that names another file, as they are the
 * first of any journal. */
static const unsigned char magic[] = { 0xd9, 0xd5, 0x05, 0xf9,
				       0x20, 0xa1, 0x63, 0xd7 };

struct db_guard {
	sqlite3_vfs vfs; /* first: SQLite hands this pointer back */
	sqlite3_vfs *base;
	bool registered;
	char name[40];
	char *path; /* as the user wrote it, for messages */
	char *file;
};

/* ---- the look ---- */

static int refuse(const struct db_guard *g, const char *suffix,
		  const char *what, struct err *e)
{
	return err_set(
		e, ERR_DB,
		"'%s%s' %s, which kmemdb never leaves beside a database: do not use '%s' unless you know who made it, or move that file away",
		g->path, suffix, what, g->path);
}

static bool ends_in_magic(int fd, off_t size)
{
	unsigned char tail[sizeof(magic)];

	return size >= (off_t)sizeof(tail) &&
	       pread(fd, tail, sizeof(tail), size - (off_t)sizeof(tail)) ==
		       (ssize_t)sizeof(tail) &&
	       memcmp(tail, magic, sizeof(tail)) == 0;
}

/*
 * A journal whose first byte is 0 is no reason to roll back, yet an undone
 * write of ours would read its end: so every journal is looked at.
 */
static int check_journal_file(const struct db_guard *g, int fd, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_set_errno(e, ERR_DB, "cannot read '%s-journal'",
				     g->path);
	if (!S_ISREG(st.st_mode))
		return refuse(g, "-journal", "is not a regular file", e);
	/* A write would go through the other name, too. */
	if (st.st_nlink > 1)
		return refuse(g, "-journal", "is a file of several names", e);
	if (ends_in_magic(fd, st.st_size))
		return refuse(g, "-journal",
			      "names another file, to be deleted", e);
	return 0;
}

static int check_journal(const struct db_guard *g, struct err *e)
{
	char path[PATH_MAX + 16];
	struct stat st;
	int fd, r;

	snprintf(path, sizeof(path), "%s-journal", g->file);
	if (lstat(path, &st) != 0)
		return errno == ENOENT ? 0
				       : err_set_errno(e, ERR_DB, "'%s'", path);
	if (!S_ISREG(st.st_mode))
		return refuse(g, "-journal", "is not a regular file", e);
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) /* a writer has just ended */
		return 0;
	if (fd < 0)
		return err_set_errno(e, ERR_DB, "cannot read '%s-journal'",
				     g->path);
	r = check_journal_file(g, fd, e);
	close(fd);
	return r;
}

static int check_wal(const struct db_guard *g, const char *suffix,
		     struct err *e)
{
	char path[PATH_MAX + 16];
	struct stat st;

	snprintf(path, sizeof(path), "%s%s", g->file, suffix);
	if (lstat(path, &st) != 0 || (S_ISREG(st.st_mode) && !st.st_size))
		return 0;
	return refuse(g, suffix, "is part of a write-ahead log", e);
}

/* ---- the layer ---- */

/* Is name the database or one of the files that belong to it? */
static bool is_own(const struct db_guard *g, const char *name)
{
	static const char *const suffixes[] = { "", "-journal", "-wal" };
	size_t len = strlen(g->file);

	if (strncmp(name, g->file, len) != 0)
		return false;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (strcmp(name + len, suffixes[i]) == 0)
			return true;
	return false;
}

static const struct db_guard *guard_of(const sqlite3_vfs *vfs)
{
	return (const struct db_guard *)(const void *)vfs;
}

/*
 * As root SQLite gives a journal the owner of its database, also one that it
 * only reads; and whoever made it may have put a link to another file in its
 * place.  A journal that is not to be made is opened as a file of another
 * kind, which keeps its owner, and never through a link.
 */
static int guard_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
		      int flags, int *ret_flags)
{
	const struct db_guard *g = guard_of(vfs);

	if (name && flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) {
		flags |= SQLITE_OPEN_NOFOLLOW;
		if (!(flags & SQLITE_OPEN_CREATE)) {
			flags &= ~(SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL);
			flags |= SQLITE_OPEN_SUBJOURNAL;
		}
	}
	return g->base->xOpen(g->base, name, file, flags, ret_flags);
}

static int guard_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	const struct db_guard *g = guard_of(vfs);

	/* The database itself is nobody's to delete. */
	if (!is_own(g, name) || strcmp(name, g->file) == 0)
		return SQLITE_IOERR_DELETE;
	return g->base->xDelete(g->base, name, sync);
}

/* Asked of a super-journal before any page is rolled back. */
static int guard_access(sqlite3_vfs *vfs, const char *name, int flags, int *ret)
{
	const struct db_guard *g = guard_of(vfs);

	if (!is_own(g, name))
		return SQLITE_IOERR_ACCESS;
	return g->base->xAccess(g->base, name, flags, ret);
}

static int add_layer(struct db_guard *g, struct err *e)
{
	g->base = sqlite3_vfs_find(NULL);
	if (!g->base)
		return err_set(e, ERR_DB, "SQLite knows no files here");
	snprintf(g->name, sizeof(g->name), "kmemdb-%p", (void *)g);
	g->vfs = *g->base;
	g->vfs.pNext = NULL;
	g->vfs.zName = g->name;
	g->vfs.xOpen = guard_open;
	g->vfs.xDelete = guard_delete;
	g->vfs.xAccess = guard_access;
	if (sqlite3_vfs_register(&g->vfs, 0) != SQLITE_OK)
		return err_nomem(e);
	g->registered = true;
	return 0;
}

/* ---- both ---- */

/* SQLite would make the file, too, but what a link to nothing means is known
 * only when it is there. */
static int find_file(struct db_guard *g, bool create, struct err *e)
{
	g->file = realpath(g->path, NULL);
	if (!g->file && errno == ENOENT && create) {
		int fd = open(g->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY,
			      0644);

		if (fd >= 0) {
			close(fd);
			g->file = realpath(g->path, NULL);
		} else if (errno == ENOENT || errno == EACCES) {
			return err_set(
				e, ERR_DB,
				"cannot open database '%s': its folder is not there, or not writable",
				g->path);
		}
	}
	if (!g->file)
		return err_set_errno(e, ERR_DB, "cannot open database '%s'",
				     g->path);
	if (strlen(g->file) >= PATH_MAX)
		return err_set(e, ERR_DB, "cannot open database '%s': %s",
			       g->path, strerror(ENAMETOOLONG));
	return 0;
}

int db_guard_new(const char *path, bool create, struct db_guard **ret,
		 struct err *e)
{
	struct db_guard *g = calloc(1, sizeof(*g));
	int r;

	if (!g || !(g->path = strdup(path))) {
		free(g);
		return err_nomem(e);
	}
	if ((r = find_file(g, create, e)) < 0 ||
	    (r = check_journal(g, e)) < 0 ||
	    (r = check_wal(g, "-wal", e)) < 0 ||
	    (r = check_wal(g, "-shm", e)) < 0 || (r = add_layer(g, e)) < 0) {
		db_guard_free(g);
		return r;
	}
	*ret = g;
	return 0;
}

const char *db_guard_file(const struct db_guard *g)
{
	return g->file;
}

const char *db_guard_vfs(const struct db_guard *g)
{
	return g->name;
}

/* Through SQLite's own descriptor: to close another one of the same file
 * would give up the process's locks on it. */
int db_guard_header(const struct db_guard *g, sqlite3 *db, struct err *e)
{
	unsigned char versions[2] = { 0, 0 }; /* to write, to read; 2 is WAL */
	sqlite3_file *file = NULL;

	if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER,
				 &file) != SQLITE_OK ||
	    !file || !file->pMethods)
		return err_set(e, ERR_DB, "cannot read database '%s'", g->path);
	/* A file that is too short is somebody else's error. */
	if (file->pMethods->xRead(file, versions, 2, 18) == SQLITE_OK &&
	    (versions[0] == 2 || versions[1] == 2))
		return err_set(
			e, ERR_DB,
			"database '%s' is in WAL mode, which writes beside it even to read: run sqlite3 '%s' 'PRAGMA journal_mode = DELETE' on a copy that you trust",
			g->path, g->path);
	return 0;
}

int64_t db_file_bytes(sqlite3 *db)
{
	sqlite3_file *file = NULL;
	sqlite3_int64 size = 0;

	if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER,
				 &file) != SQLITE_OK ||
	    !file || !file->pMethods ||
	    file->pMethods->xFileSize(file, &size) != SQLITE_OK)
		return 0;
	return size;
}

void db_guard_free(struct db_guard *g)
{
	if (!g)
		return;
	if (g->registered)
		sqlite3_vfs_unregister(&g->vfs);
	free(g->file);
	free(g->path);
	free(g);
}
