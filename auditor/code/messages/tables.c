/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables that speak of code: static keys, faults that are mended, and which
 * traps are warnings.  Their entries are known by their relocations: how
 * large an entry is differs by machine, era and configuration.
 */
#include "code/messages/tables.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

#define BUGFLAG_WARNING 1

/* The place in code that a relocation stands for; 0: none. */
static uint64_t place_of(const struct object_facts *f,
			 const struct code_reloc *r)
{
	const struct code_symbol *y = &f->o.symbols[r->symbol];

	if ((r->kind != RELOC_ABS && r->kind != RELOC_PC) ||
	    y->section == CODE_SECTION_NONE || y->section >= f->o.nsections ||
	    !f->o.sections[y->section].code)
		return 0;
	return CODE_AT(y->section, y->value + (uint64_t)r->addend);
}

/* Two consecutive places: from, to. */
static int read_pairs(struct object_facts *f, const struct code_section *s,
		      size_t *capacity, struct err *e)
{
	for (size_t i = 0; i + 1 < s->nrelocs; i++) {
		const struct code_reloc *a = &s->relocs[i], *b = a + 1;
		struct cfg_extra x = { place_of(f, a), place_of(f, b) };

		if (b->offset != a->offset + a->size || !x.from || !x.to)
			continue;
		if (grow_room((void **)&f->extras, f->nextras, capacity,
			      sizeof(*f->extras)))
			return err_nomem(e);
		f->extras[f->nextras++] = x;
		i++;
	}
	return 0;
}

/* An entry begins with the trap's place; its flags are its last two bytes
 * but padding, and come after file and line where those are there. */
static int read_bugs(struct object_facts *f, const struct code_section *s,
		     size_t *capacity, struct err *e)
{
	for (size_t i = 0; i < s->nrelocs; i++) {
		const struct code_reloc *r = &s->relocs[i];
		uint64_t at = place_of(f, r), flags = r->offset + r->size;

		if (!at)
			continue;
		if (i + 1 < s->nrelocs && r[1].offset == flags)
			flags += r[1].size + 2U;
		if (flags + 2 > s->size || !(s->bytes[flags] & BUGFLAG_WARNING))
			continue;
		if (grow_room((void **)&f->warnings, f->nwarnings, capacity,
			      sizeof(*f->warnings)))
			return err_nomem(e);
		f->warnings[f->nwarnings++] = at;
	}
	return 0;
}

static int compare_extras(const void *pa, const void *pb)
{
	const struct cfg_extra *a = pa, *b = pb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to < b->to ? -1 : a->to > b->to;
}

static int compare_places(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;

	return a < b ? -1 : a > b;
}

/* What grew with malloc goes where everything else is. */
static void *keep(struct object_facts *f, void *from, size_t size)
{
	void *to = arena_alloc(&f->o.arena, size + 1);

	if (to && size)
		memcpy(to, from, size);
	free(from);
	return to;
}

int facts_read_tables(struct object_facts *f, struct err *e)
{
	size_t pairs = 0, bugs = 0;
	int r = 0;

	for (size_t i = 0; i < f->o.nsections && r == 0; i++) {
		const struct code_section *s = &f->o.sections[i];

		if (!s->name || !s->bytes || !s->nrelocs)
			continue;
		if (strcmp(s->name, "__jump_table") == 0 ||
		    strcmp(s->name, "__ex_table") == 0)
			r = read_pairs(f, s, &pairs, e);
		else if (strcmp(s->name, "__bug_table") == 0)
			r = read_bugs(f, s, &bugs, e);
	}
	if (f->nextras)
		qsort(f->extras, f->nextras, sizeof(*f->extras),
		      compare_extras);
	if (f->nwarnings)
		qsort(f->warnings, f->nwarnings, sizeof(*f->warnings),
		      compare_places);
	f->extras = keep(f, f->extras, f->nextras * sizeof(*f->extras));
	f->warnings = keep(f, f->warnings, f->nwarnings * sizeof(*f->warnings));
	if (r == 0 && (!f->extras || !f->warnings))
		r = err_nomem(e);
	return r;
}
