/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/flow/registers.h"

uint64_t flow_mask(uint64_t v, uint8_t size)
{
	unsigned int bits = size == 9 ? 8 : size >= 8 ? 64 : 8U * size;

	return bits == 64 || !bits ? v : v & (((uint64_t)1 << bits) - 1);
}

int64_t flow_signed(uint64_t v, uint8_t size)
{
	unsigned int bits = size == 9 ? 8 : size >= 8 ? 64 : 8U * size;
	uint64_t top = (uint64_t)1 << (bits - 1);

	v = flow_mask(v, size);
	return (int64_t)((v ^ top) - top);
}

static uint32_t fresh(struct flow *f, struct state *s, uint8_t reg,
		      uint32_t step)
{
	bool is_new;
	struct atom a = { .kind = ATOM_SOME };

	a.ident = values_ident(&f->v, IDENT_MADE, step, reg, &is_new);
	if (!is_new)
		state_kill(&f->v, s, a.ident);
	return values_one(&f->v, a);
}

uint32_t flow_get(struct flow *f, struct state *s, uint8_t reg, uint32_t step)
{
	if (reg >= REG_COUNT)
		return SET_ANY;
	if (s->reg[reg] == SET_ANY)
		s->reg[reg] = fresh(f, s, reg, step);
	return s->reg[reg];
}

/* Only a whole register keeps its unknowns; a number or a result may be
 * shorter. */
void flow_set(struct flow *f, struct state *s, uint8_t reg, uint32_t set,
	      uint8_t size)
{
	uint32_t atoms[SET_MAX];
	size_t n = values_count(&f->v, set);

	if (reg >= REG_COUNT)
		return;
	if (s->flags.reg == reg)
		s->flags.reg = REG_NONE;
	for (size_t i = 0; i < n && size != 8; i++) {
		struct atom a = *values_at(&f->v, set, i);

		if (a.kind == ATOM_CONST)
			a.v = flow_mask(a.v, size);
		else if (size != 4 && a.kind != ATOM_RESULT)
			set = SET_ANY;
		atoms[i] = values_atom(&f->v, a);
	}
	s->reg[reg] = set != SET_ANY && size != 8 ? values_set(&f->v, atoms, n)
						  : set;
}

uint32_t flow_value(struct flow *f, struct state *s, const struct operand *o,
		    uint32_t step)
{
	struct atom a = { 0 };

	switch (o->kind) {
	case OPERAND_REG:
		return flow_get(f, s, o->reg, step);
	case OPERAND_IMM:
		a.kind = ATOM_CONST;
		a.v = flow_mask(o->value, f->m->word);
		break;
	case OPERAND_ADDRESS:
		a.v = o->value;
		a.kind = o->symbol == UINT32_MAX ? ATOM_ADDRESS : ATOM_EXTERN;
		a.ident = o->symbol == UINT32_MAX ? step : o->symbol;
		break;
	default:
		return SET_ANY;
	}
	return values_one(&f->v, a);
}

/* The stack pointer, or a copy of it that functions keep. */
bool flow_is_frame(const struct flow *f, uint8_t reg)
{
	return reg == f->m->sp || reg == f->m->frame[0] ||
	       reg == f->m->frame[1];
}
