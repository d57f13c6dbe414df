/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/commons.h"

#include <stdlib.h>

static int compare(const void *x, const void *y)
{
	const struct common_symbol *a = x, *b = y;

	if (a->output != b->output)
		return a->output < b->output ? -1 : 1;
	return (a->addr > b->addr) - (a->addr < b->addr);
}

/* false where it is not all within a section of the image. */
static bool locate(const struct link_work *w, uint32_t id,
		   struct common_symbol *ret)
{
	const struct object_record *image = w->job->image;
	const struct obj_symbol *s = &image->symbols[w->symbol_of[id]];
	const struct out_section *o;

	if (!w->commons[id] || !SYM_IN_SECTION(s))
		return false;
	o = &w->outs[s->section];
	if (s->value < o->start || s->value >= o->end ||
	    s->size > o->end - s->value)
		return false;
	*ret = (struct common_symbol){ s->section, s->value, s->size };
	return true;
}

int commons_find(struct commons *c, struct link_work *w, struct err *e)
{
	size_t nsections = w->job->image->nsections, k = 0;

	*c = (struct commons){ 0 };
	if (!w->ncommons)
		return 0;
	c->list = arena_calloc(&w->scratch, w->ncommons, sizeof(*c->list));
	c->next = arena_calloc(&w->scratch, nsections + 1, sizeof(*c->next));
	if (!c->list || !c->next)
		return err_nomem(e);
	for (uint32_t id = 0; id < w->symbols.count; id++)
		c->n += locate(w, id, &c->list[c->n]);
	if (c->n)
		qsort(c->list, c->n, sizeof(*c->list), compare);
	for (size_t i = 0; i < nsections; i++) {
		while (k < c->n && c->list[k].output < i)
			k++;
		c->next[i] = k;
	}
	return 0;
}

void commons_place(struct commons *c, struct link_work *w, uint32_t output,
		   uint64_t *dot)
{
	struct out_section *o = &w->outs[output];
	uint64_t end = *dot, bytes = 0;
	size_t *next;

	if (!c->n)
		return;
	next = &c->next[output];
	for (; *next < c->n && c->list[*next].output == output; ++*next) {
		const struct common_symbol *s = &c->list[*next];

		if (s->addr < *dot)
			continue;
		bytes += s->size;
		if (s->addr + s->size > end)
			end = s->addr + s->size;
	}
	o->common += bytes;
	if (end - *dot >= bytes)
		o->fill += end - *dot - bytes;
	*dot = end;
}
