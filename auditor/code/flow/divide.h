/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a test tells: how a path divides.
 */
#ifndef CODE_FLOW_DIVIDE_H
#define CODE_FLOW_DIVIDE_H

#include "code/flow/flowing.h"

/* A state after a test. */
struct division {
	bool taken;
	uint8_t part;
	uint32_t set;
	uint32_t callee; /* whose failure leads into a failed part */
	uint64_t k;
};
#define DIVISIONS_MAX (2 * PART_COUNT)

/* How the path divides at a branch on cond; n ways. */
size_t flow_divide(struct flow *f, const struct state *s, uint8_t part,
		   enum cond cond, struct division d[DIVISIONS_MAX]);
/* Makes the state of one way. */
void flow_learn(struct flow *f, struct state *s, uint32_t set);

#endif
