/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/module/arm64_compare.h"

#include "code/module/emit.h"

void a64_compare(struct decoder *d, const struct a64_ops *a, enum op op,
		 bool negative)
{
	struct operand y = a64_shifted(d, a, 1);

	if (negative)
		y = y.kind == OPERAND_IMM ? op_imm(0 - y.value) : op_unknown();
	if (op == OP_TEST && y.kind == OPERAND_REG &&
	    op_is_reg(&a->op[0], y.reg)) {
		op = OP_COMPARE;
		y = op_imm(0);
	}
	emit_compare(d, op, a->op[0], y, a->size[0]);
}

/* Flags of a constant: bits N Z C V. */
static void set_flags(struct decoder *d, uint64_t nzcv, uint8_t size)
{
	if (nzcv & 4)
		emit_compare(d, OP_COMPARE, op_imm(0), op_imm(0), size);
	else if (nzcv & 8)
		emit_compare(d, OP_COMPARE, op_imm(1), op_imm(2), size);
	else if (nzcv & 2)
		emit_compare(d, OP_COMPARE, op_imm(2), op_imm(1), size);
	else
		emit_compare(d, OP_COMPARE, op_imm(1), op_imm(UINT64_MAX),
			     size);
}

void a64_conditional_compare(struct decoder *d, const struct a64_ops *a,
			     bool negative)
{
	uint32_t first, second;

	first = skip_begin(d, a->cond);
	set_flags(d, a->nops > 2 ? a->op[2].value : 0, a->size[0]);
	second = (uint32_t)d->to->ninsns;
	emit(d, OP_JUMP)->target_kind = TARGET_STEP;
	skip_end(d, first);
	a64_compare(d, a, OP_COMPARE, negative);
	skip_end(d, second);
}
