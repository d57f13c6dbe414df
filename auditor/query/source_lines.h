/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the sources of a build are, and a line of a function in them.
 */
#ifndef QUERY_SOURCE_LINES_H
#define QUERY_SOURCE_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "query/database.h"
#include "support/err.h"

/* The sources, and the tree that was built. */
#define SOURCE_FOLDERS 2

struct source_folders {
	char *at[SOURCE_FOLDERS]; /* without links; NULL: there is none */
};

/* build and trace are numbers, or NULL: the sources of the build, else of that
 * which the trace is joined with.  The caller releases *ret, which is all
 * NULL before, also after an error. */
int source_folders_read(const struct database *d, const char *build,
			const char *trace, struct source_folders *ret,
			struct err *e);
void source_folders_release(struct source_folders *f);

/* The first line in it that allocates, in the newest trace of the build: its
 * file, cut to size, and its number.  ERR_USAGE where none is known. */
int source_line_of_symbol(const struct database *d, const char *build,
			  const char *path, const char *symbol, char *file,
			  size_t size, int64_t *line, struct err *e);

#endif
