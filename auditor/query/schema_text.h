/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public schema in words: the files of sql/views, as they were written.
 */
#ifndef QUERY_SCHEMA_TEXT_H
#define QUERY_SCHEMA_TEXT_H

#include <stdbool.h>
#include <stdio.h>

#include "support/err.h"

/* A view of the public schema; the texts are the program's, and not
 * terminated. */
struct view_title {
	const char *name, *title;
	int name_len, title_len;
};

/* The next view at or after *at, which begins at sql_files; false at the end. */
struct sql_file;
bool schema_next(const struct sql_file **at, struct view_title *ret);

/* Every view, with its title, one line each. */
void schema_list(FILE *out);

/* The columns of one view, and its statement; of all where name is "".
 * ERR_USAGE, with the nearest name, where there is none. */
int schema_show(const char *name, FILE *out, struct err *e);

#endif
