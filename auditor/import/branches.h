/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The branches that the call sites of a trace are in: the whole, each
 * directory and each object; and what a change of a site's memory has to be
 * added to.
 */
#ifndef IMPORT_BRANCHES_H
#define IMPORT_BRANCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/branch_peak.h"
#include "support/err.h"
#include "support/strmap.h"

#define BRANCH_END UINT32_MAX

/* Of more sites than this none has a peak of its own. */
#define BRANCH_SITES_MAX ((size_t)1 << 17)

struct branch {
	uint64_t live[2]; /* malloc and cache, now */
	uint64_t top;	  /* the most of both since point began */
	struct branch_peak peak;
	uint32_t point; /* of time */
	uint32_t name;	/* in numbers.keys; INTERN_NONE: of a site */
	uint32_t sites;
	/* The one that is kept up to date: another with the same sites, or
	 * this one. */
	uint32_t same;
};

struct branches {
	struct branch *list; /* 0 is the whole trace */
	size_t count, capacity;
	struct strmap numbers; /* 0 or 1 and path -> number in list */
	uint32_t *chains;      /* what sites are in, BRANCH_END after each */
	size_t nchains, chains_capacity;
	struct strmap traced; /* paths that hold something of tracing */
	struct strmap shared; /* place -> its chain; not where each_site */
	uint32_t *of_site;    /* where its chain begins */
	size_t nsites;
	bool each_site; /* the first of each chain is the site itself */
	uint32_t *own;	/* then: what was the first */
};

/* For sites 0 to nsites - 1.  -1: no memory. */
int branches_init(struct branches *b, size_t nsites);

/*
 * The site is in the object place; or in none, and place says why, in
 * parentheses.  Those of tracing come first: which branches need a number
 * without them is known then.  -1: no memory.
 */
int branches_add(struct branches *b, uint32_t site, const char *place,
		 bool tracing);

/* After all sites: leaves of branches with the same sites one in chains. */
void branches_join(struct branches *b);

/* Of one with a name. */
const char *branches_path(const struct branches *b, const struct branch *x);
bool branches_with_tracing(const struct branches *b, const struct branch *x);

void branches_release(struct branches *b);

#endif
