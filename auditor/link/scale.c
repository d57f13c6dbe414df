/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sections that the linker edits: where it cannot be computed what is left
 * of them, the image tells at least their sum.
 */
#include "link/scale.h"

#include <string.h>

/* GNU ld drops the CIEs that repeat another. */
bool link_is_eh_frame(const struct link_work *w, const struct in_section *x)
{
	return !x->linker &&
	       strcmp(w->names.list[x->name].text, ".eh_frame") == 0;
}

int link_scale(struct link_work *w,
	       bool (*edited)(const struct link_work *w,
			      const struct in_section *x),
	       uint64_t entry, struct err *e)
{
	uint32_t output = PLACED_NOWHERE;
	uint64_t total = 0, room, seen = 0, given = 0;

	for (size_t k = 0; k < w->nreal; k++) {
		const struct in_section *x = &w->secs[k];

		if (x->state != SEC_PLACED || x->output == PLACED_NOWHERE ||
		    !edited(w, x))
			continue;
		if (output != PLACED_NOWHERE && output != x->output)
			return 0;
		total += x->size;
		output = x->output;
	}
	if (output == PLACED_NOWHERE || !total)
		return 0;
	for (size_t k = 0; k < w->nreal; k++)
		if (w->secs[k].output == output && !edited(w, &w->secs[k]))
			return 0;
	room = w->outs[output].end - w->outs[output].start;
	if (room == total)
		return 0;
	for (size_t k = 0; k < w->nreal; k++) {
		struct in_section *x = &w->secs[k];
		uint64_t upto;

		if (x->output != output || x->state != SEC_PLACED)
			continue;
		seen += x->size;
		upto = seen == total
			       ? room
			       : (uint64_t)((__extension__(unsigned __int128)
						     room *
					     seen) /
					    total) /
					 entry * entry;
		x->size = upto - given;
		given = upto;
	}
	return link_remark(
		w, e,
		"repeated entries in '%s' were taken from the image: its inputs have only approximate sizes",
		w->job->image->sections[output].name);
}
