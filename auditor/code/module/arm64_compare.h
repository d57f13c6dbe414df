/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AArch64: comparisons, also under a condition.
 */
#ifndef CODE_MODULE_ARM64_COMPARE_H
#define CODE_MODULE_ARM64_COMPARE_H

#include "code/module/arm64_operands.h"

/* op: OP_COMPARE or OP_TEST; negative: with the contrary of the operand. */
void a64_compare(struct decoder *d, const struct a64_ops *a, enum op op,
		 bool negative);
void a64_conditional_compare(struct decoder *d, const struct a64_ops *a,
			     bool negative);

#endif
