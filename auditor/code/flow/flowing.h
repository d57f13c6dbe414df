/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run over a function's paths, as its parts share it.  Private to flow/.
 */
#ifndef CODE_FLOW_FLOWING_H
#define CODE_FLOW_FLOWING_H

#include "code/flow/result.h"

#define ESCAPED_MAX 64

/* States' memory: used again from function to function. */
#define CHUNK_BYTES ((size_t)128 << 10)

struct chunk {
	struct chunk *next;
	size_t used;
	unsigned char bytes[CHUNK_BYTES];
};

struct edge {
	uint32_t to;   /* node */
	uint32_t next; /* index + 1 of the next edge of the same node; 0 */
};

/* Nodes that are to be looked at (waiting.h). */
struct waiting {
	uint64_t *bits;
	size_t capacity, cursor, words;
	/* Exits first: the rank of each block, which stands for it in bits, and
	 * back; all in one. */
	uint32_t *ranks, *blocks;
	size_t ranks_capacity;
	bool exits_first;
};

struct flow {
	struct values v;
	const struct flow_job *job;
	const struct machine *m;
	struct flow_result r;

	/* By node: the state at its begin; NULL: not reached. */
	struct state **in;
	size_t in_capacity;
	struct waiting waiting;
	struct chunk *chunks, *chunk; /* all, and the one that is filled */
	size_t state_bytes;
	uint32_t *first_edge; /* by node: index + 1 into edges */
	size_t first_edge_capacity;
	struct edge *edges;
	size_t nedges, edges_capacity;
	uint64_t *seen; /* scratch of the questions, bit per node */
	size_t seen_capacity;
	uint32_t *stack, *near;
	size_t stack_capacity, near_capacity;
	size_t exits_capacity;

	/* Stack offsets whose address was taken; slots that only save. */
	int32_t escaped[ESCAPED_MAX], pushed[ESCAPED_MAX];
	size_t nescaped, npushed;
	bool all_escaped;

	uint32_t block, part; /* that is looked at */
	uint32_t begun;	      /* the part at the block's begin */
	bool nomem;
	/* The cell that a result was put into last, if nothing was called since
	 * and the block is still the same. */
	struct {
		bool known;
		uint32_t ident;
		int32_t disp, operand; /* of the place; of the instruction */
	} put;
	struct state now; /* the state of this path */
};

#endif
