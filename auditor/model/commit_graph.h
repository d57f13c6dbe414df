/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A part of the sources' history: commits, and which are whose parents.
 *
 * A commit is a number, the first 64 bits of its hash: enough to tell the
 * million commits of a kernel apart (a chance of 1 in 30 million that any two
 * meet), a third of the room, and what abbreviated ids are a prefix of.
 */
#ifndef MODEL_COMMIT_GRAPH_H
#define MODEL_COMMIT_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Hexadecimal digits of a commit's number; fewer name several. */
#define COMMIT_DIGITS 16

/* Stored: append, never reorder. */
enum commit_cut {
	COMMIT_KNOWN = 0,
	COMMIT_LACKING, /* the repository has no such commit: it is shallow */
	COMMIT_LEFT,	/* there was more than is asked for at a time */
};

struct commit_node {
	int64_t commit;
	uint32_t first, nparents; /* places in parents[]; 0: a root */
	enum commit_cut cut;	  /* its parents are not known, and why */
};

struct commit_graph {
	struct commit_node *nodes;
	int64_t *parents;
	size_t nnodes, nparents, nodes_room, parents_room;
};

/*
 * The numbers of the commits that text, a hash or the beginning of one, may
 * mean: from *ret_first to *ret_last, which are equal where it has 16 digits
 * or more.  False: it is no hash, or has less than four digits.
 */
bool commit_range(const char *text, int64_t *ret_first, int64_t *ret_last);

/* 0, or -1 when memory is out: the node's parents are added after it. */
int commit_graph_add(struct commit_graph *g, int64_t commit,
		     enum commit_cut cut);
int commit_graph_add_parent(struct commit_graph *g, int64_t parent);

/* Adds all of from, likewise. */
int commit_graph_join(struct commit_graph *g, const struct commit_graph *from);

void commit_graph_release(struct commit_graph *g);

#endif
