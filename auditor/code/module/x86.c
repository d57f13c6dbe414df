/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * i386 and x86-64 to steps.
 */
#include "code/module/x86.h"

#include "code/module/emit.h"
#include "code/module/x86_arithmetic.h"
#include "code/module/x86_operands.h"

#define RAX 0
#define RCX 1
#define RDX 2
#define RSP 4
#define RBP 5
#define RSI 6
#define RDI 7

static uint8_t word_of(const struct decoder *d)
{
	return d->isa == ISA_X86_64 ? 8 : 4;
}

/* ---- stack ---- */

static void adjust_stack(struct decoder *d, bool down)
{
	emit_alu(d, down ? ALU_SUB : ALU_ADD, RSP, op_reg(RSP),
		 op_imm(word_of(d)), word_of(d), false);
}

static void lift_push(struct decoder *d, const struct x86_operand *o)
{
	struct memory top = mem_at(RSP, 0);
	struct operand value = x86_source(d, o, REG_TEMP);

	adjust_stack(d, true);
	emit_store(d, &top, value, word_of(d))->push = true;
}

static void pop_to(struct decoder *d, uint8_t reg)
{
	struct memory top = mem_at(RSP, 0);

	emit_load(d, reg, &top, word_of(d));
	adjust_stack(d, false);
}

static void lift_pop(struct decoder *d, const struct x86_operand *o)
{
	if (o->is_memory) {
		pop_to(d, REG_TEMP);
		emit_store(d, &o->mem, op_reg(REG_TEMP), word_of(d));
	} else {
		pop_to(d, o->value.reg);
	}
}

static void lift_leave(struct decoder *d)
{
	emit_move(d, RSP, op_reg(RBP), word_of(d));
	pop_to(d, RBP);
}

/* ---- moves ---- */

static void lift_mov(struct decoder *d, const struct x86_operand *o)
{
	if (o[0].is_memory)
		emit_store(d, &o[0].mem, x86_value(&o[1]), o[0].size);
	else if (o[0].value.kind != OPERAND_REG)
		return;
	else if (o[1].is_memory)
		emit_load(d, o[0].value.reg, &o[1].mem, o[1].size);
	else
		emit_move(d, o[0].value.reg, x86_value(&o[1]), o[0].size);
}

static void lift_extend(struct decoder *d, const struct x86_operand *o,
			bool sign)
{
	uint8_t dst = o[0].value.reg;
	struct operand from = o[1].value;

	if (o[1].is_memory) {
		emit_load(d, dst, &o[1].mem, o[1].size);
		from = op_reg(dst);
	}
	emit_extend(d, dst, from, o[1].size, sign, o[0].size);
}

static void lift_lea(struct decoder *d, const struct x86_operand *o)
{
	struct insn *i = emit(d, OP_LEA);

	i->dst = o[0].value.reg;
	i->mem = o[1].mem;
	i->size = o[0].size;
}

static void lift_xchg(struct decoder *d, const struct x86_operand *o)
{
	if (o[0].is_memory || o[1].is_memory) {
		const struct x86_operand *m = &o[o[0].is_memory ? 0 : 1];
		const struct x86_operand *r = &o[o[0].is_memory ? 1 : 0];

		emit_load(d, REG_TEMP, &m->mem, m->size);
		emit_store(d, &m->mem, x86_value(r), m->size);
		emit_move(d, r->value.reg, op_reg(REG_TEMP), r->size);
		return;
	}
	if (o[0].value.reg == o[1].value.reg)
		return;
	emit_move(d, REG_TEMP, o[0].value, 8);
	emit_move(d, o[0].value.reg, o[1].value, 8);
	emit_move(d, o[1].value.reg, op_reg(REG_TEMP), 8);
}

/* ---- strings ---- */

