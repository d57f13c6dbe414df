/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fixpoint over all objects, in rounds: what an object's functions do is
 * told to the others between two rounds, never within one, so that the result
 * does not depend on threads.
 */
#include <stdlib.h>
#include <string.h>

#include "code/messages/facts.h"
#include "code/messages/output.h"
#include "code/messages/summary.h"
#include "support/grow.h"
#include "support/pipeline.h"
#include "support/strmap.h"

/* More rounds than any kernel needs (6): what is not settled then is left
 * out. */
#define MAX_ROUNDS 24

/* A function that other objects can call. */
struct export {
	uint32_t input, function;
	uint32_t image;
	uint32_t next; /* of the same name; UINT32_MAX */
	struct summary told;
	bool changed; /* in the last round */
};

struct solver {
	const struct solve_job *job;
	struct strmap names; /* -> first export of the name */
	struct export *exports;
	size_t nexports, capacity;
	uint32_t **asked; /* by input, by symbol: export or UINT32_MAX */
	uint32_t *dirty;  /* inputs of this round */
	size_t ndirty;
	struct err *failed; /* by item of the round */
};

static struct object_facts *facts_of(const struct solver *s, size_t input)
{
	struct object_facts *f = s->job->inputs[input].facts;

	return f && f->functions ? f : NULL;
}

/* ---- names ---- */

static int add_export(struct solver *s, uint32_t input, uint32_t function,
		      const char *name, struct err *e)
{
	uint64_t *first;
	bool added;

	if (grow_room((void **)&s->exports, s->nexports, &s->capacity,
		      sizeof(*s->exports)))
		return err_nomem(e);
	first = strmap_put(&s->names, name, strlen(name), s->nexports, &added);
	if (!first)
		return err_nomem(e);
	s->exports[s->nexports] = (struct export){
		.input = input,
		.function = function,
		.image = s->job->inputs[input].image,
		.next = UINT32_MAX,
	};
	if (!added) {
		s->exports[s->nexports].next = s->exports[*first].next;
		s->exports[*first].next = (uint32_t)s->nexports;
	}
	s->nexports++;
	return 0;
}

static int add_exports(struct solver *s, uint32_t input, struct err *e)
{
	const struct object_facts *f = facts_of(s, input);
	int r = 0;

	for (size_t i = 0; f && i < f->o.nsymbols && r == 0; i++) {
		const struct code_symbol *y = &f->o.symbols[i];
		uint32_t function;

		if (!y->function || !y->global ||
		    y->section == CODE_SECTION_NONE)
			continue;
		function = facts_function_at(f, CODE_AT(y->section, y->value));
		if (function != UINT32_MAX)
			r = add_export(s, input, function, y->name, e);
	}
	return r;
}

/* A name means the function of the same image, else vmlinux's, else the one
 * that a module has. */
static uint32_t find_export(const struct solver *s, const char *name,
			    uint32_t image)
{
	uint32_t other = UINT32_MAX;
	size_t others = 0;
	uint64_t first;

	if (!strmap_get(&s->names, name, strlen(name), &first))
		return UINT32_MAX;
	for (uint32_t i = (uint32_t)first; i != UINT32_MAX;
	     i = s->exports[i].next)
		if (s->exports[i].image == image)
			return i;
	for (uint32_t i = (uint32_t)first; i != UINT32_MAX;
	     i = s->exports[i].next) {
		if (s->exports[i].image == 0)
			return i;
		other = i;
		others++;
	}
	return others == 1 ? other : UINT32_MAX;
}

static int ask(struct solver *s, size_t input, struct err *e)
{
	const struct object_facts *f = facts_of(s, input);

	if (!f)
		return 0;
	s->asked[input] = malloc((f->o.nsymbols + 1) * sizeof(uint32_t));
	if (!s->asked[input])
		return err_nomem(e);
	for (size_t i = 0; i < f->o.nsymbols; i++) {
		const struct code_symbol *y = &f->o.symbols[i];
		bool named = y->section == CODE_SECTION_NONE && *y->name &&
			     !f->known[i];

		s->asked[input][i] =
			named ? find_export(s, y->name,
					    s->job->inputs[input].image)
			      : UINT32_MAX;
	}
	return 0;
}

/* ---- rounds ---- */

/* What a function does, as others may know it: whose failure it was is not
 * theirs to see, so that it is a constructor's. */
