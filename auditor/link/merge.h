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

/* Sets size and empty of all mergeable sections that have an output; order
 * is the order of the link.  0 or negative, with e
 * filled. */
int merge_sections(struct link_work *w, const uint32_t *order,
		   enum merge_style style, struct err *e);

#endif
