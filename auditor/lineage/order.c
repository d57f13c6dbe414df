/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineage/order.h"

#include <stdlib.h>

/* What waits for all its children: a node, or a build that is in no node. */
struct ready {
	uint32_t node, build; /* one of them is NONE */
	int64_t time_ns;
};

struct ordering {
	struct lineage *l;
	struct ready *heap;
	size_t n;
	uint32_t *children; /* that are still to come, by node */
	uint32_t *same;	    /* builds of one node */
	uint32_t place;
};

static bool is_before(const struct ready *a, const struct ready *b)
{
	if (a->time_ns != b->time_ns)
		return a->time_ns > b->time_ns;
	if (a->node != b->node)
		return a->node < b->node;
	return a->build > b->build;
}

static void heap_put(struct ordering *o, struct ready x)
{
	size_t at = o->n++;

	for (; at && is_before(&x, &o->heap[(at - 1) / 2]); at = (at - 1) / 2)
		o->heap[at] = o->heap[(at - 1) / 2];
	o->heap[at] = x;
}

static struct ready heap_take(struct ordering *o)
{
	struct ready top = o->heap[0], x = o->heap[--o->n];
	size_t at = 0;

	for (;;) {
		size_t child = 2 * at + 1;

		if (child + 1 < o->n &&
		    is_before(&o->heap[child + 1], &o->heap[child]))
			child++;
		if (child >= o->n || !is_before(&o->heap[child], &x))
			break;
		o->heap[at] = o->heap[child];
		at = child;
	}
	o->heap[at] = x;
	return top;
}

/* Commits that were not built are in nobody's way. */
static struct ready of_node(const struct lineage *l, uint32_t node)
{
	struct ready x = { node, LINEAGE_NONE, INT64_MAX };
	uint32_t b = l->at_node[node];

	if (b != LINEAGE_NONE)
		x.time_ns = INT64_MIN;
	for (; b != LINEAGE_NONE; b = l->builds[b].next)
		if (l->builds[b].time_ns > x.time_ns)
			x.time_ns = l->builds[b].time_ns;
	return x;
}

static int by_place(const void *a, const void *b, void *ctx)
{
	const struct lineage *l = ctx;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (l->builds[x].dirty != l->builds[y].dirty)
		return l->builds[x].dirty ? -1 : 1;
	return l->rank[x] > l->rank[y] ? -1 : l->rank[x] < l->rank[y];
}

/* Of one commit: changed sources above clean ones, later audits above earlier
 * ones. */
static void place_node(struct ordering *o, uint32_t node)
{
	struct lineage *l = o->l;
	size_t n = 0;

	for (uint32_t b = l->at_node[node]; b != LINEAGE_NONE;
	     b = l->builds[b].next)
		o->same[n++] = b;
	qsort_r(o->same, n, sizeof(*o->same), by_place, l);
	for (size_t i = 0; i < n; i++)
		l->builds[o->same[i]].place = o->place++;
}

static void take_all(struct ordering *o)
{
	const struct dag *d = &o->l->dag;

	while (o->n) {
		struct ready x = heap_take(o);

		if (x.node == DAG_NONE) {
			o->l->builds[x.build].place = o->place++;
			continue;
		}
		place_node(o, x.node);
		for (uint32_t i = 0; i < d->nodes[x.node].nparents; i++) {
			uint32_t p = d->parents[d->nodes[x.node].first + i];

			if (--o->children[p] == 0)
				heap_put(o, of_node(o->l, p));
		}
	}
}

int order_place(struct lineage *l, struct err *e)
{
	size_t nodes = l->dag.nnodes;
	struct ordering o = { .l = l };

	o.heap = calloc(nodes + l->nbuilds + 1, sizeof(*o.heap));
	o.children = calloc(nodes + 1, sizeof(*o.children));
	o.same = calloc(l->nbuilds + 1, sizeof(*o.same));
	if (!o.heap || !o.children || !o.same) {
		free(o.heap);
		free(o.children);
		free(o.same);
		return err_nomem(e);
	}
	for (size_t i = 0; i < l->dag.nparents; i++)
		o.children[l->dag.parents[i]]++;
	for (uint32_t i = 0; i < l->nbuilds; i++) {
		l->builds[i].place = LINEAGE_NONE;
		if (l->builds[i].node == DAG_NONE)
			heap_put(&o, (struct ready){ DAG_NONE, i,
						     l->builds[i].time_ns });
	}
	for (uint32_t i = 0; i < nodes; i++)
		if (o.children[i] == 0)
			heap_put(&o, of_node(l, i));
	take_all(&o);
	/* In a circle of a damaged database. */
	for (size_t i = l->nbuilds; i-- > 0;)
		if (l->builds[l->by_time[i]].place == LINEAGE_NONE)
			l->builds[l->by_time[i]].place = o.place++;
	free(o.heap);
	free(o.children);
	free(o.same);
	return 0;
}
