/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What "ld -r" had done to objects before the image was linked: it puts
 * sections of one name together, and aligns the whole as the strictest of
 * them.  A layout of the objects themselves comes out the same where they are
 * ordered by name within the group and the first of each name is aligned so.
 */
#ifndef LINK_PARTIAL_LINK_H
#define LINK_PARTIAL_LINK_H

#include "link/job.h"
#include "model/tree.h"

/*
 * Sets partial_link_group and aligns of the inputs that a group holds; their
 * places in groups[] are places in inputs[].  An input whose record is NULL
 * is passed over.  The records stay as they are: what is aligned otherwise
 * gets an array in arena.  ERR_NOMEM only; then the inputs are of no use.
 */
int partial_link_apply(struct link_input *inputs, size_t ninputs,
		       const struct partial_link_group *groups, size_t ngroups,
		       struct arena *arena, struct err *e);

#endif
