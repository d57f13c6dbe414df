/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/module/x86_operands.h"

#include "code/module/emit.h"

struct reg_row {
	uint16_t id;
	uint8_t number, size;
};

#define LEGACY(q, e, w, b, n)                                                  \
	{ X86_REG_##q, n, 8 }, { X86_REG_##e, n, 4 }, { X86_REG_##w, n, 2 },   \
	{                                                                      \
		X86_REG_##b, n, 1                                              \
	}
#define NUMBERED(r, n)                                                         \
	{ X86_REG_##r, n, 8 }, { X86_REG_##r##D, n, 4 },                       \
		{ X86_REG_##r##W, n, 2 },                                      \
	{                                                                      \
		X86_REG_##r##B, n, 1                                           \
	}

static const struct reg_row regs[] = {
	LEGACY(RAX, EAX, AX, AL, 0),
	LEGACY(RCX, ECX, CX, CL, 1),
	LEGACY(RDX, EDX, DX, DL, 2),
	LEGACY(RBX, EBX, BX, BL, 3),
	LEGACY(RSP, ESP, SP, SPL, 4),
	LEGACY(RBP, EBP, BP, BPL, 5),
	LEGACY(RSI, ESI, SI, SIL, 6),
	LEGACY(RDI, EDI, DI, DIL, 7),
	NUMBERED(R8, 8),
	NUMBERED(R9, 9),
	NUMBERED(R10, 10),
	NUMBERED(R11, 11),
	NUMBERED(R12, 12),
	NUMBERED(R13, 13),
	NUMBERED(R14, 14),
	NUMBERED(R15, 15),
	{ X86_REG_AH, 0, 9 },
	{ X86_REG_CH, 1, 9 },
	{ X86_REG_DH, 2, 9 },
	{ X86_REG_BH, 3, 9 },
};

bool x86_register(x86_reg reg, uint8_t *ret, uint8_t *ret_size)
{
	for (size_t i = 0; i < sizeof(regs) / sizeof(*regs); i++)
		if (regs[i].id == reg) {
			*ret = regs[i].number;
			*ret_size = regs[i].size;
			return true;
		}
	return false;
}

#define CONDITION(name, cond)                                                  \
	{                                                                      \
		X86_INS_J##name, X86_INS_CMOV##name, X86_INS_SET##name, cond   \
	}

bool x86_condition(unsigned int id, enum x86_conditional *ret,
		   enum cond *ret_cond)
{
	static const struct {
		uint16_t jump, move, set;
		uint8_t cond;
	} rows[] = {
		CONDITION(E, COND_EQ),	      CONDITION(NE, COND_NE),
		CONDITION(S, COND_NEGATIVE),  CONDITION(NS, COND_POSITIVE),
		CONDITION(L, COND_LT),	      CONDITION(GE, COND_GE),
		CONDITION(LE, COND_LE),	      CONDITION(G, COND_GT),
		CONDITION(B, COND_BELOW),     CONDITION(AE, COND_ABOVE_EQ),
		CONDITION(BE, COND_BELOW_EQ), CONDITION(A, COND_ABOVE),
		CONDITION(O, COND_OVERFLOW),  CONDITION(NO, COND_NO_OVERFLOW),
		CONDITION(P, COND_UNKNOWN),   CONDITION(NP, COND_UNKNOWN),
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (id != rows[i].jump && id != rows[i].move &&
		    id != rows[i].set)
			continue;
		*ret = id == rows[i].jump   ? X86_JUMPS
		       : id == rows[i].move ? X86_MOVES
					    : X86_SETS;
		*ret_cond = (enum cond)rows[i].cond;
		return true;
	}
	return false;
}

static void read_memory(const struct decoder *d, const cs_x86_op *from,
			struct memory *m)
{
	uint8_t size;

	*m = (struct memory){ .base = REG_NONE,
			      .index = REG_NONE,
			      .scale = (uint8_t)from->mem.scale,
			      .disp = from->mem.disp };
	m->segment = from->mem.segment == X86_REG_FS ||
		     from->mem.segment == X86_REG_GS;
	if (from->mem.base != X86_REG_INVALID &&
	    !x86_register(from->mem.base, &m->base, &size))
		m->segment |= from->mem.base != X86_REG_RIP ||
			      !d->s->nrelocs; /* nobody knows where it is */
	if (from->mem.index != X86_REG_INVALID &&
	    !x86_register(from->mem.index, &m->index, &size))
		m->segment |= from->mem.index != X86_REG_RIZ &&
			      from->mem.index != X86_REG_EIZ;
}

static void read_operand(const struct decoder *d, const cs_x86_op *from,
			 struct x86_operand *to)
{
	*to = (struct x86_operand){ .size = from->size };
	to->written = from->access & CS_AC_WRITE;
	switch (from->type) {
	case X86_OP_REG:
		if (x86_register(from->reg, &to->value.reg, &to->size))
			to->value.kind = OPERAND_REG;
		break;
	case X86_OP_IMM:
		to->value = op_imm((uint64_t)from->imm);
		break;
	case X86_OP_MEM:
		to->is_memory = true;
		read_memory(d, from, &to->mem);
		break;
	default:
		break;
	}
}

/* The place that the relocation at offset `field` of *i stands for. */
static bool relocated(const struct decoder *d, const cs_insn *i, uint8_t field,
		      struct operand *ret, const struct code_reloc **ret_reloc)
{
	const struct code_reloc *r = field ? reloc_in(d, i->address + field,
						      i->address + field + 1)
					   : NULL;
	int64_t addend;

	if (!r || r->kind == RELOC_OTHER)
		return false;
	addend = r->addend;
	if (r->kind == RELOC_PC ||
	    (r->kind == RELOC_GOT && d->isa == ISA_X86_64))
		addend += (int64_t)i->size - field;
	*ret_reloc = r;
	return op_symbol(d, r->symbol, addend, ret);
}

static void apply_relocations(const struct decoder *d, const cs_insn *i,
			      struct x86_operand *o, size_t n)
{
	const cs_x86_encoding *at = &i->detail->x86.encoding;
	const struct code_reloc *r;
	struct operand place;

	for (size_t k = 0; k < n; k++) {
		if (!o[k].is_memory && o[k].value.kind == OPERAND_IMM &&
		    relocated(d, i, at->imm_offset, &place, &r)) {
			o[k].value = place;
		} else if (o[k].is_memory &&
			   relocated(d, i, at->disp_offset, &place, &r)) {
			/* The slot of the GOT holds the address. */
			if (r->kind == RELOC_GOT) {
				o[k].is_memory = false;
				o[k].value = place;
				continue;
			}
			o[k].mem.absolute = true;
			o[k].mem.symbol = place.symbol;
			o[k].mem.at = place.value;
			o[k].mem.disp = 0;
		} else if (o[k].is_memory && o[k].mem.base == REG_NONE &&
			   i->detail->x86.op_count &&
			   i->detail->x86.encoding.modrm_offset &&
			   o[k].mem.index == REG_NONE) {
			/* A number as address, or rip without a relocation. */
			o[k].mem.segment = true;
		}
	}
}

static bool is_direct(const cs_insn *i)
{
	for (uint8_t k = 0; k < i->detail->groups_count; k++)
		if (i->detail->groups[k] == CS_GRP_JUMP ||
		    i->detail->groups[k] == CS_GRP_CALL ||
		    i->detail->groups[k] == CS_GRP_BRANCH_RELATIVE)
			return i->detail->x86.op_count == 1 &&
			       i->detail->x86.operands[0].type == X86_OP_IMM;
	return false;
}

size_t x86_operands(const struct decoder *d, const cs_insn *i,
		    struct x86_operand o[4])
{
	const cs_x86 *x = &i->detail->x86;
	size_t n = x->op_count < 4 ? x->op_count : 4;

	memset(o, 0, 4 * sizeof(*o));
	for (size_t k = 0; k < n; k++)
		read_operand(d, &x->operands[k], &o[k]);
	if (!is_direct(i))
		apply_relocations(d, i, o, n);
	return n;
}

struct operand x86_source(struct decoder *d, const struct x86_operand *o,
			  uint8_t temp)
{
	if (!o->is_memory)
		return o->value;
	emit_load(d, temp, &o->mem, o->size);
	return op_reg(temp);
}

void x86_target(struct decoder *d, struct insn *i, const cs_insn *from,
		uint64_t to)
{
	uint64_t end = from->address + from->size;
	const struct code_reloc *r = reloc_in(d, from->address + 1, end);

	if (r && r->kind == RELOC_PC)
		set_target(d, i, r, r->addend + (int64_t)(end - r->offset), 0);
	else if (!r)
		set_target(d, i, NULL, 0, to);
}
