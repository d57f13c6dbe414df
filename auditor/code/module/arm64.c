/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AArch64 to steps.
 */
#include "code/module/arm64.h"

#include "code/module/arm64_compare.h"
#include "code/module/arm64_memory.h"
#include "code/module/arm64_operands.h"
#include "code/module/emit.h"

static const struct code_reloc *own_reloc(const struct decoder *d,
					  const struct a64_ops *a)
{
	return reloc_in(d, a->i->address, a->i->address + 1);
}

static bool writes_reg(const struct a64_ops *a)
{
	return a->nops && a->op[0].kind == OPERAND_REG;
}

/* ---- moves ---- */

static void lift_mov(struct decoder *d, const struct a64_ops *a)
{
	if (writes_reg(a))
		emit_move(d, a->op[0].reg, a64_shifted(d, a, 1), a->size[0]);
}

static void lift_movn(struct decoder *d, const struct a64_ops *a, bool negate)
{
	uint64_t v = negate ? ~a->op[1].value : a->op[1].value;

	if (!writes_reg(a))
		return;
	if (a->size[0] == 4)
		v &= 0xffffffff;
	emit_move(d, a->op[0].reg, op_imm(v), a->size[0]);
}

static void lift_movk(struct decoder *d, const struct a64_ops *a)
{
	const cs_arm64_op *o = &a->i->detail->arm64.operands[1];
	unsigned int shift = o->shift.type == ARM64_SFT_LSL &&
					     o->shift.value < 64
				     ? o->shift.value
				     : 0;
	uint8_t dst = a->op[0].reg;

	if (!writes_reg(a))
		return;
	emit_alu(d, ALU_AND, dst, op_reg(dst),
		 op_imm(~((uint64_t)0xffff << shift)), a->size[0], false);
	emit_alu(d, ALU_OR, dst, op_reg(dst), op_imm(a->op[1].value),
		 a->size[0], false);
}

/* adrp gives a page; what is added to it, or the access that follows, has a
 * relocation of its own that tells all. */
static void lift_adr(struct decoder *d, const struct a64_ops *a)
{
	const struct code_reloc *r = own_reloc(d, a);
	struct operand place;

	if (!writes_reg(a))
		return;
	if (r && r->kind != RELOC_OTHER && r->kind != RELOC_GOT &&
	    op_symbol(d, r->symbol, r->addend, &place))
		emit_move(d, a->op[0].reg, place, 8);
	else
		emit_unknown(d, a->op[0].reg);
}

static bool add_low(struct decoder *d, const struct a64_ops *a)
{
	const struct code_reloc *r = own_reloc(d, a);
	struct operand place;

	if (!r || r->kind != RELOC_LOW || !writes_reg(a))
		return false;
	op_symbol(d, r->symbol, r->addend, &place);
	emit_move(d, a->op[0].reg, place, 8);
	return true;
}

/* ---- arithmetic ---- */

static void lift_alu(struct decoder *d, const struct a64_ops *a, enum alu alu)
{
	struct operand y;

	if (a->nops < 3)
		return;
	y = a64_shifted(d, a, 2);
	if (!writes_reg(a)) {
		/* To the zero register: only the flags are wanted. */
		if (a->flags)
			emit_compare(d, alu == ALU_AND ? OP_TEST : OP_COMPARE,
				     a->op[1], y, a->size[1]);
		return;
	}
	emit_alu(d, alu, a->op[0].reg, a->op[1], y, a->size[0], a->flags);
}

/* As subs, a comparison is known better than its result. */
static void lift_sub(struct decoder *d, const struct a64_ops *a)
{
	struct operand y;

	if (a->nops == 3 && a->flags) {
		y = a64_shifted(d, a, 2);
		emit_compare(d, OP_COMPARE, a->op[1], y, a->size[1]);
		if (writes_reg(a))
			emit_alu(d, ALU_SUB, a->op[0].reg, a->op[1], y,
				 a->size[0], false);
		return;
	}
	lift_alu(d, a, ALU_SUB);
}

static void lift_unary(struct decoder *d, const struct a64_ops *a, enum alu alu)
{
	if (writes_reg(a))
		emit_alu(d, alu, a->op[0].reg, a64_shifted(d, a, 1), op_imm(0),
			 a->size[0], a->flags);
}

