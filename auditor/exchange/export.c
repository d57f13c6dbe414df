/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/refs.h"
#include "exchange/source.h"
#include "store/copy/cache.h"
#include "store/copy/copy.h"
#include "store/copy/drop.h"
#include "store/copy/roots.h"
#include "store/statements.h"
#include "store/store.h"

/* ---- the file ---- */

static int check_output(const struct export_options *o, struct err *e)
{
	struct stat out, db;

	if (stat(o->output, &out) != 0)
		return 0;
	if (!S_ISREG(out.st_mode))
		return err_set(
			e, ERR_IO,
			"'%s' is no file: a database cannot be written there",
			o->output);
	if (stat(o->db, &db) == 0 && db.st_dev == out.st_dev &&
	    db.st_ino == out.st_ino)
		return err_set(
			e, ERR_USAGE,
			"'%s' is the database itself: name another file with -o",
			o->output);
	return 0;
}

/* Beside the file it will be; hidden, since it is none yet. */
#define MARK ".kmemdb-"
#define RANDOM_LEN 6

struct temporary {
	char *path;
	int lock; /* held while somebody writes it */
};

static void unlink_with_journal(int dir, const char *name)
{
	char *journal = NULL;

	if (asprintf(&journal, "%s-journal", name) >= 0)
		unlinkat(dir, journal, 0);
	unlinkat(dir, name, 0);
	free(journal);
}

/* One that nobody holds was left by an export that was killed. */
static void remove_if_left(int dir, const char *name)
{
	int fd = openat(dir, name,
			O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_uid == geteuid() && flock(fd, LOCK_EX | LOCK_NB) == 0)
		unlink_with_journal(dir, name);
	close(fd);
}

static void remove_left(const char *folder, const char *prefix)
{
	size_t len = strlen(prefix);
	DIR *d = opendir(folder);
	const struct dirent *entry;

	while (d && (entry = readdir(d)))
		if (strncmp(entry->d_name, prefix, len) == 0 &&
		    strlen(entry->d_name) == len + RANDOM_LEN)
			remove_if_left(dirfd(d), entry->d_name);
	if (d)
		closedir(d);
}

static int create(struct temporary *t, const char *output, struct err *e)
{
	mode_t mask = umask(0);

	umask(mask);
	t->lock = mkostemp(t->path, O_CLOEXEC);
	if (t->lock < 0)
		return err_set_errno(e, ERR_IO, "cannot write '%s'", output);
	/* Before it has rows: where locks are not known, none is removed. */
	flock(t->lock, LOCK_EX);
	fchmod(t->lock, 0666 & ~mask);
	return 0;
}

static int make_temporary(const char *output, struct temporary *ret,
			  struct err *e)
{
	const char *slash = strrchr(output, '/');
	int dir = slash ? (int)(slash - output) + 1 : 0;
	char *folder = NULL, *prefix = NULL;
	struct temporary t = { .lock = -1 };
	int r;

	if (asprintf(&prefix, ".%s" MARK, output + dir) < 0)
		return err_nomem(e);
	if (asprintf(&folder, "%.*s", dir ? dir : 1, dir ? output : ".") < 0 ||
	    asprintf(&t.path, "%.*s%sXXXXXX", dir, output, prefix) < 0) {
		r = err_nomem(e);
	} else {
		remove_left(folder, prefix);
		r = create(&t, output, e);
	}
	free(prefix);
	free(folder);
	if (r == 0)
		*ret = t;
	else
		free(t.path);
	return r;
}

static void release_temporary(struct temporary *t, bool keep)
{
	if (t->path && !keep)
		unlink_with_journal(AT_FDCWD, t->path);
	if (t->lock >= 0)
		close(t->lock);
	free(t->path);
}

/* SQLite has synced the file itself. */
static int finish(const char *path, const char *output, int64_t *ret_bytes,
		  struct err *e)
{
	struct stat st;

	if (stat(path, &st) != 0 || rename(path, output) != 0)
		return err_set_errno(e, ERR_IO, "cannot write '%s'", output);
	*ret_bytes = st.st_size;
	return 0;
}

/* ---- the rows ---- */

static int copy_rows(const struct export_options *o, struct store *s,
		     const struct database *d, struct export_result *result,
		     struct err *e)
{
	struct copier *c;
	int r = ref_get(d->db, REF_BUILD, o->build, &result->build, e);

	if (r == 0)
		r = copier_new(s, d->db, d->path, true, &c, e);
	if (r < 0)
		return r;
	r = copy_build(c, result->build, e);
	if (r == 0 && !o->slim)
		r = copy_cache(c, result->build, e);
	result->counts = copier_counts(c);
	copier_free(c);
	return r;
}

static int write_database(const struct export_options *o, const char *path,
			  const struct database *d,
			  struct export_result *result, struct err *e)
{
	struct store *s;
	int r = store_open(path, &s, e);

	if (r < 0)
		return r;
	store_stop_on(s, o->stop->interrupted);
	s->small_numbers = o->slim;
	r = store_begin(s, 0, e);
	if (r == 0)
		r = copy_rows(o, s, d, result, e);
	if (r == 0 && o->slim)
		r = store_run(s, ST_COPY_SLIM_PUT, NULL, 0, e);
	if (r == 0)
		r = store_commit(s, e);
	/* Rows that are neighbours compress better. */
	if (r == 0 && o->slim)
		r = store_compact(s, e);
	store_close(s);
	return r;
}

int export_run(const struct export_options *o, struct export_result *ret,
	       struct err *e)
{
	struct export_result result = { 0 };
	struct database *d;
	struct temporary t = { .lock = -1 };
	int r = check_output(o, e);

	if (r == 0)
		r = source_open(o->db, o->stop, &d, e);
	if (r < 0)
		return r;
	r = make_temporary(o->output, &t, e);
	if (r == 0)
		r = write_database(o, t.path, d, &result, e);
	if (r == 0)
		r = finish(t.path, o->output, &result.bytes, e);
	release_temporary(&t, r == 0);
	database_close(d);
	if (r == 0)
		*ret = result;
	return r;
}
