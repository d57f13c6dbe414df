/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the simple steps do to a state.
 */
#include "code/flow/run.h"

#include <string.h>

#include "code/code_object.h"

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

/* ---- registers ---- */

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
static bool is_frame(const struct flow *f, uint8_t reg)
{
	return reg == f->m->sp || reg == f->m->frame[0] ||
	       reg == f->m->frame[1];
}

/* ---- arithmetic ---- */

static uint64_t compute(enum alu alu, uint64_t a, uint64_t b, uint8_t size)
{
	unsigned int n = (unsigned int)b & (size >= 8 ? 63 : 31);

	switch (alu) {
	case ALU_ADD:
		return a + b;
	case ALU_SUB:
		return a - b;
	case ALU_AND:
		return a & b;
	case ALU_OR:
		return a | b;
	case ALU_XOR:
		return a ^ b;
	case ALU_SHL:
		return a << n;
	case ALU_SHR:
		return flow_mask(a, size) >> n;
	case ALU_SAR:
		return (uint64_t)(flow_signed(a, size) >> n);
	case ALU_MUL:
		return a * b;
	case ALU_NEG:
		return 0 - a;
	case ALU_NOT:
		return ~a;
	}
	return 0;
}

/* What is not computed keeps its name, so that the same computed again is
 * known to be equal. */
#define HOW_ALU 0xa100
#define HOW_EXTEND 0xe700
#define HOW_PART 0x9a00

static bool derive(struct flow *f, uint64_t how, const struct atom *a,
		   const struct atom *b, struct atom *ret)
{
	struct atom x = *a, y;
	uint32_t other = IDENT_NONE;

	if (b && b->kind == ATOM_CONST) {
		how = (how << 32) ^ b->v * 0x9e3779b97f4a7c15ULL;
	} else if (b) {
		y = *b;
		other = values_ident_of(&f->v, &y);
		if (other == IDENT_NONE)
			return false;
	}
	*ret = (struct atom){ .kind = ATOM_SOME };
	ret->ident = values_derived(&f->v, how, values_ident_of(&f->v, &x),
				    other);
	return ret->ident != IDENT_NONE;
}

/* A pointer and a bit more is a pointer; a page's address is computed of its
 * struct page. */
static bool stays_pointer(enum alu alu)
{
	return alu == ALU_ADD || alu == ALU_SUB || alu == ALU_SHL ||
	       alu == ALU_SAR || alu == ALU_SHR || alu == ALU_MUL;
}

/* A byte or half of a register changes; the rest stays. */
static bool is_part(const struct insn *i)
{
	return i->size == 1 || i->size == 2 || i->size == 9;
}

static uint64_t computed_part(const struct insn *i, uint64_t a, uint64_t k)
{
	unsigned int shift = i->size == 9 ? 8 : 0;
	uint64_t all = flow_mask(UINT64_MAX, i->size);
	uint64_t made = compute((enum alu)i->alu, a >> shift, k, i->size) & all;

	return is_part(i) ? (a & ~(all << shift)) | made << shift : made;
}

/* false: unknown. */
static bool alu_with_number(struct flow *f, const struct insn *i,
			    const struct atom *a, uint64_t k, struct atom *ret)
{
	enum alu alu = (enum alu)i->alu;
	uint64_t all = flow_mask(UINT64_MAX, i->size);
	const struct atom number = { .kind = ATOM_CONST, .v = k };

	*ret = *a;
	k = flow_mask(k, i->size);
	if (a->kind == ATOM_CONST) {
		ret->v = computed_part(i, a->v, k);
		return true;
	}
	if (is_part(i))
		return derive(f, HOW_PART + alu * 16U + i->size, a, &number,
			      ret);
	if (a->kind == ATOM_STACK && (alu == ALU_ADD || alu == ALU_SUB)) {
		int64_t n = flow_signed(k, i->size);

		ret->v = a->v + (uint64_t)(alu == ALU_ADD ? n : -n);
		if (!is_frame(f, i->dst))
			flow_escape(f, (int64_t)ret->v);
		return true;
	}
	if (a->kind == ATOM_STACK && alu == ALU_AND)
		return true;
	if (k == 0 && (alu == ALU_ADD || alu == ALU_SUB || alu == ALU_OR ||
		       alu == ALU_XOR || alu == ALU_SHL || alu == ALU_SHR))
		return true;
	*ret = (struct atom){ .kind = ATOM_CONST };
	if (alu == ALU_AND && k == 0)
		return true;
	if (alu == ALU_OR && k == all) {
		ret->v = all;
		return true;
	}
	if (a->kind == ATOM_ADDRESS && (alu == ALU_ADD || alu == ALU_SUB)) {
		int64_t n = flow_signed(k, i->size);

		*ret = *a;
		ret->v = a->v + (uint64_t)(alu == ALU_ADD ? n : -n);
		return CODE_AT_SECTION(ret->v) == CODE_AT_SECTION(a->v);
	}
	if (a->kind == ATOM_POINTER && stays_pointer(alu)) {
		bool ok = derive(f, HOW_ALU + alu, a, &number, ret);

		ret->kind = ATOM_POINTER;
		return ok;
	}
	if (alu == ALU_SHR && i->size == f->m->word &&
	    k >= (f->m->word == 8 ? 40 : 26)) {
		*ret = (struct atom){ .kind = ATOM_OVERFLOW };
		return true;
	}
	if (!derive(f, HOW_ALU + alu, a, &number, ret))
		return false;
	if (alu == ALU_OR && k)
		ret->kind = ATOM_NONZERO;
	return a->kind != ATOM_RESULT;
}

