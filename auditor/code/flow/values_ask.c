/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asked of values that are made.
 */
#include "code/flow/values_ask.h"

bool values_descends(const struct values *v, uint32_t ident, uint32_t of)
{
	if (ident == IDENT_NONE)
		return false;
	return ident == of ||
	       values_descends(v, v->idents[ident].parents[0], of) ||
	       values_descends(v, v->idents[ident].parents[1], of);
}

uint32_t values_ident_of(struct values *v, const struct atom *a)
{
	switch (a->kind) {
	case ATOM_PARAM:
		return values_ident(v, IDENT_ARGUMENT, a->v, 0, NULL);
	case ATOM_SOME:
	case ATOM_NONZERO:
	case ATOM_POINTER:
	case ATOM_RESULT:
		return a->ident;
	case ATOM_EXTERN:
		return values_derived(v, a->v,
				      values_ident(v, IDENT_SYMBOL, a->ident, 0,
						   NULL),
				      IDENT_NONE);
	case ATOM_ADDRESS:
		return values_ident(v, IDENT_PLACE, a->v, 0, NULL);
	default:
		return IDENT_NONE;
	}
}

bool values_within(const struct values *v, uint32_t a, uint32_t b)
{
	const struct value_set *x = &v->sets[a], *y = &v->sets[b];
	uint8_t k = 0;

	if (a == b || b == SET_ANY)
		return true;
	if (a == SET_ANY)
		return false;
	for (uint8_t i = 0; i < x->count; i++) {
		uint32_t m = v->members[x->first + i];

		while (k < y->count && v->members[y->first + k] < m)
			k++;
		if (k == y->count || v->members[y->first + k] != m)
			return false;
	}
	return true;
}

bool values_constant(const struct values *v, uint32_t set, uint64_t *ret)
{
	const struct atom *a;

	if (v->sets[set].count != 1)
		return false;
	a = values_at(v, set, 0);
	if (a->kind != ATOM_CONST)
		return false;
	*ret = a->v;
	return true;
}
