/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/verify.h"

#include <elf.h>
#include <string.h>

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
