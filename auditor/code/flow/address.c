/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which cell of memory an operand means.
 */
#include "code/flow/address.h"

#include "code/flow/arithmetic.h"
#include "code/flow/registers.h"
#include "code/flow/values_ask.h"

/* What all atoms of a set are copies of; IDENT_NONE where they differ. */
uint32_t flow_common_ident(struct flow *f, uint32_t set)
{
	uint32_t ident = IDENT_NONE;

	if (set == SET_ANY || values_count(&f->v, set) > 3)
		return IDENT_NONE;
	for (size_t i = 0; i < values_count(&f->v, set); i++) {
		struct atom a = *values_at(&f->v, set, i);
		uint32_t id = values_ident_of(&f->v, &a);

		if (id == IDENT_NONE || (i && id != ident))
			return IDENT_NONE;
		ident = id;
	}
	return ident;
}

static bool place_of_symbol(struct flow *f, const struct memory *m,
			    uint32_t *ret_ident, int32_t *ret_disp)
{
	*ret_ident = m->symbol == UINT32_MAX
			     ? values_ident(&f->v, IDENT_PLACE, m->at, 0, NULL)
			     : values_derived(&f->v, m->at,
					      values_ident(&f->v, IDENT_SYMBOL,
							   m->symbol, 0, NULL),
					      IDENT_NONE);
	*ret_disp = 0;
	return *ret_ident != IDENT_NONE;
}

/* How an address that is a sum of two is named. */
#define HOW_INDEXED 0x1d00

static bool place_of_element(struct flow *f, struct state *s,
			     const struct memory *m, uint32_t base,
			     uint32_t step, uint32_t *ret_ident,
			     int32_t *ret_disp)
{
	uint32_t index = flow_get(f, s, m->index, step), id;
	uint64_t k;

	if (values_constant(&f->v, index, &k)) {
		int64_t disp = *ret_disp + (int64_t)(k * m->scale);

		*ret_ident = base;
		*ret_disp = (int32_t)disp;
		return disp == *ret_disp;
	}
	id = flow_common_ident(f, index);
	if (id == IDENT_NONE)
		return false;
	*ret_ident = values_derived(&f->v, HOW_INDEXED + m->scale, base, id);
	return *ret_ident != IDENT_NONE;
}

bool flow_place_of(struct flow *f, struct state *s, const struct memory *m,
		   uint32_t step, uint32_t *ret_ident, int32_t *ret_disp)
{
	uint32_t set, base;

	if (m->segment || m->disp != (int32_t)m->disp)
		return false;
	if (m->absolute && m->base == REG_NONE && m->index == REG_NONE)
		return place_of_symbol(f, m, ret_ident, ret_disp);
	*ret_disp = (int32_t)m->disp;
	if (m->absolute) {
		/* An array of this object: [symbol + one register]. */
		struct memory one = *m;

		if (m->base != REG_NONE && m->index != REG_NONE)
			return false;
		if (m->index == REG_NONE) {
			one.index = m->base;
			one.scale = 1;
		}
		return place_of_symbol(f, m, &base, ret_disp) &&
		       place_of_element(f, s, &one, base, step, ret_ident,
					ret_disp);
	}
	if (m->base == REG_NONE)
		return false;
	set = flow_get(f, s, m->base, step);
	if (m->index == REG_NONE && set != SET_ANY &&
	    values_count(&f->v, set) == 1 &&
	    values_at(&f->v, set, 0)->kind == ATOM_STACK) {
		int64_t disp = (int64_t)values_at(&f->v, set, 0)->v + m->disp;

		*ret_ident = IDENT_STACK;
		*ret_disp = (int32_t)disp;
		return disp == *ret_disp;
	}
	base = flow_common_ident(f, set);
	if (base == IDENT_NONE)
		return false;
	*ret_ident = base;
	return m->index == REG_NONE ||
	       place_of_element(f, s, m, base, step, ret_ident, ret_disp);
}

