/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/flow/waiting.h"

#include <stdlib.h>
#include <string.h>

bool flow_nothing_waits(struct flow *f, size_t nodes)
{
	struct waiting *w = &f->waiting;

	w->words = nodes / 64 + 1;
	w->cursor = 0;
	w->exits_first = false;
	if (w->words > w->capacity) {
		free(w->bits);
		w->capacity = w->words + w->words / 2;
		w->bits = malloc(w->capacity * sizeof(*w->bits));
		if (!w->bits) {
			w->capacity = 0;
			return false;
		}
	}
	memset(w->bits, 0, w->words * sizeof(*w->bits));
	return true;
}

void waiting_release(struct waiting *w)
{
	free(w->bits);
	free(w->ranks);
}

/* ---- how far the exits are ---- */

static uint32_t nearer(uint32_t distance, const uint32_t *of, uint32_t block)
{
	return block != BLOCK_NONE && of[block] < distance ? of[block] + 1
							   : distance;
}

static bool is_exit(const struct flow_job *job, const struct cfg_block *b)
{
	uint8_t op = job->lifted->insns[b->end - 1].op;

	return b->leaves || op == OP_RETURN || (op == OP_SWITCH && !b->nmore);
}

/* The code is gone through so often: in loops within loops some are thought
 * to be further than they are. */
#define PASSES 8

static void measure(const struct flow_job *job, uint32_t *distance)
{
	const struct cfg *c = job->cfg;
	bool again = true;

	for (size_t i = 0; i < c->nblocks; i++)
		distance[i] = is_exit(job, &c->blocks[i])
				      ? 0
				      : (uint32_t)c->nblocks;
	for (unsigned int pass = 0; again && pass < PASSES; pass++) {
		again = false;
		for (size_t i = c->nblocks; i-- > 0;) {
			const struct cfg_block *b = &c->blocks[i];
			uint32_t d = distance[i];

			d = nearer(d, distance, b->target);
			d = nearer(d, distance, b->next);
			for (uint32_t k = 0; k < b->nmore; k++)
				d = nearer(d, distance, c->more[b->more + k]);
			again |= d != distance[i];
			distance[i] = d;
		}
	}
}

/* The furthest has rank 0; of equals the first in the code. */
static void rank(const uint32_t *distance, size_t n, uint32_t *first,
		 uint32_t *ranks, uint32_t *blocks)
{
	uint32_t before = 0;

	memset(first, 0, (n + 1) * sizeof(*first));
	for (size_t i = 0; i < n; i++)
		first[distance[i]]++;
	for (size_t d = n + 1; d-- > 0;) {
		uint32_t count = first[d];

		first[d] = before;
		before += count;
	}
	for (size_t i = 0; i < n; i++) {
		ranks[i] = first[distance[i]]++;
		blocks[ranks[i]] = (uint32_t)i;
	}
}

bool flow_exits_first(struct flow *f)
{
	struct waiting *w = &f->waiting;
	size_t n = f->job->cfg->nblocks, need = 4 * n + 1;
	uint32_t *distance;

	if (need > w->ranks_capacity) {
		free(w->ranks);
		w->ranks_capacity = need + need / 2;
		w->ranks = malloc(w->ranks_capacity * sizeof(*w->ranks));
		if (!w->ranks) {
			w->ranks_capacity = 0;
			return false;
		}
	}
	w->blocks = w->ranks + n;
	distance = w->blocks + n;
	measure(f->job, distance);
	rank(distance, n, distance + n, w->ranks, w->blocks);
	w->exits_first = true;
	return true;
}

/* ---- what waits ---- */

void flow_wait(struct flow *f, uint32_t node)
{
	struct waiting *w = &f->waiting;
	size_t word;

	if (w->exits_first)
		node = w->ranks[node / PART_COUNT] * PART_COUNT +
		       node % PART_COUNT;
	word = node / 64;
	w->bits[word] |= (uint64_t)1 << (node % 64);
	if (w->exits_first ? word > w->cursor : word < w->cursor)
		w->cursor = word;
}

static bool nearest_exit(struct waiting *w, uint32_t *ret)
{
	uint64_t bits;
	uint32_t last;

	while (!w->bits[w->cursor] && w->cursor)
		w->cursor--;
	bits = w->bits[w->cursor];
	if (!bits)
		return false;
	last = 63 - (uint32_t)__builtin_clzll(bits);
	w->bits[w->cursor] &= ~((uint64_t)1 << last);
	last += (uint32_t)(w->cursor * 64);
	*ret = w->blocks[last / PART_COUNT] * PART_COUNT + last % PART_COUNT;
	return true;
}

bool flow_next_waiting(struct flow *f, uint32_t *ret)
{
	struct waiting *w = &f->waiting;

	if (w->exits_first)
		return nearest_exit(w, ret);
	for (; w->cursor < w->words; w->cursor++) {
		uint64_t bits = w->bits[w->cursor];

		if (!bits)
			continue;
		*ret = (uint32_t)(w->cursor * 64) +
		       (uint32_t)__builtin_ctzll(bits);
		w->bits[w->cursor] &= bits - 1;
		return true;
	}
	return false;
}
