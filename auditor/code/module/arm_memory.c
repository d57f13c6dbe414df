/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ARM and Thumb: what is loaded and stored.
 */
#include "code/module/arm_memory.h"

#include "code/module/emit.h"

/* ---- constants in the code ---- */

static uint32_t word_at(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static uint64_t pc_of(const struct arm_ops *a)
{
	return a->thumb ? (a->i->address + 4) & ~(uint64_t)3
			: a->i->address + 8;
}

/* A word of a literal pool: a number, or the address that it will hold. */
static bool literal(const struct decoder *d, uint64_t at, struct operand *ret)
{
	const struct code_reloc *r;

	if (d->s->size < 4 || at > d->s->size - 4)
		return false;
	r = reloc_in(d, at, at + 4);
	if (!r) {
		*ret = op_imm(word_at(d->s->bytes + at));
		return true;
	}
	return r->kind == RELOC_ABS && op_symbol(d, r->symbol, r->addend, ret);
}

/* ---- one register ---- */

struct access {
	uint16_t id;
	uint8_t size;
	bool store, sign;
};

static const struct access accesses[] = {
	{ ARM_INS_LDR, 4, false, false },   { ARM_INS_LDRT, 4, false, false },
	{ ARM_INS_LDREX, 4, false, false }, { ARM_INS_LDRB, 1, false, false },
	{ ARM_INS_LDRBT, 1, false, false }, { ARM_INS_LDREXB, 1, false, false },
	{ ARM_INS_LDRH, 2, false, false },  { ARM_INS_LDREXH, 2, false, false },
	{ ARM_INS_LDRSB, 1, false, true },  { ARM_INS_LDRSH, 2, false, true },
	{ ARM_INS_STR, 4, true, false },    { ARM_INS_STRT, 4, true, false },
	{ ARM_INS_STRB, 1, true, false },   { ARM_INS_STRH, 2, true, false },
	{ ARM_INS_STL, 4, true, false },    { ARM_INS_LDA, 4, false, false },
};

static const struct access *access_of(unsigned int id)
{
	for (size_t i = 0; i < sizeof(accesses) / sizeof(*accesses); i++)
		if (accesses[i].id == id)
			return &accesses[i];
	return NULL;
}

/* What the base register becomes, with a number that follows (post-indexed)
 * or the displacement (pre-indexed). */
static void write_back(struct decoder *d, const struct arm_ops *a,
		       struct operand by)
{
	uint8_t base = a->mem.base;

	if (base != REG_NONE)
		emit_alu(d, ALU_ADD, base, op_reg(base), by, 4, false);
}

static void one_access(struct decoder *d, const struct arm_ops *a,
		       const struct access *x)
{
	uint8_t reg = a->op[0].reg;
	bool post = a->nops > a->memory + 1;
	bool pre = a->i->detail->arm.writeback && !post;
	struct memory m = a->mem;
	struct operand by = op_imm((uint64_t)m.disp & 0xffffffff);

	if (m.index != REG_NONE)
		by = op_unknown();
	if (post) {
		const cs_arm_op *o = &a->i->detail->arm.operands[a->memory + 1];

		by = a->op[a->memory + 1];
		if (o->subtracted)
			by = by.kind == OPERAND_IMM
				     ? op_imm((0 - by.value) & 0xffffffff)
				     : op_unknown();
	}
	if (pre) {
		write_back(d, a, by);
		m = mem_at(m.base, 0);
	}
	if (a->mem_unknown)
		m = (struct memory){ .base = REG_NONE, .index = REG_NONE };
	if (x->store)
		emit_store(d, &m, a->op[0], x->size);
	else
		emit_load(d, reg, &m, x->size);
	if (x->sign)
		emit_extend(d, reg, op_reg(reg), x->size, true, 4);
	if (post)
		write_back(d, a, by);
}

static void jump_by_load(struct decoder *d, const struct arm_ops *a)
{
	if (a->mem.base == ARM_SP)
		emit(d, OP_RETURN);
	else if (a->mem.base == ARM_PC && a->mem.index != REG_NONE)
		emit_switch_table(d, d->section, pc_of(a));
	else
		emit(d, OP_SWITCH);
}

static void lift_access(struct decoder *d, const struct arm_ops *a,
			const struct access *x)
{
	struct operand value;

	if (a->memory == ARM_OPERANDS || a->op[0].kind != OPERAND_REG) {
		emit(d, OP_WRITE_MEMORY);
		return;
	}
	if (!x->store && a->op[0].reg == ARM_PC) {
		jump_by_load(d, a);
		return;
	}
	if (a->mem.base != ARM_PC) {
		one_access(d, a, x);
		return;
	}
	if (!x->store && a->mem.index == REG_NONE && x->size == 4 &&
	    literal(d, (uint64_t)((int64_t)pc_of(a) + a->mem.disp), &value))
		emit_move(d, a->op[0].reg, value, 4);
	else
		emit_unknown(d, a->op[0].reg);
}

/* ---- two registers ---- */

static void lift_double(struct decoder *d, const struct arm_ops *a, bool store)
{
	struct memory m = a->mem, second;
	bool post = a->nops > a->memory + 1;
	struct operand by = op_imm((uint64_t)m.disp & 0xffffffff);

	if (a->memory != 2 || m.base == ARM_PC || a->mem_unknown ||
	    m.index != REG_NONE) {
		if (store)
			emit(d, OP_WRITE_MEMORY);
		for (size_t i = 0; i < 2 && !store; i++)
			if (a->op[i].kind == OPERAND_REG)
				emit_unknown(d, a->op[i].reg);
		return;
	}
	if (post)
		by = a->op[3];
	if (a->i->detail->arm.writeback && !post) {
		write_back(d, a, by);
		m.disp = 0;
	}
	second = m;
	second.disp += 4;
	if (store) {
		emit_store(d, &m, a->op[0], 4);
		emit_store(d, &second, a->op[1], 4);
	} else {
		emit_load(d, REG_TEMP, &m, 4);
		emit_load(d, REG_TEMP2, &second, 4);
		emit_move(d, a->op[0].reg, op_reg(REG_TEMP), 4);
		emit_move(d, a->op[1].reg, op_reg(REG_TEMP2), 4);
	}
	if (post)
		write_back(d, a, by);
}

/* ---- many registers ---- */

static unsigned int bits(uint16_t list)
{
	return (unsigned int)__builtin_popcount(list);
}

static void push(struct decoder *d, uint16_t list)
{
	int64_t at = 0;

	emit_alu(d, ALU_SUB, ARM_SP, op_reg(ARM_SP), op_imm(4U * bits(list)), 4,
		 false);
	for (uint8_t r = 0; r < 16; r++) {
		struct memory m = mem_at(ARM_SP, at);

		if (!(list >> r & 1))
			continue;
		emit_store(d, &m, op_reg(r), 4)->push = true;
		at += 4;
	}
}

static void pop(struct decoder *d, uint16_t list)
{
	int64_t at = 0;

	for (uint8_t r = 0; r < 15; r++) {
		struct memory m = mem_at(ARM_SP, at);

		if (!(list >> r & 1))
			continue;
		emit_load(d, r, &m, 4);
		at += 4;
	}
	emit_alu(d, ALU_ADD, ARM_SP, op_reg(ARM_SP), op_imm(4U * bits(list)), 4,
		 false);
	if (list >> ARM_PC & 1)
		emit(d, OP_RETURN);
}

static void lift_many(struct decoder *d, const struct arm_ops *a, bool store)
{
	uint8_t base = a->op[0].reg;
	uint16_t list = a->list & (uint16_t) ~(1U << base);

	if (store) {
		struct insn *w = emit(d, OP_WRITE_MEMORY);

		w->mem = mem_at(base, 0);
	}
	for (uint8_t r = 0; r < 15 && !store; r++)
		if (list >> r & 1)
			emit_unknown(d, r);
	/* Of the frame: fp, sp, pc. */
	if (a->i->detail->arm.writeback && base != ARM_SP)
		emit_unknown(d, base);
	if (!store && list >> ARM_PC & 1)
		emit(d, OP_RETURN);
}

static bool lift_list(struct decoder *d, const struct arm_ops *a)
{
	bool stack = a->op[0].kind == OPERAND_REG && a->op[0].reg == ARM_SP &&
		     a->i->detail->arm.writeback;
	uint16_t without = a->list & (uint16_t) ~(1U << ARM_SP);

	switch (a->i->id) {
	case ARM_INS_PUSH:
		push(d, a->list);
		return true;
	case ARM_INS_POP:
		pop(d, a->list);
		return true;
	case ARM_INS_STMDB:
		if (stack)
			push(d, without);
		else
			lift_many(d, a, true);
		return true;
	case ARM_INS_LDM:
		if (stack)
			pop(d, without);
		else
			lift_many(d, a, false);
		return true;
	case ARM_INS_STM:
	case ARM_INS_STMIB:
	case ARM_INS_STMDA:
		lift_many(d, a, true);
		return true;
	case ARM_INS_LDMDB:
	case ARM_INS_LDMIB:
	case ARM_INS_LDMDA:
		lift_many(d, a, false);
		return true;
	default:
		return false;
	}
}

bool arm_memory(struct decoder *d, const struct arm_ops *a)
{
	const struct access *x = access_of(a->i->id);

	if (x) {
		lift_access(d, a, x);
		return true;
	}
	switch (a->i->id) {
	case ARM_INS_LDRD:
		lift_double(d, a, false);
		return true;
	case ARM_INS_STRD:
		lift_double(d, a, true);
		return true;
	case ARM_INS_STREX:
	case ARM_INS_STREXB:
	case ARM_INS_STREXH:
	case ARM_INS_STREXD:
		emit_unknown(d, a->op[0].reg);
		emit(d, OP_WRITE_MEMORY)->mem = a->mem;
		return true;
	case ARM_INS_ADR:
		emit_unknown(d, a->op[0].reg);
		return true;
	default:
		return lift_list(d, a);
	}
}

/* ---- tables of distances ---- */

void arm_table_jump(struct decoder *d, const struct arm_ops *a, uint8_t size)
{
	uint64_t base = a->i->address + 4, end = base;
	uint32_t first = (uint32_t)d->to->ntargets;
	size_t mark = mark_after(d->o, d->section, base);
	struct insn *s;

	/* To where code begins again. */
	if (mark < d->o->nmarks && d->o->marks[mark].section == d->section)
		end = d->o->marks[mark].offset;
	if (end > d->s->size)
		end = d->s->size;
	if (end - base > 2048)
		end = base + 2048;
	for (uint64_t at = base; at + size <= end; at += size) {
		uint32_t v = d->s->bytes[at];

		if (size == 2)
			v |= (uint32_t)d->s->bytes[at + 1] << 8;
		add_case(d, CODE_AT(d->section, base + 2 * (uint64_t)v));
	}
	s = emit(d, OP_SWITCH);
	s->cases.first = first;
	s->cases.ntargets = (uint32_t)d->to->ntargets - first;
}
