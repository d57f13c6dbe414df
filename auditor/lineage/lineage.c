/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineage/lineage.h"

#include <stdlib.h>

#include "lineage/order.h"
#include "lineage/pick.h"

/* Some 0.2 s; a real history needs as many steps as it has commits. */
#define STEPS_MAX 20000000

static const struct lineage_build *builds_of(const void *ctx)
{
	return ((const struct lineage *)ctx)->builds;
}

static int by_time(const void *a, const void *b, void *ctx)
{
	const struct lineage_build *x = &builds_of(ctx)[*(const uint32_t *)a];
	const struct lineage_build *y = &builds_of(ctx)[*(const uint32_t *)b];

	if (x->time_ns != y->time_ns)
		return x->time_ns < y->time_ns ? -1 : 1;
	if (x->audited_ns != y->audited_ns)
		return x->audited_ns < y->audited_ns ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Two commits of one label: it names a series of builds, not one of them. */
static int find_series(struct lineage *l)
{
	uint32_t *first;

	for (size_t i = 0; i < l->nbuilds; i++)
		if (l->builds[i].label > l->nlabels)
			l->nlabels = l->builds[i].label;
	l->series = calloc(l->nlabels + 1, 1);
	first = calloc(l->nlabels + 1, sizeof(*first));
	for (size_t i = 0; i < l->nbuilds && l->series && first; i++) {
		const struct lineage_build *b = &l->builds[i];

		if (!b->label || b->node == DAG_NONE)
			continue;
		if (!first[b->label])
			first[b->label] = b->node + 1;
		else if (first[b->label] != b->node + 1)
			l->series[b->label] = 1;
	}
	free(first);
	return l->series && first ? 0 : -1;
}

int lineage_prepare(struct lineage *l, struct err *e)
{
	size_t nodes = l->dag.nnodes + 1;

	l->steps = STEPS_MAX;
	l->at_node = calloc(nodes, sizeof(*l->at_node));
	l->queue = calloc(nodes, sizeof(*l->queue));
	l->visited = calloc(nodes, sizeof(*l->visited));
	l->by_time = calloc(l->nbuilds + 1, sizeof(*l->by_time));
	l->rank = calloc(l->nbuilds + 1, sizeof(*l->rank));
	if (!l->at_node || !l->queue || !l->visited || !l->by_time ||
	    !l->rank || find_series(l))
		return err_nomem(e);
	for (size_t i = 0; i < nodes; i++)
		l->at_node[i] = LINEAGE_NONE;
	for (uint32_t i = 0; i < l->nbuilds; i++) {
		struct lineage_build *b = &l->builds[i];

		l->by_time[i] = i;
		b->next = LINEAGE_NONE;
		if (b->node == DAG_NONE)
			continue;
		b->next = l->at_node[b->node];
		l->at_node[b->node] = i;
	}
	qsort_r(l->by_time, l->nbuilds, sizeof(*l->by_time), by_time, l);
	for (uint32_t i = 0; i < l->nbuilds; i++)
		l->rank[l->by_time[i]] = i;
	return 0;
}

void lineage_release(struct lineage *l)
{
	dag_release(&l->dag);
	free(l->builds);
	free(l->at_node);
	free(l->by_time);
	free(l->queue);
	free(l->rank);
	free(l->visited);
	free(l->series);
	*l = (struct lineage){ .builds = NULL };
}

/* ---- the base ---- */

struct search {
	struct lineage *l;
	uint32_t like, from;
	struct pick pick;
	bool cut;
};

/* A step more; false: there were too many, and what is not seen is not
 * known. */
static bool spend(struct search *s)
{
	if (!s->l->steps) {
		s->cut = true;
		return false;
	}
	s->l->steps--;
	return true;
}

/* Every walk has a mark of its own, so nobody need wipe the last one's. */
static bool enter(struct lineage *l, uint32_t node)
{
	if (l->visited[node] == l->epoch)
		return false;
	l->visited[node] = l->epoch;
	return true;
}

static int along_first_parents(struct search *s, bool itself, struct err *e)
{
	struct lineage *l = s->l;
	uint32_t node = s->from;
	int r = 0;

	l->epoch++;
	for (uint32_t n = 0; node != DAG_NONE && enter(l, node) && spend(s);
	     n++) {
		if (n || itself)
			r = pick_node(l, &s->pick, s->like, node, n, e);
		if (r)
			return r;
		s->cut = !l->dag.nodes[node].known;
		node = dag_first_parent(&l->dag, node);
	}
	return 0;
}

/* Nearest first; queue holds how far each is in its other half. */
static int along_all_parents(struct search *s, struct err *e)
{
	struct lineage *l = s->l;
	uint32_t *queue = l->queue, n = 0, end, commits = 0;
	int r = 0;

	l->epoch++;
	enter(l, s->from);
	queue[n++] = s->from;
	s->cut = false;
	for (uint32_t at = 0; at < n; commits++) {
		/* A generation. */
		for (end = n; at < end; at++) {
			const struct dag_node *x = &l->dag.nodes[queue[at]];

			if (commits)
				r = pick_node(l, &s->pick, s->like, queue[at],
					      commits, e);
			if (r < 0 || !spend(s))
				return r;
			s->cut |= !x->known;
			for (uint32_t i = 0; i < x->nparents; i++) {
				uint32_t p = l->dag.parents[x->first + i];

				if (enter(l, p))
					queue[n++] = p;
			}
		}
		if (s->pick.best[PICK_LIKE].build != LINEAGE_NONE)
			return 1;
	}
	return 0;
}

/* The build before it, by time; only a like one, since nothing else says that
 * they have to do with each other. */
static int by_time_before(struct search *s, struct err *e)
{
	struct lineage *l = s->l;
	int r = 0;

	for (uint32_t i = l->rank[s->like]; i > 0 && r == 0 && spend(s); i--)
		r = pick_build(l, &s->pick, s->like, l->by_time[i - 1], 0, e);
	s->pick.best[PICK_UNLIKE].build = LINEAGE_NONE;
	return r;
}

static int done(const struct search *s, enum lineage_how how,
		struct lineage_base *ret)
{
	*ret = pick_best(&s->pick);
	ret->how = how;
	ret->cut = s->cut;
	return ret->build != LINEAGE_NONE;
}

static int search(struct search *s, bool itself, struct lineage_base *ret,
		  struct err *e)
{
	int r = 0;

	pick_init(&s->pick);
	if (s->from != DAG_NONE) {
		r = along_first_parents(s, itself, e);
		if (r < 0)
			return r;
		if (done(s, LINEAGE_PARENT, ret)) {
			if (!ret->commits)
				ret->how = LINEAGE_COMMIT;
			return 0;
		}
		r = along_all_parents(s, e);
		if (r < 0 || done(s, LINEAGE_ANCESTOR, ret))
			return r < 0 ? r : 0;
	} else {
		s->cut = true;
	}
	if (s->cut && s->like != LINEAGE_NONE)
		r = by_time_before(s, e);
	if (r >= 0 && !done(s, LINEAGE_TIME, ret))
		ret->how = LINEAGE_NO_BASE;
	return r < 0 ? r : 0;
}

int lineage_base_of(struct lineage *l, uint32_t node, bool itself,
		    uint32_t like, struct lineage_base *ret, struct err *e)
{
	struct search s = { .l = l, .like = like, .from = node };

	return search(&s, itself, ret, e);
}

/* The clean build of the same commit; 1: there is one. */
static int base_of_dirty(struct lineage *l, uint32_t build,
			 struct lineage_base *ret, struct err *e)
{
	struct search s = { .l = l, .like = build };
	int r;

	s.from = l->builds[build].node;
	pick_init(&s.pick);
	r = pick_node(l, &s.pick, build, s.from, 0, e);
	s.pick.best[PICK_DIRTY].build = LINEAGE_NONE;
	s.pick.best[PICK_UNLIKE].build = LINEAGE_NONE;
	return r < 0 ? r : done(&s, LINEAGE_COMMIT, ret);
}

int lineage_base_of_build(struct lineage *l, uint32_t build,
			  struct lineage_base *ret, struct err *e)
{
	const struct lineage_build *b = &l->builds[build];
	int r = 0;

	if (b->dirty && b->node != DAG_NONE)
		r = base_of_dirty(l, build, ret, e);
	if (r)
		return r < 0 ? r : 0;
	return lineage_base_of(l, b->node, false, build, ret, e);
}

int lineage_order(struct lineage *l, struct err *e)
{
	int r = order_place(l, e);

	for (uint32_t i = 0; i < l->nbuilds && r == 0; i++)
		r = lineage_base_of_build(l, i, &l->builds[i].base, e);
	return r;
}