static void tell(const struct solver *s, const struct export *x,
		 struct summary *ret)
{
	*ret = facts_of(s, x->input)->functions[x->function].summary;
	if (ret->outcome.cls != OUTCOME_NONE)
		ret->outcome.cls = OUTCOME_CONSTRUCTOR;
	ret->writes_known = ret->writes_nothing = false;
	memset(&ret->writes, 0, sizeof(ret->writes));
}

static bool tell_all(struct solver *s)
{
	bool any = false;

	for (size_t i = 0; i < s->nexports; i++) {
		struct export *x = &s->exports[i];
		struct summary now;

		tell(s, x, &now);
		x->changed = summary_differs(&now, &x->told);
		if (x->changed)
			x->told = now;
		any |= x->changed;
	}
	return any;
}

/* Functions that were told something new, and their objects. */
static void find_dirty(struct solver *s)
{
	s->ndirty = 0;
	for (size_t i = 0; i < s->job->ninputs; i++) {
		struct object_facts *f = facts_of(s, i);
		bool any = false;

		for (uint32_t k = 0; f && k < f->o.nfunctions; k++) {
			const struct function *g = &f->functions[k];

			for (uint32_t n = 0; n < g->nrefs; n++) {
				uint32_t ref = f->refs[g->first_ref + n], x;

				if (ref & CALLEE_LOCAL)
					continue;
				x = s->asked[i][ref];
				if (x == UINT32_MAX || !s->exports[x].changed)
					continue;
				f->answers[ref] = &s->exports[x].told;
				f->functions[g->owner].dirty = true;
				any = true;
			}
		}
		if (any)
			s->dirty[s->ndirty++] = (uint32_t)i;
	}
}

static void produce(void *context, size_t item)
{
	struct solver *s = context;
	struct object_facts *f = facts_of(s, s->dirty[item]);
	struct err *e = &s->failed[item];
	struct analyser *a;

	e->code = ERR_NONE;
	if (analyser_open(f, &a, e) < 0)
		return;
	analyse_dirty(a, f, e);
	analyser_close(a);
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
	(void)item;
}

static int run_round(struct solver *s, struct err *e)
{
	const struct pipeline_job job = {
		.count = s->ndirty,
		.threads = s->job->threads,
		.window = s->ndirty + 1,
		.context = s,
		.produce = produce,
		.consume = consume,
		.drop = drop,
	};

	return pipeline_run(&job, e);
}

static int settle(struct solver *s, struct err *e)
{
	int r = 0;

	for (size_t round = 0; r == 0 && tell_all(s); round++) {
		find_dirty(s);
		if (!s->ndirty || round == MAX_ROUNDS)
			break;
		r = run_round(s, e);
	}
	return r;
}

static int prepare(struct solver *s, struct err *e)
{
	size_t n = s->job->ninputs;
	int r = 0;

	s->asked = calloc(n + 1, sizeof(*s->asked));
	s->dirty = calloc(n + 1, sizeof(*s->dirty));
	s->failed = calloc(n + 1, sizeof(*s->failed));
	if (!s->asked || !s->dirty || !s->failed)
		return err_nomem(e);
	for (size_t i = 0; i < n && r == 0; i++)
		r = add_exports(s, (uint32_t)i, e);
	for (size_t i = 0; i < n && r == 0; i++)
		r = ask(s, i, e);
	return r;
}

static void release(struct solver *s)
{
	for (size_t i = 0; s->asked && i < s->job->ninputs; i++)
		free(s->asked[i]);
	free(s->asked);
	free(s->dirty);
	free(s->failed);
	free(s->exports);
	strmap_release(&s->names);
}

static int give(const struct solver *s, struct object_messages **ret,
		struct err *e)
{
	size_t n = s->job->ninputs;
	struct object_messages *list = calloc(n + 1, sizeof(*list));
	int r = list ? 0 : err_nomem(e);

	for (size_t i = 0; i < n && r == 0; i++)
		if (s->job->inputs[i].facts)
			r = output_messages(s->job->inputs[i].facts, &list[i],
					    e);
	if (r < 0) {
		for (size_t i = 0; list && i < n; i++)
			object_messages_release(&list[i]);
		free(list);
	} else {
		*ret = list;
	}
	return r;
}

int messages_solve(const struct solve_job *job, struct object_messages **ret,
		   struct err *e)
{
	struct solver s = { .job = job };
	int r = prepare(&s, e);

	if (r == 0)
		r = settle(&s, e);
	if (r == 0)
		r = give(&s, ret, e);
	release(&s);
	return r;
}
