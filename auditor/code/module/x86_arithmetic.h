/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * i386 and x86-64: arithmetic, comparisons, conditional moves.
 */
#ifndef CODE_MODULE_X86_ARITHMETIC_H
#define CODE_MODULE_X86_ARITHMETIC_H

#include "code/module/x86_operands.h"

/* false: it is none. */
bool x86_arithmetic(struct decoder *d, const struct x86_decoded *i,
		    const struct x86_operand *o, size_t n);

void x86_cmov(struct decoder *d, enum cond cond, const struct x86_operand *o);
void x86_set(struct decoder *d, enum cond cond, const struct x86_operand *o);

#endif
