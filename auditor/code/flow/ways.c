/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/flow/ways.h"

#include "support/grow.h"

void flow_add_edge(struct flow *f, uint32_t from, uint32_t to)
{
	for (uint32_t e = f->first_edge[from]; e; e = f->edges[e - 1].next)
		if (f->edges[e - 1].to == to)
			return;
	if (grow_room((void **)&f->edges, f->nedges, &f->edges_capacity,
		      sizeof(*f->edges))) {
		f->nomem = true;
		return;
	}
	f->edges[f->nedges] = (struct edge){ to, f->first_edge[from] };
	f->first_edge[from] = (uint32_t)++f->nedges;
}

void flow_note_failure(struct flow *f, uint32_t from, uint32_t to,
		       const struct division *d)
{
	struct flow_result *r = &f->r;

	for (size_t i = 0; i < r->nfailures; i++)
		if (r->failures[i].from == from && r->failures[i].to == to)
			return;
	if (grow_room((void **)&r->failures, r->nfailures,
		      &r->failures_capacity, sizeof(*r->failures))) {
		f->nomem = true;
		return;
	}
	r->failures[r->nfailures++] = (struct flow_failure){ from, to,
							     d->callee, d->k };
}

/* Returned where nothing has failed: no caller can tell then that memory was
 * the reason.  Of an unknown, and of another error (summary.c). */
static bool hides_failure(const struct flow *f, uint32_t set)
{
	for (size_t i = 0; i < values_count(&f->v, set); i++) {
		const struct atom *a = values_at(&f->v, set, i);

		if (a->kind == ATOM_SOME || a->kind == ATOM_PARAM ||
		    (a->kind == ATOM_CONST &&
		     flow_is_negative(a->v, f->m->word)))
			return true;
	}
	return set == SET_ANY;
}

void flow_leave(struct flow *f, uint32_t set)
{
	size_t n = values_count(&f->v, set);

	f->r.returns = true;
	if (f->job->only_outcome &&
	    (f->part == PART_NORMAL || f->part == PART_RECOVERED) &&
	    hides_failure(f, set))
		f->r.ended = true;
	f->r.exits[f->block] |= (uint8_t)PART_BIT(f->begun);
	if (set == SET_ANY)
		f->r.returned[f->part].any = true;
	for (size_t i = 0; i < n; i++) {
		uint32_t m = f->v.members[f->v.sets[set].first + i];
		size_t k = 0;

		while (k < f->r.returned[f->part].count &&
		       f->r.returned[f->part].atoms[k] != m)
			k++;
		if (k < f->r.returned[f->part].count)
			continue;
		if (grow_room((void **)&f->r.returned[f->part].atoms, k,
			      &f->r.returned[f->part].capacity,
			      sizeof(uint32_t))) {
			f->nomem = true;
			return;
		}
		f->r.returned[f->part].atoms[f->r.returned[f->part].count++] =
			m;
	}
}
