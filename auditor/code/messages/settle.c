/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fixpoint over all objects, in rounds: what an object's functions do is
 * told to the others between two rounds, never within one, so that the result
 * does not depend on threads.
 */
#include "code/messages/settle.h"

#include <stdlib.h>
#include <string.h>

#include "code/messages/places.h"
#include "code/messages/pool.h"
#include "code/messages/summary.h"
#include "support/pipeline.h"

/* More rounds than any kernel needs (6): what is not settled then is left
 * out. */
#define MAX_ROUNDS 24

/* ---- who offers what ---- */

static int offer_facts(struct solver *s, uint32_t input, struct err *e)
{
	const struct object_facts *f = s->inputs[input].facts;
	int r = 0;

	for (size_t i = 0; i < f->o.nsymbols && r == 0; i++) {
		const struct code_symbol *y = &f->o.symbols[i];
		struct export x = { .name = y->name,
				    .input = input,
				    .image = s->job->inputs[input].image,
				    .weak = y->weak,
				    .told = summary_none() };

		if (!y->function || !y->global ||
		    y->section == CODE_SECTION_NONE)
			continue;
		x.function = facts_function_at(f,
					       CODE_AT(y->section, y->value));
		if (x.function != UINT32_MAX)
			r = exports_add(&s->exports, &x, e);
	}
	return r;
}

static int offer_saved(struct solver *s, uint32_t input, struct err *e)
{
	const struct saved *saved = &s->inputs[input].saved;
	int r = 0;

	for (size_t i = 0; i < saved->nexports && r == 0; i++) {
		const struct export x = {
			.name = saved->exports[i].name,
			.input = input,
			.function = EXPORT_NONE,
			.image = s->job->inputs[input].image,
			.told = &saved->exports[i].summary,
			/* The first round is to hear of it. */
			.changed = true,
		};

		r = exports_add(&s->exports, &x, e);
	}
	return r;
}

static int ask(struct solver *s, size_t input, struct err *e)
{
	struct solving *in = &s->inputs[input];
	const struct object_facts *f = in->facts;

	free(in->asked);
	in->asked = malloc((f->o.nsymbols + 1) * sizeof(uint32_t));
	if (!in->asked)
		return err_nomem(e);
	for (size_t i = 0; i < f->o.nsymbols; i++) {
		const char *name = f->o.symbols[i].name;
		bool unsure;

		in->asked[i] =
			facts_asks(f, (uint32_t)i)
				? exports_find(&s->exports, saved_hash(name),
					       name,
					       s->job->inputs[input].image,
					       &unsure)
				: EXPORT_NONE;
	}
	return 0;
}

static int prepare(struct solver *s, struct err *e)
{
	size_t n = s->job->ninputs;
	int r = 0;

	exports_release(&s->exports);
	for (uint32_t i = 0; i < n && r == 0; i++) {
		struct solving *in = &s->inputs[i];

		in->first_export = s->exports.count;
		if (in->facts)
			r = offer_facts(s, i, e);
		else if (in->has_saved)
			r = offer_saved(s, i, e);
		in->nexports = s->exports.count - in->first_export;
	}
	for (size_t i = 0; i < n && r == 0; i++)
		if (s->inputs[i].facts)
			r = ask(s, i, e);
	return r;
}

/* ---- rounds ---- */

/* What a function does, as others may know it: whose failure it was is not
 * theirs to see, so that it is a constructor's. */
static void tell(const struct solver *s, const struct export *x,
		 struct summary *ret)
{
	*ret = *s->inputs[x->input].facts->functions[x->function].summary;
	if (ret->outcome.cls != OUTCOME_NONE)
		ret->outcome.cls = OUTCOME_CONSTRUCTOR;
	ret->writes_known = ret->writes_nothing = false;
	memset(&ret->writes, 0, sizeof(ret->writes));
}

static const struct summary *keep(struct solver *s, const struct summary *now)
{
	struct summary *p = arena_alloc(&s->arena, sizeof(*p));

	if (p)
		*p = *now;
	return p;
}

/* 1: somebody has news, 0: nobody. */
static int tell_all(struct solver *s, bool first, struct err *e)
{
	bool any = false;

	for (size_t i = 0; i < s->exports.count; i++) {
		struct export *x = &s->exports.list[i];
		struct summary now;

		if (x->function == EXPORT_NONE) {
			x->changed = first;
		} else {
			tell(s, x, &now);
			x->changed = summary_differs(&now, x->told);
			if (x->changed && !(x->told = keep(s, &now)))
				return err_nomem(e);
		}
		any |= x->changed;
	}
	return any;
}

/* Functions that were told something new, and their objects. */
static bool mark_told(struct solver *s, size_t input)
{
	struct object_facts *f = s->inputs[input].facts;
	bool any = false;

	for (uint32_t k = 0; k < f->o.nfunctions; k++) {
		const struct function *g = &f->functions[k];

		for (uint32_t n = 0; n < g->nrefs; n++) {
			uint32_t ref = f->refs[g->first_ref + n], x;

			if (ref & CALLEE_LOCAL)
				continue;
			x = s->inputs[input].asked[ref];
			if (x == EXPORT_NONE || !s->exports.list[x].changed)
				continue;
			f->answers[ref] = s->exports.list[x].told;
			f->functions[g->owner].dirty = true;
			any = true;
		}
	}
	return any;
}

static void analyse_input(void *context, size_t item)
{
	struct solver *s = context;
	struct object_facts *f = s->inputs[s->work[item]].facts;
	struct err *e = &s->failed[item];
	struct analyser *a;

	if (analyser_take(f, &a, e) < 0)
		return;
	analyse_dirty(a, f, e);
	analyser_give(f, a);
}

static int consume(void *context, size_t item, struct err *e)
{
	struct solver *s = context;

	if (s->failed[item].code == ERR_NONE)
		return 0;
	*e = s->failed[item];
	return -(int)e->code;
}

static void drop(void *context, size_t item)
{
	(void)context;
	(void)item; /* what was made stays where it is */
}

int solver_run(struct solver *s, void (*produce)(void *, size_t), struct err *e)
{
	const struct pipeline_job job = {
		.count = s->nwork,
		.threads = s->job->threads,
		.window = s->nwork + 1,
		.context = s,
		.produce = produce,
		.consume = consume,
		.drop = drop,
	};

	for (size_t i = 0; i < s->nwork; i++)
		s->failed[i].code = ERR_NONE;
	return pipeline_run(&job, e);
}

int solver_settle(struct solver *s, struct err *e)
{
	int r = prepare(s, e);

	for (size_t round = 0; r == 0; round++) {
		int news = tell_all(s, round == 0, e);

		if (news <= 0)
			return news;
		s->nwork = 0;
		for (size_t i = 0; i < s->job->ninputs; i++)
			if (s->inputs[i].facts && mark_told(s, i))
				s->work[s->nwork++] = (uint32_t)i;
		if (!s->nwork || round == MAX_ROUNDS)
			break;
		r = solver_run(s, analyse_input, e);
	}
	return r;
}
