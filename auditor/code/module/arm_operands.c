/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/module/arm_operands.h"

#include "code/module/emit.h"

static bool reg_number(unsigned int reg, uint8_t *ret)
{
	if (reg >= ARM_REG_R0 && reg <= ARM_REG_R12)
		*ret = (uint8_t)(reg - ARM_REG_R0);
	else if (reg == ARM_REG_SP)
		*ret = ARM_SP;
	else if (reg == ARM_REG_LR)
		*ret = ARM_LR;
	else if (reg == ARM_REG_PC)
		*ret = ARM_PC;
	else
		return false;
	return true;
}

static bool read_condition(arm_cc cc, enum cond *ret)
{
	static const uint8_t conds[] = {
		[ARM_CC_EQ] = COND_EQ,	     [ARM_CC_NE] = COND_NE,
		[ARM_CC_HS] = COND_ABOVE_EQ, [ARM_CC_LO] = COND_BELOW,
		[ARM_CC_MI] = COND_NEGATIVE, [ARM_CC_PL] = COND_POSITIVE,
		[ARM_CC_VS] = COND_OVERFLOW, [ARM_CC_VC] = COND_NO_OVERFLOW,
		[ARM_CC_HI] = COND_ABOVE,    [ARM_CC_LS] = COND_BELOW_EQ,
		[ARM_CC_GE] = COND_GE,	     [ARM_CC_LT] = COND_LT,
		[ARM_CC_GT] = COND_GT,	     [ARM_CC_LE] = COND_LE,
	};

	if (cc == ARM_CC_INVALID || cc >= ARM_CC_AL)
		return false;
	*ret = (enum cond)conds[cc];
	return true;
}

static void read_memory(const cs_arm_op *from, struct arm_ops *a)
{
	struct memory *m = &a->mem;

	*m = mem_at(REG_NONE, from->mem.disp);
	if (from->subtracted && from->mem.disp > 0)
		m->disp = -m->disp;
	if (!reg_number(from->mem.base, &m->base))
		a->mem_unknown = true;
	if (from->mem.index == ARM_REG_INVALID)
		return;
	if (!reg_number(from->mem.index, &m->index) || from->subtracted ||
	    from->mem.scale < 0)
		a->mem_unknown = true;
	if (from->shift.type == ARM_SFT_LSL && from->shift.value < 4)
		m->scale = (uint8_t)(1U << from->shift.value);
	else if (from->mem.lshift > 0 && from->mem.lshift < 4)
		m->scale = (uint8_t)(1U << from->mem.lshift);
	else if (from->shift.type != ARM_SFT_INVALID)
		a->mem_unknown = true;
}

static void read_operand(const cs_arm_op *from, size_t n, struct arm_ops *a)
{
	uint8_t reg;

	switch (from->type) {
	case ARM_OP_REG:
		if (!reg_number((unsigned int)from->reg, &reg))
			break;
		a->list |= (uint16_t)(1U << reg);
		if (n < ARM_OPERANDS)
			a->op[n] = op_reg(reg);
		break;
	case ARM_OP_IMM:
	case ARM_OP_PIMM:
	case ARM_OP_CIMM:
		if (n < ARM_OPERANDS)
			a->op[n] = op_imm((uint32_t)from->imm);
		break;
	case ARM_OP_MEM:
		if (n >= ARM_OPERANDS)
			break;
		a->memory = n;
		read_memory(from, a);
		break;
	default:
		break;
	}
	if (n < ARM_OPERANDS) {
		a->shift[n] = from->type == ARM_OP_REG
				      ? (uint8_t)from->shift.type
				      : 0;
		a->amount[n] = (uint8_t)from->shift.value;
		a->written[n] = from->access & CS_AC_WRITE;
	}
}

void arm_read(const cs_insn *i, bool thumb, struct arm_ops *ret)
{
	const cs_arm *x = &i->detail->arm;

	memset(ret, 0, sizeof(*ret));
	ret->i = i;
	ret->thumb = thumb;
	ret->memory = ARM_OPERANDS;
	ret->conditional = read_condition(x->cc, &ret->cond);
	ret->flags = x->update_flags;
	ret->nops = x->op_count < ARM_OPERANDS ? x->op_count : ARM_OPERANDS;
	for (size_t k = 0; k < x->op_count; k++)
		read_operand(&x->operands[k], k, ret);
}

struct operand arm_shifted(struct decoder *d, const struct arm_ops *a, size_t n)
{
	static const struct {
		uint8_t shift, alu;
	} rows[] = { { ARM_SFT_LSL, ALU_SHL },
		     { ARM_SFT_LSR, ALU_SHR },
		     { ARM_SFT_ASR, ALU_SAR } };

	if (!a->shift[n])
		return a->op[n];
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].shift == a->shift[n]) {
			emit_alu(d, (enum alu)rows[i].alu, REG_TEMP2, a->op[n],
				 op_imm(a->amount[n]), 4, false);
			return op_reg(REG_TEMP2);
		}
	return op_unknown();
}
