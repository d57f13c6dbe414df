/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths with sizes, summed up directory by directory.
 */
#ifndef PLOT_TREE_H
#define PLOT_TREE_H

#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/err.h"

struct plot_item {
	const char *path; /* "fs/ext4/inode.o", relative to the tree */
	int64_t value;	  /* bytes; items of 0 and less are left out */
};

struct plot_node {
	const char *path; /* from the top; of the root: the branch */
	const char *name; /* its last component */
	int64_t value;	  /* its items' and its children's */
	size_t gathered;  /* of "other (n)": how many nodes it replaces */
	struct plot_node **children; /* largest first */
	size_t nchildren;
};

/*
 * Sums items below branch ("" is everything) into directories, depth levels
 * deep; what is deeper is part of its directory.  Items are sorted in place.
 * All of *ret lives in a.  ERR_USAGE where sums exceed 63 bits.
 */
int plot_tree_build(struct arena *a, struct plot_item *items, size_t nitems,
		    const char *branch, size_t depth, struct plot_node **ret,
		    struct err *e);

/*
 * Gathers the children of each node that are smaller than least as one last
 * child, "other (n)"; a single one stays as it is, and levels below are done
 * the same.  least is of the root's unit.
 */
int plot_tree_gather(struct arena *a, struct plot_node *root, int64_t least,
		     struct err *e);

#endif
