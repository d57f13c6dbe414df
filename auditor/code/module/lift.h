/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the machines' lifters share: the state of one lift, and the making of
 * steps.  Private to code/module/, the only home of capstone.
 */
#ifndef CODE_MODULE_LIFT_H
#define CODE_MODULE_LIFT_H

#include <string.h>

#include <capstone/capstone.h>

#include "code/decode/decode_room.h"

struct x86_memo;

struct decoder {
	csh handle, thumb; /* thumb: of ISA_ARM only */
	cs_insn *insn, *thumb_insn;
	enum code_isa isa;
	struct x86_memo *memo; /* of ISA_X86_64 and ISA_I386 only */

	/* Of the lift that runs: */
	const struct code_object *o;
	const struct code_section *s;
	uint32_t section;
	struct code_lifted *to;
	struct insn spare; /* takes what there is no memory for */
};

/* ---- operands ---- */

static inline struct operand op_reg(uint8_t reg)
{
	return (struct operand){ .kind = OPERAND_REG, .reg = reg };
}

static inline struct operand op_imm(uint64_t value)
{
	return (struct operand){ .kind = OPERAND_IMM, .value = value };
}

static inline struct operand op_unknown(void)
{
	return (struct operand){ .kind = OPERAND_UNKNOWN };
}

static inline bool op_is_reg(const struct operand *o, uint8_t reg)
{
	return o->kind == OPERAND_REG && o->reg == reg;
}

static inline struct memory mem_at(uint8_t base, int64_t disp)
{
	return (struct memory){
		.base = base, .index = REG_NONE, .scale = 1, .disp = disp
	};
}

#endif
