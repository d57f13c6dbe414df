/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/flow/values.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

static uint64_t mix(uint64_t h, uint64_t x)
{
	h = (h ^ x) * 0x9e3779b97f4a7c15ULL;
	return h ^ h >> 29;
}

/* ---- slots ---- */

/* Doubles a table of numbers + 1; hash_of tells the hash of a number. */
static bool more_slots(struct values *v, uint32_t **slots, size_t *nslots,
		       size_t count,
		       uint64_t (*hash_of)(const struct values *, size_t))
{
	size_t n = *nslots ? *nslots : 256;
	uint32_t *p;

	while (count * 2 >= n)
		n *= 2;
	p = calloc(n, sizeof(*p));
	if (!p) {
		v->nomem = true;
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		size_t at = hash_of(v, i) & (n - 1);

		while (p[at])
			at = (at + 1) & (n - 1);
		p[at] = (uint32_t)i + 1;
	}
	free(*slots);
	*slots = p;
	*nslots = n;
	return true;
}

static inline bool
grow_slots(struct values *v, uint32_t **slots, size_t *nslots, size_t count,
	   uint64_t (*hash_of)(const struct values *, size_t))
{
	return (*nslots && count * 2 < *nslots) ||
	       more_slots(v, slots, nslots, count, hash_of);
}

static uint64_t hash_atom(const struct atom *a)
{
	return mix(mix(a->kind | (uint64_t)a->outcome << 8, a->ident), a->v);
}

static uint64_t atom_hash_of(const struct values *v, size_t i)
{
	return hash_atom(&v->atoms[i]);
}

static uint64_t hash_members(const uint32_t *m, size_t n)
{
	uint64_t h = n;

	for (size_t i = 0; i < n; i++)
		h = mix(h, m[i]);
	return h;
}

static uint64_t set_hash_of(const struct values *v, size_t i)
{
	const struct value_set *s = &v->sets[i];

	/* Set 0 has no members. */
	return s->count ? hash_members(v->members + s->first, s->count) : 0;
}

static uint64_t ident_hash_of(const struct values *v, size_t i)
{
	return mix(7, v->idents[i].key);
}

/* Many functions are small after a large one. */
#define SLOTS_KEPT 4096

static void empty_slots(uint32_t **slots, size_t *nslots)
{
	if (*nslots > SLOTS_KEPT) {
		free(*slots);
		*slots = NULL;
		*nslots = 0;
	} else if (*slots) {
		memset(*slots, 0, *nslots * sizeof(**slots));
	}
}

void values_reset(struct values *v)
{
	v->natoms = v->nmembers = v->noutcomes = v->nidents = 0;
	v->nsets = 0;
	v->nomem = false;
	empty_slots(&v->atom_slots, &v->atom_nslots);
	empty_slots(&v->set_slots, &v->set_nslots);
	empty_slots(&v->ident_slots, &v->ident_nslots);
	memset(v->recent, 0, sizeof(v->recent));
	/* Set 0 is "anything", and empty. */
	if (grow_room((void **)&v->sets, 0, &v->sets_capacity,
		      sizeof(*v->sets)))
		v->nomem = true;
	else
		v->sets[v->nsets++] = (struct value_set){ 0 };
}

void values_release(struct values *v)
{
	free(v->atoms);
	free(v->alone);
	free(v->members);
	free(v->sets);
	free(v->outcomes);
	free(v->atom_slots);
	free(v->set_slots);
	free(v->idents);
	free(v->ident_slots);
	memset(v, 0, sizeof(*v));
}

/* ---- idents ---- */

