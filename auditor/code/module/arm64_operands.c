/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/module/arm64_operands.h"

#include "code/module/emit.h"

/* REG_NONE: the zero register, or none that is followed. */
static uint8_t reg_number(unsigned int reg, uint8_t *ret_size, bool *ret_zero)
{
	*ret_size = 8;
	*ret_zero = reg == ARM64_REG_XZR || reg == ARM64_REG_WZR;
	if (reg >= ARM64_REG_X0 && reg <= ARM64_REG_X28)
		return (uint8_t)(reg - ARM64_REG_X0);
	if (reg == ARM64_REG_FP)
		return A64_FP;
	if (reg == ARM64_REG_LR)
		return A64_LR;
	if (reg == ARM64_REG_SP)
		return A64_SP;
	*ret_size = 4;
	if (reg >= ARM64_REG_W0 && reg <= ARM64_REG_W30)
		return (uint8_t)(reg - ARM64_REG_W0);
	if (reg == ARM64_REG_WSP)
		return A64_SP;
	if (reg == ARM64_REG_XZR)
		*ret_size = 8;
	return REG_NONE;
}

static enum cond condition(arm64_cc cc)
{
	static const uint8_t conds[] = {
		[ARM64_CC_EQ] = COND_EQ,       [ARM64_CC_NE] = COND_NE,
		[ARM64_CC_HS] = COND_ABOVE_EQ, [ARM64_CC_LO] = COND_BELOW,
		[ARM64_CC_MI] = COND_NEGATIVE, [ARM64_CC_PL] = COND_POSITIVE,
		[ARM64_CC_VS] = COND_OVERFLOW, [ARM64_CC_VC] = COND_NO_OVERFLOW,
		[ARM64_CC_HI] = COND_ABOVE,    [ARM64_CC_LS] = COND_BELOW_EQ,
		[ARM64_CC_GE] = COND_GE,       [ARM64_CC_LT] = COND_LT,
		[ARM64_CC_GT] = COND_GT,       [ARM64_CC_LE] = COND_LE,
	};

	return cc == ARM64_CC_INVALID || cc >= ARM64_CC_AL
		       ? COND_UNKNOWN
		       : (enum cond)conds[cc];
}

static void read_memory(const cs_arm64_op *from, struct a64_ops *a)
{
	uint8_t size;
	bool zero;

	a->mem = mem_at(reg_number(from->mem.base, &size, &zero),
			from->mem.disp);
	if (a->mem.base == REG_NONE)
		a->mem_unknown = true;
	if (from->mem.index == ARM64_REG_INVALID)
		return;
	a->mem.index = reg_number(from->mem.index, &size, &zero);
	if (a->mem.index == REG_NONE)
		a->mem_unknown = true;
	if (from->shift.type == ARM64_SFT_LSL && from->shift.value < 5)
		a->mem.scale = (uint8_t)(1U << from->shift.value);
	else if (from->shift.type != ARM64_SFT_INVALID)
		a->mem_unknown = true;
}

static void read_shift(const cs_arm64_op *from, size_t n, struct a64_ops *a)
{
	a->amount[n] = (uint8_t)from->shift.value;
	a->extended[n] = from->ext != ARM64_EXT_INVALID;
	a->changed[n] = a->extended[n] ||
			(from->shift.type != ARM64_SFT_INVALID &&
			 from->shift.value);
	switch (from->shift.type) {
	case ARM64_SFT_LSL:
		a->alu[n] = ALU_SHL;
		break;
	case ARM64_SFT_LSR:
		a->alu[n] = ALU_SHR;
		break;
	case ARM64_SFT_ASR:
		a->alu[n] = ALU_SAR;
		break;
	default:
		a->extended[n] = a->changed[n];
	}
}

static void read_operand(const cs_arm64_op *from, size_t n, struct a64_ops *a)
{
	uint8_t reg;
	bool zero;

	switch (from->type) {
	case ARM64_OP_REG:
		reg = reg_number((unsigned int)from->reg, &a->size[n], &zero);
		if (zero)
			a->op[n] = op_imm(0);
		else if (reg != REG_NONE)
			a->op[n] = op_reg(reg);
		read_shift(from, n, a);
		break;
	case ARM64_OP_IMM:
		a->op[n] = op_imm((uint64_t)from->imm);
		if (from->shift.type == ARM64_SFT_LSL && from->shift.value < 64)
			a->op[n].value <<= from->shift.value;
		break;
	case ARM64_OP_MEM:
		a->memory = n;
		read_memory(from, a);
		break;
	default:
		break;
	}
}

void a64_read(const cs_insn *i, struct a64_ops *ret)
{
	const cs_arm64 *x = &i->detail->arm64;

	memset(ret, 0, sizeof(*ret));
	ret->i = i;
	ret->memory = A64_OPERANDS;
	ret->flags = x->update_flags;
	ret->cond = condition(x->cc);
	ret->nops = x->op_count < A64_OPERANDS ? x->op_count : A64_OPERANDS;
	for (size_t k = 0; k < ret->nops; k++) {
		ret->size[k] = 8;
		read_operand(&x->operands[k], k, ret);
	}
}

struct operand a64_shifted(struct decoder *d, const struct a64_ops *a, size_t n)
{
	if (!a->changed[n] || a->op[n].kind != OPERAND_REG)
		return a->op[n];
	if (a->extended[n])
		return op_unknown();
	emit_alu(d, (enum alu)a->alu[n], REG_TEMP2, a->op[n],
		 op_imm(a->amount[n]), a->size[n], false);
	return op_reg(REG_TEMP2);
}
