/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thing, followed from build to build.  Private to blame.c.
 */
#ifndef QUERY_BLAME_WALK_H
#define QUERY_BLAME_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query/lineage_read.h"
#include "query/symbol_match.h"
#include "support/err.h"

/* The thing in a build.  Where it is not there, place is what it was when it
 * was seen last, and place.footprint where it was looked for in vain. */
struct blame_state {
	bool visited, present;
	struct symbol_place place; /* of an object: ordinal -1 */
};

struct blame_walk {
	const struct lineage *lineage;
	struct symbol_match match;
	bool object;	  /* else a symbol */
	uint32_t *newest; /* builds by place */
	/* Who has which base: lists. */
	uint32_t *first_child, *next_child;
	struct blame_state *states; /* by build */
	uint32_t *queue;
	/* How a build has it from its base: by build. */
	enum compare_what *what;
};

int blame_walk_init(struct blame_walk *w, const struct database *d,
		    const struct lineage *l, struct err *e);
void blame_walk_release(struct blame_walk *w);

/* Fills states and what: from seed on, where it is at place. */
int blame_walk_run(struct blame_walk *w, bool object, uint32_t seed,
		   const struct symbol_place *place, struct err *e);

#endif
