/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * i386 and x86-64: arithmetic, comparisons, conditional moves.
 */
#include "code/module/x86_arithmetic.h"

#include "code/module/emit.h"

#define RAX 0
#define RDX 2

static bool same_reg(const struct x86_operand *o, size_t n)
{
	return n == 2 && !o[0].is_memory && !o[1].is_memory &&
	       o[0].value.kind == OPERAND_REG &&
	       op_is_reg(&o[1].value, o[0].value.reg) && o[0].size == o[1].size;
}

static void lift_alu(struct decoder *d, enum alu alu,
		     const struct x86_operand *o, size_t n)
{
	struct operand b = n > 1 ? x86_source(d, &o[1], REG_TEMP2) : op_imm(1);
	bool flags = alu != ALU_NOT;

	if ((alu == ALU_XOR || alu == ALU_SUB) && same_reg(o, n)) {
		emit_move(d, o[0].value.reg, op_imm(0), 8);
		emit_compare(d, OP_COMPARE, op_reg(o[0].value.reg), op_imm(0),
			     8);
		return;
	}
	if (o[0].is_memory) {
		emit_load(d, REG_TEMP, &o[0].mem, o[0].size);
		emit_alu(d, alu, REG_TEMP, op_reg(REG_TEMP), b, o[0].size,
			 flags);
		emit_store(d, &o[0].mem, op_reg(REG_TEMP), o[0].size);
	} else {
		emit_alu(d, alu, o[0].value.reg, o[0].value, b, o[0].size,
			 flags);
	}
}

static void lift_step(struct decoder *d, enum alu alu,
		      const struct x86_operand *o)
{
	struct x86_operand two[2] = { o[0], { .value = op_imm(1), .size = 4 } };

	lift_alu(d, alu, two, 2);
}

static void lift_imul(struct decoder *d, const struct x86_operand *o, size_t n)
{
	if (n == 1) {
		emit_unknown(d, RAX);
		emit_unknown(d, RDX);
	} else if (n == 2) {
		struct operand b = x86_source(d, &o[1], REG_TEMP2);

		emit_alu(d, ALU_MUL, o[0].value.reg, o[0].value, b, o[0].size,
			 false);
	} else {
		struct operand a = x86_source(d, &o[1], REG_TEMP);

		emit_alu(d, ALU_MUL, o[0].value.reg, a, x86_value(&o[2]),
			 o[0].size, false);
	}
	emit(d, OP_MULTIPLY_FLAGS);
}

static void lift_compare(struct decoder *d, const struct x86_operand *o)
{
	struct operand b = x86_source(d, &o[1], REG_TEMP2);
	struct operand a = x86_source(d, &o[0], REG_TEMP);

	emit_compare(d, OP_COMPARE, a, b, o[0].size);
}

static void lift_test(struct decoder *d, const struct x86_operand *o)
{
	struct operand b, a;

	if (same_reg(o, 2)) {
		emit_compare(d, OP_COMPARE, o[0].value, op_imm(0), o[0].size);
		return;
	}
	b = x86_source(d, &o[1], REG_TEMP2);
	a = x86_source(d, &o[0], REG_TEMP);
	emit_compare(d, OP_TEST, a, b, o[0].size);
}

/* sbb and adc: the same with and without one more. */
static void lift_carry(struct decoder *d, const struct x86_operand *o,
		       bool borrow)
{
	enum alu alu = borrow ? ALU_SUB : ALU_ADD;
	uint8_t dst = o[0].value.reg;
	struct operand b;
	uint32_t skip;

	if (o[0].is_memory) {
		emit_store(d, &o[0].mem, op_unknown(), o[0].size);
		emit(d, OP_FORGET_FLAGS);
		return;
	}
	if (borrow && same_reg(o, 2)) {
		emit_select(d, COND_BELOW, dst, op_imm(UINT64_MAX), op_imm(0),
			    o[0].size);
		emit(d, OP_FORGET_FLAGS);
		return;
	}
	b = x86_source(d, &o[1], REG_TEMP2);
	emit_alu(d, alu, dst, op_reg(dst), b, o[0].size, false);
	skip = skip_begin(d, COND_ABOVE_EQ);
	emit_alu(d, alu, dst, op_reg(dst), op_imm(1), o[0].size, false);
	skip_end(d, skip);
	emit(d, OP_FORGET_FLAGS);
}

void x86_cmov(struct decoder *d, enum cond cond, const struct x86_operand *o)
{
	struct operand b = x86_source(d, &o[1], REG_TEMP);

	emit_select(d, cond, o[0].value.reg, b, o[0].value, o[0].size);
}

void x86_set(struct decoder *d, enum cond cond, const struct x86_operand *o)
{
	uint8_t dst = o[0].is_memory ? REG_TEMP : o[0].value.reg;

	emit_select(d, cond, dst, op_imm(1), op_imm(0), 8);
	if (o[0].is_memory)
		emit_store(d, &o[0].mem, op_reg(REG_TEMP), 1);
}

bool x86_arithmetic(struct decoder *d, const struct x86_decoded *i,
		    const struct x86_operand *o, size_t n)
{
	switch (i->id) {
	case X86_INS_ADD:
		lift_alu(d, ALU_ADD, o, n);
		return true;
	case X86_INS_SUB:
		lift_alu(d, ALU_SUB, o, n);
		return true;
	case X86_INS_AND:
		lift_alu(d, ALU_AND, o, n);
		return true;
	case X86_INS_OR:
		lift_alu(d, ALU_OR, o, n);
		return true;
	case X86_INS_XOR:
		lift_alu(d, ALU_XOR, o, n);
		return true;
	case X86_INS_SHL:
	case X86_INS_SAL:
		lift_alu(d, ALU_SHL, o, n);
		return true;
	case X86_INS_SHR:
		lift_alu(d, ALU_SHR, o, n);
		return true;
	case X86_INS_SAR:
		lift_alu(d, ALU_SAR, o, n);
		return true;
	case X86_INS_INC:
		lift_step(d, ALU_ADD, o);
		return true;
	case X86_INS_DEC:
		lift_step(d, ALU_SUB, o);
		return true;
	case X86_INS_NEG:
		lift_step(d, ALU_NEG, o);
		return true;
	case X86_INS_NOT:
		lift_step(d, ALU_NOT, o);
		return true;
	case X86_INS_SBB:
		lift_carry(d, o, true);
		return true;
	case X86_INS_ADC:
		lift_carry(d, o, false);
		return true;
	case X86_INS_IMUL:
		lift_imul(d, o, n);
		return true;
	case X86_INS_MUL:
		emit_unknown(d, RAX);
		emit_unknown(d, RDX);
		emit(d, OP_MULTIPLY_FLAGS);
		return true;
	case X86_INS_CMP:
		lift_compare(d, o);
		return true;
	case X86_INS_TEST:
		lift_test(d, o);
		return true;
	default:
		return false;
	}
}
