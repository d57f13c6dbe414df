/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where results go: standard output, or a file that appears under its name
 * only when it is complete.
 *
 * Errors: ERR_IO where it cannot be written, ERR_NOMEM.
 */
#ifndef RENDER_OUTPUT_H
#define RENDER_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "support/err.h"

struct output {
	FILE *file;
	char *path;   /* NULL: standard output */
	char *temp;   /* what becomes path at the end; NULL: none */
	bool unnamed; /* file has no name yet */
	bool terminal;
	size_t width; /* of the terminal, in columns */
};

/* path NULL or "-" is standard output. */
int output_open(const char *path, struct output *ret, struct err *e);

/*
 * All was written: flushes, and puts the file in its place.  A reader that
 * went away (EPIPE) is no error.  Releases *o in any case.
 */
int output_commit(struct output *o, struct err *e);

/* Something went wrong: leaves what was under the name as it was. */
void output_discard(struct output *o);

#endif
