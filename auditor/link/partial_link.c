/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/partial_link.h"

#include <elf.h>
#include <string.h>

#include "support/strmap.h"

struct partial_link {
	struct link_input *inputs;
	uint64_t **aligns; /* by input; NULL: as in the record */
	struct arena *arena;
};

static uint64_t align_of(const struct link_input *in, size_t section)
{
	return in->aligns ? in->aligns[section]
			  : in->record->sections[section].align;
}

static int raise_align(struct partial_link *p, uint32_t at, uint32_t section,
		       uint64_t align)
{
	const struct object_record *r = p->inputs[at].record;

	if (align <= align_of(&p->inputs[at], section))
		return 0;
	if (!p->aligns[at]) {
		p->aligns[at] = arena_calloc(p->arena, r->nsections,
					     sizeof(**p->aligns));
		if (!p->aligns[at])
			return -1;
		for (size_t k = 0; k < r->nsections; k++)
			p->aligns[at][k] = r->sections[k].align;
		p->inputs[at].aligns = p->aligns[at];
	}
	p->aligns[at][section] = align;
	return 0;
}

/* firsts: name → input and section of the first of that name. */
static int add_object(struct partial_link *p, uint32_t at,
		      struct strmap *firsts)
{
	const struct object_record *r = p->inputs[at].record;

	for (uint32_t k = 0; k < r->nsections; k++) {
		const struct obj_section *s = &r->sections[k];
		uint64_t *first;
		bool added;

		if (!(s->flags & SHF_ALLOC) || !s->size)
			continue;
		first = strmap_put(firsts, s->name, strlen(s->name),
				   (uint64_t)at << 32 | k, &added);
		if (!first ||
		    raise_align(p, (uint32_t)(*first >> 32), (uint32_t)*first,
				align_of(&p->inputs[at], k)))
			return -1;
	}
	return 0;
}

static int align_group(struct partial_link *p,
		       const struct partial_link_group *g)
{
	struct strmap firsts = STRMAP_INIT;
	int r = 0;

	for (uint32_t i = g->first; i < g->first + g->count && !r; i++)
		if (p->inputs[i].record)
			r = add_object(p, i, &firsts);
	strmap_release(&firsts);
	return r;
}

/* One of all objects has no others beside it: the replay tries that itself. */
static bool holds_all(const struct link_input *inputs, size_t ninputs,
		      const struct partial_link_group *g)
{
	for (size_t i = 0; i < ninputs; i++) {
		bool within = i >= g->first && i - g->first < g->count;

		if (!within && !inputs[i].linktime)
			return false;
	}
	return true;
}

int partial_link_apply(struct link_input *inputs, size_t ninputs,
		       const struct partial_link_group *groups, size_t ngroups,
		       struct arena *arena, struct err *e)
{
	struct partial_link p = { .inputs = inputs, .arena = arena };

	if (!ngroups)
		return 0;
	p.aligns = arena_calloc(arena, ninputs + 1, sizeof(*p.aligns));
	if (!p.aligns)
		return err_nomem(e);
	for (size_t n = 0; n < ngroups; n++) {
		const struct partial_link_group *g = &groups[n];

		if (align_group(&p, g))
			return err_nomem(e);
		/* The outermost comes last, and counts. */
		if (holds_all(inputs, ninputs, g))
			continue;
		for (uint32_t i = g->first; i < g->first + g->count; i++)
			inputs[i].partial_link_group = (uint32_t)n + 1;
	}
	return 0;
}
