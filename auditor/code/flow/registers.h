/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Registers and operands.
 */
#ifndef CODE_FLOW_REGISTERS_H
#define CODE_FLOW_REGISTERS_H

#include "code/flow/flowing.h"

/* What reg holds: a new unknown where nothing is known. */
uint32_t flow_get(struct flow *f, struct state *s, uint8_t reg, uint32_t step);
void flow_set(struct flow *f, struct state *s, uint8_t reg, uint32_t set,
	      uint8_t size);
uint32_t flow_value(struct flow *f, struct state *s, const struct operand *o,
		    uint32_t step);
uint64_t flow_mask(uint64_t v, uint8_t size);
int64_t flow_signed(uint64_t v, uint8_t size);

/* The stack pointer, or a copy of it that functions keep. */
bool flow_is_frame(const struct flow *f, uint8_t reg);

#endif
