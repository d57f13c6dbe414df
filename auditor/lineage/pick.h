/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of several builds the one that a build is best compared with.  Private to
 * lineage/.
 */
#ifndef LINEAGE_PICK_H
#define LINEAGE_PICK_H

#include "lineage/builds.h"

/* The best so far of each class: like and clean, like, unlike. */
enum pick_class { PICK_LIKE = 0, PICK_DIRTY, PICK_UNLIKE, PICK_CLASSES };

struct pick {
	struct lineage_base best[PICK_CLASSES];
};

void pick_init(struct pick *p);

/* All builds of a node, commits away.  like may be LINEAGE_NONE.  1: there is
 * none better any more, 0: go on, negative: an error. */
int pick_node(struct lineage *l, struct pick *p, uint32_t like, uint32_t node,
	      uint32_t commits, struct err *e);
/* One build.  As above. */
int pick_build(struct lineage *l, struct pick *p, uint32_t like, uint32_t build,
	       uint32_t commits, struct err *e);

/* The best of all; build is LINEAGE_NONE where there is none. */
struct lineage_base pick_best(const struct pick *p);

#endif
