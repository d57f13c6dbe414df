/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is printed, in which parts.
 */
#ifndef CODE_FLOW_PRINTS_H
#define CODE_FLOW_PRINTS_H

#include "code/flow/flowing.h"

/* The place-th argument of a call; places from FLOW_STACK_ARGS on are on the
 * stack.  jump: the return address is there already. */
uint32_t flow_argument(struct flow *f, struct state *s, uint32_t place,
		       bool variadic, bool jump);

/* A call of a printer, whose format is set. */
void flow_prints(struct flow *f, struct state *s, uint32_t set,
		 const struct flow_callee *c, uint32_t step, bool jump);
/* A text that goes into memory. */
void flow_stored(struct flow *f, uint32_t set, uint32_t step);

#endif
