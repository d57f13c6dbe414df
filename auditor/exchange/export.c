/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
static int make_temporary(const char *output, char **ret, struct err *e)
{
	const char *slash = strrchr(output, '/');
	int dir = slash ? (int)(slash - output) + 1 : 0;
	mode_t mask = umask(0);
	char *path;
	int fd;

	umask(mask);
	if (asprintf(&path, "%.*s.%s.XXXXXX", dir, output, output + dir) < 0)
		return err_nomem(e);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0) {
		err_set_errno(e, ERR_IO, "cannot write '%s'", output);
		free(path);
		return -ERR_IO;
	}
	fchmod(fd, 0666 & ~mask);
	close(fd);
	*ret = path;
	return 0;
}

static void remove_temporary(char *path)
{
	char *journal = NULL;

	if (asprintf(&journal, "%s-journal", path) >= 0)
		unlink(journal);
	unlink(path);
	free(journal);
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
	char *path = NULL;
	int r = check_output(o, e);

	if (r == 0)
		r = source_open(o->db, o->stop, &d, e);
	if (r < 0)
		return r;
	r = make_temporary(o->output, &path, e);
	if (r == 0)
		r = write_database(o, path, d, &result, e);
	if (r == 0)
		r = finish(path, o->output, &result.bytes, e);
	if (r < 0 && path)
		remove_temporary(path);
	free(path);
	database_close(d);
	if (r == 0)
		*ret = result;
	return r;
}
