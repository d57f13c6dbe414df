/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run over a function's paths, as its parts share it.  Private to flow/.
 */
#ifndef CODE_FLOW_RUN_H
#define CODE_FLOW_RUN_H

#include "code/flow/flow.h"

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

struct flow {
	struct values v;
	const struct flow_job *job;
	const struct machine *m;
	struct flow_result r;

	/* By node: the state at its begin; NULL: not reached. */
	struct state **in;
	size_t in_capacity;
	uint64_t *waiting; /* bit per node */
	size_t waiting_capacity, cursor;
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
	struct state now; /* the state of this path */
};

/* A state after a test. */
struct division {
	bool taken;
	uint8_t part;
	uint32_t set;
	uint32_t callee; /* whose failure leads into a failed part */
	uint64_t k;
};
#define DIVISIONS_MAX (2 * PART_COUNT)

/* ---- parts.c: what a test tells ---- */

/* How the path divides at a branch on cond; n ways. */
size_t flow_divide(struct flow *f, const struct state *s, uint8_t part,
		   enum cond cond, struct division d[DIVISIONS_MAX]);
/* Makes the state of one way. */
void flow_learn(struct flow *f, struct state *s, uint32_t set);

/* ---- memory.c ---- */

bool flow_place_of(struct flow *f, struct state *s, const struct memory *m,
		   uint32_t step, uint32_t *ret_ident, int32_t *ret_disp);
void flow_load(struct flow *f, struct state *s, const struct insn *i,
	       uint32_t step);
void flow_store(struct flow *f, struct state *s, const struct insn *i,
		uint32_t step);
void flow_escape(struct flow *f, int64_t disp);
bool flow_escaped(const struct flow *f, int32_t disp);
/* What a call of c may have changed. */
void flow_forget(struct flow *f, struct state *s, const struct flow_callee *c);
void flow_write_memory(struct flow *f, struct state *s, const struct insn *i);

/* ---- calls.c ---- */

enum call_end { CALL_RETURNS, CALL_NEVER_RETURNS };
enum call_end flow_call(struct flow *f, struct state *s, const struct insn *i,
			uint32_t step);
/* A text that goes into memory. */
void flow_stored(struct flow *f, uint32_t set, uint32_t step);

/* ---- steps.c ---- */

/* What reg holds: a new unknown where nothing is known. */
uint32_t flow_get(struct flow *f, struct state *s, uint8_t reg, uint32_t step);
void flow_set(struct flow *f, struct state *s, uint8_t reg, uint32_t set,
	      uint8_t size);
uint32_t flow_value(struct flow *f, struct state *s, const struct operand *o,
		    uint32_t step);
/* Everything but calls and the ends of blocks. */
void flow_step(struct flow *f, struct state *s, const struct insn *i,
	       uint32_t step);
uint64_t flow_mask(uint64_t v, uint8_t size);
int64_t flow_signed(uint64_t v, uint8_t size);

#endif
