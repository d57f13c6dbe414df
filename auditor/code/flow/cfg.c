/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/flow/cfg.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

static int room(void **p, size_t *capacity, size_t count, size_t size)
{
	void *q;

	if (count <= *capacity)
		return 0;
	q = realloc(*p, (count + count / 2) * size);
	if (!q)
		return -1;
	*p = q;
	*capacity = count + count / 2;
	return 0;
}

static int compare_places(const void *pa, const void *pb, void *context)
{
	const struct code_lifted *l = context;
	uint64_t a = l->where[*(const uint32_t *)pa].at;
	uint64_t b = l->where[*(const uint32_t *)pb].at;

	return a < b ? -1 : a > b;
}

/* Parts of a function may lie in any order. */
static int sort_places(struct cfg *c, const struct code_lifted *l)
{
	bool sorted = true;

	if (room((void **)&c->by_place, &c->by_place_capacity, l->nwhere + 1,
		 sizeof(*c->by_place)))
		return -1;
	for (size_t i = 0; i < l->nwhere; i++) {
		c->by_place[i] = (uint32_t)i;
		if (i && l->where[i - 1].at > l->where[i].at)
			sorted = false;
	}
	if (!sorted)
		qsort_r(c->by_place, l->nwhere, sizeof(*c->by_place),
			compare_places, (void *)l);
	return 0;
}

uint32_t cfg_step_at(const struct cfg *c, const struct code_lifted *l,
		     uint64_t at)
{
	size_t low = 0, high = l->nwhere;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (l->where[c->by_place[mid]].at < at)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < l->nwhere && l->where[c->by_place[low]].at == at) {
		uint32_t step = l->where[c->by_place[low]].step;

		return step < l->ninsns ? step : UINT32_MAX;
	}
	return UINT32_MAX;
}

static uint32_t target_step(const struct cfg *c, const struct code_lifted *l,
			    const struct insn *i)
{
	if (i->target_kind == TARGET_STEP)
		return i->target < l->ninsns ? (uint32_t)i->target : UINT32_MAX;
	if (i->target_kind == TARGET_AT)
		return cfg_step_at(c, l, i->target);
	return UINT32_MAX;
}

static bool ends_block(const struct insn *i)
{
	return i->op >= OP_BRANCH;
}

/* Where the code goes on after step i; UINT32_MAX: it is a part's end. */
static uint32_t step_after(const struct code_lifted *l, uint32_t i)
{
	const struct code_where *w = &l->where[l->insns[i].at];

	if (i + 1 >= l->ninsns)
		return UINT32_MAX;
	if (l->insns[i + 1].at == l->insns[i].at)
		return i + 1;
	return l->where[l->insns[i + 1].at].at == w->at + w->len ? i + 1
								 : UINT32_MAX;
}

/* ---- the extra ways ---- */

