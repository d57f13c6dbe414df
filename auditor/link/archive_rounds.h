/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rounds in which a linker took members of archives, reconstructed: in
 * each round it visits them from the front, and what it takes is placed after
 * what it took before, in every section.  Private to link/.
 */
#ifndef LINK_ARCHIVE_ROUNDS_H
#define LINK_ARCHIVE_ROUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/err.h"
#include "support/strmap.h"

#define NOT_KNOWN UINT64_MAX

struct round_member {
	uint64_t start;	   /* address of its code, or NOT_KNOWN */
	size_t before;	   /* homes of others that are right before its own */
	size_t first_home; /* + 1 */
	bool follows;	   /* best taken after the member before it */
	bool taken;
};

/* Where the image has a section of a member. */
struct round_home {
	uint64_t name; /* number of the section's name */
	uint64_t addr;
	size_t member;
	size_t next; /* + 1; of that member */
};

struct rounds {
	struct round_member *members;
	size_t nmembers, members_capacity;
	struct round_home *homes;
	size_t nhomes, homes_capacity;
	struct strmap names; /* of sections → number */
};

/* The next member, in the archive's order.  follows: one of no known place was
 * most likely taken in the round of the member before it.  Fails with
 * ERR_NOMEM alone, as those below. */
int rounds_add_member(struct rounds *r, uint64_t start, bool follows,
		      struct err *e);
/* Of a member that was added. */
int rounds_add_home(struct rounds *r, const char *section, uint64_t addr,
		    size_t member, struct err *e);
/* The members in the order in which they were taken.  ret has room for all. */
int rounds_order(struct rounds *r, size_t *ret, struct err *e);
void rounds_release(struct rounds *r);

#endif
