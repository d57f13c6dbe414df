/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Arithmetic on sets of values.
 */
#include "code/flow/arithmetic.h"

#include "code/code_object.h"
#include "code/flow/registers.h"
#include "code/flow/stack.h"
#include "code/flow/values_ask.h"

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
#define HOW_PART 0x9a00

bool flow_derive(struct flow *f, uint64_t how, const struct atom *a,
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
bool flow_is_part(const struct insn *i)
{
	return i->size == 1 || i->size == 2 || i->size == 9;
}

static uint64_t computed_part(const struct insn *i, uint64_t a, uint64_t k)
{
	unsigned int shift = i->size == 9 ? 8 : 0;
	uint64_t all = flow_mask(UINT64_MAX, i->size);
	uint64_t made = compute((enum alu)i->alu, a >> shift, k, i->size) & all;

	return flow_is_part(i) ? (a & ~(all << shift)) | made << shift : made;
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
	if (flow_is_part(i))
		return flow_derive(f, HOW_PART + alu * 16U + i->size, a,
				   &number, ret);
	if (a->kind == ATOM_STACK && (alu == ALU_ADD || alu == ALU_SUB)) {
		int64_t n = flow_signed(k, i->size);

		ret->v = a->v + (uint64_t)(alu == ALU_ADD ? n : -n);
		if (!flow_is_frame(f, i->dst))
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
		bool ok = flow_derive(f, HOW_ALU + alu, a, &number, ret);

		ret->kind = ATOM_POINTER;
		return ok;
	}
	if (alu == ALU_SHR && i->size == f->m->word &&
	    k >= (f->m->word == 8 ? 40 : 26)) {
		*ret = (struct atom){ .kind = ATOM_OVERFLOW };
		return true;
	}
	if (!flow_derive(f, HOW_ALU + alu, a, &number, ret))
		return false;
	if (alu == ALU_OR && k)
		ret->kind = ATOM_NONZERO;
	return a->kind != ATOM_RESULT;
}

uint32_t flow_alu_numbers(struct flow *f, const struct insn *i, uint32_t a,
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

bool flow_all_are(const struct flow *f, uint32_t set, enum atom_kind kind)
{
	for (size_t i = 0; i < values_count(&f->v, set); i++)
		if (values_at(&f->v, set, i)->kind != kind)
			return false;
	return set != SET_ANY;
}

/* Two sets of numbers, or two unknowns. */
uint32_t flow_alu_sets(struct flow *f, const struct insn *i, uint32_t a,
		       uint32_t b)
{
	size_t na = values_count(&f->v, a), nb = values_count(&f->v, b), n = 0;
	uint32_t atoms[SET_MAX];
	struct atom made;

	if (a == SET_ANY || b == SET_ANY || na * nb > SET_MAX)
		return SET_ANY;
	if (flow_all_are(f, a, ATOM_CONST) && flow_all_are(f, b, ATOM_CONST)) {
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
		    !flow_derive(f, HOW_ALU + 0x10 + i->alu, &x, &y, &made))
			return SET_ANY;
		if (pointer && i->size == f->m->word)
			made.kind = ATOM_POINTER;
		return values_one(&f->v, made);
	}
	return SET_ANY;
}
