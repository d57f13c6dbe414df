/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sections that the linker edits in a way that their content tells, where the
 * content is not known.  Private to link/.
 */
#ifndef LINK_SCALE_H
#define LINK_SCALE_H

#include "link/work.h"

/*
 * For sections that the linker edits and whose content is not known: their
 * sum is the image's, shared out by size.  edited says which these are; all
 * must be in one output section that has nothing else.  0 or
 * negative, with e filled.
 */
int link_scale(struct link_work *w,
	       bool (*edited)(const struct link_work *w,
			      const struct in_section *x),
	       uint64_t entry, struct err *e);
bool link_is_eh_frame(const struct link_work *w, const struct in_section *x);

#endif