static size_t first_extra(const struct cfg_extra *x, size_t n, uint64_t at)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (x[mid].from < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The last step of instruction w. */
static uint32_t last_step(const struct code_lifted *l, size_t w)
{
	uint32_t end = w + 1 < l->nwhere ? l->where[w + 1].step
					 : (uint32_t)l->ninsns;

	return end - 1;
}

struct builder {
	struct cfg *c;
	const struct code_lifted *l;
	const struct cfg_extra *extras;
	size_t nextras;
};

static void lead(const struct builder *b, uint32_t step)
{
	if (step != UINT32_MAX && step < b->l->ninsns)
		b->c->block_of[step] = 0;
}

/* Calls f for each extra way of instruction w that stays in the function. */
static bool has_extra(const struct builder *b, size_t w)
{
	uint64_t at = b->l->where[w].at;
	size_t i = first_extra(b->extras, b->nextras, at);
	bool any = false;

	for (; i < b->nextras && b->extras[i].from == at; i++) {
		uint32_t to = cfg_step_at(b->c, b->l, b->extras[i].to);

		lead(b, to);
		any |= to != UINT32_MAX;
	}
	return any;
}

static void mark_leaders(const struct builder *b)
{
	const struct code_lifted *l = b->l;

	lead(b, 0);
	for (uint32_t i = 0; i < l->ninsns; i++) {
		const struct insn *s = &l->insns[i];

		if (!ends_block(s)) {
			/* A part ends, and another begins. */
			if (step_after(l, i) == UINT32_MAX)
				lead(b, i + 1);
			continue;
		}
		lead(b, i + 1);
		if (s->op == OP_BRANCH || s->op == OP_JUMP)
			lead(b, target_step(b->c, l, s));
		for (uint32_t k = 0;
		     s->op == OP_SWITCH && k < s->cases.ntargets; k++)
			lead(b, cfg_step_at(b->c, l,
					    l->targets[s->cases.first + k]));
	}
	for (size_t w = 0; b->nextras && w < l->nwhere; w++)
		if (has_extra(b, w))
			lead(b, last_step(l, w) + 1);
}

static int add_more(struct cfg *c, struct cfg_block *k, uint32_t block)
{
	for (uint32_t i = 0; i < k->nmore; i++)
		if (c->more[k->more + i] == block)
			return 0;
	if (grow_room((void **)&c->more, c->nmore, &c->more_capacity,
		      sizeof(*c->more)))
		return -1;
	c->more[c->nmore++] = block;
	k->nmore++;
	return 0;
}

static uint32_t block_at(const struct builder *b, uint32_t step)
{
	return step == UINT32_MAX || step >= b->l->ninsns
		       ? BLOCK_NONE
		       : b->c->block_of[step];
}

static int connect_more(const struct builder *b, struct cfg_block *k)
{
	const struct code_lifted *l = b->l;
	const struct insn *last = &l->insns[k->end - 1];
	uint64_t at = l->where[last->at].at;
	size_t i;

	k->more = (uint32_t)b->c->nmore;
	for (uint32_t n = 0; last->op == OP_SWITCH && n < last->cases.ntargets;
	     n++) {
		uint32_t to = block_at(
			b, cfg_step_at(b->c, l,
				       l->targets[last->cases.first + n]));

		if (to != BLOCK_NONE && add_more(b->c, k, to))
			return -1;
	}
	if (!b->nextras || last_step(l, last->at) != k->end - 1)
		return 0;
	i = first_extra(b->extras, b->nextras, at);
	for (; i < b->nextras && b->extras[i].from == at; i++) {
		uint32_t to = block_at(b,
				       cfg_step_at(b->c, l, b->extras[i].to));
		uint32_t after = block_at(b, step_after(l, k->end - 1));

		if (to == BLOCK_NONE)
			continue;
		if (add_more(b->c, k, to))
			return -1;
		/* A static key that is a jump today is none tomorrow. */
		if (last->op == OP_JUMP && after != BLOCK_NONE &&
		    add_more(b->c, k, after))
			return -1;
	}
	return 0;
}

static int connect(const struct builder *b, struct cfg_block *k)
{
	const struct insn *last = &b->l->insns[k->end - 1];
	bool jumps = last->op == OP_BRANCH || last->op == OP_JUMP;

	k->target = k->next = BLOCK_NONE;
	if (jumps) {
		k->target = block_at(b, target_step(b->c, b->l, last));
		k->leaves = k->target == BLOCK_NONE;
	}
	if (!ends_block(last) || last->op == OP_BRANCH || last->op == OP_TRAP)
		k->next = block_at(b, step_after(b->l, k->end - 1));
	return connect_more(b, k);
}

static int make_blocks(const struct builder *b)
{
	struct cfg *c = b->c;

	for (uint32_t i = 0; i < b->l->ninsns; i++) {
		if (c->block_of[i] == BLOCK_NONE)
			continue;
		if (c->nblocks == CFG_BLOCKS_MAX ||
		    grow_room((void **)&c->blocks, c->nblocks, &c->capacity,
			      sizeof(*c->blocks)))
			return -1;
		if (c->nblocks)
			c->blocks[c->nblocks - 1].end = i;
		c->block_of[i] = (uint32_t)c->nblocks;
		c->blocks[c->nblocks++] = (struct cfg_block){ .first = i };
	}
	if (c->nblocks)
		c->blocks[c->nblocks - 1].end = (uint32_t)b->l->ninsns;
	for (size_t i = 0; i < c->nblocks; i++)
		if (connect(b, &c->blocks[i]))
			return -1;
	return 0;
}

int cfg_build(struct cfg *c, const struct code_lifted *l,
	      const struct cfg_extra *extras, size_t nextras)
{
	const struct builder b = { c, l, extras, nextras };

	c->nblocks = c->nmore = 0;
	c->nsteps = l->ninsns;
	if (sort_places(c, l) ||
	    room((void **)&c->block_of, &c->block_of_capacity, l->ninsns + 1,
		 sizeof(*c->block_of)))
		return -1;
	memset(c->block_of, 0xff, (l->ninsns + 1) * sizeof(*c->block_of));
	mark_leaders(&b);
	return make_blocks(&b);
}

void cfg_release(struct cfg *c)
{
	free(c->blocks);
	free(c->more);
	free(c->block_of);
	free(c->by_place);
	*c = (struct cfg){ 0 };
}
