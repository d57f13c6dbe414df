/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a test of a value tells: which of its atoms go which way, and in
 * which part the path goes on.
 */
#include "code/flow/divide.h"

#include <string.h>

#include "code/flow/largest_size.h"
#include "code/flow/registers.h"
#include "code/flow/values_ask.h"

/* What moves a path into another part. */
enum tag {
	TAG_NONE = 0,
	TAG_ALLOCATION,	 /* failed */
	TAG_CONSTRUCTOR, /* failed */
	TAG_SUCCESS,	 /* an allocation has not failed */
	TAG_BESIDE,	 /* likewise, and it was made before another failed */
	TAG_TOLD,	 /* it failed, and has printed itself */
	TAG_OVERFLOW,
	TAG_COUNT
};

#define BUCKET_MAX (SET_MAX * (OUTCOME_FAILS + OUTCOME_SUCCESSES))

/* Atoms by way (taken or not) and tag. */
struct buckets {
	struct flow *f;
	uint32_t atoms[2][TAG_COUNT][BUCKET_MAX];
	size_t count[2][TAG_COUNT];
	struct {
		uint32_t callee;
		uint64_t k;
	} failed[2]; /* by way: who */
};

static void put(struct buckets *b, bool way, enum tag tag, struct atom a)
{
	if (b->count[way][tag] < BUCKET_MAX)
		b->atoms[way][tag][b->count[way][tag]++] = values_atom(&b->f->v,
								       a);
}

static void put_both(struct buckets *b, struct atom a)
{
	put(b, false, TAG_NONE, a);
	put(b, true, TAG_NONE, a);
}

static struct atom constant(uint64_t v)
{
	return (struct atom){ .kind = ATOM_CONST, .v = v };
}

enum truth { NO = 0, YES = 1, BOTH = 2 };

static enum truth compare(enum cond cond, uint64_t a, uint64_t b, uint8_t size)
{
	int64_t x = flow_signed(a, size), y = flow_signed(b, size);

	a = flow_mask(a, size);
	b = flow_mask(b, size);
	switch (cond) {
	case COND_EQ:
		return a == b;
	case COND_NE:
		return a != b;
	case COND_LT:
		return x < y;
	case COND_GE:
		return x >= y;
	case COND_LE:
		return x <= y;
	case COND_GT:
		return x > y;
	case COND_BELOW:
		return a < b;
	case COND_ABOVE_EQ:
		return a >= b;
	case COND_BELOW_EQ:
		return a <= b;
	case COND_ABOVE:
		return a > b;
	case COND_NEGATIVE:
		return flow_signed(a - b, size) < 0;
	case COND_POSITIVE:
		return flow_signed(a - b, size) >= 0;
	default:
		return BOTH;
	}
}

static void put_truth(struct buckets *b, enum truth t, enum tag tag,
		      struct atom a)
{
	if (t != YES)
		put(b, false, tag, a);
	if (t != NO)
		put(b, true, tag, a);
}

struct test {
	enum cond cond;
	uint8_t size;
	uint64_t k;
	bool of_zero;  /* == 0 or != 0 */
	bool word;     /* of a whole register */
	bool overflow; /* k is a largest size */
	bool near;     /* k could be no pointer */
};

static void divide_result(struct buckets *b, const struct test *t,
			  const struct atom *a)
{
	const struct outcome *o = &b->f->v.outcomes[a->outcome];
	enum tag failed = o->cls == OUTCOME_ALLOCATION ? TAG_ALLOCATION
			  : o->cls == OUTCOME_TELLER   ? TAG_TOLD
						       : TAG_CONSTRUCTOR;
	bool pure = o->nfails == 1 && o->fails[0] == 0 && o->nsuccesses == 1 &&
		    o->successes[0].kind == SUCCESS_POINTER;
	/* One that was made together with one that failed replaces nothing:
	 * `if (!a || !b)`, of which compilers compute both. */
	enum tag succeeded = !pure			 ? TAG_NONE
			     : a->v & ATOM_AFTER_FAILURE ? TAG_SUCCESS
							 : TAG_BESIDE;

	for (uint8_t i = 0; i < o->nfails; i++) {
		enum truth way = compare(t->cond, o->fails[i], t->k, t->size);

		put_truth(b, way, failed,
			  constant(flow_mask(o->fails[i], t->size)));
		for (int w = 0; w < 2; w++)
			if (way == BOTH || (int)way == w) {
				b->failed[w].callee = (uint32_t)a->v;
				b->failed[w].k = o->fails[i];
			}
	}
	for (uint8_t i = 0; i < o->nsuccesses; i++) {
		uint8_t kind = o->successes[i].kind;
		uint64_t v = o->successes[i].v;
		struct atom some = { .kind = ATOM_SOME, .ident = a->ident };

		if (kind == SUCCESS_CONST) {
			put_truth(b, compare(t->cond, v, t->k, t->size),
				  TAG_NONE, constant(flow_mask(v, t->size)));
		} else if (kind == SUCCESS_POINTER && t->word) {
			some.kind = ATOM_POINTER;
			put_truth(b,
				  compare(t->cond, b->f->m->pointer, t->k,
					  t->size),
				  succeeded, some);
		} else if (kind == SUCCESS_OTHER) {
			enum truth way = compare(t->cond, o->fails[0], t->k,
						 t->size);

			put_truth(b, way == BOTH ? BOTH : (enum truth) !way,
				  TAG_NONE, some);
		} else if (kind == SUCCESS_NONZERO && t->of_zero) {
			some.kind = ATOM_NONZERO;
			put(b, t->cond == COND_NE, TAG_NONE, some);
		} else if (t->of_zero) {
			put(b, t->cond == COND_EQ, TAG_NONE, constant(0));
			some.kind = ATOM_NONZERO;
			put(b, t->cond == COND_NE, TAG_NONE, some);
		} else {
			put_both(b, some);
		}
	}
}

