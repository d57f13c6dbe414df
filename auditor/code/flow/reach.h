/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions about the ways of the last run.
 */
#ifndef CODE_FLOW_REACH_H
#define CODE_FLOW_REACH_H

#include "code/flow/result.h"

struct flow;

/* Can the function be left from node without entering a block of `avoid`
 * (a bit per block)? */
bool flow_leaves_without(struct flow *f, uint32_t node, const uint64_t *avoid);
/* Can a block of `goal` be reached from node? */
bool flow_reaches(struct flow *f, uint32_t node, const uint64_t *goal);
/* The nodes that node leads to; *n of them. */
const uint32_t *flow_next(struct flow *f, uint32_t node, size_t *n);
/* The block that a step is in. */
uint32_t flow_block_of(const struct flow *f, uint32_t step);

#endif
