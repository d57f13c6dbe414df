/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ARM and Thumb to steps.
 */
#include "code/module/arm.h"

#include "code/module/arm_memory.h"
#include "code/module/arm_operands.h"
#include "code/module/emit.h"

/* ---- moves ---- */

static void lift_mov(struct decoder *d, const struct arm_ops *a)
{
	const struct operand *o = a->op;
	const struct code_reloc *r = reloc_in(d, a->i->address,
					      a->i->address + 1);
	struct operand value = arm_shifted(d, a, 1);

	if (op_is_reg(&o[0], ARM_PC)) {
		if (op_is_reg(&o[1], ARM_LR))
			emit(d, OP_RETURN);
		else
			emit(d, OP_SWITCH);
		return;
	}
	if (r && r->kind == RELOC_LOW)
		op_symbol(d, r->symbol, r->addend, &value);
	emit_move(d, o[0].reg, value, 4);
	if (a->flags)
		emit_compare(d, OP_COMPARE, o[0], op_imm(0), 4);
}

static void lift_movt(struct decoder *d, const struct arm_ops *a)
{
	const struct code_reloc *r = reloc_in(d, a->i->address,
					      a->i->address + 1);
	uint8_t dst = a->op[0].reg;

	if (r && r->kind == RELOC_HIGH)
		return;
	emit_alu(d, ALU_AND, dst, op_reg(dst), op_imm(0xffff), 4, false);
	emit_alu(d, ALU_OR, dst, op_reg(dst), op_imm(a->op[1].value << 16), 4,
		 false);
}

static void lift_mvn(struct decoder *d, const struct arm_ops *a)
{
	if (a->op[1].kind == OPERAND_IMM)
		emit_move(d, a->op[0].reg, op_imm(~a->op[1].value & 0xffffffff),
			  4);
	else
		emit_alu(d, ALU_NOT, a->op[0].reg, arm_shifted(d, a, 1),
			 op_imm(0), 4, false);
	if (a->flags)
		emit_compare(d, OP_COMPARE, a->op[0], op_imm(0), 4);
}

/* ---- arithmetic ---- */

static void lift_alu(struct decoder *d, const struct arm_ops *a, enum alu alu)
{
	uint8_t dst = a->op[0].reg;
	size_t last = a->nops - 1;
	struct operand x = a->nops > 2 ? a->op[1] : a->op[0];
	struct operand y = arm_shifted(d, a, last);

	if (a->nops < 2)
		return;
	/* mov with a shift. */
	if (a->nops == 2 && a->shift[1] != 0) {
		emit_move(d, dst, y, 4);
		if (a->flags)
			emit_compare(d, OP_COMPARE, op_reg(dst), op_imm(0), 4);
		return;
	}
	if (dst == ARM_PC) {
		emit(d, OP_SWITCH);
		return;
	}
	if (op_is_reg(&x, ARM_PC)) {
		emit_unknown(d, dst);
		return;
	}
	/* A comparison is known better than its result. */
	if (a->flags && alu == ALU_SUB)
		emit_compare(d, OP_COMPARE, x, y, 4);
	emit_alu(d, alu, dst, x, y, 4,
		 a->flags && alu != ALU_MUL && alu != ALU_SUB);
	if (a->flags && alu == ALU_MUL)
		emit(d, OP_FORGET_FLAGS);
}

static void lift_bic(struct decoder *d, const struct arm_ops *a)
{
	struct arm_ops b = *a;
	struct operand *y = &b.op[b.nops - 1];

	*y = y->kind == OPERAND_IMM ? op_imm(~y->value & 0xffffffff)
				    : op_unknown();
	b.shift[b.nops - 1] = 0;
	lift_alu(d, &b, ALU_AND);
}

static void lift_negate(struct decoder *d, const struct arm_ops *a)
{
	const struct operand *y = &a->op[a->nops - 1];

	if (y->kind == OPERAND_IMM && y->value == 0) {
		emit_alu(d, ALU_NEG, a->op[0].reg,
			 a->nops > 2 ? a->op[1] : a->op[0], op_imm(0), 4,
			 a->flags);
		return;
	}
	emit_unknown(d, a->op[0].reg);
	if (a->flags)
		emit(d, OP_FORGET_FLAGS);
}

