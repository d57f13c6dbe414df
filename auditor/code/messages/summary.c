/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/messages/summary.h"

#include <string.h>

/* Numbers that a function returns. */
struct numbers {
	uint64_t list[16];
	size_t count;
	bool many;
};

static void add(struct numbers *n, uint64_t x)
{
	for (size_t i = 0; i < n->count; i++)
		if (n->list[i] == x)
			return;
	if (n->count == sizeof(n->list) / sizeof(*n->list))
		n->many = true;
	else
		n->list[n->count++] = x;
}

static bool has(const struct numbers *n, uint64_t x)
{
	for (size_t i = 0; i < n->count; i++)
		if (n->list[i] == x)
			return true;
	return false;
}

struct sorting {
	const struct values *v;
	struct numbers failed[2]; /* of allocations, of constructors */
	struct numbers succeeded;
	bool pointer, nonzero, any;
};

static void add_success(struct sorting *s, uint8_t kind, uint64_t x)
{
	if (kind == SUCCESS_CONST)
		add(&s->succeeded, x);
	s->pointer |= kind == SUCCESS_POINTER;
	s->nonzero |= kind == SUCCESS_NONZERO;
	s->any |= kind == SUCCESS_ANY;
}

/* On paths where nothing failed; a result that nobody tested may have. */
static void sort_normal(struct sorting *s, const struct atom *a)
{
	const struct outcome *o;

	switch (a->kind) {
	case ATOM_CONST:
		add(&s->succeeded, a->v);
		break;
	case ATOM_ADDRESS:
	case ATOM_EXTERN:
	case ATOM_STACK:
	case ATOM_POINTER:
		s->pointer = true;
		break;
	case ATOM_NONZERO:
		s->nonzero = true;
		break;
	case ATOM_RESULT:
		o = &s->v->outcomes[a->outcome];
		/* It fails for any reason. */
		if (o->cls == OUTCOME_TELLER) {
			s->any = true;
			break;
		}
		for (uint8_t i = 0; i < o->nfails; i++)
			add(&s->failed[o->cls == OUTCOME_CONSTRUCTOR],
			    o->fails[i]);
		for (uint8_t i = 0; i < o->nsuccesses; i++)
			add_success(s, o->successes[i].kind, o->successes[i].v);
		break;
	default:
		s->any = true;
	}
}

static void sort_failed(struct sorting *s, struct numbers *to,
			const struct atom *a)
{
	const struct outcome *o;

	if (a->kind == ATOM_CONST)
		add(to, a->v);
	if (a->kind != ATOM_RESULT)
		return;
	o = &s->v->outcomes[a->outcome];
	for (uint8_t i = 0; i < o->nfails; i++)
		add(to, o->fails[i]);
	for (uint8_t i = 0; i < o->nsuccesses; i++)
		if (o->successes[i].kind == SUCCESS_CONST)
			add(to, o->successes[i].v);
}

static void sort_returned(struct sorting *s, const struct flow_result *r)
{
	for (int p = 0; p < PART_COUNT; p++) {
		bool normal = p == PART_NORMAL || p == PART_RECOVERED ||
			      p == PART_TOLD;
		bool failed = part_is_failed((uint32_t)p);

		for (size_t i = 0; i < r->returned[p].count; i++) {
			struct atom a = s->v->atoms[r->returned[p].atoms[i]];

			if (normal)
				sort_normal(s, &a);
			else if (failed)
				sort_failed(s,
					    &s->failed[p == PART_CONSTRUCTOR],
					    &a);
		}
		if (normal && r->returned[p].any)
			s->any = true;
	}
}

/* Does it fail from memory alone, and can its callers tell?  A number that
 * is a failure is never a success; NULL fails where pointers succeed; any
 * other number where 0 succeeds; or negative against not negative. */
