/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/sql_files.h"

#include <stddef.h>
#include <string.h>

const char *sql_file_text(const char *path)
{
	for (const struct sql_file *f = sql_files; f->path; f++)
		if (strcmp(f->path, path) == 0)
			return f->text;
	return NULL;
}
