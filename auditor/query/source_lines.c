/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/source_lines.h"

#include <stdio.h>
#include <stdlib.h>

static const char *column(sqlite3_stmt *st, int at)
{
	return (const char *)sqlite3_column_text(st, at);
}

int source_folders_read(const struct database *d, const char *build,
			const char *trace, struct source_folders *ret,
			struct err *e)
{
	const struct binding bindings[] = { { ":build", build, NULL },
					    { ":trace", trace, NULL },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st = NULL;
	int rc = database_prepare(d, "top-sources", bindings, &st, e);

	if (!rc)
		rc = database_step(d, st, e);
	for (int i = 0; i < SOURCE_FOLDERS && rc == 1; i++) {
		const char *folder = column(st, i);

		if (folder && *folder == '/')
			ret->at[i] = realpath(folder, NULL);
	}
	sqlite3_finalize(st);
	return rc < 0 ? rc : 0;
}

void source_folders_release(struct source_folders *f)
{
	for (size_t i = 0; i < SOURCE_FOLDERS; i++)
		free(f->at[i]);
	*f = (struct source_folders){ .at = { NULL } };
}

int source_line_of_symbol(const struct database *d, const char *build,
			  const char *path, const char *symbol, char *file,
			  size_t size, int64_t *line, struct err *e)
{
	const struct binding bindings[] = { { ":build", build, NULL },
					    { ":path", path, NULL },
					    { ":symbol", symbol, NULL },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st = NULL;
	int rc = database_prepare(d, "top-line", bindings, &st, e);

	if (!rc)
		rc = database_step(d, st, e);
	if (rc == 1) {
		snprintf(file, size, "%s", column(st, 0));
		*line = sqlite3_column_int64(st, 1);
	} else if (!rc) {
		rc = err_set(e, ERR_USAGE,
			     "no source line of '%.200s' is known", symbol);
	}
	sqlite3_finalize(st);
	return rc == 1 ? 0 : rc;
}
