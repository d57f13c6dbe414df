/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ARM unwind index: GNU ld drops entries that say the same as the one
 * before, and adds an end where code without unwind data follows.
 * Private to link/.
 */
#ifndef LINK_EXIDX_H
#define LINK_EXIDX_H

#include "link/work.h"
#include "link/script/script.h"

/* Sets the sizes of all .ARM.exidx sections and puts them in the order of
 * the code they describe.  0 or negative. */
int exidx_edit(struct link_work *w, struct script *s, struct err *e);

/*
 * For sections that the linker edits and whose content is not known: their
 * sum is the image's, shared out by size.  edited says which these are; all
 * must be in one output section that has nothing else.  0, or -1: out of
 * memory.
 */
int link_scale(struct link_work *w,
	       bool (*edited)(const struct link_work *w,
			      const struct in_section *x),
	       uint64_t entry);
bool link_is_eh_frame(const struct link_work *w, const struct in_section *x);

#endif
