/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a word means to blame: a directory, an object or symbols, and the
 * newest build that has it.  Private to blame.c.
 */
#ifndef QUERY_BLAME_SUBJECT_H
#define QUERY_BLAME_SUBJECT_H

#include "query/blame_walk.h"

enum blame_kind { BLAME_DIRECTORY, BLAME_OBJECT, BLAME_SYMBOL };

struct blame_subject {
	enum blame_kind kind;
	const char *directory;
	uint32_t seed; /* the build that places are of */
	struct symbol_place *places;
	size_t nplaces, room;
	struct arena arena;
};

/* The caller releases *ret, also after an error. */
int blame_subject_find(struct blame_walk *w, const struct database *d,
		       const char *word, const char *branch,
		       struct blame_subject *ret, struct err *e);
void blame_subject_release(struct blame_subject *s);

#endif
