/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/messages/object_facts.h"

#include <stdlib.h>
#include <string.h>

#include "code/decode/machine.h"
#include "code/messages/known.h"
#include "code/messages/places.h"
#include "code/messages/pool.h"
#include "code/messages/refs.h"
#include "code/messages/summary.h"
#include "code/messages/tables.h"
#include "code/messages/texts.h"

/* ---- cold parts ---- */

/* The function that the cold part i was taken out of: the same name, or the
 * first clone of it. */
static uint32_t owner_of(const struct object_facts *f, uint32_t i,
			 const struct strmap *by_name)
{
	const char *name = facts_symbol_name(f, i);
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
		const char *name = facts_symbol_name(f, i);
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

		if (!known_is_cold(facts_symbol_name(f, i)))
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
			f->functions[i].known = known_find(
				f->job->known, facts_symbol_name(f, i));
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
	int r = analyser_take(f, &a, e);

	if (r < 0)
		return r;
	r = analyse_dirty(a, f, e);
	analyser_give(f, a);
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
		f->functions[i].summary = summary_none();
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
		g->summary = summary_none();
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
