/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/layout.h"

#include <elf.h>
#include <string.h>

#include "link/work.h"

/*
 * The layout's proof: a section has its symbols where the image has them.
 * A section that was moved to where its symbols are did not agree.
 */
void link_verify_layout(struct link_work *w)
{
	const struct object_record *image = w->job->image;
	struct layout *l = w->layout;

	for (uint32_t i = 0; i < w->job->ninputs; i++) {
		const struct object_record *r = w->job->inputs[i].record;
		uint32_t n = w->first[i];

		for (size_t k = 0; k < r->nsymbols; k++) {
			const struct obj_symbol *s = &r->symbols[k];
			const struct in_section *x;
			uint32_t id;

			if (s->bind != STB_GLOBAL || !SYM_IN_SECTION(s))
				continue;
			while (n < w->first[i + 1] &&
			       w->secs[n].section < s->section)
				n++;
			if (n == w->first[i + 1])
				break;
			x = &w->secs[n];
			if (x->section != s->section || x->merges ||
			    x->output == PLACED_NOWHERE ||
			    (w->relaxes && s->value))
				continue;
			id = intern_find(&w->symbols, s->name, strlen(s->name));
			if (id == INTERN_NONE || w->assigned[id])
				continue;
			l->checked++;
			l->agreed +=
				!x->moved &&
				x->addr + s->value ==
					image->symbols[w->symbol_of[id]].value;
		}
	}
}

/* Neither map nor script: what symbols tell, and nothing else. */
static void place_by_symbols(struct link_work *w)
{
	const struct object_record *image = w->job->image;

	link_work_reset(w);
	link_find_symbol_addrs(w);
	for (size_t i = 0; i < w->nreal; i++) {
		struct in_section *x = &w->secs[i];

		for (size_t k = 0; x->has_home && k < image->nsections; k++) {
			if (!(image->sections[k].flags & SHF_ALLOC) ||
			    x->home < w->outs[k].start ||
			    x->home >= w->outs[k].end)
				continue;
			x->output = (uint32_t)k;
			x->addr = x->home;
			x->state = SEC_PLACED;
			x->moved = true;
			w->outs[k].nsecs++;
			break;
		}
	}
}

/* Every section is where it is. */
static void place_whole(struct link_work *w)
{
	const struct object_record *image = w->job->image;

	link_work_reset(w);
	for (size_t i = 0; i < w->nreal; i++) {
		struct in_section *x = &w->secs[i];

		if (x->section >= image->nsections)
			continue;
		x->output = x->section;
		x->addr = image->sections[x->section].addr;
		x->state = SEC_PLACED;
		w->outs[x->output].nsecs++;
	}
}

static int compute(struct link_work *w, struct err *e)
{
	int rc = 0;

	if (w->job->whole) {
		place_whole(w);
		link_verify_layout(w);
		return link_finish(w, e);
	}
	rc = link_map_place(w, e);
	if (rc > 0) {
		w->layout->source = LAYOUT_MAP;
	} else if (!rc) {
		rc = link_script_place(w, e);
		if (rc > 0)
			w->layout->source = LAYOUT_SCRIPT;
	}
	if (rc < 0)
		return rc;
	if (!rc) {
		place_by_symbols(w);
		if (link_remark(
			    w,
			    "neither the linker's map nor its script is there: only sections with global symbols could be placed"))
			return link_nomem(e);
	}
	link_verify_layout(w);
	return link_finish(w, e);
}

int link_layout_compute(const struct link_job *job, struct layout *ret,
			struct err *e)
{
	struct layout layout = { 0 };
	struct link_work w;
	int rc = link_work_init(&w, job, &layout, e);

	if (rc)
		return rc;
	rc = compute(&w, e);
	link_work_release(&w);
	if (rc)
		layout_release(&layout);
	else
		*ret = layout;
	return rc;
}
