/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the simple steps do to a state.
 */
#include "code/flow/steps.h"

#include "code/flow/arithmetic.h"
#include "code/flow/memory.h"
#include "code/flow/registers.h"
#include "code/flow/stack.h"
#include "code/flow/values_ask.h"

/* ---- arithmetic ---- */

static void set_result_flags(struct flow *f, struct state *s,
			     const struct insn *i, uint32_t step)
{
	struct flags g = { .reg = REG_NONE };

	if (!i->flags)
		return;
	if (i->alu != ALU_MUL && i->size != 9) {
		/* Of these, overflow and carry are 0, too. */
		g.kind = i->alu >= ALU_AND && i->alu <= ALU_XOR ? FLAGS_COMPARE
								: FLAGS_RESULT;
		g.reg = i->dst;
		g.set = flow_get(f, s, i->dst, step);
		g.size = i->size;
	}
	s->flags = g;
}

static void step_negate(struct flow *f, struct state *s, const struct insn *i,
			uint32_t step)
{
	uint32_t a = flow_value(f, s, &i->a, step);
	bool known = i->alu == ALU_NEG ? flow_all_are(f, a, ATOM_CONST)
				       : a != SET_ANY;
	uint32_t made = known ? flow_alu_numbers(f, i, a, 0) : SET_ANY;

	flow_set(f, s, i->dst, made, i->size);
	if (i->flags)
		s->flags = (struct flags){ .kind = FLAGS_NEGATED,
					   .size = i->size,
					   .reg = REG_NONE,
					   .set = a };
}

static void step_alu(struct flow *f, struct state *s, const struct insn *i,
		     uint32_t step)
{
	uint32_t a, b, made;
	uint64_t k;

	if (i->alu == ALU_NEG || i->alu == ALU_NOT) {
		step_negate(f, s, i, step);
		return;
	}
	a = flow_value(f, s, &i->a, step);
	b = flow_value(f, s, &i->b, step);
	if ((i->alu == ALU_OR || i->alu == ALU_AND) && a == b)
		made = a;
	else if (b != SET_ANY && values_constant(&f->v, b, &k))
		made = flow_alu_numbers(f, i, a, k);
	else if (i->alu != ALU_SUB && i->alu < ALU_SHL && a != SET_ANY &&
		 values_constant(&f->v, a, &k))
		made = flow_alu_numbers(f, i, b, k);
	else
		made = flow_alu_sets(f, i, a, b);
	flow_set(f, s, i->dst, made, flow_is_part(i) ? 8 : i->size);
	set_result_flags(f, s, i, step);
}

/* ---- addresses ---- */

static uint32_t address_of(struct flow *f, struct state *s,
			   const struct insn *i, uint32_t step)
{
	const struct memory *m = &i->mem;
	struct insn add = { .alu = ALU_ADD, .size = i->size, .dst = i->dst };
	uint32_t base, index;

	if (m->segment)
		return SET_ANY;
	if (m->absolute) {
		struct operand o = { .kind = OPERAND_ADDRESS,
				     .symbol = m->symbol,
				     .value = m->at };

		return m->base == REG_NONE && m->index == REG_NONE
			       ? flow_value(f, s, &o, step)
			       : SET_ANY;
	}
	base = m->base == REG_NONE ? SET_ANY : flow_get(f, s, m->base, step);
	if (m->index != REG_NONE) {
		struct insn mul = { .alu = ALU_MUL, .size = i->size };

		index = flow_alu_numbers(f, &mul,
					 flow_get(f, s, m->index, step),
					 m->scale);
		if (m->base == REG_NONE)
			base = index;
		else
			base = flow_alu_sets(f, &add, base, index);
	}
	return base == SET_ANY
		       ? SET_ANY
		       : flow_alu_numbers(f, &add, base, (uint64_t)m->disp);
}

/* ---- the rest ---- */

/* How an extended value is named (flow_derive). */
#define HOW_EXTEND 0xe700

/* Of a result, its failures are extended with it. */
static bool extend_atom(struct flow *f, const struct insn *i,
			const struct atom *a, struct atom *ret)
{
	struct outcome o;

	*ret = *a;
	if (a->kind == ATOM_CONST) {
		ret->v = flow_mask(i->sign ? (uint64_t)flow_signed(a->v,
								   i->from)
					   : flow_mask(a->v, i->from),
				   i->size);
		return true;
	}
	if (a->kind != ATOM_RESULT)
		return flow_derive(f, HOW_EXTEND + i->from * 2U + i->sign, a,
				   NULL, ret);
	if (i->from < 4)
		return false;
	o = f->v.outcomes[a->outcome];
	for (uint8_t k = 0; k < o.nfails && i->sign; k++)
		o.fails[k] = flow_mask(
			(uint64_t)flow_signed(o.fails[k], i->from), i->size);
	ret->outcome = values_outcome(&f->v, &o);
	return true;
}

