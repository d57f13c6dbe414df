/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strings that are the end of others.  Private to link/.
 */
#ifndef LINK_MERGE_SUFFIX_H
#define LINK_MERGE_SUFFIX_H

#include <stddef.h>
#include <stdint.h>
#include "support/err.h"

/* Entries of one group, in the order met. */
struct merge_entry {
	const unsigned char *p;
	uint32_t len;	/* with the terminator */
	uint32_t align; /* 0: merged into another, costs nothing */
	uint32_t sec;
};

/* Gives align 0 to each string that is the end of another.  entsize is the
 * size of a character in bytes.  0 or negative, with e filled. */
int merge_suffixes(struct merge_entry *entries, size_t n, uint32_t entsize,
		   struct err *e);

#endif
