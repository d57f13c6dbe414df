/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/schema_text.h"

#include <stdint.h>
#include <string.h>

#include "query/distance.h"
#include "support/sql_files.h"

#define FOLDER "views/"
#define SUFFIX ".sql"
#define TITLE "-- title: "

/* The view's name in the file's path; its length, 0 where it is no view. */
static size_t view_name(const struct sql_file *f, const char **ret)
{
	size_t folder = strlen(FOLDER), suffix = strlen(SUFFIX);
	size_t len = strlen(f->path);

	if (len <= folder + suffix || strncmp(f->path, FOLDER, folder) != 0)
		return 0;
	*ret = f->path + folder;
	return len - folder - suffix;
}

bool schema_next(const struct sql_file **at, struct view_title *ret)
{
	for (; (*at)->path; (*at)++) {
		const char *title = strstr((*at)->text, TITLE);
		size_t len = view_name(*at, &ret->name);

		if (!len)
			continue;
		ret->name_len = (int)len;
		ret->title = title ? title + strlen(TITLE) : "";
		ret->title_len = (int)strcspn(ret->title, "\n");
		(*at)++;
		return true;
	}
	return false;
}

void schema_list(FILE *out)
{
	const struct sql_file *at = sql_files;
	struct view_title v;

	while (schema_next(&at, &v))
		fprintf(out, "%-16.*s %.*s\n", v.name_len, v.name, v.title_len,
			v.title);
}

int schema_show(const char *wanted, FILE *out, struct err *e)
{
	size_t best = SIZE_MAX, nearest_len = 0;
	const char *nearest = "";
	bool found = false;

	for (const struct sql_file *f = sql_files; f->path; f++) {
		const char *name;
		size_t len = view_name(f, &name);
		size_t distance;

		if (!len)
			continue;
		distance = edit_distance(wanted, strlen(wanted), name, len);
		if (distance < best) {
			best = distance;
			nearest = name;
			nearest_len = len;
		}
		if (distance && *wanted)
			continue;
		fprintf(out, "%s%s", found ? "\n" : "", f->text);
		found = true;
	}
	if (found)
		return 0;
	return err_set(
		e, ERR_USAGE,
		"no view '%.100s': the nearest is '%.*s', .tables lists them all",
		wanted, (int)nearest_len, nearest);
}
