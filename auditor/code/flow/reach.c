/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions about the ways of the last run.
 */
#include "code/flow/reach.h"

#include <stdlib.h>
#include <string.h>

#include "code/flow/flowing.h"

static bool has(const uint64_t *set, uint32_t i)
{
	return set[i / 64] >> (i % 64) & 1;
}

static bool begin(struct flow *f, uint32_t node)
{
	size_t nodes = f->job->cfg->nblocks * PART_COUNT;
	size_t words = nodes / 64 + 1;

	if (words > f->seen_capacity) {
		free(f->seen);
		f->seen_capacity = 0;
		f->seen = malloc(words * sizeof(*f->seen));
		if (!f->seen)
			return false;
		f->seen_capacity = words;
	}
	if (nodes + 1 > f->stack_capacity) {
		free(f->stack);
		f->stack_capacity = 0;
		f->stack = malloc((nodes + 1) * sizeof(*f->stack));
		if (!f->stack)
			return false;
		f->stack_capacity = nodes + 1;
	}
	memset(f->seen, 0, words * sizeof(*f->seen));
	f->seen[node / 64] |= (uint64_t)1 << (node % 64);
	f->stack[0] = node;
	return true;
}

/* Steps onward; a node is on the stack once, ever. */
static size_t push_next(struct flow *f, uint32_t node, size_t n)
{
	for (uint32_t e = f->first_edge[node]; e; e = f->edges[e - 1].next) {
		uint32_t to = f->edges[e - 1].to;

		if (has(f->seen, to))
			continue;
		f->seen[to / 64] |= (uint64_t)1 << (to % 64);
		f->stack[n++] = to;
	}
	return n;
}

bool flow_leaves_without(struct flow *f, uint32_t node, const uint64_t *avoid)
{
	size_t n = 1;

	if (has(avoid, node / PART_COUNT) || !begin(f, node))
		return false;
	while (n) {
		uint32_t at = f->stack[--n];

		if (has(avoid, at / PART_COUNT))
			continue;
		if (f->r.exits[at / PART_COUNT] >> (at % PART_COUNT) & 1)
			return true;
		n = push_next(f, at, n);
	}
	return false;
}

bool flow_reaches(struct flow *f, uint32_t node, const uint64_t *goal)
{
	size_t n = 1;

	if (!begin(f, node))
		return false;
	while (n) {
		uint32_t at = f->stack[--n];

		if (has(goal, at / PART_COUNT))
			return true;
		n = push_next(f, at, n);
	}
	return false;
}

const uint32_t *flow_next(struct flow *f, uint32_t node, size_t *n)
{
	size_t count = 0;

	for (uint32_t e = f->first_edge[node]; e; e = f->edges[e - 1].next) {
		if (count == f->near_capacity) {
			size_t more = count ? 2 * count : 16;
			uint32_t *p = realloc(f->near, more * sizeof(*p));

			if (!p)
				break;
			f->near = p;
			f->near_capacity = more;
		}
		f->near[count++] = f->edges[e - 1].to;
	}
	*n = count;
	return f->near;
}

uint32_t flow_block_of(const struct flow *f, uint32_t step)
{
	const struct cfg *c = f->job->cfg;
	size_t low = 0, high = c->nblocks;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c->blocks[mid].end <= step)
			low = mid + 1;
		else
			high = mid;
	}
	return (uint32_t)low;
}
