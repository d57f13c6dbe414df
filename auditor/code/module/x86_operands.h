/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Operands of i386 and x86-64.  Private to
 * code/module/.
 */
#ifndef CODE_MODULE_X86_OPERANDS_H
#define CODE_MODULE_X86_OPERANDS_H

#include "code/module/x86_decoded.h"

/* Fills o, relocations applied; gives how many there are. */
size_t x86_operands(const struct decoder *d, const struct x86_decoded *i,
		    struct x86_operand o[X86_OPERANDS]);

/* Its value where it is no memory. */
static inline struct operand x86_value(const struct x86_operand *o)
{
	return o->is_memory ? op_unknown() : o->value;
}

/* Its value; one in memory is loaded into temp first. */
struct operand x86_source(struct decoder *d, const struct x86_operand *o,
			  uint8_t temp);

/* The target of a direct call or jump that capstone reads as `to`. */
void x86_target(struct decoder *d, struct insn *i,
		const struct x86_decoded *from, uint64_t to);

#endif