static void lift_extend(struct decoder *d, const struct a64_ops *a,
			uint8_t from, bool sign)
{
	if (writes_reg(a))
		emit_extend(d, a->op[0].reg, a->op[1], from, sign, a->size[0]);
}

/* ---- selections ---- */

static void lift_select(struct decoder *d, const struct a64_ops *a)
{
	if (writes_reg(a))
		emit_select(d, a->cond, a->op[0].reg, a->op[1], a->op[2],
			    a->size[0]);
}

/* dst = cond ? a : b changed by alu. */
static void lift_select_changed(struct decoder *d, const struct a64_ops *a,
				enum alu alu)
{
	struct operand no = a->nops > 2 ? a->op[2] : a->op[1];
	/* cinc, cinv, cneg have the contrary condition. */
	enum cond cond = a->nops > 2 ? a->cond : a->cond ^ 1;

	if (!writes_reg(a))
		return;
	emit_alu(d, alu, REG_TEMP, no, op_imm(1), a->size[0], false);
	emit_select(d, cond, a->op[0].reg, a->op[1], op_reg(REG_TEMP),
		    a->size[0]);
}

static void lift_set(struct decoder *d, const struct a64_ops *a, uint64_t v)
{
	if (a->size[0] == 4)
		v &= 0xffffffff;
	if (writes_reg(a))
		emit_select(d, a->cond, a->op[0].reg, op_imm(v), op_imm(0),
			    a->size[0]);
}

/* ---- control ---- */

static void lift_jump(struct decoder *d, const struct a64_ops *a, enum op op,
		      size_t n, enum cond cond)
{
	const struct code_reloc *r = own_reloc(d, a);
	struct insn *s = emit(d, op);

	s->cond = (uint8_t)cond;
	if (a->op[n].kind == OPERAND_IMM)
		set_target(d, s, r && r->kind == RELOC_CALL ? r : NULL,
			   r ? r->addend : 0, a->op[n].value);
}

static void lift_test_bit(struct decoder *d, const struct a64_ops *a,
			  enum cond cond)
{
	uint64_t bit = a->op[1].value & 63;

	/* The sign. */
	if (bit == 8U * a->size[0] - 1) {
		emit_compare(d, OP_COMPARE, a->op[0], op_imm(0), a->size[0]);
		cond = cond == COND_EQ ? COND_GE : COND_LT;
	} else {
		emit_compare(d, OP_TEST, a->op[0], op_imm((uint64_t)1 << bit),
			     a->size[0]);
	}
	lift_jump(d, a, OP_BRANCH, 2, cond);
}

static bool lift_control(struct decoder *d, const struct a64_ops *a)
{
	switch (a->i->id) {
	case ARM64_INS_B:
		lift_jump(d, a,
			  a->i->detail->arm64.cc == ARM64_CC_INVALID ||
					  a->i->detail->arm64.cc >= ARM64_CC_AL
				  ? OP_JUMP
				  : OP_BRANCH,
			  0, a->cond);
		return true;
	case ARM64_INS_BL:
		lift_jump(d, a, OP_CALL, 0, COND_EQ);
		return true;
	case ARM64_INS_BLR:
		emit(d, OP_CALL);
		return true;
	case ARM64_INS_BR:
		emit(d, OP_SWITCH);
		return true;
	case ARM64_INS_RET:
	case ARM64_INS_ERET:
		emit(d, OP_RETURN);
		return true;
	case ARM64_INS_CBZ:
	case ARM64_INS_CBNZ:
		emit_compare(d, OP_COMPARE, a->op[0], op_imm(0), a->size[0]);
		lift_jump(d, a, OP_BRANCH, 1,
			  a->i->id == ARM64_INS_CBZ ? COND_EQ : COND_NE);
		return true;
	case ARM64_INS_TBZ:
		lift_test_bit(d, a, COND_EQ);
		return true;
	case ARM64_INS_TBNZ:
		lift_test_bit(d, a, COND_NE);
		return true;
	case ARM64_INS_BRK:
	case ARM64_INS_HLT:
		emit(d, OP_TRAP);
		return true;
	case ARM64_INS_NOP:
	case ARM64_INS_HINT:
	case ARM64_INS_DMB:
	case ARM64_INS_DSB:
	case ARM64_INS_ISB:
	case ARM64_INS_PRFM:
	case ARM64_INS_MSR:
		emit(d, OP_NOP);
		return true;
	default:
		return false;
	}
}

