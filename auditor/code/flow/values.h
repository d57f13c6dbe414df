/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a register or a cell of memory may hold: a set of at most SET_MAX
 * atoms, as a small number.  Equal sets have equal numbers.  0 is "anything".
 *
 * Tables live as long as one function is looked at; values_reset empties
 * them and keeps their memory.
 */
#ifndef CODE_FLOW_VALUES_H
#define CODE_FLOW_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/u64map.h"

#define SET_MAX 12
#define SET_ANY 0

enum atom_kind {
	ATOM_CONST = 0, /* v */
	ATOM_PARAM,	/* argument v of this function */
	ATOM_SOME,	/* unknown, but always the same: ident */
	ATOM_NONZERO,	/* likewise, and not 0 */
	ATOM_POINTER,	/* likewise, and neither 0 nor an error */
	ATOM_RESULT,	/* of a call that may fail: ident, outcome; v: callee,
			   ATOM_AFTER_FAILURE */
	ATOM_ADDRESS,	/* v: CODE_AT; step: where it was loaded */
	ATOM_EXTERN,	/* of an undefined symbol: v; step */
	ATOM_STACK,	/* sp of the entry + v */
	ATOM_OVERFLOW,	/* not 0 where a size did not fit */
};

/* Of a result: something had failed when it was asked for. */
#define ATOM_AFTER_FAILURE ((uint64_t)1 << 32)

/* Who a value is: what tells copies of one unknown from another. */
#define IDENT_NONE UINT32_MAX

struct atom {
	uint8_t kind;
	uint16_t outcome;
	uint32_t ident; /* or step */
	uint64_t v;
};

/* How a call that may fail ends. */
enum success_kind {
	SUCCESS_CONST = 0, /* v */
	SUCCESS_NONZERO,
	SUCCESS_POINTER,
	SUCCESS_ANY,
	SUCCESS_OTHER, /* whatever a test tells from the failure */
};

#define OUTCOME_FAILS 4
#define OUTCOME_SUCCESSES 8

enum outcome_class {
	OUTCOME_NONE = 0,
	OUTCOME_ALLOCATION,
	OUTCOME_CONSTRUCTOR,
	OUTCOME_TELLER, /* for any reason, and it has said so */
};

struct outcome {
	uint8_t cls; /* enum outcome_class */
	uint8_t nfails, nsuccesses;
	struct {
		uint8_t kind;
		uint64_t v;
	} successes[OUTCOME_SUCCESSES];
	uint64_t fails[OUTCOME_FAILS];
};

/* Not byte by byte: what lies between the fields is anything. */
static inline bool outcome_same(const struct outcome *a,
				const struct outcome *b)
{
	if (a->cls != b->cls || a->nfails != b->nfails ||
	    a->nsuccesses != b->nsuccesses)
		return false;
	for (size_t i = 0; i < a->nfails && i < OUTCOME_FAILS; i++)
		if (a->fails[i] != b->fails[i])
			return false;
	for (size_t i = 0; i < a->nsuccesses && i < OUTCOME_SUCCESSES; i++)
		if (a->successes[i].kind != b->successes[i].kind ||
		    a->successes[i].v != b->successes[i].v)
			return false;
	return true;
}

struct value_set {
	uint32_t first; /* in values.members */
	uint8_t count;
	bool has_identity; /* some, result or param: copies are worth it */
	uint64_t idents;   /* bit ident % 64 of those that it depends on */
};

struct values {
	struct atom *atoms;
	uint32_t *alone; /* by atom: the set of it alone; 0: not made */
	size_t natoms, atoms_capacity, alone_capacity;
	uint32_t *members;
	size_t nmembers, members_capacity;
	struct value_set *sets;
	size_t nsets, sets_capacity;
	struct outcome *outcomes;
	size_t noutcomes, outcomes_capacity;
	/* Open addressing: number + 1, or 0. */
	uint32_t *atom_slots, *set_slots;
	size_t atom_nslots, set_nslots;
	struct ident {
		uint64_t key;
		uint32_t parents[2]; /* of a derived one; else IDENT_NONE */
		uint8_t depth;
	} * idents;
	size_t nidents, idents_capacity;
	uint32_t *ident_slots;
	size_t ident_nslots;
	/* Of recent unions. */
	struct {
		uint32_t a, b, result;
	} recent[512];
	bool nomem;
};

void values_reset(struct values *v);
void values_release(struct values *v);

/* ---- idents ---- */

enum ident_kind {
	IDENT_ENTRY = 1, /* a register at the entry */
	IDENT_ARGUMENT,
	IDENT_MADE,	/* by step x in register y */
	IDENT_RETURNED, /* by the call that is step x */
	IDENT_PLACE,	/* CODE_AT */
	IDENT_SYMBOL,
	IDENT_DERIVED, /* computed of one or two others */
};

/* *ret_new (or NULL): nobody had it before. */
uint32_t values_ident(struct values *v, enum ident_kind kind, uint64_t x,
		      uint8_t y, bool *ret_new);

/*
 * What `how` makes of a and b (IDENT_NONE: of a alone): the same again where
 * the same is computed again.  IDENT_NONE where the chain is too long.
 */
uint32_t values_derived(struct values *v, uint64_t how, uint32_t a, uint32_t b);

/* ---- atoms and sets ---- */

uint32_t values_atom(struct values *v, struct atom a);
uint16_t values_outcome(struct values *v, const struct outcome *o);

/* The set of n atoms (numbers, in any order, also repeated); SET_ANY where
 * they are more than SET_MAX. */
uint32_t values_set(struct values *v, uint32_t *atoms, size_t n);
uint32_t values_one(struct values *v, struct atom a);
uint32_t values_union(struct values *v, uint32_t a, uint32_t b);

static inline const struct atom *values_at(const struct values *v, uint32_t set,
					   size_t i)
{
	return &v->atoms[v->members[v->sets[set].first + i]];
}

static inline size_t values_count(const struct values *v, uint32_t set)
{
	return v->sets[set].count;
}

#endif