static void divide_unknown(struct buckets *b, const struct test *t,
			   const struct atom *a)
{
	bool equality = t->cond == COND_EQ || t->cond == COND_NE;
	bool large = t->cond == COND_ABOVE || t->cond == COND_ABOVE_EQ;
	struct atom not_zero = { .kind = ATOM_NONZERO };

	if (equality && (a->kind == ATOM_SOME || a->kind == ATOM_PARAM)) {
		put(b, t->cond == COND_EQ, TAG_NONE,
		    constant(flow_mask(t->k, t->size)));
		not_zero.ident = values_ident_of(&b->f->v, a);
		put(b, t->cond == COND_NE, TAG_NONE,
		    t->of_zero && t->size >= 4 ? not_zero : *a);
	} else if (t->overflow) {
		put(b, large, TAG_OVERFLOW, *a);
		put(b, !large, TAG_NONE, *a);
	} else {
		put_both(b, *a);
	}
}

static void divide_compared(struct buckets *b, const struct test *t,
			    const struct atom *a)
{
	switch (a->kind) {
	case ATOM_CONST:
		put_truth(b, compare(t->cond, a->v, t->k, t->size), TAG_NONE,
			  *a);
		return;
	case ATOM_RESULT:
		divide_result(b, t, a);
		return;
	case ATOM_ADDRESS:
	case ATOM_EXTERN:
	case ATOM_STACK:
	case ATOM_POINTER:
		if (!t->word || !t->near)
			break;
		put_truth(b, compare(t->cond, b->f->m->pointer, t->k, t->size),
			  TAG_NONE, *a);
		return;
	case ATOM_NONZERO:
		if (!t->of_zero)
			break;
		put(b, t->cond == COND_NE, TAG_NONE, *a);
		return;
	case ATOM_OVERFLOW:
		if (!t->of_zero)
			break;
		put(b, t->cond == COND_EQ, TAG_NONE, constant(0));
		put(b, t->cond == COND_NE, TAG_OVERFLOW, *a);
		return;
	default:
		break;
	}
	divide_unknown(b, t, a);
}

/* Of set & k: constants tell, and allocations that failed. */
static void divide_tested(struct buckets *b, const struct test *t,
			  const struct atom *a)
{
	if (a->kind == ATOM_CONST &&
	    (t->cond == COND_EQ || t->cond == COND_NE)) {
		bool zero = flow_mask(a->v & t->k, t->size) == 0;

		put(b, zero == (t->cond == COND_EQ), TAG_NONE, *a);
		return;
	}
	put_both(b, *a);
}

static uint8_t part_after(uint8_t part, enum tag tag)
{
	bool failed = part_is_failed(part);

	switch (tag) {
	case TAG_ALLOCATION:
		return PART_ALLOCATION;
	case TAG_CONSTRUCTOR:
		return PART_CONSTRUCTOR;
	case TAG_TOLD:
		return failed ? part : PART_TOLD;
	case TAG_SUCCESS:
		return failed ? PART_RECOVERED : part;
	case TAG_BESIDE:
		return part == PART_ALLOCATION ? PART_BESIDE : part;
	case TAG_OVERFLOW:
		return failed ? part : PART_OVERFLOW;
	default:
		return part;
	}
}

/* Tags that lead to one part are one way. */
static size_t ways(struct buckets *b, uint8_t part,
		   struct division d[DIVISIONS_MAX])
{
	size_t n = 0;

	for (int way = 0; way < 2; way++)
		for (int tag = 0; tag < TAG_COUNT; tag++) {
			uint8_t to = part_after(part, (enum tag)tag);
			uint32_t set;
			size_t i = 0;

			if (!b->count[way][tag])
				continue;
			set = values_set(&b->f->v, b->atoms[way][tag],
					 b->count[way][tag]);
			while (i < n && (d[i].taken != way || d[i].part != to))
				i++;
			if (i == n)
				d[n++] = (struct division){
					way, to, set, b->failed[way].callee,
					b->failed[way].k
				};
			else
				d[i].set = values_union(&b->f->v, d[i].set,
							set);
		}
	return n;
}

