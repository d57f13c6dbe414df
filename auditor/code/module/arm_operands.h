/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Operands of ARM and Thumb.  Private to code/module/.
 */
#ifndef CODE_MODULE_ARM_OPERANDS_H
#define CODE_MODULE_ARM_OPERANDS_H

#include "code/module/lift.h"

#define ARM_SP 13
#define ARM_LR 14
#define ARM_PC 15
#define ARM_OPERANDS 4

struct arm_ops {
	const cs_insn *i;
	bool thumb, conditional, flags;
	enum cond cond;
	size_t nops; /* of op; lists of registers are not in it */
	struct operand op[ARM_OPERANDS];
	uint8_t shift[ARM_OPERANDS];  /* arm_shifter; 0: none */
	uint8_t amount[ARM_OPERANDS]; /* bits, of a constant shift */
	bool written[ARM_OPERANDS];
	/* At most one operand is memory: which; ARM_OPERANDS: none. */
	size_t memory;
	struct memory mem;
	bool mem_unknown; /* it has a shifted or subtracted index */
	uint16_t list;	  /* all registers that are operands, by bit */
};

void arm_read(const cs_insn *i, bool thumb, struct arm_ops *ret);

/* Operand n with its shift applied, into REG_TEMP2 if it has one. */
struct operand arm_shifted(struct decoder *d, const struct arm_ops *a,
			   size_t n);

#endif
