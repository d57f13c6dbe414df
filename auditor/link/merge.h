/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the linker merges strings and constants of SHF_MERGE sections: those
 * of one output section with the same entry size, alignment and kind share
 * their entries, and a string that another ends with costs nothing.
 * Private to link/.
 */
#ifndef LINK_MERGE_H
#define LINK_MERGE_H

#include "link/work.h"

/* Who gets the bytes of a group's entries. */
enum merge_style {
	MERGE_SPREAD, /* GNU ld to 2.40: each section keeps what it had first */
	MERGE_FIRST,  /* GNU ld from 2.41, and any after "ld -r" of all: the
			 first section of the group gets everything */
	MERGE_LLD,    /* as before, but ends of strings are not shared and all
			 are aligned as their section */
};

/* Entries of one group, in the order met. */
struct merge_entry {
	const unsigned char *p;
	uint32_t len;	/* with the terminator */
	uint32_t align; /* 0: merged into another, costs nothing */
	uint32_t sec;
};

/* Sets size and empty of all mergeable sections that have an output; order
 * is the order of the link.  0 or negative. */
int merge_sections(struct link_work *w, const uint32_t *order,
		   enum merge_style style, struct err *e);

/* Gives align 0 to each string that is the end of another.  entsize is the
 * size of a character. 0, or -1 when memory is out. */
int merge_suffixes(struct merge_entry *entries, size_t n, uint32_t entsize);

#endif
