/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Operands, registers and conditions of i386 and x86-64.  Private to
 * code/module/.
 */
#ifndef CODE_MODULE_X86_OPERANDS_H
#define CODE_MODULE_X86_OPERANDS_H

#include "code/module/lift.h"

struct x86_operand {
	bool is_memory, written;
	struct operand value; /* of no memory */
	struct memory mem;
	uint8_t size; /* bytes; 9: ah, bh, ch, dh */
};

/* What a condition is for. */
enum x86_conditional { X86_JUMPS, X86_MOVES, X86_SETS };

/* false: none that is followed. */
bool x86_register(x86_reg reg, uint8_t *ret, uint8_t *ret_size);
bool x86_condition(unsigned int id, enum x86_conditional *ret,
		   enum cond *ret_cond);

/* Fills o[4], relocations applied; gives how many there are. */
size_t x86_operands(const struct decoder *d, const cs_insn *i,
		    struct x86_operand o[4]);

/* Its value where it is no memory. */
static inline struct operand x86_value(const struct x86_operand *o)
{
	return o->is_memory ? op_unknown() : o->value;
}

/* Its value; one in memory is loaded into temp first. */
struct operand x86_source(struct decoder *d, const struct x86_operand *o,
			  uint8_t temp);

/* The target of a direct call or jump that capstone reads as `to`. */
void x86_target(struct decoder *d, struct insn *i, const cs_insn *from,
		uint64_t to);

#endif
