/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AArch64: what is loaded and stored.
 */
#include "code/module/arm64_memory.h"

#include "code/module/emit.h"

struct access {
	uint16_t id;
	uint8_t size; /* 0: the register's */
	bool store, sign;
};

static const struct access accesses[] = {
	{ ARM64_INS_LDR, 0, false, false },
	{ ARM64_INS_LDUR, 0, false, false },
	{ ARM64_INS_LDTR, 0, false, false },
	{ ARM64_INS_LDAR, 0, false, false },
	{ ARM64_INS_LDXR, 0, false, false },
	{ ARM64_INS_LDAXR, 0, false, false },
	{ ARM64_INS_LDRB, 1, false, false },
	{ ARM64_INS_LDURB, 1, false, false },
	{ ARM64_INS_LDARB, 1, false, false },
	{ ARM64_INS_LDRH, 2, false, false },
	{ ARM64_INS_LDURH, 2, false, false },
	{ ARM64_INS_LDRSB, 1, false, true },
	{ ARM64_INS_LDRSH, 2, false, true },
	{ ARM64_INS_LDRSW, 4, false, true },
	{ ARM64_INS_LDURSW, 4, false, true },
	{ ARM64_INS_STR, 0, true, false },
	{ ARM64_INS_STUR, 0, true, false },
	{ ARM64_INS_STTR, 0, true, false },
	{ ARM64_INS_STLR, 0, true, false },
	{ ARM64_INS_STRB, 1, true, false },
	{ ARM64_INS_STURB, 1, true, false },
	{ ARM64_INS_STLRB, 1, true, false },
	{ ARM64_INS_STRH, 2, true, false },
	{ ARM64_INS_STURH, 2, true, false },
};

static const struct access *access_of(unsigned int id)
{
	for (size_t i = 0; i < sizeof(accesses) / sizeof(*accesses); i++)
		if (accesses[i].id == id)
			return &accesses[i];
	return NULL;
}

/* [x, #:lo12:symbol]: memory of the symbol itself. */
static void apply_relocation(const struct decoder *d, const struct a64_ops *a,
			     struct memory *m)
{
	const struct code_reloc *r = reloc_in(d, a->i->address,
					      a->i->address + 1);
	struct operand place;

	if (!r || r->kind != RELOC_LOW)
		return;
	op_symbol(d, r->symbol, r->addend, &place);
	*m = (struct memory){ .base = REG_NONE,
			      .index = REG_NONE,
			      .absolute = true,
			      .symbol = place.symbol,
			      .at = place.value };
}

static void write_back(struct decoder *d, const struct a64_ops *a, int64_t by)
{
	uint8_t base = a->mem.base;

	if (base != REG_NONE)
		emit_alu(d, ALU_ADD, base, op_reg(base), op_imm((uint64_t)by),
			 8, false);
}

/* Pre-indexed: the base moves first.  *ret_after: what it moves by later. */
static struct memory prepare(struct decoder *d, const struct a64_ops *a,
			     int64_t *ret_after)
{
	struct memory m = a->mem;
	bool post = a->nops > a->memory + 1;

	*ret_after = 0;
	if (a->mem_unknown)
		m = (struct memory){ .base = REG_NONE, .index = REG_NONE };
	else if (post)
		*ret_after = (int64_t)a->op[a->memory + 1].value;
	else if (a->i->detail->arm64.writeback) {
		write_back(d, a, m.disp);
		m.disp = 0;
	} else
		apply_relocation(d, a, &m);
	return m;
}

/* The slot of the GOT holds the symbol's address. */
static bool load_got(struct decoder *d, const struct a64_ops *a)
{
	const struct code_reloc *r = reloc_in(d, a->i->address,
					      a->i->address + 1);
	struct operand place;

	if (!r || r->kind != RELOC_GOT)
		return false;
	op_symbol(d, r->symbol, r->addend, &place);
	emit_move(d, a->op[0].reg, place, 8);
	return true;
}

static void lift_access(struct decoder *d, const struct a64_ops *a,
			const struct access *x)
{
	uint8_t size = x->size ? x->size : a->size[0];
	struct memory m;
	int64_t after;

	if (a->memory == A64_OPERANDS ||
	    (!x->store && a->op[0].kind != OPERAND_REG)) {
		/* A vector, or a literal. */
		if (x->store)
			emit(d, OP_WRITE_MEMORY)->mem = a->mem;
		else if (a->op[0].kind == OPERAND_REG)
			emit_unknown(d, a->op[0].reg);
		return;
	}
	if (!x->store && load_got(d, a))
		return;
	m = prepare(d, a, &after);
	if (x->store)
		emit_store(d, &m, a->op[0], size);
	else
		emit_load(d, a->op[0].reg, &m, size);
	if (x->sign)
		emit_extend(d, a->op[0].reg, op_reg(a->op[0].reg), size, true,
			    a->size[0]);
	if (after)
		write_back(d, a, after);
}

static void lift_pair(struct decoder *d, const struct a64_ops *a, bool store)
{
	struct memory m, second;
	uint8_t size = a->size[0];
	int64_t after;

	if (a->memory != 2 || (!store && (a->op[0].kind != OPERAND_REG ||
					  a->op[1].kind != OPERAND_REG))) {
		if (store)
			emit(d, OP_WRITE_MEMORY);
		for (size_t i = 0; i < 2; i++)
			if (!store && a->op[i].kind == OPERAND_REG)
				emit_unknown(d, a->op[i].reg);
		return;
	}
	m = prepare(d, a, &after);
	second = m;
	second.disp += size;
	if (store) {
		/* Saving registers gives no address away. */
		bool saves = m.base == A64_SP;

		emit_store(d, &m, a->op[0], size)->push = saves;
		emit_store(d, &second, a->op[1], size)->push = saves;
	} else {
		emit_load(d, REG_TEMP, &m, size);
		emit_load(d, REG_TEMP2, &second, size);
		emit_move(d, a->op[0].reg, op_reg(REG_TEMP), size);
		emit_move(d, a->op[1].reg, op_reg(REG_TEMP2), size);
	}
	if (after)
		write_back(d, a, after);
}

bool a64_memory(struct decoder *d, const struct a64_ops *a)
{
	const struct access *x = access_of(a->i->id);

	if (x) {
		lift_access(d, a, x);
		return true;
	}
	switch (a->i->id) {
	case ARM64_INS_LDP:
	case ARM64_INS_LDNP:
		lift_pair(d, a, false);
		return true;
	case ARM64_INS_STP:
	case ARM64_INS_STNP:
		lift_pair(d, a, true);
		return true;
	case ARM64_INS_STXR:
	case ARM64_INS_STLXR:
	case ARM64_INS_STXRB:
	case ARM64_INS_STXRH:
	case ARM64_INS_STXP:
		if (a->op[0].kind == OPERAND_REG)
			emit_unknown(d, a->op[0].reg);
		emit(d, OP_WRITE_MEMORY)->mem = a->mem;
		return true;
	default:
		return false;
	}
}
