/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * COMMON symbols: the linker allots them in the order of its hash table, which
 * only the image still knows.  Private to link/.
 */
#ifndef LINK_COMMONS_H
#define LINK_COMMONS_H

#include "link/work.h"

struct common_symbol {
	uint32_t output;
	uint64_t addr, size; /* in the image */
};

/* Those of the image by output section and address; lives in
 * link_work.scratch. */
struct commons {
	struct common_symbol *list;
	size_t n;
	size_t *next; /* of each output: the first that has no place yet */
};

/* After link_find_symbol_addrs.  0 or negative, with e filled. */
int commons_find(struct commons *c, struct link_work *w, struct err *e);

/* At *dot in the output: counts those from there on, and moves *dot after
 * them.  Each is counted once. */
void commons_place(struct commons *c, struct link_work *w, uint32_t output,
		   uint64_t *dot);

#endif