static uint32_t find_ident(struct values *v, struct ident id, bool *ret_new)
{
	size_t at;

	if (ret_new)
		*ret_new = false;
	if (!grow_slots(v, &v->ident_slots, &v->ident_nslots, v->nidents,
			ident_hash_of))
		return IDENT_NONE;
	at = mix(7, id.key) & (v->ident_nslots - 1);
	for (; v->ident_slots[at]; at = (at + 1) & (v->ident_nslots - 1))
		if (v->idents[v->ident_slots[at] - 1].key == id.key)
			return v->ident_slots[at] - 1;
	if (grow_room((void **)&v->idents, v->nidents, &v->idents_capacity,
		      sizeof(*v->idents))) {
		v->nomem = true;
		return IDENT_NONE;
	}
	v->idents[v->nidents++] = id;
	v->ident_slots[at] = (uint32_t)v->nidents;
	if (ret_new)
		*ret_new = true;
	return (uint32_t)v->nidents - 1;
}

uint32_t values_ident(struct values *v, enum ident_kind kind, uint64_t x,
		      uint8_t y, bool *ret_new)
{
	uint64_t rest = kind == IDENT_PLACE ? mix(3, x) >> 4 : x << 6 ^ y;

	return find_ident(v,
			  (struct ident){ (uint64_t)kind << 60 ^ rest,
					  { IDENT_NONE, IDENT_NONE },
					  0 },
			  ret_new);
}

/* A longer chain of computations is a new unknown. */
#define DEPTH_MAX 8

uint32_t values_derived(struct values *v, uint64_t how, uint32_t a, uint32_t b)
{
	struct ident id = { .parents = { a, b } };

	if (a == IDENT_NONE)
		return IDENT_NONE;
	id.depth = v->idents[a].depth + 1;
	if (b != IDENT_NONE && v->idents[b].depth >= id.depth)
		id.depth = v->idents[b].depth + 1;
	if (id.depth > DEPTH_MAX)
		return IDENT_NONE;
	id.key = mix(mix(mix(11, how), a), b) >> 4 | (uint64_t)IDENT_DERIVED
							     << 60;
	return find_ident(v, id, NULL);
}

static uint64_t ident_bits(const struct values *v, uint32_t ident)
{
	if (ident == IDENT_NONE)
		return 0;
	return (uint64_t)1 << (ident % 64) |
	       ident_bits(v, v->idents[ident].parents[0]) |
	       ident_bits(v, v->idents[ident].parents[1]);
}

/* ---- atoms ---- */

static bool same_atom(const struct atom *a, const struct atom *b)
{
	return a->kind == b->kind && a->outcome == b->outcome &&
	       a->ident == b->ident && a->v == b->v;
}

uint32_t values_atom(struct values *v, struct atom a)
{
	size_t at;

	if (!grow_slots(v, &v->atom_slots, &v->atom_nslots, v->natoms,
			atom_hash_of))
		return 0;
	at = hash_atom(&a) & (v->atom_nslots - 1);
	for (; v->atom_slots[at]; at = (at + 1) & (v->atom_nslots - 1))
		if (same_atom(&v->atoms[v->atom_slots[at] - 1], &a))
			return v->atom_slots[at] - 1;
	if (grow_room((void **)&v->atoms, v->natoms, &v->atoms_capacity,
		      sizeof(*v->atoms))) {
		v->nomem = true;
		return 0;
	}
	if (grow_room((void **)&v->alone, v->natoms, &v->alone_capacity,
		      sizeof(*v->alone))) {
		v->nomem = true;
		return 0;
	}
	v->alone[v->natoms] = SET_ANY;
	v->atoms[v->natoms++] = a;
	v->atom_slots[at] = (uint32_t)v->natoms;
	return (uint32_t)v->natoms - 1;
}

uint16_t values_outcome(struct values *v, const struct outcome *o)
{
	for (size_t i = 0; i < v->noutcomes; i++)
		if (outcome_same(&v->outcomes[i], o))
			return (uint16_t)i;
	if (v->noutcomes == UINT16_MAX ||
	    grow_room((void **)&v->outcomes, v->noutcomes,
		      &v->outcomes_capacity, sizeof(*v->outcomes))) {
		v->nomem = true;
		return 0;
	}
	v->outcomes[v->noutcomes++] = *o;
	return (uint16_t)(v->noutcomes - 1);
}

/* ---- sets ---- */

