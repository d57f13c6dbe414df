/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The graph of commits, made fit to be walked.  Pure.
 *
 * What a damaged database says may have circles: every walk here visits a
 * commit once.
 */
#ifndef LINEAGE_DAG_H
#define LINEAGE_DAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/commit_graph.h"
#include "support/err.h"
#include "support/u64map.h"

#define DAG_NONE UINT32_MAX

struct dag_node {
	int64_t commit;
	uint32_t first, nparents; /* in parents[] */
	bool known;		  /* what its parents are */
};

struct dag {
	struct dag_node *nodes;
	uint32_t *parents; /* nodes */
	size_t nnodes, nodes_room, nparents, parents_room;
	struct u64map by_commit;
};

/* Of commits that g names several times the first that has parents counts.
 * The caller releases *ret, also after an error, which is ERR_NOMEM. */
int dag_build(const struct commit_graph *g, struct dag *ret, struct err *e);
void dag_release(struct dag *d);

/* The node of a commit's number, or DAG_NONE. */
uint32_t dag_find(const struct dag *d, int64_t commit);
/* Of an abbreviated id (commit_range); DAG_NONE where it means none or
 * several. */
uint32_t dag_find_range(const struct dag *d, int64_t first, int64_t last);

/* The commits whose parents are known, as keys; -1 when memory is out.  The
 * caller releases *ret. */
int dag_known(const struct dag *d, struct u64map *ret);

/* The first parent, or DAG_NONE where there is none or none is known. */
static inline uint32_t dag_first_parent(const struct dag *d, uint32_t node)
{
	const struct dag_node *n = &d->nodes[node];

	return n->nparents ? d->parents[n->first] : DAG_NONE;
}

struct dag_merge_base {
	uint32_t node; /* the best, or DAG_NONE: they have none in common */
	size_t count;  /* so many are as good (criss-cross merges) */
	bool cut;      /* ancestors that are not known could change that */
};

/*
 * The best common ancestors of two commits, as git merge-base has them; of
 * several, the one that is nearest to b.
 */
int dag_merge_base(const struct dag *d, uint32_t a, uint32_t b,
		   struct dag_merge_base *ret, struct err *e);

#endif