/* ---- read again ---- */

bool flow_has_result(const struct flow *f, uint32_t set)
{
	for (size_t i = 0; i < values_count(&f->v, set); i++)
		if (values_at(&f->v, set, i)->kind == ATOM_RESULT)
			return true;
	return false;
}

/*
 * The field that an allocation was just put into, read again through another
 * pointer to the same structure: with -fno-strict-aliasing compilers load the
 * pointer again.  Only where no other cell could be meant.
 */
static struct cell *same_field(struct flow *f, struct state *s,
			       const struct memory *m)
{
	struct cell *found = NULL;

	if (m->segment || m->absolute || m->base == REG_NONE ||
	    m->index != REG_NONE || m->disp < 8)
		return NULL;
	for (size_t i = 0; i < s->ncells; i++) {
		struct cell *c = &s->cells[i];

		if (c->ident == IDENT_STACK || c->disp != m->disp ||
		    !flow_has_result(f, c->set))
			continue;
		if (found)
			return NULL;
		found = c;
	}
	return found;
}

static bool is_parent(const struct flow *f, uint32_t place, uint32_t ident)
{
	const struct ident *i = &f->v.idents[place];

	return ident != IDENT_NONE &&
	       (i->parents[0] == ident || i->parents[1] == ident);
}

/* An index, and what it is times the size of an element. */
struct index {
	uint32_t ident, scaled;
};

static bool index_of(struct flow *f, uint32_t set, uint8_t scale,
		     struct index *ret)
{
	struct insn mul = { .alu = ALU_MUL, .size = f->m->word };

	ret->ident = flow_common_ident(f, set);
	ret->scaled = flow_common_ident(f,
					flow_alu_numbers(f, &mul, set, scale));
	return ret->ident != IDENT_NONE;
}

/* Was the place computed of that index? */
static bool is_of_index(const struct flow *f, uint32_t place,
			const struct index *i)
{
	return place < f->v.nidents && (is_parent(f, place, i->ident) ||
					is_parent(f, place, i->scaled));
}

/*
 * Likewise of an array that a field points to: `p->array[i] = alloc()`, and
 * the pointer is loaded again for the test of p->array[i].
 */
static struct cell *same_element(struct flow *f, struct state *s,
				 const struct memory *m, uint32_t step)
{
	struct cell *found = NULL;
	struct index index = { IDENT_NONE, IDENT_NONE };
	uint32_t set;
	int64_t disp = m->disp;
	uint64_t k;

	if (m->segment || m->absolute || m->base == REG_NONE)
		return NULL;
	set = flow_get(f, s, m->index, step);
	/* The first round of a loop. */
	if (values_constant(&f->v, set, &k))
		disp += (int64_t)(k * m->scale);
	else if (!index_of(f, set, m->scale, &index))
		return NULL;
	for (size_t i = 0; i < s->ncells; i++) {
		struct cell *c = &s->cells[i];

		if (c->ident == IDENT_STACK || c->disp != disp ||
		    !flow_has_result(f, c->set) ||
		    (index.ident != IDENT_NONE &&
		     !is_of_index(f, c->ident, &index)))
			continue;
		if (found)
			return NULL;
		found = c;
	}
	return found;
}

/*
 * Likewise, where the index is one of several: an element whose field was
 * written by the last call's result and is read before the next call.
 */
static struct cell *just_put(struct flow *f, struct state *s,
			     const struct memory *m)
{
	return f->put.known && !m->segment && !m->absolute &&
			       m->disp == f->put.operand
		       ? state_cell(s, f->put.ident, f->put.disp)
		       : NULL;
}

struct cell *flow_reloaded(struct flow *f, struct state *s,
			   const struct memory *m, uint32_t step)
{
	struct cell *c;

	if (m->index == REG_NONE)
		return same_field(f, s, m);
	c = same_element(f, s, m, step);
	return c ? c : just_put(f, s, m);
}