static uint32_t alu_numbers(struct flow *f, const struct insn *i, uint32_t a,
			    uint64_t k)
{
	uint32_t atoms[SET_MAX];
	size_t n = values_count(&f->v, a);

	if (a == SET_ANY)
		return SET_ANY;
	for (size_t x = 0; x < n; x++) {
		struct atom from = *values_at(&f->v, a, x), to;

		if (!alu_with_number(f, i, &from, k, &to))
			return SET_ANY;
		atoms[x] = values_atom(&f->v, to);
	}
	return values_set(&f->v, atoms, n);
}

static bool all_are(const struct flow *f, uint32_t set, enum atom_kind kind)
{
	for (size_t i = 0; i < values_count(&f->v, set); i++)
		if (values_at(&f->v, set, i)->kind != kind)
			return false;
	return set != SET_ANY;
}

/* Two sets of numbers, or two unknowns. */
static uint32_t alu_sets(struct flow *f, const struct insn *i, uint32_t a,
			 uint32_t b)
{
	size_t na = values_count(&f->v, a), nb = values_count(&f->v, b), n = 0;
	uint32_t atoms[SET_MAX];
	struct atom made;

	if (a == SET_ANY || b == SET_ANY || na * nb > SET_MAX)
		return SET_ANY;
	if (all_are(f, a, ATOM_CONST) && all_are(f, b, ATOM_CONST)) {
		for (size_t x = 0; x < na; x++)
			for (size_t y = 0; y < nb; y++) {
				uint64_t p = values_at(&f->v, a, x)->v;
				uint64_t q = values_at(&f->v, b, y)->v;

				made = (struct atom){ .kind = ATOM_CONST };
				made.v = flow_mask(compute((enum alu)i->alu, p,
							   q, i->size),
						   i->size);
				atoms[n++] = values_atom(&f->v, made);
			}
		return values_set(&f->v, atoms, n);
	}
	if (na == 1 && nb == 1) {
		struct atom x = *values_at(&f->v, a, 0);
		struct atom y = *values_at(&f->v, b, 0);
		bool pointer = (x.kind == ATOM_POINTER &&
				(i->alu == ALU_ADD || i->alu == ALU_SUB)) ||
			       (y.kind == ATOM_POINTER && i->alu == ALU_ADD);

		if (x.kind == ATOM_STACK || y.kind == ATOM_STACK ||
		    !derive(f, HOW_ALU + 0x10 + i->alu, &x, &y, &made))
			return SET_ANY;
		if (pointer && i->size == f->m->word)
			made.kind = ATOM_POINTER;
		return values_one(&f->v, made);
	}
	return SET_ANY;
}

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
	bool known = i->alu == ALU_NEG ? all_are(f, a, ATOM_CONST)
				       : a != SET_ANY;
	uint32_t made = known ? alu_numbers(f, i, a, 0) : SET_ANY;

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
		made = alu_numbers(f, i, a, k);
	else if (i->alu != ALU_SUB && i->alu < ALU_SHL && a != SET_ANY &&
		 values_constant(&f->v, a, &k))
		made = alu_numbers(f, i, b, k);
	else
		made = alu_sets(f, i, a, b);
	flow_set(f, s, i->dst, made, is_part(i) ? 8 : i->size);
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

		index = alu_numbers(f, &mul, flow_get(f, s, m->index, step),
				    m->scale);
		if (m->base == REG_NONE)
			base = index;
		else
			base = alu_sets(f, &add, base, index);
	}
	return base == SET_ANY ? SET_ANY
			       : alu_numbers(f, &add, base, (uint64_t)m->disp);
}

/* ---- the rest ---- */

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
		return derive(f, HOW_EXTEND + i->from * 2U + i->sign, a, NULL,
			      ret);
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
		if (i->a.kind == OPERAND_REG && is_frame(f, i->a.reg) &&
		    !is_frame(f, i->dst))
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