/* rd = rn - rn - !carry. */
static void lift_sbc(struct decoder *d, const struct arm_ops *a)
{
	if (a->nops == 3 && op_is_reg(&a->op[1], a->op[2].reg) &&
	    a->op[2].kind == OPERAND_REG)
		emit_select(d, COND_BELOW, a->op[0].reg, op_imm(0xffffffff),
			    op_imm(0), 4);
	else
		emit_unknown(d, a->op[0].reg);
	if (a->flags)
		emit(d, OP_FORGET_FLAGS);
}

static void lift_compare(struct decoder *d, const struct arm_ops *a, enum op op,
			 bool negative)
{
	struct operand y = arm_shifted(d, a, 1);

	if (negative)
		y = y.kind == OPERAND_IMM ? op_imm((0 - y.value) & 0xffffffff)
					  : op_unknown();
	if (op == OP_TEST && op_is_reg(&a->op[0], y.reg) &&
	    y.kind == OPERAND_REG) {
		op = OP_COMPARE;
		y = op_imm(0);
	}
	emit_compare(d, op, a->op[0], y, 4);
}

static void lift_extend(struct decoder *d, const struct arm_ops *a,
			uint8_t from, bool sign)
{
	if (a->shift[a->nops - 1])
		emit_unknown(d, a->op[0].reg);
	else
		emit_extend(d, a->op[0].reg, a->op[a->nops > 1], from, sign, 4);
}

/* 32 of zero; shifted by 5 it is a test of zero. */
static void lift_clz(struct decoder *d, const struct arm_ops *a)
{
	emit_compare(d, OP_COMPARE, a->op[1], op_imm(0), 4);
	emit_select(d, COND_EQ, a->op[0].reg, op_imm(32), op_imm(0), 4);
	emit(d, OP_FORGET_FLAGS);
}

/* ---- control ---- */

static void lift_jump(struct decoder *d, const struct arm_ops *a, enum op op)
{
	const struct code_reloc *r = reloc_in(d, a->i->address,
					      a->i->address + 1);
	struct insn *s = emit(d, op);

	if (a->op[0].kind == OPERAND_IMM)
		set_target(d, s, r,
			   (int64_t)(a->op[0].value - a->i->address) +
				   (r ? r->addend : 0),
			   a->op[0].value);
}

static void lift_branch_zero(struct decoder *d, const struct arm_ops *a,
			     enum cond cond)
{
	struct insn *s;

	emit_compare(d, OP_COMPARE, a->op[0], op_imm(0), 4);
	s = emit(d, OP_BRANCH);
	s->cond = (uint8_t)cond;
	set_target(d, s, NULL, 0, a->op[1].value);
}

static bool lift_control(struct decoder *d, const struct arm_ops *a)
{
	switch (a->i->id) {
	case ARM_INS_B:
		lift_jump(d, a, OP_JUMP);
		return true;
	case ARM_INS_BL:
		lift_jump(d, a, OP_CALL);
		return true;
	case ARM_INS_BLX:
		if (a->op[0].kind == OPERAND_IMM)
			lift_jump(d, a, OP_CALL);
		else
			emit(d, OP_CALL);
		return true;
	case ARM_INS_BX:
	case ARM_INS_BXJ:
		emit(d, op_is_reg(&a->op[0], ARM_LR) ? OP_RETURN : OP_SWITCH);
		return true;
	case ARM_INS_CBZ:
		lift_branch_zero(d, a, COND_EQ);
		return true;
	case ARM_INS_CBNZ:
		lift_branch_zero(d, a, COND_NE);
		return true;
	case ARM_INS_TBB:
		arm_table_jump(d, a, 1);
		return true;
	case ARM_INS_TBH:
		arm_table_jump(d, a, 2);
		return true;
	case ARM_INS_UDF:
	case ARM_INS_BKPT:
	case ARM_INS_TRAP:
		emit(d, OP_TRAP);
		return true;
	default:
		return false;
	}
}

