/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/module/x86_decoded.h"

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

static bool register_of(x86_reg reg, uint8_t *ret, uint8_t *ret_size)
{
	for (size_t i = 0; i < sizeof(regs) / sizeof(*regs); i++)
		if (regs[i].id == reg) {
			*ret = regs[i].number;
			*ret_size = regs[i].size;
			return true;
		}
	return false;
}

static void read_memory(const cs_x86_op *from, struct x86_operand *to)
{
	struct memory *m = &to->mem;
	uint8_t size;

	m->base = m->index = REG_NONE;
	m->scale = (uint8_t)from->mem.scale;
	m->disp = from->mem.disp;
	m->segment = from->mem.segment == X86_REG_FS ||
		     from->mem.segment == X86_REG_GS;
	if (from->mem.base != X86_REG_INVALID &&
	    !register_of(from->mem.base, &m->base, &size)) {
		to->rip = from->mem.base == X86_REG_RIP;
		m->segment |= !to->rip;
	}
	if (from->mem.index != X86_REG_INVALID &&
	    !register_of(from->mem.index, &m->index, &size))
		m->segment |= from->mem.index != X86_REG_RIZ &&
			      from->mem.index != X86_REG_EIZ;
}

/* Field by field: what lies between them stays 0, and is compared. */
static void read_operand(const cs_x86_op *from, struct x86_operand *to)
{
	to->size = from->size;
	to->written = from->access & CS_AC_WRITE;
	switch (from->type) {
	case X86_OP_REG:
		if (register_of(from->reg, &to->value.reg, &to->size))
			to->value.kind = OPERAND_REG;
		break;
	case X86_OP_IMM:
		to->value.kind = OPERAND_IMM;
		to->value.value = (uint64_t)from->imm;
		break;
	case X86_OP_MEM:
		to->is_memory = true;
		read_memory(from, to);
		break;
	default:
		break;
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

#define CONDITION(name, cond)                                                  \
	{                                                                      \
		X86_INS_J##name, X86_INS_CMOV##name, X86_INS_SET##name, cond   \
	}

static void read_condition(struct x86_decoded *to)
{
	const unsigned int id = to->id;

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
		to->conditional = id == rows[i].jump   ? X86_JUMPS
				  : id == rows[i].move ? X86_MOVES
						       : X86_SETS;
		to->cond = rows[i].cond;
		return;
	}
}

static void read_implicit(const cs_detail *t, struct x86_decoded *to)
{
	for (uint8_t k = 0; k < t->regs_write_count && k < X86_IMPLICIT; k++) {
		uint8_t reg, size;

		if (t->regs_write[k] == X86_REG_EFLAGS)
			to->implicit[to->nimplicit++] = X86_FLAGS;
		else if (register_of((x86_reg)t->regs_write[k], &reg, &size))
			to->implicit[to->nimplicit++] = reg;
	}
}

void x86_decoded_read(const cs_insn *from, struct x86_decoded *to)
{
	const cs_x86 *x = &from->detail->x86;

	memset(to, 0, sizeof(*to));
	to->address = from->address;
	to->id = from->id;
	to->size = (uint8_t)from->size;
	to->noperands = x->op_count < X86_OPERANDS ? x->op_count : X86_OPERANDS;
	to->repeats = x->prefix[0];
	to->imm_offset = x->encoding.imm_offset;
	to->disp_offset = x->encoding.disp_offset;
	to->has_modrm = x->encoding.modrm_offset;
	to->direct = is_direct(from);
	for (size_t k = 0; k < to->noperands; k++)
		read_operand(&x->operands[k], &to->operands[k]);
	read_condition(to);
	read_implicit(from->detail, to);
}