static void lift_string(struct decoder *d, const struct x86_decoded *i,
			bool stores, bool loads, bool compares)
{
	if (stores) {
		struct insn *w = emit(d, OP_WRITE_MEMORY);

		w->mem = mem_at(RDI, 0);
	}
	emit_unknown(d, RDI);
	if (i->repeats)
		emit_move(d, RCX, op_imm(0), 8);
	if (loads || compares)
		emit_unknown(d, RSI);
	if (compares)
		emit(d, OP_FORGET_FLAGS);
}

/* ---- control ---- */

static void lift_call(struct decoder *d, const struct x86_decoded *i,
		      const struct x86_operand *o)
{
	struct insn *c = emit(d, OP_CALL);

	if (!o->is_memory && o->value.kind == OPERAND_IMM)
		x86_target(d, c, i, o->value.value);
}

static void lift_jump(struct decoder *d, const struct x86_decoded *i,
		      const struct x86_operand *o)
{
	if (!o->is_memory && o->value.kind == OPERAND_IMM) {
		x86_target(d, emit(d, OP_JUMP), i, o->value.value);
	} else if (o->is_memory && o->mem.absolute &&
		   o->mem.symbol == UINT32_MAX && o->mem.index != REG_NONE) {
		emit_switch_table(d, CODE_AT_SECTION(o->mem.at),
				  CODE_AT_OFFSET(o->mem.at));
	} else {
		emit(d, OP_SWITCH);
	}
}

static void lift_branch(struct decoder *d, const struct x86_decoded *i,
			enum cond cond, const struct x86_operand *o)
{
	struct insn *b = emit(d, OP_BRANCH);

	b->cond = (uint8_t)cond;
	x86_target(d, b, i, o->value.value);
}

/* ---- everything else ---- */

/* No instruction may keep a value that it changes. */
static void lift_other(struct decoder *d, const struct x86_decoded *i,
		       const struct x86_operand *o, size_t n)
{
	for (size_t k = 0; k < n; k++) {
		if (o[k].is_memory && o[k].written)
			emit_store(d, &o[k].mem, op_unknown(), o[k].size);
		else if (!o[k].is_memory && o[k].value.kind == OPERAND_REG &&
			 (o[k].written || k == 0))
			emit_unknown(d, o[k].value.reg);
	}
	for (uint8_t k = 0; k < i->nimplicit; k++) {
		if (i->implicit[k] == X86_FLAGS)
			emit(d, OP_FORGET_FLAGS);
		else if (i->implicit[k] != RSP)
			emit_unknown(d, i->implicit[k]);
	}
	/* What capstone's table does not know as a writer of flags. */
	emit(d, OP_FORGET_FLAGS);
}

static bool lift_conditional(struct decoder *d, const struct x86_decoded *i,
			     const struct x86_operand *o)
{
	enum cond cond = (enum cond)i->cond;

	if (i->conditional == X86_NO_CONDITION)
		return false;
	if (i->conditional == X86_JUMPS)
		lift_branch(d, i, cond, o);
	else if (i->conditional == X86_MOVES)
		x86_cmov(d, cond, o);
	else
		x86_set(d, cond, o);
	return true;
}

