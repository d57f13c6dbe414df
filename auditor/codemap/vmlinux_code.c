/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codemap/vmlinux_code.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

/* An executable section of a member, as placed. */
struct code_place {
	struct blob_place blob;
	const struct object_record *record;
	bool confirmed; /* vmlinux has a symbol of it at the expected address */
};

struct collecting {
	const struct object_record *vmlinux;
	struct code_place *places; /* by address */
	size_t nplaces;
	const struct obj_section **code; /* of vmlinux */
	size_t ncode;
	const struct obj_symbol **symbols; /* of no member; by address */
	size_t nsymbols;
};

static bool is_code(const struct obj_section *s)
{
	const uint64_t both = SHF_ALLOC | SHF_EXECINSTR;

	return (s->flags & both) == both;
}

static int compare_places(const void *pa, const void *pb)
{
	const struct blob_place *a = &((const struct code_place *)pa)->blob;
	const struct blob_place *b = &((const struct code_place *)pb)->blob;

	if (a->addr != b->addr)
		return a->addr < b->addr ? -1 : 1;
	if (a->member != b->member)
		return a->member < b->member ? -1 : 1;
	return a->section < b->section ? -1 : a->section > b->section;
}

/* Placements count only the members that have a record. */
static int collect_places(struct collecting *w, const struct layout *l,
			  const struct object_record *const *members,
			  size_t nmembers)
{
	size_t member = 0, input = 0;

	w->places = calloc(l->nplacements + 1, sizeof(*w->places));
	if (!w->places)
		return -1;
	for (size_t i = 0; i < l->nplacements; i++) {
		const struct placement *p = &l->placements[i];
		const struct obj_section *sec;

		for (; member < nmembers; member++) {
			if (!members[member])
				continue;
			if (input == p->input)
				break;
			input++;
		}
		if (member == nmembers)
			break;
		if (p->section >= members[member]->nsections)
			continue;
		sec = &members[member]->sections[p->section];
		if (p->output == PLACED_NOWHERE || !p->size || !is_code(sec))
			continue;
		w->places[w->nplaces++] = (struct code_place){
			.blob = { p->addr, p->size, (uint32_t)member,
				  p->section, p->size != sec->size },
			.record = members[member],
		};
	}
	qsort(w->places, w->nplaces, sizeof(*w->places), compare_places);
	return 0;
}

/* ---- symbols that no member explains ---- */

/* Whether the section of the place has a symbol of that name there. */
static bool place_has(const struct code_place *p, uint64_t addr,
		      const char *name)
{
	const struct object_record *r = p->record;
	uint64_t value = addr - p->blob.addr;
	size_t low = 0, high = r->nsymbols;

	/* Symbols are sorted by section and value. */
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct obj_symbol *s = &r->symbols[mid];

		if (s->section < p->blob.section ||
		    (s->section == p->blob.section && s->value < value))
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < r->nsymbols; low++) {
		const struct obj_symbol *s = &r->symbols[low];

		if (s->section != p->blob.section || s->value != value)
			return false;
		if (strcmp(s->name, name) == 0)
			return true;
	}
	return false;
}

static bool is_explained(struct collecting *w, const struct obj_symbol *s)
{
	size_t low = 0, high = w->nplaces;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (w->places[mid].blob.addr <= s->value)
			low = mid + 1;
		else
			high = mid;
	}
	/* In the last place that begins at or before it, or at the end of
	 * the one before. */
	for (size_t i = low; i > 0 && low - i < 3; i--) {
		struct code_place *p = &w->places[i - 1];

		if (s->value - p->blob.addr <= p->blob.size &&
		    place_has(p, s->value, s->name)) {
			p->confirmed = true;
			return true;
		}
	}
	return false;
}

/* In the code, or a label of the script at its edge (_etext belongs to what
 * follows it, or to nothing). */
static bool is_in_code(const struct collecting *w, const struct obj_symbol *s)
{
	for (size_t i = 0; i < w->ncode; i++) {
		const struct obj_section *sec = w->code[i];
		uint64_t at = s->value - sec->addr;

		if ((SYM_IN_SECTION(s) &&
		     &w->vmlinux->sections[s->section] == sec) ||
		    at < sec->size ||
		    (at == sec->size && !s->size && s->type == STT_NOTYPE))
			return true;
	}
	return false;
}

static int compare_symbols(const void *pa, const void *pb)
{
	const struct obj_symbol *a = *(const struct obj_symbol *const *)pa;
	const struct obj_symbol *b = *(const struct obj_symbol *const *)pb;

	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return strcmp(a->name, b->name);
}

static int collect_symbols(struct collecting *w)
{
	const struct object_record *v = w->vmlinux;

	w->symbols = calloc(v->nsymbols + 1, sizeof(*w->symbols));
	w->code = calloc(v->nsections + 1, sizeof(*w->code));
	if (!w->symbols || !w->code)
		return -1;
	for (size_t i = 0; i < v->nsections; i++)
		if (is_code(&v->sections[i]))
			w->code[w->ncode++] = &v->sections[i];
	for (size_t i = 0; i < v->nsymbols; i++) {
		const struct obj_symbol *s = &v->symbols[i];

		if (s->section != SYM_SECTION_UNDEF &&
		    s->section != SYM_SECTION_COMMON && is_in_code(w, s) &&
		    !is_explained(w, s))
			w->symbols[w->nsymbols++] = s;
	}
	qsort(w->symbols, w->nsymbols, sizeof(*w->symbols), compare_symbols);
	return 0;
}

/* Whether the layout is wrong about a place: functions that the linker
 * cannot have dropped are not there.  Then the place is better left out:
 * vmlinux's own symbols are kept, without an object. */
static bool is_wrong(const struct code_place *p)
{
	const struct object_record *r = p->record;

	for (size_t i = 0; !p->confirmed && i < r->nsymbols; i++) {
		const struct obj_symbol *s = &r->symbols[i];

		if (s->section == p->blob.section && s->type == STT_FUNC &&
		    s->bind != STB_WEAK)
			return true;
	}
	return false;
}

int vmlinux_code_collect(const struct object_record *vmlinux,
			 const struct layout *layout,
			 const struct object_record *const *members,
			 size_t nmembers, struct vmlinux_code *ret,
			 struct err *e)
{
	struct collecting w = { .vmlinux = vmlinux };
	struct vmlinux_code c = { NULL, 0, NULL, 0 };
	int r = 0;

	if (collect_places(&w, layout, members, nmembers) ||
	    (w.nplaces && collect_symbols(&w)))
		r = err_nomem(e);
	c.places = r == 0 ? calloc(w.nplaces + 1, sizeof(*c.places)) : NULL;
	if (r == 0 && !c.places)
		r = err_nomem(e);
	for (size_t i = 0; i < w.nplaces && r == 0; i++)
		if (!is_wrong(&w.places[i]))
			c.places[c.nplaces++] = w.places[i].blob;
	free(w.places);
	free(w.code);
	if (r < 0) {
		free(w.symbols);
		return r;
	}
	c.symbols = w.symbols;
	c.nsymbols = w.nsymbols;
	*ret = c;
	return 0;
}

void vmlinux_code_release(struct vmlinux_code *c)
{
	free(c->places);
	free(c->symbols);
	*c = (struct vmlinux_code){ NULL, 0, NULL, 0 };
}