static void step_extend(struct flow *f, struct state *s, const struct insn *i,
			uint32_t step)
{
	uint32_t set = flow_value(f, s, &i->a, step), atoms[SET_MAX];
	size_t n = values_count(&f->v, set);
	uint32_t made = SET_ANY;

	for (size_t k = 0; k < n; k++) {
		struct atom a = *values_at(&f->v, set, k), to;

		if (!extend_atom(f, i, &a, &to))
			break;
		atoms[k] = values_atom(&f->v, to);
		if (k + 1 == n)
			made = values_set(&f->v, atoms, n);
	}
	flow_set(f, s, i->dst, made, 8);
}

static void step_compare(struct flow *f, struct state *s, const struct insn *i,
			 uint32_t step)
{
	uint32_t b = flow_value(f, s, &i->b, step);
	uint32_t a = flow_value(f, s, &i->a, step);
	struct flags g = { .reg = REG_NONE };
	const struct operand *x = &i->a;
	uint64_t k;

	s->flags = g;
	/* Of ah and its like: not the byte that is known. */
	if (a == SET_ANY || b == SET_ANY || i->size == 9)
		return;
	if (!values_constant(&f->v, b, &k)) {
		uint32_t other = a;

		if (!values_constant(&f->v, a, &k))
			return;
		a = b;
		b = other;
		x = &i->b;
		g.swapped = i->op == OP_COMPARE;
	}
	g.kind = FLAGS_COMPARE;
	g.size = i->size;
	g.set = a;
	g.k = k;
	if (i->op == OP_TEST) {
		bool all = flow_mask(k, i->size) ==
			   flow_mask(UINT64_MAX, i->size);

		g.kind = all ? FLAGS_COMPARE : FLAGS_TEST;
		g.k = all ? 0 : k;
	}
	if (x->kind == OPERAND_REG)
		g.reg = x->reg;
	if (g.reg == REG_TEMP && s->temp_known) {
		g.in_cell = true;
		g.cell_ident = s->temp_ident;
		g.cell_disp = s->temp_disp;
	}
	s->flags = g;
}

/* The local at the top of the stack, or of the frame, has that register as
 * its address. */
static void escape_top(struct flow *f, uint32_t set)
{
	if (values_count(&f->v, set) == 1 &&
	    values_at(&f->v, set, 0)->kind == ATOM_STACK)
		flow_escape(f, (int64_t)values_at(&f->v, set, 0)->v);
}

void flow_step(struct flow *f, struct state *s, const struct insn *i,
	       uint32_t step)
{
	uint32_t set;

	switch (i->op) {
	case OP_MOVE:
		set = flow_value(f, s, &i->a, step);
		if (i->a.kind == OPERAND_REG && flow_is_frame(f, i->a.reg) &&
		    !flow_is_frame(f, i->dst))
			escape_top(f, set);
		flow_set(f, s, i->dst, set, i->size);
		return;
	case OP_LOAD:
		flow_load(f, s, i, step);
		return;
	case OP_STORE:
		flow_store(f, s, i, step);
		return;
	case OP_LEA:
		set = address_of(f, s, i, step);
		flow_set(f, s, i->dst, set, i->size);
		return;
	case OP_ALU:
		step_alu(f, s, i, step);
		return;
	case OP_COMPARE:
	case OP_TEST:
		step_compare(f, s, i, step);
		return;
	case OP_EXTEND:
		step_extend(f, s, i, step);
		return;
	case OP_UNKNOWN:
		flow_set(f, s, i->dst, SET_ANY, 8);
		return;
	case OP_FORGET_FLAGS:
		s->flags = (struct flags){ .reg = REG_NONE };
		return;
	case OP_MULTIPLY_FLAGS:
		s->flags = (struct flags){ .kind = FLAGS_MULTIPLY,
					   .reg = REG_NONE };
		return;
	case OP_WRITE_MEMORY:
		flow_write_memory(f, s, i);
		return;
	case OP_OVERFLOW:
		set = values_one(&f->v, (struct atom){ .kind = ATOM_OVERFLOW });
		flow_set(f, s, i->dst, set, 8);
		return;
	default:
		return;
	}
}