static bool lift_arithmetic(struct decoder *d, const struct arm_ops *a)
{
	static const struct {
		uint16_t id;
		uint8_t alu;
	} rows[] = {
		{ ARM_INS_ADD, ALU_ADD }, { ARM_INS_ADDW, ALU_ADD },
		{ ARM_INS_SUB, ALU_SUB }, { ARM_INS_SUBW, ALU_SUB },
		{ ARM_INS_AND, ALU_AND }, { ARM_INS_ORR, ALU_OR },
		{ ARM_INS_EOR, ALU_XOR }, { ARM_INS_LSL, ALU_SHL },
		{ ARM_INS_LSR, ALU_SHR }, { ARM_INS_ASR, ALU_SAR },
		{ ARM_INS_MUL, ALU_MUL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].id == a->i->id) {
			lift_alu(d, a, (enum alu)rows[i].alu);
			return true;
		}
	switch (a->i->id) {
	case ARM_INS_BIC:
		lift_bic(d, a);
		return true;
	case ARM_INS_RSB:
		lift_negate(d, a);
		return true;
	case ARM_INS_SBC:
		lift_sbc(d, a);
		return true;
	case ARM_INS_CMP:
	case ARM_INS_TEQ:
		lift_compare(d, a, OP_COMPARE, false);
		return true;
	case ARM_INS_CMN:
		lift_compare(d, a, OP_COMPARE, true);
		return true;
	case ARM_INS_TST:
		lift_compare(d, a, OP_TEST, false);
		return true;
	case ARM_INS_UXTB:
		lift_extend(d, a, 1, false);
		return true;
	case ARM_INS_UXTH:
		lift_extend(d, a, 2, false);
		return true;
	case ARM_INS_SXTB:
		lift_extend(d, a, 1, true);
		return true;
	case ARM_INS_SXTH:
		lift_extend(d, a, 2, true);
		return true;
	case ARM_INS_CLZ:
		lift_clz(d, a);
		return true;
	case ARM_INS_UMULL:
		emit_unknown(d, a->op[0].reg);
		emit(d, OP_OVERFLOW)->dst = a->op[1].reg;
		return true;
	case ARM_INS_MOV:
	case ARM_INS_MOVW:
		lift_mov(d, a);
		return true;
	case ARM_INS_MOVT:
		lift_movt(d, a);
		return true;
	case ARM_INS_MVN:
		lift_mvn(d, a);
		return true;
	default:
		return false;
	}
}

/* What is not known here may not leave an old value behind. */
static void lift_other(struct decoder *d, const struct arm_ops *a)
{
	for (size_t k = 0; k < a->nops; k++)
		if (a->op[k].kind == OPERAND_REG && (k == 0 || a->written[k]))
			emit_unknown(d, a->op[k].reg);
	if (a->flags)
		emit(d, OP_FORGET_FLAGS);
	if (!a->nops)
		emit(d, OP_NOP);
}

static bool changes_nothing(unsigned int id)
{
	switch (id) {
	case ARM_INS_IT:
	case ARM_INS_NOP:
	case ARM_INS_HINT:
	case ARM_INS_DMB:
	case ARM_INS_DSB:
	case ARM_INS_ISB:
	case ARM_INS_PLD:
	case ARM_INS_PLDW:
	case ARM_INS_CPS:
	case ARM_INS_MSR:
	case ARM_INS_MCR:
	case ARM_INS_CLREX:
	case ARM_INS_WFE:
	case ARM_INS_WFI:
	case ARM_INS_SEV:
	case ARM_INS_YIELD:
		return true;
	default:
		return false;
	}
}

void lift_arm(struct decoder *d, const cs_insn *i, bool thumb)
{
	struct arm_ops a;
	uint32_t skip = 0;
	bool skips;

	arm_read(i, thumb, &a);
	if (changes_nothing(i->id)) {
		emit(d, OP_NOP);
		return;
	}
	if (i->id == ARM_INS_B && a.conditional) {
		lift_jump(d, &a, OP_BRANCH);
		if (!d->to->nomem)
			d->to->insns[d->to->ninsns - 1].cond = (uint8_t)a.cond;
		return;
	}
	skips = a.conditional;
	if (skips)
		skip = skip_begin(d, a.cond ^ 1);
	if (!lift_control(d, &a) && !arm_memory(d, &a) &&
	    !lift_arithmetic(d, &a))
		lift_other(d, &a);
	if (skips)
		skip_end(d, skip);
}
