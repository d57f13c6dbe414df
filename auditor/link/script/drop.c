/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/script/drop.h"

#include "link/gc.h"

/* An object of which a section is missing and none is proven to be there was
 * not linked: its sections without symbols are not there, either. */
static void drop_absent(struct link_work *w)
{
	for (uint32_t i = 0; w->ndropped && i < w->job->ninputs; i++) {
		bool missing = false, there = false;

		for (uint32_t k = w->first[i]; k < w->first[i + 1]; k++) {
			const struct in_section *x = &w->secs[k];

			missing |= x->dropped;
			there |= x->state == SEC_PLACED && x->has_symbol_addr;
		}
		for (uint32_t k = w->first[i];
		     missing && !there && k < w->first[i + 1]; k++) {
			struct in_section *x = &w->secs[k];

			w->ndropped += x->state != SEC_DISCARDED;
			x->dropped = true;
		}
	}
}

/* What --gc-sections drops, also of what no statement takes. */
static int drop_garbage(struct link_work *w, bool lld, struct err *e)
{
	int r;

	if (!w->job->gc_sections)
		return 0;
	r = link_gc_mark(w, lld, e);
	for (size_t k = 0; !r && k < w->nreal; k++) {
		struct in_section *x = &w->secs[k];

		if (!x->live && x->state != SEC_DISCARDED)
			x->dropped = true;
	}
	return r;
}

/* A member that is linked on demand and of which nothing is kept was not
 * linked: nothing of it was collected. */
static void count_garbage(struct link_work *w)
{
	for (uint32_t i = 0; w->job->gc_sections && i < w->job->ninputs; i++) {
		size_t dropped = 0;
		bool kept = !w->job->inputs[i].on_demand;

		for (uint32_t k = w->first[i]; k < w->first[i + 1]; k++) {
			dropped += w->secs[k].dropped;
			kept |= w->secs[k].live && !w->secs[k].dropped;
		}
		if (kept)
			w->ngarbage += dropped;
	}
}

/* The lists again without those that were dropped later. */
static void unlink_dropped(struct script *s, struct link_work *w)
{
	if (!w->ndropped && !w->job->gc_sections)
		return;
	for (size_t i = 0; i < s->nstmts; i++) {
		struct sec_list *l = &s->stmts[i].secs;
		uint32_t *link = &l->head;

		l->n = 0;
		l->tail = NO_SEC;
		for (uint32_t k = l->head; k != NO_SEC; k = w->secs[k].next) {
			if (w->secs[k].dropped)
				continue;
			*link = k;
			link = &w->secs[k].next;
			l->tail = k;
			l->n++;
		}
		*link = NO_SEC;
	}
	for (size_t k = 0; k < w->nreal; k++) {
		if (!w->secs[k].dropped)
			continue;
		w->secs[k].state = SEC_DISCARDED;
		w->secs[k].output = PLACED_NOWHERE;
	}
}

int script_drop(struct script *s, struct link_work *w, bool lld, struct err *e)
{
	int r = drop_garbage(w, lld, e);

	if (r)
		return r;
	count_garbage(w);
	drop_absent(w);
	unlink_dropped(s, w);
	return 0;
}
