/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What "ld -r" makes of sections: those of one name become one, in the order
 * in which the linker meets them, each at the next multiple of its alignment;
 * and the joined section is aligned as the strictest of them.
 *
 * Pure: numbers in, numbers out.  Sizes and offsets are bytes.
 */
#ifndef LINK_PARTIAL_LAYOUT_H
#define LINK_PARTIAL_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/err.h"

struct partial_section {
	uint64_t name; /* equal numbers are equal names */
	uint64_t size, align;
};

struct joined_section {
	uint64_t name;
	uint32_t first, count; /* of its sections: places in order[] */
	uint64_t align;	       /* at least 1 */
	uint64_t size;
	bool overflows; /* size and offsets are beyond 64 bits: nonsense */
};

struct partial_layout {
	/* Names in the order in which they are met first. */
	struct joined_section *joined;
	size_t njoined;
	uint32_t *order;   /* indices of sections, those of a name together */
	uint64_t *offsets; /* of each section within its joined section */
};

/*
 * Sections come as the linker meets them.  *ret lives in arena.  ERR_NOMEM
 * only, also where there are 2^32 sections.  O(n).
 */
int partial_layout_compute(const struct partial_section *sections, size_t n,
			   struct arena *arena, struct partial_layout *ret,
			   struct err *e);

#endif
