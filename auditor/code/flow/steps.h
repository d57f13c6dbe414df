/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the simple steps do to a state.
 */
#ifndef CODE_FLOW_STEPS_H
#define CODE_FLOW_STEPS_H

#include "code/flow/flowing.h"

/* Everything but calls and the ends of blocks. */
void flow_step(struct flow *f, struct state *s, const struct insn *i,
	       uint32_t step);

#endif
