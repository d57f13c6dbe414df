/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/script/order.h"

#include <string.h>

#include "link/partial_layout.h"

/* Puts n sections of the order as "ld -r" does; name_align may be NULL. */
static int join(struct link_work *w, uint32_t *order, size_t n,
		uint64_t *name_align, struct err *e)
{
	struct partial_section *pieces;
	struct partial_layout l;
	uint32_t *met;
	int r;

	pieces = arena_calloc(&w->scratch, n + 1, sizeof(*pieces));
	met = arena_calloc(&w->scratch, n + 1, sizeof(*met));
	if (!pieces || !met)
		return err_nomem(e);
	memcpy(met, order, n * sizeof(*met));
	for (size_t i = 0; i < n; i++) {
		const struct in_section *x = &w->secs[met[i]];

		pieces[i] = (struct partial_section){
			.name = x->name,
			.size = x->size,
			.align = x->linker ? 1 : link_align(w, x),
		};
	}
	r = partial_layout_compute(pieces, n, &w->scratch, &l, e);
	if (r)
		return r;
	for (size_t i = 0; i < n; i++)
		order[i] = met[l.order[i]];
	for (size_t i = 0; name_align && i < l.njoined; i++)
		name_align[l.joined[i].name] = l.joined[i].align;
	return 0;
}

static void add_input(const struct link_work *w, uint32_t input,
		      uint32_t *order, size_t *at)
{
	for (uint32_t k = w->first[input]; k < w->first[input + 1]; k++)
		order[(*at)++] = k;
}

/* The linker's own come after those of the first input. */
static void add_linker_made(const struct link_work *w, uint32_t *order,
			    size_t *at)
{
	for (size_t k = w->nreal; k < w->nsecs; k++)
		order[(*at)++] = (uint32_t)k;
}

static int order_inputs(struct link_work *w, uint32_t *order, struct err *e)
{
	const struct link_input *inputs = w->job->inputs;
	size_t at = 0, start = 0, n = w->job->ninputs;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t group = inputs[i].partial_link_group;

		if (!i || group != inputs[i - 1].partial_link_group)
			start = at;
		add_input(w, i, order, &at);
		if (group &&
		    (i + 1 == n || group != inputs[i + 1].partial_link_group)) {
			int r = join(w, order + start, at - start, NULL, e);

			if (r)
				return r;
		}
		if (!i)
			add_linker_made(w, order, &at);
	}
	return 0;
}

/* Those of the final link stay at the end. */
static int order_composite(struct link_work *w, struct script_order *o,
			   struct err *e)
{
	size_t at = 0, joined;
	int r;

	o->name_align = arena_calloc(&w->scratch, w->names.count + 1,
				     sizeof(*o->name_align));
	if (!o->name_align)
		return err_nomem(e);
	for (uint32_t i = 0; i < w->job->ninputs; i++)
		if (!w->job->inputs[i].linktime)
			add_input(w, i, o->secs, &at);
	joined = at;
	r = join(w, o->secs, joined, o->name_align, e);
	add_linker_made(w, o->secs, &at);
	for (uint32_t i = 0; i < w->job->ninputs; i++)
		if (w->job->inputs[i].linktime)
			add_input(w, i, o->secs, &at);
	return r;
}

int script_order_make(struct link_work *w, bool composite,
		      struct script_order *ret, struct err *e)
{
	struct script_order o = { 0 };
	int r;

	o.secs = arena_calloc(&w->scratch, w->nsecs + 1, sizeof(*o.secs));
	if (!o.secs)
		return err_nomem(e);
	r = composite ? order_composite(w, &o, e) : order_inputs(w, o.secs, e);
	if (!r)
		*ret = o;
	return r;
}
