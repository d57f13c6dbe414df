/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells of memory: loads, stores, and what calls may change.
 */
#ifndef CODE_FLOW_MEMORY_H
#define CODE_FLOW_MEMORY_H

#include "code/flow/flowing.h"

void flow_load(struct flow *f, struct state *s, const struct insn *i,
	       uint32_t step);
void flow_store(struct flow *f, struct state *s, const struct insn *i,
		uint32_t step);
/* What a call of c may have changed. */
void flow_forget(struct flow *f, struct state *s, const struct flow_callee *c);
void flow_write_memory(struct flow *f, struct state *s, const struct insn *i);

#endif
