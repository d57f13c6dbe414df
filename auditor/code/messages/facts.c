/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/messages/facts.h"

#include <stdlib.h>
#include <string.h>

/* ---- places ---- */

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

/* ---- which function ---- */

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

static const char *symbol_name(const struct object_facts *f, uint32_t function)
{
	return f->o.symbols[f->o.functions[function].symbol].name;
}

const char *facts_name(const struct object_facts *f, uint32_t function,
		       size_t *len)
{
	const char *name = symbol_name(f, function);

	*len = known_base_length(name);
	return name;
}

const char *facts_callee_name(const struct object_facts *f, uint32_t callee,
			      struct arena *a)
{
	const char *name = "";

	if (callee != UINT32_MAX && callee & CALLEE_LOCAL)
		name = symbol_name(f, callee & ~CALLEE_LOCAL);
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

/* ---- cold parts ---- */

/* The function that the cold part i was taken out of: the same name, or the
 * first clone of it. */
static uint32_t owner_of(const struct object_facts *f, uint32_t i,
			 const struct strmap *by_name)
{
	const char *name = symbol_name(f, i);
	const char *cold = strstr(name, ".cold");
	uint64_t owner;

	if (strmap_get(by_name, name, (size_t)(cold - name), &owner))
		return (uint32_t)owner;
	return i;
}

static int join_parts(struct object_facts *f, struct err *e)
{
	struct strmap by_name = STRMAP_INIT;
	int r = 0;

	for (uint32_t i = 0; i < f->o.nfunctions && r == 0; i++) {
		const char *name = symbol_name(f, i);
		bool added;

		f->functions[i].owner = i;
		f->functions[i].first_part = f->functions[i].next_part =
			UINT32_MAX;
		if (!known_is_cold(name) &&
		    !strmap_put(&by_name, name, strlen(name), i, &added))
			r = err_nomem(e);
	}
	for (uint32_t i = 0; i < f->o.nfunctions && r == 0; i++) {
		struct function *g = &f->functions[i];

		if (!known_is_cold(symbol_name(f, i)))
			continue;
		g->owner = owner_of(f, i, &by_name);
		if (g->owner == i)
			continue;
		g->next_part = f->functions[g->owner].first_part;
		f->functions[g->owner].first_part = i;
	}
	strmap_release(&by_name);
	return r;
}

/* ---- making ---- */

static int find_known(struct object_facts *f, struct err *e)
{
	const struct code_object *o = &f->o;

	f->known = arena_calloc(&f->o.arena, o->nsymbols + 1,
				sizeof(*f->known));
	f->answers = arena_calloc(&f->o.arena, o->nsymbols + 1,
				  sizeof(*f->answers));
	if (!f->known || !f->answers)
		return err_nomem(e);
	for (size_t i = 0; i < o->nsymbols; i++)
		if (o->symbols[i].section == CODE_SECTION_NONE &&
		    *o->symbols[i].name)
			f->known[i] = known_find(f->job->known,
						 o->symbols[i].name);
	for (uint32_t i = 0; i < o->nfunctions; i++)
		if (o->symbols[o->functions[i].symbol].global)
			f->functions[i].known = known_find(f->job->known,
							   symbol_name(f, i));
	return 0;
}

/* A text with %pV is printed for others: what it is given is a format. */
static void mark_nested(struct object_facts *f)
{
	const struct code_object *o = &f->o;

	for (size_t i = 0; i < o->nsections; i++) {
		const struct code_section *s = &o->sections[i];

		if (!s->code || !s->bytes)
			continue;
		for (size_t k = 0; k < s->nrelocs; k++) {
			uint64_t at = facts_place_of(f, &s->relocs[k]);
			const char *text = at ? text_at(o, at) : NULL;
			uint32_t function;

			if (!text || !strstr(text, "%pV"))
				continue;
			function = facts_function_around(
				f, CODE_AT(i, s->relocs[k].offset));
			if (function != UINT32_MAX)
				f->functions[f->functions[function].owner]
					.seed = true;
		}
	}
}

static bool has_nested(const struct code_object *o)
{
	for (size_t i = 0; i < o->nsections; i++)
		if (o->sections[i].bytes && !o->sections[i].code &&
		    memmem(o->sections[i].bytes, o->sections[i].size, "%pV", 3))
			return true;
	return false;
}

static void mark_seeds(struct object_facts *f)
{
	if (has_nested(&f->o))
		mark_nested(f);
	for (uint32_t i = 0; i < f->o.nfunctions; i++) {
		const struct function *g = &f->functions[i];

		for (uint32_t k = 0; k < g->nrefs; k++) {
			uint32_t ref = f->refs[g->first_ref + k];
			const struct known_function *known =
				ref & CALLEE_LOCAL
					? f->functions[ref & ~CALLEE_LOCAL]
						  .known
					: f->known[ref];

			if (known && known_is_seed(known))
				f->functions[g->owner].seed = true;
		}
		if (g->seed)
			f->functions[g->owner].dirty = true;
	}
	for (uint32_t i = 0; i < f->o.nfunctions; i++)
		f->functions[i].dirty |= f->functions[i].seed;
}

static int look(struct object_facts *f, struct err *e)
{
	struct analyser *a;
	int r = analyser_open(f, &a, e);

	if (r < 0)
		return r;
	r = analyse_dirty(a, f, e);
	analyser_close(a);
	return r;
}

static int make(struct object_facts *f, struct err *e)
{
	int r;

	f->m = machine_of_isa(f->o.isa);
	if (!f->m || f->o.big_endian)
		return 0;
	f->functions = arena_calloc(&f->o.arena, f->o.nfunctions + 1,
				    sizeof(*f->functions));
	if (!f->functions)
		return err_nomem(e);
	for (size_t i = 0; i < f->o.nfunctions; i++)
		f->functions[i].summary = &summary_nothing;
	if ((r = join_parts(f, e)) < 0 || (r = find_known(f, e)) < 0 ||
	    (r = facts_find_refs(f, e)) < 0 ||
	    (r = facts_read_tables(f, e)) < 0)
		return r;
	mark_seeds(f);
	return look(f, e);
}

int object_facts_reset(struct object_facts *f, struct err *e)
{
	memset(f->answers, 0, f->o.nsymbols * sizeof(*f->answers));
	for (uint32_t i = 0; i < f->o.nfunctions; i++) {
		struct function *g = &f->functions[i];

		free(g->findings);
		g->findings = NULL;
		g->nfindings = 0;
		g->dirty = g->seed;
		g->analysed = g->cut_off = false;
		g->changes = 0;
		g->summary = &summary_nothing;
	}
	return look(f, e);
}

int object_facts_make(const struct facts_job *job, struct code_object *o,
		      struct object_facts **ret, struct err *e)
{
	struct object_facts *f = calloc(1, sizeof(*f));
	int r;

	if (!f) {
		code_object_release(o);
		return err_nomem(e);
	}
	f->o = *o;
	f->job = job;
	r = make(f, e);
	if (r < 0)
		object_facts_free(f);
	else
		*ret = f;
	return r;
}

void object_facts_free(struct object_facts *f)
{
	if (!f)
		return;
	for (size_t i = 0; f->functions && i < f->o.nfunctions; i++)
		free(f->functions[i].findings);
	code_object_release(&f->o);
	free(f);
}
