/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/source_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sqlite3.h>

#define FOLDERS 2

struct folders {
	char *at[FOLDERS]; /* absolute, NULL where there is none */
};

static const char *column(sqlite3_stmt *st, int at)
{
	return (const char *)sqlite3_column_text(st, at);
}

static int read_folders(const struct database *d, const char *build,
			const char *trace, struct folders *ret, struct err *e)
{
	const struct binding bindings[] = { { ":build", build, NULL },
					    { ":trace", trace, NULL },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st = NULL;
	int rc = database_prepare(d, "top-sources", bindings, &st, e);

	if (!rc)
		rc = database_step(d, st, e);
	for (int i = 0; i < FOLDERS && rc == 1; i++) {
		const char *folder = column(st, i);

		if (folder && *folder == '/')
			ret->at[i] = realpath(folder, NULL);
	}
	sqlite3_finalize(st);
	return rc < 0 ? rc : 0;
}

/* Is path, without links in it, a file below the folder? */
static bool below(const char *path, const char *folder)
{
	size_t n = strlen(folder);
	struct stat st;

	while (n && folder[n - 1] == '/')
		n--;
	return strncmp(path, folder, n) == 0 && path[n] == '/' &&
	       stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static bool find_in(const char *folder, const char *file, char ret[PATH_MAX])
{
	char path[2 * PATH_MAX], *real;
	bool found;

	snprintf(path, sizeof(path), "%s%s%s", *file == '/' ? "" : folder,
		 *file == '/' ? "" : "/", file);
	real = realpath(path, NULL);
	found = real && strlen(real) < PATH_MAX && below(real, folder);
	if (found)
		snprintf(ret, PATH_MAX, "%s", real);
	free(real);
	return found;
}

static int find_file(const struct folders *folders, const char *file,
		     char ret[PATH_MAX], struct err *e)
{
	for (size_t i = 0; i < FOLDERS; i++)
		if (folders->at[i] && find_in(folders->at[i], file, ret))
			return 0;
	return err_set(
		e, ERR_USAGE,
		"source file '%.200s' is not there below the sources of the build",
		file);
}

/* Of a function: from one of its call sites. */
static int line_of_symbol(const struct database *d, const char *build,
			  const struct top_row *row, char file[PATH_MAX],
			  int64_t *line, struct err *e)
{
	const struct binding bindings[] = { { ":build", build, NULL },
					    { ":path", row->path, NULL },
					    { ":symbol", row->key, NULL },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st = NULL;
	int rc = database_prepare(d, "top-line", bindings, &st, e);

	if (!rc)
		rc = database_step(d, st, e);
	if (rc == 1) {
		snprintf(file, PATH_MAX, "%s", column(st, 0));
		*line = sqlite3_column_int64(st, 1);
	} else if (!rc) {
		rc = err_set(e, ERR_USAGE,
			     "no source line of '%.200s' is known", row->key);
	}
	sqlite3_finalize(st);
	return rc == 1 ? 0 : rc;
}

int source_place(const struct database *d, const char *build, const char *trace,
		 const struct top_row *row, struct top_place *ret,
		 struct err *e)
{
	struct folders folders = { .at = { NULL } };
	struct top_place place = { .line = row->line };
	char file[PATH_MAX];
	int rc = 0;

	if (row->file) {
		snprintf(file, sizeof(file), "%s", row->file);
	} else if (row->path && build) {
		rc = line_of_symbol(d, build, row, file, &place.line, e);
	} else {
		rc = err_set(e, ERR_USAGE,
			     "no source line is known of '%.200s'", row->key);
	}
	if (!rc)
		rc = read_folders(d, build, trace, &folders, e);
	if (!rc)
		rc = find_file(&folders, file, place.file, e);
	if (!rc)
		*ret = place;
	for (size_t i = 0; i < FOLDERS; i++)
		free(folders.at[i]);
	return rc;
}
