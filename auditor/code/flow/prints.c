/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/flow/prints.h"

#include "support/grow.h"

#define NOMEM_NUMBER 0xfffffff4U

/* Arguments after a format that are looked at. */
#define ARGS_MAX 16

/* The place-th argument of a call; places from FLOW_STACK_ARGS on are on the
 * stack. */
uint32_t flow_argument(struct flow *f, struct state *s, uint32_t place,
		       bool variadic, bool jump)
{
	const struct machine *m = f->m;
	uint32_t nregs = m->stack_varargs && variadic ? 0 : m->nargs;
	const struct atom *sp;
	struct cell *c;

	if (place < nregs)
		return s->reg[m->args[place]];
	place = place >= FLOW_STACK_ARGS ? place - FLOW_STACK_ARGS
					 : place - nregs;
	if (s->reg[m->sp] == SET_ANY || values_count(&f->v, s->reg[m->sp]) != 1)
		return SET_ANY;
	sp = values_at(&f->v, s->reg[m->sp], 0);
	if (sp->kind != ATOM_STACK)
		return SET_ANY;
	/* After a jump the return address is there already. */
	c = state_cell(s, IDENT_STACK,
		       (int32_t)((int64_t)sp->v +
				 (jump && m->return_on_stack ? m->word : 0) +
				 (int64_t)place * m->word));
	return c ? c->set : SET_ANY;
}

static struct flow_print *print_of(struct flow *f, const struct atom *a,
				   uint32_t call, uint8_t kind)
{
	struct flow_result *r = &f->r;

	for (size_t i = 0; i < r->nprints; i++) {
		struct flow_print *p = &r->prints[i];

		if (p->text == a->v && p->load == a->ident && p->call == call &&
		    p->kind == kind)
			return p;
	}
	if (grow_room((void **)&r->prints, r->nprints, &r->prints_capacity,
		      sizeof(*r->prints))) {
		f->nomem = true;
		return NULL;
	}
	r->prints[r->nprints] = (struct flow_print){ .text = a->v,
						     .load = a->ident,
						     .call = call,
						     .kind = kind,
						     .fixed = UINT16_MAX };
	return &r->prints[r->nprints++];
}

static bool is_fixed(const struct flow *f, uint32_t set)
{
	if (set == SET_ANY)
		return false;
	for (size_t i = 0; i < values_count(&f->v, set); i++)
		if (values_at(&f->v, set, i)->kind != ATOM_ADDRESS)
			return false;
	return true;
}

static uint64_t one_address(const struct flow *f, uint32_t set)
{
	const struct atom *a;

	if (set == SET_ANY || values_count(&f->v, set) != 1)
		return 0;
	a = values_at(&f->v, set, 0);
	return a->kind == ATOM_ADDRESS ? a->v : 0;
}

static void look_at_args(struct flow *f, struct state *s, struct flow_print *p,
			 uint32_t format, bool variadic, bool jump)
{
	for (uint32_t i = 0; i < ARGS_MAX; i++) {
		uint32_t set = flow_argument(f, s, format + 1 + i, variadic,
					     jump);

		if (!is_fixed(f, set))
			p->fixed &= (uint16_t) ~(1U << i);
		if (i < FLOW_GIVEN)
			p->given[i] = one_address(f, set);
	}
	p->nargs = ARGS_MAX;
}

/* A format that is an argument of this function: its callers print. */
static void prints_param(struct flow *f, const struct atom *a, uint8_t kind)
{
	const struct ident *id;
	uint64_t place;

	if (a->kind == ATOM_PARAM) {
		place = a->v;
	} else if (a->kind == ATOM_POINTER || a->kind == ATOM_NONZERO) {
		if (a->ident == IDENT_NONE)
			return;
		id = &f->v.idents[a->ident];
		if (id->key >> 60 != IDENT_ARGUMENT)
			return;
		place = id->key >> 6 & 0xff;
	} else {
		return;
	}
	if (place + 1 > f->r.prints_param) {
		f->r.prints_param = (uint8_t)(place + 1);
		f->r.prints_kind = kind;
	}
}

/* struct va_format on the stack: a format, then the address of a va_list. */
static void prints_nested(struct flow *f, struct state *s, uint8_t kind)
{
	for (size_t i = 0; i + 1 < s->ncells; i++) {
		const struct cell *c = &s->cells[i];
		const struct cell *next = state_cell(s, IDENT_STACK,
						     c->disp + f->m->word);
		bool list = false;

		if (c->ident != IDENT_STACK || !next)
			continue;
		for (size_t k = 0; k < values_count(&f->v, next->set); k++)
			list |= values_at(&f->v, next->set, k)->kind ==
				ATOM_STACK;
		for (size_t k = 0; list && k < values_count(&f->v, c->set);
		     k++) {
			struct atom a = *values_at(&f->v, c->set, k);

			prints_param(f, &a, kind);
		}
	}
}

static bool is_nomem(const struct flow *f, uint32_t set)
{
	for (size_t i = 0; i < values_count(&f->v, set); i++) {
		const struct atom *a = values_at(&f->v, set, i);

		if (a->kind != ATOM_CONST || (uint32_t)a->v != NOMEM_NUMBER)
			return false;
	}
	return set != SET_ANY;
}

void flow_prints(struct flow *f, struct state *s, uint32_t set,
		 const struct flow_callee *c, uint32_t step, bool jump)
{
	const struct flow_job *job = f->job;
	uint32_t format = (uint32_t)c->format;

	for (size_t i = 0; i < values_count(&f->v, set); i++) {
		struct atom a = *values_at(&f->v, set, i);
		bool nested = false;
		struct flow_print *p;

		if (a.kind != ATOM_ADDRESS) {
			prints_param(f, &a, c->print_kind);
			continue;
		}
		if (!job->is_text(job->context, a.v, &nested))
			continue;
		if (nested)
			prints_nested(f, s, c->print_kind);
		p = print_of(f, &a, step, c->print_kind);
		if (!p)
			return;
		p->callee = c->id;
		p->parts |= (uint8_t)PART_BIT(f->part);
		if (format) {
			uint32_t before = flow_argument(f, s, format - 1,
							c->variadic, jump);

			p->level = one_address(f, before);
			p->other_error |= !is_nomem(f, before);
		}
		look_at_args(f, s, p, format, c->variadic, jump);
	}
}

void flow_stored(struct flow *f, uint32_t set, uint32_t step)
{
	for (size_t i = 0; i < values_count(&f->v, set); i++) {
		struct atom a = *values_at(&f->v, set, i);
		struct flow_print *p;
		bool nested;

		if (a.kind != ATOM_ADDRESS ||
		    !f->job->is_text(f->job->context, a.v, &nested))
			continue;
		p = print_of(f, &a, step, PRINT_STORED);
		if (p)
			p->parts |= (uint8_t)PART_BIT(f->part);
	}
}
