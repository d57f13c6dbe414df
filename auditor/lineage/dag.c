/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineage/dag.h"

#include <stdlib.h>

#include "support/grow.h"

static int node_of(struct dag *d, int64_t commit, uint32_t *ret)
{
	uint32_t at = u64map_get(&d->by_commit, (uint64_t)commit);

	if (at == U64MAP_NONE) {
		at = (uint32_t)d->nnodes;
		if (grow_room((void **)&d->nodes, d->nnodes, &d->nodes_room,
			      sizeof(*d->nodes)) ||
		    u64map_put(&d->by_commit, (uint64_t)commit, at))
			return -1;
		d->nodes[d->nnodes++] = (struct dag_node){ .commit = commit };
	}
	*ret = at;
	return 0;
}

static int add(struct dag *d, const struct commit_graph *g,
	       const struct commit_node *n)
{
	uint32_t at, parent;

	if (node_of(d, n->commit, &at))
		return -1;
	if (n->cut || d->nodes[at].known)
		return 0;
	d->nodes[at].known = true;
	d->nodes[at].first = (uint32_t)d->nparents;
	d->nodes[at].nparents = n->nparents;
	for (uint32_t i = 0; i < n->nparents; i++) {
		if (node_of(d, g->parents[n->first + i], &parent) ||
		    grow_room((void **)&d->parents, d->nparents,
			      &d->parents_room, sizeof(*d->parents)))
			return -1;
		d->parents[d->nparents++] = parent;
	}
	return 0;
}

int dag_build(const struct commit_graph *g, struct dag *ret, struct err *e)
{
	*ret = (struct dag){ .by_commit = U64MAP_INIT };
	for (size_t i = 0; i < g->nnodes; i++)
		if (add(ret, g, &g->nodes[i]))
			return err_nomem(e);
	return 0;
}

void dag_release(struct dag *d)
{
	free(d->nodes);
	free(d->parents);
	u64map_release(&d->by_commit);
	*d = (struct dag){ .nodes = NULL };
}

uint32_t dag_find(const struct dag *d, int64_t commit)
{
	return u64map_get(&d->by_commit, (uint64_t)commit);
}

_Static_assert(DAG_NONE == U64MAP_NONE, "what is not there");

uint32_t dag_find_range(const struct dag *d, int64_t first, int64_t last)
{
	uint32_t found = DAG_NONE;

	if (first == last)
		return dag_find(d, first);
	for (size_t i = 0; i < d->nnodes; i++) {
		if (d->nodes[i].commit < first || d->nodes[i].commit > last)
			continue;
		if (found != DAG_NONE)
			return DAG_NONE;
		found = (uint32_t)i;
	}
	return found;
}

int dag_known(const struct dag *d, struct u64map *ret)
{
	*ret = (struct u64map)U64MAP_INIT;
	for (size_t i = 0; i < d->nnodes; i++)
		if (d->nodes[i].known &&
		    u64map_put(ret, (uint64_t)d->nodes[i].commit, 0))
			return -1;
	return 0;
}

enum { OF_A = 1, OF_B = 2, OF_BOTH = 3, WORSE = 4 };

struct flood {
	const struct dag *d;
	unsigned char *marks;
	uint32_t *queue; /* of nnodes */
	bool cut;
};

/* Marks node and all its ancestors, nearest first; the order stays in
 * queue. */
static size_t flood(struct flood *f, uint32_t node, unsigned char mark)
{
	size_t n = 0;

	f->queue[n++] = node;
	f->marks[node] |= mark;
	for (size_t at = 0; at < n; at++) {
		const struct dag_node *x = &f->d->nodes[f->queue[at]];

		if (!x->known)
			f->cut = true;
		for (uint32_t i = 0; i < x->nparents; i++) {
			uint32_t p = f->d->parents[x->first + i];

			if (f->marks[p] & mark)
				continue;
			f->marks[p] |= mark;
			f->queue[n++] = p;
		}
	}
	return n;
}

int dag_merge_base(const struct dag *d, uint32_t a, uint32_t b,
		   struct dag_merge_base *ret, struct err *e)
{
	struct flood f = { .d = d };
	struct dag_merge_base best = { .node = DAG_NONE };
	size_t n;

	f.marks = calloc(d->nnodes, 1);
	f.queue = calloc(d->nnodes, sizeof(*f.queue));
	if (!f.marks || !f.queue) {
		free(f.marks);
		free(f.queue);
		return err_nomem(e);
	}
	flood(&f, a, OF_A);
	n = flood(&f, b, OF_B);
	/* What is common has common parents only, so it is of the best where
	 * no common commit has it as a parent. */
	for (size_t i = 0; i < n; i++) {
		const struct dag_node *x = &d->nodes[f.queue[i]];

		if ((f.marks[f.queue[i]] & OF_BOTH) != OF_BOTH)
			continue;
		for (uint32_t k = 0; k < x->nparents; k++)
			f.marks[d->parents[x->first + k]] |= WORSE;
	}
	for (size_t i = 0; i < n; i++) {
		if (f.marks[f.queue[i]] != OF_BOTH)
			continue;
		if (!best.count++)
			best.node = f.queue[i];
	}
	best.cut = f.cut;
	free(f.marks);
	free(f.queue);
	*ret = best;
	return 0;
}
