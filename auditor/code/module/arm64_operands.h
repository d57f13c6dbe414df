/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Operands of AArch64.  Private to code/module/.
 */
#ifndef CODE_MODULE_ARM64_OPERANDS_H
#define CODE_MODULE_ARM64_OPERANDS_H

#include "code/module/lift.h"

#define A64_FP 29
#define A64_LR 30
#define A64_SP 31
#define A64_OPERANDS 4

struct a64_ops {
	const cs_insn *i;
	size_t nops;
	struct operand op[A64_OPERANDS]; /* the zero register is 0 */
	uint8_t size[A64_OPERANDS];	 /* bytes of a register: 4 or 8 */
	bool changed[A64_OPERANDS];	 /* shifted or extended */
	uint8_t alu[A64_OPERANDS], amount[A64_OPERANDS]; /* a shift */
	bool extended[A64_OPERANDS];
	size_t memory; /* which operand is memory; A64_OPERANDS: none */
	struct memory mem;
	bool mem_unknown;
	bool flags;
	enum cond cond;
};

void a64_read(const cs_insn *i, struct a64_ops *ret);

/* Operand n with its shift applied, into REG_TEMP2 if it has one. */
struct operand a64_shifted(struct decoder *d, const struct a64_ops *a,
			   size_t n);

#endif
