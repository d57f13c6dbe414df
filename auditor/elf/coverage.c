/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/coverage.h"

/*
 * One sweep over the symbols, which are sorted by start, the longer first.
 * A byte goes to the first symbol that reaches it: an alias (same start and
 * size) and a symbol nested in another get nothing, one that overlaps the
 * end of another gets the rest.
 */
void coverage_compute(struct object_record *r)
{
	uint32_t current = SYM_SECTION_UNDEF;
	uint64_t covered = 0; /* offset up to which bytes are given away */

	for (size_t i = 0; i < r->nsections; i++)
		r->sections[i].unattributed = r->sections[i].size;
	for (size_t i = 0; i < r->nsymbols; i++) {
		struct obj_symbol *s = &r->symbols[i];
		struct obj_section *sec;
		uint64_t start, end;

		s->own = 0;
		if (!SYM_IN_SECTION(s))
			break;
		sec = &r->sections[s->section];
		if (s->section != current) {
			current = s->section;
			covered = 0;
		}
		if (s->value < sec->addr || s->value - sec->addr >= sec->size)
			continue; /* a label at or past the section's end */
		start = s->value - sec->addr;
		end = s->size > sec->size - start ? sec->size : start + s->size;
		if (start < covered)
			start = covered;
		if (end <= start)
			continue;
		s->own = end - start;
		sec->unattributed -= s->own;
		covered = end;
	}
}