static bool lift_data(struct decoder *d, const struct x86_decoded *i,
		      const struct x86_operand *o)
{
	switch (i->id) {
	case X86_INS_MOV:
	case X86_INS_MOVABS:
		lift_mov(d, o);
		return true;
	case X86_INS_MOVZX:
		lift_extend(d, o, false);
		return true;
	case X86_INS_MOVSX:
	case X86_INS_MOVSXD:
		lift_extend(d, o, true);
		return true;
	case X86_INS_CDQE:
		emit_extend(d, RAX, op_reg(RAX), 4, true, 8);
		return true;
	case X86_INS_CWDE:
		emit_extend(d, RAX, op_reg(RAX), 2, true, 4);
		return true;
	case X86_INS_CDQ:
	case X86_INS_CQO:
		emit_unknown(d, RDX);
		return true;
	case X86_INS_LEA:
		lift_lea(d, o);
		return true;
	case X86_INS_PUSH:
		lift_push(d, o);
		return true;
	case X86_INS_POP:
		lift_pop(d, o);
		return true;
	case X86_INS_LEAVE:
		lift_leave(d);
		return true;
	case X86_INS_PUSHF:
	case X86_INS_PUSHFD:
	case X86_INS_PUSHFQ:
		adjust_stack(d, true);
		return true;
	case X86_INS_POPF:
	case X86_INS_POPFD:
	case X86_INS_POPFQ:
		adjust_stack(d, false);
		emit(d, OP_FORGET_FLAGS);
		return true;
	case X86_INS_XCHG:
		lift_xchg(d, o);
		return true;
	case X86_INS_STOSB:
	case X86_INS_STOSW:
	case X86_INS_STOSD:
	case X86_INS_STOSQ:
		lift_string(d, i, true, false, false);
		return true;
	case X86_INS_MOVSD:
		/* Of a vector unit, too. */
		if (!o[0].is_memory || !o[1].is_memory)
			return false;
		lift_string(d, i, true, true, false);
		return true;
	case X86_INS_MOVSB:
	case X86_INS_MOVSW:
	case X86_INS_MOVSQ:
		lift_string(d, i, true, true, false);
		return true;
	case X86_INS_SCASB:
	case X86_INS_CMPSB:
		lift_string(d, i, false, false, true);
		return true;
	default:
		return false;
	}
}

static bool lift_control(struct decoder *d, const struct x86_decoded *i,
			 const struct x86_operand *o)
{
	switch (i->id) {
	case X86_INS_CALL:
		lift_call(d, i, o);
		return true;
	case X86_INS_JMP:
		lift_jump(d, i, o);
		return true;
	case X86_INS_JCXZ:
	case X86_INS_JECXZ:
	case X86_INS_JRCXZ:
	case X86_INS_LOOP:
	case X86_INS_LOOPE:
	case X86_INS_LOOPNE:
		lift_branch(d, i, COND_UNKNOWN, o);
		return true;
	case X86_INS_RET:
	case X86_INS_RETF:
	case X86_INS_IRET:
	case X86_INS_IRETD:
	case X86_INS_IRETQ:
		emit(d, OP_RETURN);
		return true;
	case X86_INS_UD0:
	case X86_INS_UD2:
		emit(d, OP_TRAP);
		return true;
	default:
		return false;
	}
}

/* They change nothing that is followed; and tests of bits, whose flag is
 * carry alone. */
static bool lift_nothing(struct decoder *d, const struct x86_decoded *i)
{
	switch (i->id) {
	case X86_INS_NOP:
	case X86_INS_ENDBR64:
	case X86_INS_ENDBR32:
	case X86_INS_PAUSE:
	case X86_INS_LFENCE:
	case X86_INS_MFENCE:
	case X86_INS_SFENCE:
	case X86_INS_PREFETCHT0:
	case X86_INS_PREFETCHW:
	case X86_INS_PREFETCHNTA:
	case X86_INS_CLD:
	case X86_INS_CLI:
	case X86_INS_STI:
	case X86_INS_CLAC:
	case X86_INS_STAC:
	case X86_INS_HLT:
	case X86_INS_INT3:
	case X86_INS_SWAPGS:
		emit(d, OP_NOP);
		return true;
	case X86_INS_BT:
		emit(d, OP_FORGET_FLAGS);
		return true;
	default:
		return false;
	}
}

void lift_x86(struct decoder *d, const struct x86_decoded *i)
{
	struct x86_operand o[X86_OPERANDS];
	size_t n = x86_operands(d, i, o);

	if (lift_data(d, i, o) || x86_arithmetic(d, i, o, n) ||
	    lift_conditional(d, i, o) || lift_control(d, i, o) ||
	    lift_nothing(d, i))
		return;
	lift_other(d, i, o, n);
}
