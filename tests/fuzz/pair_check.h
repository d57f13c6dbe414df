/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Events into pairing, and what must hold afterwards whatever they were.
 */
#ifndef TESTS_FUZZ_PAIR_CHECK_H
#define TESTS_FUZZ_PAIR_CHECK_H

#include <stdint.h>
#include <stdlib.h>

#include "trace/pair/pair.h"

struct pair_check {
	struct trace_names names;
	struct trace_counts counts;
	struct pair pair;
	uint64_t ended[4]; /* by enum alloc_end */
};

/* An id of a table; 0 is one even where the table is still empty. */
static inline void pair_check_id(const struct intern *t, uint32_t id)
{
	if (id && id >= t->count)
		abort();
}

static inline void pair_check_stack(const struct pair_check *c, uint32_t id)
{
	size_t n;
	const uint32_t *frames;

	if (!id)
		return;
	pair_check_id(&c->names.stacks, id);
	frames = trace_names_stack(&c->names, id, &n);
	for (size_t i = 0; i < n; i++)
		pair_check_id(&c->names.sites, frames[i]);
}

static inline int pair_check_allocation(void *ctx, const struct allocation *a)
{
	struct pair_check *c = ctx;

	if (a->end > ALLOC_UNKNOWN || a->bytes_alloc < a->bytes_req)
		abort();
	pair_check_id(&c->names.sites, a->site);
	pair_check_id(&c->names.sites, a->free_site);
	pair_check_id(&c->names.caches, a->cache);
	pair_check_id(&c->names.gfps, a->gfp);
	pair_check_id(&c->names.comms, a->comm);
	pair_check_stack(c, a->stack);
	c->ended[a->end]++;
	return 0;
}

static inline int pair_check_event(void *ctx, const struct event *ev)
{
	struct pair_check *c = ctx;

	if (ev->op == EVENT_OP_STACK)
		pair_check_stack(c, ev->stack);
	return pair_event(&c->pair, ev);
}

/* -1: memory is out. */
static inline int pair_check_init(struct pair_check *c)
{
	*c = (struct pair_check){ .ended = { 0 } };
	return pair_init(&c->pair, &c->names, &c->counts, 4096,
			 (struct pair_sink){ c, pair_check_allocation });
}

static inline void pair_check_row(const struct pair_check *c,
				  const struct rollup *r)
{
	if (r->allocs != r->frees + r->implicit + r->live + r->unknown ||
	    r->live_bytes - r->live_req != r->waste_bytes ||
	    r->total_bytes - r->total_req != r->total_waste_bytes)
		abort();
	pair_check_id(&c->names.sites, r->site);
	pair_check_stack(c, r->stack);
}

/* After pair_finish. */
static inline void pair_check_sums(const struct pair_check *c)
{
	uint64_t sums[4] = { 0 }, peak = 0, unmatched = 0, null = 0;
	const struct pair *p = &c->pair;

	for (size_t i = 0; i < p->rollups.count; i++) {
		const struct rollup *r = &p->rollups.rows[i];

		pair_check_row(c, r);
		sums[ALLOC_FREED] += r->frees;
		sums[ALLOC_IMPLICIT] += r->implicit;
		sums[ALLOC_LIVE] += r->live;
		sums[ALLOC_UNKNOWN] += r->unknown;
		unmatched += r->unmatched_free;
		null += r->null_free;
		if (r->kind == KIND_MALLOC || r->kind == KIND_CACHE)
			peak += r->peak_bytes;
	}
	for (int i = 0; i < 4; i++) {
		if (sums[i] != c->ended[i])
			abort();
	}
	/* What was moved from one site to another after the peak still adds
	 * up to it. */
	if (peak != p->rollups.peak_bytes ||
	    unmatched != p->counts->unmatched_free ||
	    null != p->counts->null_free)
		abort();
}

static inline void pair_check_release(struct pair_check *c)
{
	for (uint32_t i = 0; i < c->names.sites.count; i++)
		trace_names_site(&c->names, i);
	pair_release(&c->pair);
	trace_names_release(&c->names);
}

#endif
