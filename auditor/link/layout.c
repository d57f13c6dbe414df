/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/layout.h"

#include <elf.h>
#include <string.h>

#include "link/lines.h"
#include "link/map/read.h"
#include "link/script/place.h"
#include "link/verify.h"
#include "link/work.h"

/* Neither map nor script: what symbols tell, and nothing else. */
static void place_by_symbols(struct link_work *w)
{
	const struct object_record *image = w->job->image;

	link_work_reset(w);
	link_find_symbol_addrs(w);
	for (size_t i = 0; i < w->nreal; i++) {
		struct in_section *x = &w->secs[i];

		uint32_t k = x->symbol_output;

		if (!x->has_symbol_addr || k >= image->nsections ||
		    !(image->sections[k].flags & SHF_ALLOC) ||
		    x->symbol_addr < w->outs[k].start ||
		    x->symbol_addr >= w->outs[k].end)
			continue;
		x->output = k;
		x->addr = x->symbol_addr;
		x->state = SEC_PLACED;
		x->moved = true;
		w->outs[k].nsecs++;
	}
}

/* Every section is where it is. */
static void place_linked_only(struct link_work *w)
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
	int r = 0;

	if (w->job->linked_only) {
		place_linked_only(w);
		link_verify_layout(w);
		return link_finish(w, e);
	}
	r = linkmap_place(w, e);
	if (r > 0) {
		w->layout->source = LAYOUT_MAP;
	} else if (!r) {
		r = script_place(w, e);
		if (r > 0)
			w->layout->source = LAYOUT_SCRIPT;
	}
	if (r < 0)
		return r;
	if (!r) {
		place_by_symbols(w);
		r = link_remark(
			w, e,
			"neither the linker's map nor its script is there: only sections with global symbols could be placed");
		if (r)
			return r;
	}
	link_verify_layout(w);
	return link_finish(w, e);
}

int link_layout_compute(const struct link_job *job, struct layout *ret,
			struct err *e)
{
	struct layout layout = { 0 };
	struct link_work w;
	int r = link_work_init(&w, job, &layout, e);

	if (r)
		return r;
	r = compute(&w, e);
	link_work_release(&w);
	if (r)
		layout_release(&layout);
	else
		*ret = layout;
	return r;
}
