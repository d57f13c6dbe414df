/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Passes of the solver: what was saved is believed until others answer
 * otherwise than they did then; such objects are decoded, and all begins
 * anew.
 */
#include "code/messages/solve.h"

#include <stdlib.h>
#include <string.h>

#include "code/messages/object_facts.h"
#include "code/messages/output.h"
#include "code/messages/places.h"
#include "code/messages/settle.h"
#include "code/messages/solver.h"
#include "code/messages/summary.h"

/* ---- what was saved ---- */

static uint64_t answer_of(const struct solver *s, uint32_t x)
{
	return x == EXPORT_NONE ? 0 : summary_digest(s->exports.list[x].told);
}

/* Does everybody answer as when it was saved? */
static bool still_holds(const struct solver *s, size_t input)
{
	const struct saved *saved = &s->inputs[input].saved;

	for (size_t i = 0; i < saved->ninputs; i++) {
		const struct saved_input *in = &saved->inputs[i];
		bool unsure;
		uint32_t x = exports_find(&s->exports, in->name, NULL,
					  s->job->inputs[input].image, &unsure);

		if (unsure || answer_of(s, x) != in->answer)
			return false;
	}
	return true;
}

static void decode(void *context, size_t item)
{
	struct solver *s = context;
	uint32_t input = s->work[item];
	struct solving *in = &s->inputs[input];
	struct err *e = &s->failed[item], why;
	struct code_object o;

	in->has_saved = false;
	if (s->job->open(s->job->context, input, &o, &why) < 0 ||
	    object_facts_make(s->job->facts, &o, &in->facts, &why) < 0) {
		/* It is left out; out of memory is no property of it. */
		if (why.code == ERR_NOMEM)
			*e = why;
		return;
	}
	in->own = true;
	if (!in->facts->functions) {
		object_facts_free(in->facts);
		in->facts = NULL;
	}
}

/* As it was before anybody told it anything. */
static void begin_again(void *context, size_t item)
{
	struct solver *s = context;
	struct object_facts *f = s->inputs[s->work[item]].facts;

	if (object_facts_reset(f, &s->failed[item]) == 0)
		s->failed[item].code = ERR_NONE;
}

/* 1: there was something that holds no longer. */
static int decode_stale(struct solver *s, struct err *e)
{
	int r;

	s->nwork = 0;
	for (size_t i = 0; i < s->job->ninputs; i++)
		if (s->inputs[i].has_saved && !still_holds(s, i))
			s->work[s->nwork++] = (uint32_t)i;
	if (!s->nwork)
		return 0;
	if ((r = solver_run(s, decode, e)) < 0)
		return r;
	s->nwork = 0;
	for (size_t i = 0; i < s->job->ninputs; i++)
		if (s->inputs[i].facts)
			s->work[s->nwork++] = (uint32_t)i;
	r = solver_run(s, begin_again, e);
	return r < 0 ? r : 1;
}

/* ---- all of it ---- */

static int start(struct solver *s, struct err *e)
{
	size_t n = s->job->ninputs;

	s->inputs = calloc(n + 1, sizeof(*s->inputs));
	s->work = calloc(n + 1, sizeof(*s->work));
	s->failed = calloc(n + 1, sizeof(*s->failed));
	if (!s->inputs || !s->work || !s->failed)
		return err_nomem(e);
	s->nwork = 0;
	for (size_t i = 0; i < n; i++) {
		const struct solve_input *from = &s->job->inputs[i];
		struct solving *in = &s->inputs[i];

		if (from->facts) {
			in->facts = from->facts->functions ? from->facts : NULL;
			continue;
		}
		in->has_saved = saved_read(s->job->facts, from->saved,
					   from->saved_len, &in->messages.arena,
					   &in->saved, &in->messages);
		if (from->saved && !in->has_saved)
			s->work[s->nwork++] = (uint32_t)i;
	}
	/* Damaged, or of another version. */
	return solver_run(s, decode, e);
}

