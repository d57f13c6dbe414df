/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls: what is printed, what comes back, what is forgotten.
 */
#include "code/flow/calls.h"

#include "code/flow/memory.h"
#include "code/flow/prints.h"
#include "code/flow/values_ask.h"

/* Which argument of this function are a call's flags made of? */
static void note_flags(struct flow *f, uint32_t set)
{
	struct atom a;
	uint32_t id;

	if (values_count(&f->v, set) != 1)
		return;
	a = *values_at(&f->v, set, 0);
	for (id = values_ident_of(&f->v, &a); id != IDENT_NONE;
	     id = f->v.idents[id].parents[0])
		if (f->v.idents[id].key >> 60 == IDENT_ARGUMENT)
			f->r.gfp_param =
				(uint8_t)(f->v.idents[id].key >> 6 & 0xff) + 1;
}

static bool asks_no_warning(struct flow *f, struct state *s,
			    const struct flow_callee *c, bool jump)
{
	uint32_t set;

	if (c->gfp < 0 || !f->job->gfp_nowarn)
		return false;
	set = flow_argument(f, s, (uint32_t)c->gfp, false, jump);
	if (set == SET_ANY)
		return false;
	note_flags(f, set);
	for (size_t i = 0; i < values_count(&f->v, set); i++) {
		const struct atom *a = values_at(&f->v, set, i);

		if (a->kind != ATOM_CONST || !(a->v & f->job->gfp_nowarn))
			return false;
	}
	return true;
}

static uint32_t result_of(struct flow *f, const struct flow_callee *c,
			  uint32_t ident, bool quiet)
{
	struct atom a = { .kind = ATOM_SOME, .ident = ident };

	if (c->outcome && !quiet) {
		a.kind = ATOM_RESULT;
		a.outcome = values_outcome(&f->v, c->outcome);
		a.v = c->id;
		if (part_is_failed(f->part))
			a.v |= ATOM_AFTER_FAILURE;
	}
	return values_one(&f->v, a);
}

static void clobber(struct flow *f, struct state *s)
{
	for (uint8_t i = 0; i < REG_COUNT; i++)
		if (f->m->clobbered >> i & 1)
			s->reg[i] = SET_ANY;
	s->reg[REG_TEMP] = s->reg[REG_TEMP2] = SET_ANY;
	s->flags = (struct flags){ .reg = REG_NONE };
	s->temp_known = false;
}

enum call_end flow_call(struct flow *f, struct state *s, const struct insn *i,
			uint32_t step)
{
	struct flow_callee c = { .format = -1, .gfp = -1 };
	bool jump = i->op != OP_CALL, fresh, quiet;
	uint32_t ident, set;

	f->job->callee(f->job->context, i, &c);
	if (c.pops) {
		set = s->reg[f->m->sp];
		if (set != SET_ANY && values_count(&f->v, set) == 1) {
			struct atom a = *values_at(&f->v, set, 0);

			a.v += (uint64_t)(int64_t)c.pops;
			s->reg[f->m->sp] = values_one(&f->v, a);
		}
	}
	if (c.transparent)
		return CALL_RETURNS;
	if (c.format >= 0) {
		set = flow_argument(f, s, (uint32_t)c.format, c.variadic, jump);
		if (set != SET_ANY)
			flow_prints(f, s, set, &c, step, jump);
	}
	f->put.known = false;
	if (c.returns_not)
		return CALL_NEVER_RETURNS;
	quiet = asks_no_warning(f, s, &c, jump);
	ident = values_ident(&f->v, IDENT_RETURNED, step, 0, &fresh);
	if (!fresh)
		state_kill(&f->v, s, ident);
	flow_forget(f, s, &c);
	clobber(f, s);
	if (!c.writes_nothing) {
		f->r.writes_anything = true;
		for (size_t k = 0; c.writes_known && k < 4; k++)
			f->r.writes.bits[k] |= c.writes.bits[k];
	}
	s->reg[f->m->result] = result_of(f, &c, ident, quiet);
	if (c.warns && (f->part == PART_NORMAL || f->part == PART_RECOVERED))
		f->part = PART_WARNED;
	return CALL_RETURNS;
}