static size_t sort_unique(uint32_t *m, size_t n)
{
	size_t kept = 0;

	for (size_t i = 1; i < n; i++) {
		uint32_t x = m[i];
		size_t k = i;

		for (; k && m[k - 1] > x; k--)
			m[k] = m[k - 1];
		m[k] = x;
	}
	for (size_t i = 0; i < n; i++)
		if (!kept || m[kept - 1] != m[i])
			m[kept++] = m[i];
	return kept;
}

static void describe(const struct values *v, struct value_set *s)
{
	for (uint8_t i = 0; i < s->count; i++) {
		const struct atom *a = &v->atoms[v->members[s->first + i]];

		if (a->kind == ATOM_SOME || a->kind == ATOM_RESULT ||
		    a->kind == ATOM_PARAM)
			s->has_identity = true;
		if (a->kind == ATOM_SOME || a->kind == ATOM_RESULT ||
		    a->kind == ATOM_NONZERO || a->kind == ATOM_POINTER)
			s->idents |= ident_bits(v, a->ident);
	}
}

static bool room_for_members(struct values *v, size_t n)
{
	size_t capacity = v->members_capacity ? v->members_capacity : 256;
	uint32_t *p;

	while (capacity < v->nmembers + n)
		capacity *= 2;
	if (capacity == v->members_capacity)
		return true;
	p = realloc(v->members, capacity * sizeof(*p));
	if (!p)
		return false;
	v->members = p;
	v->members_capacity = capacity;
	return true;
}

uint32_t values_set(struct values *v, uint32_t *m, size_t n)
{
	struct value_set s = { 0 };
	size_t at;

	if (v->nomem)
		return SET_ANY;
	n = sort_unique(m, n);
	if (!n || n > SET_MAX ||
	    !grow_slots(v, &v->set_slots, &v->set_nslots, v->nsets,
			set_hash_of))
		return SET_ANY;
	at = hash_members(m, n) & (v->set_nslots - 1);
	for (; v->set_slots[at]; at = (at + 1) & (v->set_nslots - 1)) {
		const struct value_set *old = &v->sets[v->set_slots[at] - 1];

		if (old->count == n &&
		    memcmp(v->members + old->first, m, n * sizeof(*m)) == 0)
			return v->set_slots[at] - 1;
	}
	if (!room_for_members(v, n) ||
	    grow_room((void **)&v->sets, v->nsets, &v->sets_capacity,
		      sizeof(*v->sets))) {
		v->nomem = true;
		return SET_ANY;
	}
	s.first = (uint32_t)v->nmembers;
	s.count = (uint8_t)n;
	memcpy(v->members + v->nmembers, m, n * sizeof(*m));
	v->nmembers += n;
	describe(v, &s);
	v->sets[v->nsets++] = s;
	v->set_slots[at] = (uint32_t)v->nsets;
	return (uint32_t)v->nsets - 1;
}

uint32_t values_one(struct values *v, struct atom a)
{
	uint32_t m = values_atom(v, a), set;

	if (v->nomem)
		return SET_ANY;
	set = v->alone[m];
	return set != SET_ANY ? set : (v->alone[m] = values_set(v, &m, 1));
}

uint32_t values_union(struct values *v, uint32_t a, uint32_t b)
{
	size_t slot = mix(a, b) % (sizeof(v->recent) / sizeof(*v->recent));
	uint32_t m[2 * SET_MAX];
	size_t n = 0;

	if (a == b)
		return a;
	if (a == SET_ANY || b == SET_ANY)
		return SET_ANY;
	if (v->recent[slot].a == a && v->recent[slot].b == b)
		return v->recent[slot].result;
	for (uint8_t i = 0; i < v->sets[a].count; i++)
		m[n++] = v->members[v->sets[a].first + i];
	for (uint8_t i = 0; i < v->sets[b].count; i++)
		m[n++] = v->members[v->sets[b].first + i];
	v->recent[slot].a = a;
	v->recent[slot].b = b;
	return v->recent[slot].result = values_set(v, m, n);
}
