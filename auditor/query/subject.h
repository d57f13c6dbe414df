/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `kmemdb show` is asked about: a word that names an object or a
 * symbol, in a build, with the trace that goes with it.
 */
#ifndef QUERY_SUBJECT_H
#define QUERY_SUBJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "query/database.h"
#include "support/arena.h"
#include "support/err.h"

struct subject {
	bool object;	  /* else a symbol */
	const char *name; /* path, or symbol; in the arena */
	/* A database may hold only builds, or only traces. */
	bool has_build, has_trace;
	int64_t build, trace;
};

/*
 * Finds word: an object by its path, by the end of its path, or by its
 * source's (fs/open.c); a symbol by its name, by what is before its suffix,
 * or as a call site prints it (name+0xoff).  build and trace are references
 * as --build and --trace take them, or NULL: the newest build, and the newest
 * trace of the build.  ERR_USAGE, with the nearest names, where there is no
 * such thing.
 */
int subject_find(const struct database *d, const char *word, const char *build,
		 const char *trace, struct arena *a, struct subject *ret,
		 struct err *e);

#endif
