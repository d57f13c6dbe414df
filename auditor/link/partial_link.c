/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/partial_link.h"

#include <elf.h>
#include <string.h>

#include "link/partial_layout.h"
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
		       uint64_t align, struct err *e)
{
	const struct object_record *r = p->inputs[at].record;

	if (align <= align_of(&p->inputs[at], section))
		return 0;
	if (!p->aligns[at]) {
		p->aligns[at] = arena_calloc(p->arena, r->nsections,
					     sizeof(**p->aligns));
		if (!p->aligns[at])
			return err_nomem(e);
		for (size_t k = 0; k < r->nsections; k++)
			p->aligns[at][k] = r->sections[k].align;
		p->inputs[at].aligns = p->aligns[at];
	}
	p->aligns[at][section] = align;
	return 0;
}

/* The sections of a group that have bytes. */
struct group_sections {
	struct strmap names; /* -> a number for each */
	struct partial_section *v;
	struct origin {
		uint32_t input, section;
	} * origins; /* of each */
	size_t n;
};

static size_t count_sections(const struct partial_link *p,
			     const struct partial_link_group *g)
{
	size_t n = 0;

	for (uint32_t i = g->first; i < g->first + g->count; i++)
		if (p->inputs[i].record)
			n += p->inputs[i].record->nsections;
	return n;
}

static int add_object(struct partial_link *p, uint32_t at,
		      struct group_sections *gs, struct err *e)
{
	const struct object_record *r = p->inputs[at].record;

	for (uint32_t k = 0; k < r->nsections; k++) {
		const struct obj_section *s = &r->sections[k];
		uint64_t *number;
		bool added;

		if (!(s->flags & SHF_ALLOC) || !s->size)
			continue;
		number = strmap_put(&gs->names, s->name, strlen(s->name), gs->n,
				    &added);
		if (!number)
			return err_nomem(e);
		gs->v[gs->n] = (struct partial_section){
			.name = *number,
			.size = s->size,
			.align = align_of(&p->inputs[at], k),
		};
		gs->origins[gs->n++] = (struct origin){ at, k };
	}
	return 0;
}

/* The first of each name is aligned as the section that all became. */
static int raise_firsts(struct partial_link *p, const struct group_sections *gs,
			const struct partial_layout *l, struct err *e)
{
	for (size_t i = 0; i < l->njoined; i++) {
		const struct joined_section *j = &l->joined[i];
		struct origin first = gs->origins[l->order[j->first]];

		if (raise_align(p, first.input, first.section, j->align, e))
			return -ERR_NOMEM;
	}
	return 0;
}

static int align_group(struct partial_link *p,
		       const struct partial_link_group *g, struct err *e)
{
	size_t room = count_sections(p, g) + 1;
	struct arena scratch = ARENA_INIT;
	struct group_sections gs = {
		.names = STRMAP_INIT,
		.v = arena_calloc(&scratch, room, sizeof(*gs.v)),
		.origins = arena_calloc(&scratch, room, sizeof(*gs.origins)),
	};
	struct partial_layout l;
	int r = gs.v && gs.origins ? 0 : err_nomem(e);

	for (uint32_t i = g->first; !r && i < g->first + g->count; i++)
		if (p->inputs[i].record)
			r = add_object(p, i, &gs, e);
	if (!r)
		r = partial_layout_compute(gs.v, gs.n, &scratch, &l, e);
	if (!r)
		r = raise_firsts(p, &gs, &l, e);
	strmap_release(&gs.names);
	arena_release(&scratch);
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

		int r = align_group(&p, g, e);

		if (r)
			return r;
		/* The outermost comes last, and counts. */
		if (holds_all(inputs, ninputs, g))
			continue;
		for (uint32_t i = g->first; i < g->first + g->count; i++)
			inputs[i].partial_link_group = (uint32_t)n + 1;
	}
	return 0;
}
