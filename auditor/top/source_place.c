/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/source_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "query/source_lines.h"

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

static int find_file(const struct source_folders *folders, const char *file,
		     char ret[PATH_MAX], struct err *e)
{
	for (size_t i = 0; i < SOURCE_FOLDERS; i++)
		if (folders->at[i] && find_in(folders->at[i], file, ret))
			return 0;
	return err_set(
		e, ERR_USAGE,
		"source file '%.200s' is not there below the sources of the build",
		file);
}

/* The source of the object that a row is of, or is in: where no line is known,
 * it is nearest. */
static bool find_object(const struct source_folders *folders,
			const struct top_row *row, char ret[PATH_MAX])
{
	static const char *const endings[] = { "c", "S", "rs" };
	const char *path = row->path ? row->path : row->key;
	size_t n = strlen(path);
	char file[PATH_MAX];
	struct err ignored;

	if (n < 3 || n >= sizeof(file) - 1 || strcmp(path + n - 2, ".o") != 0)
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		snprintf(file, sizeof(file), "%.*s%s", (int)(n - 1), path,
			 endings[i]);
		if (find_file(folders, file, ret, &ignored) == 0)
			return true;
	}
	return false;
}

int source_place(const struct database *d, const char *build, const char *trace,
		 const struct top_row *row, struct top_place *ret,
		 struct err *e)
{
	struct source_folders folders = { .at = { NULL } };
	struct top_place place = { .line = row->line };
	char file[PATH_MAX];
	int rc = source_folders_read(d, build, trace, &folders, e);

	if (rc) {
		source_folders_release(&folders);
		return rc;
	}
	if (row->file) {
		snprintf(file, sizeof(file), "%s", row->file);
	} else if (row->path && build) {
		rc = source_line_of_symbol(d, build, row->path, row->key, file,
					   sizeof(file), &place.line, e);
	} else {
		rc = err_set(e, ERR_USAGE,
			     "no source line is known of '%.200s'", row->key);
	}
	if (!rc) {
		rc = find_file(&folders, file, place.file, e);
	} else if (rc == -(int)ERR_USAGE &&
		   find_object(&folders, row, place.file)) {
		place.line = 0;
		rc = 0;
	}
	if (!rc)
		*ret = place;
	source_folders_release(&folders);
	return rc;
}