static bool lift_simple(struct decoder *d, const struct a64_ops *a)
{
	static const struct {
		uint16_t id;
		uint8_t alu;
	} rows[] = {
		{ ARM64_INS_ADD, ALU_ADD }, { ARM64_INS_AND, ALU_AND },
		{ ARM64_INS_ORR, ALU_OR },  { ARM64_INS_EOR, ALU_XOR },
		{ ARM64_INS_LSL, ALU_SHL }, { ARM64_INS_LSR, ALU_SHR },
		{ ARM64_INS_ASR, ALU_SAR }, { ARM64_INS_MUL, ALU_MUL },
	};

	if (a->i->id == ARM64_INS_ADD && add_low(d, a))
		return true;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].id == a->i->id) {
			lift_alu(d, a, (enum alu)rows[i].alu);
			return true;
		}
	return false;
}

static bool lift_data(struct decoder *d, const struct a64_ops *a)
{
	switch (a->i->id) {
	case ARM64_INS_MOV:
		lift_mov(d, a);
		return true;
	case ARM64_INS_MOVZ:
		lift_movn(d, a, false);
		return true;
	case ARM64_INS_MOVN:
		lift_movn(d, a, true);
		return true;
	case ARM64_INS_MOVK:
		lift_movk(d, a);
		return true;
	case ARM64_INS_ADR:
	case ARM64_INS_ADRP:
		lift_adr(d, a);
		return true;
	case ARM64_INS_SUB:
		lift_sub(d, a);
		return true;
	case ARM64_INS_NEG:
		lift_unary(d, a, ALU_NEG);
		return true;
	case ARM64_INS_MVN:
		lift_unary(d, a, ALU_NOT);
		return true;
	case ARM64_INS_CMP:
		a64_compare(d, a, OP_COMPARE, false);
		return true;
	case ARM64_INS_CMN:
		a64_compare(d, a, OP_COMPARE, true);
		return true;
	case ARM64_INS_TST:
		a64_compare(d, a, OP_TEST, false);
		return true;
	case ARM64_INS_CCMP:
		a64_conditional_compare(d, a, false);
		return true;
	case ARM64_INS_CCMN:
		a64_conditional_compare(d, a, true);
		return true;
	case ARM64_INS_CSEL:
		lift_select(d, a);
		return true;
	case ARM64_INS_CSINC:
	case ARM64_INS_CINC:
		lift_select_changed(d, a, ALU_ADD);
		return true;
	case ARM64_INS_CSINV:
	case ARM64_INS_CINV:
		lift_select_changed(d, a, ALU_NOT);
		return true;
	case ARM64_INS_CSNEG:
	case ARM64_INS_CNEG:
		lift_select_changed(d, a, ALU_NEG);
		return true;
	case ARM64_INS_CSET:
		lift_set(d, a, 1);
		return true;
	case ARM64_INS_CSETM:
		lift_set(d, a, UINT64_MAX);
		return true;
	case ARM64_INS_SXTW:
		lift_extend(d, a, 4, true);
		return true;
	case ARM64_INS_SXTH:
		lift_extend(d, a, 2, true);
		return true;
	case ARM64_INS_SXTB:
		lift_extend(d, a, 1, true);
		return true;
	case ARM64_INS_UXTW:
		lift_extend(d, a, 4, false);
		return true;
	case ARM64_INS_UXTH:
		lift_extend(d, a, 2, false);
		return true;
	case ARM64_INS_UXTB:
		lift_extend(d, a, 1, false);
		return true;
	case ARM64_INS_UMULH:
		if (writes_reg(a))
			emit(d, OP_OVERFLOW)->dst = a->op[0].reg;
		return true;
	default:
		return false;
	}
}

void lift_arm64(struct decoder *d, const cs_insn *i)
{
	struct a64_ops a;

	a64_read(i, &a);
	if (lift_control(d, &a) || a64_memory(d, &a) || lift_simple(d, &a) ||
	    lift_data(d, &a))
		return;
	/* What is not known here may not leave an old value behind. */
	if (writes_reg(&a))
		emit_unknown(d, a.op[0].reg);
	if (a.flags)
		emit(d, OP_FORGET_FLAGS);
	if (!writes_reg(&a) && !a.flags)
		emit(d, OP_NOP);
}