static size_t both_ways(uint8_t part, uint32_t set,
			struct division d[DIVISIONS_MAX])
{
	d[0] = (struct division){ .taken = false, .part = part, .set = set };
	d[1] = (struct division){ .taken = true, .part = part, .set = set };
	return 2;
}

static size_t divide_product(uint8_t part, enum cond cond,
			     struct division d[DIVISIONS_MAX])
{
	bool when = cond == COND_OVERFLOW || cond == COND_BELOW;

	if (cond != COND_OVERFLOW && cond != COND_NO_OVERFLOW &&
	    cond != COND_BELOW && cond != COND_ABOVE_EQ)
		return both_ways(part, SET_ANY, d);
	d[0] = (struct division){ .taken = when,
				  .part = part_after(part, TAG_OVERFLOW) };
	d[1] = (struct division){ .taken = !when, .part = part };
	return 2;
}

/* What holds of b and a where cond holds of a and b. */
static enum cond swapped(enum cond cond)
{
	static const uint8_t other[] = {
		[COND_EQ] = COND_EQ,
		[COND_NE] = COND_NE,
		[COND_LT] = COND_GT,
		[COND_GE] = COND_LE,
		[COND_LE] = COND_GE,
		[COND_GT] = COND_LT,
		[COND_BELOW] = COND_ABOVE,
		[COND_ABOVE_EQ] = COND_BELOW_EQ,
		[COND_BELOW_EQ] = COND_ABOVE_EQ,
		[COND_ABOVE] = COND_BELOW,
	};

	return cond <= COND_ABOVE ? (enum cond)other[cond] : COND_UNKNOWN;
}

size_t flow_divide(struct flow *f, const struct state *s, uint8_t part,
		   enum cond cond, struct division d[DIVISIONS_MAX])
{
	const struct flags *g = &s->flags;
	struct test t = { .cond = cond, .size = g->size, .k = g->k };
	struct buckets b;
	uint64_t zone;

	/* The flags have been asked before. */
	if (g->holds && (g->holds - 1U) >> 1 == (unsigned int)cond >> 1) {
		d[0] = (struct division){ .taken = g->holds - 1U ==
						   (unsigned int)cond,
					  .part = part,
					  .set = g->set };
		return 1;
	}
	if (g->swapped)
		t.cond = swapped(cond);

	if (g->kind == FLAGS_MULTIPLY)
		return divide_product(part, cond, d);
	if (g->kind == FLAGS_NEGATED) {
		t.cond = cond == COND_BELOW	 ? COND_NE
			 : cond == COND_ABOVE_EQ ? COND_EQ
						 : cond;
		t.k = 0;
	}
	if (g->kind == FLAGS_NONE || g->set == SET_ANY ||
	    t.cond >= COND_OVERFLOW ||
	    (g->kind == FLAGS_RESULT && t.cond != COND_EQ &&
	     t.cond != COND_NE && t.cond != COND_NEGATIVE &&
	     t.cond != COND_POSITIVE))
		return both_ways(part, g->kind == FLAGS_NONE ? SET_ANY : g->set,
				 d);
	t.of_zero = flow_mask(t.k, t.size) == 0 &&
		    (t.cond == COND_EQ || t.cond == COND_NE);
	t.word = t.size == f->m->word;
	t.overflow = t.word && t.cond >= COND_BELOW && t.cond <= COND_ABOVE &&
		     is_largest_size(flow_mask(t.k, t.size), t.size);
	zone = flow_mask(t.k + 4096, t.size);
	t.near = zone <= 8192;
	b.f = f;
	memset(b.count, 0, sizeof(b.count));
	memset(b.failed, 0, sizeof(b.failed));
	for (size_t i = 0; i < values_count(&f->v, g->set); i++) {
		struct atom a = *values_at(&f->v, g->set, i);

		if (g->kind == FLAGS_TEST)
			divide_tested(&b, &t, &a);
		else
			divide_compared(&b, &t, &a);
	}
	return ways(&b, part, d);
}

void flow_learn(struct flow *f, struct state *s, uint32_t set)
{
	struct flags *g = &s->flags;
	uint32_t old = g->set;

	if (g->kind == FLAGS_NONE || g->kind == FLAGS_MULTIPLY || set == old)
		return;
	if (f->v.sets[old].has_identity) {
		state_replace(s, old, set);
	} else if (g->reg != REG_NONE && s->reg[g->reg] == old) {
		s->reg[g->reg] = set;
	}
	if (g->in_cell) {
		struct cell *c = state_cell(s, g->cell_ident, g->cell_disp);

		if (c && c->set == old && set != SET_ANY)
			c->set = set;
	}
	g->set = set;
	if (set == SET_ANY)
		g->kind = FLAGS_NONE;
}
