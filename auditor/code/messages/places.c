/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/messages/places.h"

uint64_t facts_place_of(const struct object_facts *f,
			const struct code_reloc *r)
{
	const struct code_symbol *y = &f->o.symbols[r->symbol];
	int64_t more = r->kind == RELOC_PC ? r->size : 0;

	if (y->section == CODE_SECTION_NONE || y->section >= f->o.nsections)
		return 0;
	return CODE_AT(y->section, y->value + (uint64_t)(r->addend + more));
}

size_t facts_first_reloc(const struct code_section *s, uint64_t offset)
{
	size_t low = 0, high = s->nrelocs;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->relocs[mid].offset < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The last function that begins at or before a place. */
static uint32_t last_before(const struct object_facts *f, uint64_t at)
{
	size_t low = 0, high = f->o.nfunctions;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct code_function *c = &f->o.functions[mid];

		if (CODE_AT(c->section, c->start) <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? (uint32_t)low - 1 : UINT32_MAX;
}

uint32_t facts_function_at(const struct object_facts *f, uint64_t at)
{
	uint32_t i = last_before(f, at);

	if (i == UINT32_MAX ||
	    CODE_AT(f->o.functions[i].section, f->o.functions[i].start) != at)
		return UINT32_MAX;
	return i;
}

uint32_t facts_function_around(const struct object_facts *f, uint64_t at)
{
	uint32_t i = last_before(f, at);
	const struct code_function *c;

	if (i == UINT32_MAX)
		return i;
	c = &f->o.functions[i];
	return c->section == CODE_AT_SECTION(at) &&
			       CODE_AT_OFFSET(at) - c->start < c->size
		       ? i
		       : UINT32_MAX;
}

const char *facts_symbol_name(const struct object_facts *f, uint32_t function)
{
	return f->o.symbols[f->o.functions[function].symbol].name;
}

const char *facts_name(const struct object_facts *f, uint32_t function,
		       size_t *len)
{
	const char *name = facts_symbol_name(f, function);

	*len = known_base_length(name);
	return name;
}

const char *facts_callee_name(const struct object_facts *f, uint32_t callee,
			      struct arena *a)
{
	const char *name = "";

	if (callee != UINT32_MAX && callee & CALLEE_LOCAL)
		name = facts_symbol_name(f, callee & ~CALLEE_LOCAL);
	else if (callee != UINT32_MAX)
		name = f->o.symbols[callee].name;
	return arena_strndup(a, name, known_base_length(name));
}

static bool is_printer(const struct known_function *k, const struct summary *s)
{
	if (k)
		return k->role == KNOWN_PRINTER || k->role == KNOWN_WARNING ||
		       k->role == KNOWN_WRAPPED || k->role == KNOWN_PANIC;
	return s && s->prints_param;
}

bool facts_talks(const struct object_facts *f, uint32_t function)
{
	uint32_t i = function;
	bool talks = false;

	/* With its cold parts. */
	for (; i != UINT32_MAX && !talks;
	     i = i == function ? f->functions[i].first_part
			       : f->functions[i].next_part) {
		const struct function *g = &f->functions[i];

		talks = g->talks;
		for (uint32_t k = 0; k < g->nrefs && !talks; k++) {
			uint32_t ref = f->refs[g->first_ref + k];
			uint32_t local = ref & ~CALLEE_LOCAL;

			talks = ref & CALLEE_LOCAL
					? is_printer(
						  f->functions[local].known,
						  f->functions[local].summary)
					: is_printer(f->known[ref],
						     f->answers[ref]);
		}
	}
	return talks;
}

bool facts_asks(const struct object_facts *f, uint32_t symbol)
{
	const struct code_symbol *y = &f->o.symbols[symbol];

	return y->section == CODE_SECTION_NONE && *y->name && !f->known[symbol];
}

void facts_mark_users(struct object_facts *f, uint32_t function)
{
	const struct function *g = &f->functions[function];

	for (uint32_t i = 0; i < g->nusers; i++)
		f->functions[f->users[g->first_user + i]].dirty = true;
}