static void release(struct solver *s)
{
	for (size_t i = 0; s->inputs && i < s->job->ninputs; i++) {
		free(s->inputs[i].asked);
		object_messages_release(&s->inputs[i].messages);
		if (s->inputs[i].own)
			object_facts_free(s->inputs[i].facts);
	}
	free(s->inputs);
	free(s->work);
	free(s->failed);
	exports_release(&s->exports);
	arena_release(&s->arena);
}

static int compare_inputs(const void *pa, const void *pb)
{
	const struct saved_input *a = pa, *b = pb;

	return a->name < b->name ? -1 : a->name > b->name;
}

/* A weak function that another one replaces is nobody's. */
static bool is_linked(const struct solver *s, size_t i)
{
	const struct export *x = &s->exports.list[i];
	bool unsure;

	return !x->weak || exports_find(&s->exports, saved_hash(x->name),
					x->name, x->image, &unsure) == i;
}

/* What f does for others, and others for it. */
static int save(const struct solver *s, size_t input,
		struct object_messages *ret, struct err *e)
{
	const struct solving *in = &s->inputs[input];
	const struct object_facts *f = in->facts;
	struct saved saved = { 0 };
	size_t kept = 0;
	int r;

	saved.exports = calloc(f->o.nsymbols + 1, sizeof(*saved.exports));
	saved.inputs = calloc(f->o.nsymbols + 1, sizeof(*saved.inputs));
	for (uint32_t i = 0; saved.inputs && i < f->o.nsymbols; i++)
		if (facts_asks(f, i))
			saved.inputs[saved.ninputs++] = (struct saved_input){
				saved_hash(f->o.symbols[i].name),
				answer_of(s, in->asked[i]),
			};
	for (size_t i = in->first_export;
	     saved.exports && i < in->first_export + in->nexports; i++) {
		const struct export *x = &s->exports.list[i];

		if (summary_digest(x->told) && is_linked(s, i))
			saved.exports[saved.nexports++] =
				(struct saved_export){ x->name, *x->told };
	}
	if (!saved.exports || !saved.inputs) {
		r = err_nomem(e);
	} else {
		qsort(saved.inputs, saved.ninputs, sizeof(*saved.inputs),
		      compare_inputs);
		for (size_t i = 0; i < saved.ninputs; i++)
			if (!kept ||
			    saved.inputs[kept - 1].name != saved.inputs[i].name)
				saved.inputs[kept++] = saved.inputs[i];
		saved.ninputs = kept;
		r = saved_write(s->job->facts, &saved, ret, e);
	}
	free(saved.exports);
	free(saved.inputs);
	return r;
}

static int give_one(const struct solver *s, size_t i,
		    struct object_messages *ret, struct err *e)
{
	const struct solve_input *from = &s->job->inputs[i];
	struct solving *in = &s->inputs[i];
	unsigned char *copy;
	int r;

	if (in->has_saved) {
		*ret = in->messages;
		in->messages = (struct object_messages){ .arena = ARENA_INIT };
		copy = arena_alloc(&ret->arena, from->saved_len);
		if (!copy)
			return err_nomem(e);
		memcpy(copy, from->saved, from->saved_len);
		ret->saved = copy;
		ret->saved_len = from->saved_len;
		return 0;
	}
	if (!in->facts)
		return from->facts ? output_messages(from->facts, ret, e) : 0;
	r = output_messages(in->facts, ret, e);
	return r < 0 ? r : save(s, i, ret, e);
}

/* On one thread: what is freed on others is used again. */
static int give(const struct solver *s, struct object_messages **ret,
		struct err *e)
{
	size_t n = s->job->ninputs;
	struct object_messages *list = calloc(n + 1, sizeof(*list));
	int r = list ? 0 : err_nomem(e);

	for (size_t i = 0; i < n && r == 0; i++)
		r = give_one(s, i, &list[i], e);
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
	int r = start(&s, e);

	while (r == 0 && (r = solver_settle(&s, e)) == 0) {
		r = decode_stale(&s, e);
		if (r <= 0)
			break;
		r = 0;
	}
	if (r == 0)
		r = give(&s, ret, e);
	release(&s);
	return r;
}