static bool is_pure(const struct outcome *o, uint8_t word)
{
	bool null = o->nfails == 1 && o->fails[0] == 0, zero = true;

	if (!o->nsuccesses)
		return false;
	for (uint8_t i = 0; i < o->nsuccesses; i++) {
		uint8_t kind = o->successes[i].kind;
		uint64_t x = o->successes[i].v;

		if (kind == SUCCESS_ANY)
			return false;
		zero &= kind == SUCCESS_CONST && x == 0;
		if (null && kind == SUCCESS_CONST &&
		    (!x || flow_is_negative(x, word)))
			return false;
	}
	if (null)
		return true;
	if (zero) {
		for (uint8_t i = 0; i < o->nfails; i++)
			if (o->fails[i] == 0)
				return false;
		return true;
	}
	for (uint8_t i = 0; i < o->nfails; i++)
		if (!flow_is_negative(o->fails[i], word))
			return false;
	for (uint8_t i = 0; i < o->nsuccesses; i++)
		if (o->successes[i].kind == SUCCESS_NONZERO ||
		    (o->successes[i].kind == SUCCESS_CONST &&
		     flow_is_negative(o->successes[i].v, word)))
			return false;
	return true;
}

static void put_success(struct outcome *o, uint8_t kind, uint64_t x)
{
	if (o->nsuccesses == OUTCOME_SUCCESSES)
		return;
	o->successes[o->nsuccesses].kind = kind;
	o->successes[o->nsuccesses++].v = x;
}

static bool make_outcome(const struct sorting *s, uint8_t word,
			 struct outcome *o)
{
	struct numbers fails = { 0 };
	bool allocation = false;

	memset(o, 0, sizeof(*o));
	for (int c = 0; c < 2; c++)
		for (size_t i = 0; i < s->failed[c].count; i++)
			if (!has(&s->succeeded, s->failed[c].list[i])) {
				add(&fails, s->failed[c].list[i]);
				allocation |= c == 0;
			}
	if (!fails.count || fails.count > OUTCOME_FAILS || s->any ||
	    s->succeeded.many || s->succeeded.count + 2 > OUTCOME_SUCCESSES)
		return false;
	o->cls = allocation ? OUTCOME_ALLOCATION : OUTCOME_CONSTRUCTOR;
	o->nfails = (uint8_t)fails.count;
	for (size_t i = 0; i < fails.count; i++)
		o->fails[i] = fails.list[i];
	for (size_t i = 0; i < s->succeeded.count; i++)
		put_success(o, SUCCESS_CONST, s->succeeded.list[i]);
	if (s->pointer)
		put_success(o, SUCCESS_POINTER, 0);
	if (s->nonzero)
		put_success(o, SUCCESS_NONZERO, 0);
	return is_pure(o, word);
}

void summarise(const struct values *v, const struct flow_result *r,
	       uint8_t word, struct summary *ret)
{
	struct sorting s = { .v = v };

	memset(ret, 0, sizeof(*ret));
	sort_returned(&s, r);
	if (r->ended || !make_outcome(&s, word, &ret->outcome))
		memset(&ret->outcome, 0, sizeof(ret->outcome));
	ret->prints_param = r->prints_param;
	ret->prints_kind = r->prints_param ? r->prints_kind : 0;
	if (ret->outcome.cls != OUTCOME_NONE)
		ret->gfp_param = r->gfp_param;
	ret->returns_not = !r->returns;
	ret->writes_known = !r->ended;
	ret->writes_nothing = !r->ended && !r->writes_anything;
	ret->writes = r->writes;
}

bool summary_differs(const struct summary *a, const struct summary *b)
{
	return a->returns_not != b->returns_not ||
	       a->prints_param != b->prints_param ||
	       a->prints_kind != b->prints_kind ||
	       a->gfp_param != b->gfp_param ||
	       !outcome_same(&a->outcome, &b->outcome);
}

const struct summary *summary_none(void)
{
	static const struct summary nothing;

	return &nothing;
}
