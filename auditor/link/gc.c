/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/gc.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

struct marking {
	struct link_work *w;
	/* The global symbols of the inputs, also of what the script discards:
	 * the way may lead through it.  Of each: the section that defines it. */
	struct intern globals;
	uint32_t *definer;
	bool *bounded;	 /* of each name: __start_ of it was met */
	uint32_t *stack; /* live, what they need not yet looked at */
	size_t depth;
	bool lld;
};

static void mark(struct marking *m, uint32_t sec)
{
	/* Dropped: the image has none of its symbols. */
	if (sec == NO_SEC || m->w->secs[sec].live || m->w->secs[sec].dropped)
		return;
	m->w->secs[sec].live = true;
	m->stack[m->depth++] = sec;
}

/* The section of the input that is its record's section `index`. */
static uint32_t find_section(const struct link_work *w, uint32_t input,
			     uint32_t index)
{
	uint32_t low = w->first[input], high = w->first[input + 1];

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (w->secs[mid].section < index)
			low = mid + 1;
		else
			high = mid;
	}
	return low < w->first[input + 1] && w->secs[low].section == index
		       ? low
		       : NO_SEC;
}

static bool is_definition(const struct obj_symbol *s)
{
	return s->bind != STB_LOCAL && SYM_IN_SECTION(s);
}

static int find_globals(struct marking *m)
{
	const struct link_job *job = m->w->job;
	size_t n;

	for (uint32_t i = 0; i < job->ninputs; i++) {
		const struct object_record *r = job->inputs[i].record;

		for (size_t k = 0; k < r->nsymbols; k++)
			if (is_definition(&r->symbols[k]) &&
			    intern_borrow(&m->globals, r->symbols[k].name,
					  strlen(r->symbols[k].name)) ==
				    INTERN_NONE)
				return -1;
	}
	n = m->globals.count + 1;
	m->definer = arena_calloc(&m->w->scratch, n, sizeof(*m->definer));
	if (!m->definer)
		return -1;
	memset(m->definer, 0xff, n * sizeof(*m->definer));
	return 0;
}

/* A strong definition goes before a weak one, an earlier before a later. */
static void define(struct marking *m, uint32_t input, bool weak)
{
	const struct object_record *r = m->w->job->inputs[input].record;

	for (size_t k = 0; k < r->nsymbols; k++) {
		const struct obj_symbol *s = &r->symbols[k];
		uint32_t id;

		if (!is_definition(s) || (s->bind == STB_WEAK) != weak)
			continue;
		id = intern_find(&m->globals, s->name, strlen(s->name));
		if (id != INTERN_NONE && m->definer[id] == NO_SEC)
			m->definer[id] = find_section(m->w, input, s->section);
	}
}

static void mark_named_sections(struct marking *m, const char *name, size_t len)
{
	uint32_t id = intern_find(&m->w->names, name, len);

	if (id == INTERN_NONE || m->bounded[id])
		return;
	m->bounded[id] = true;
	for (uint32_t k = 0; k < m->w->nreal; k++)
		if (m->w->secs[k].name == id)
			mark(m, k);
}

static void mark_symbol(struct marking *m, const char *name, size_t len)
{
	static const char *const bounds[] = { "__start_", "__stop_" };
	uint32_t id = intern_find(&m->globals, name, len);

	if (id != INTERN_NONE && m->definer[id] != NO_SEC) {
		mark(m, m->definer[id]);
		return;
	}
	/* GNU ld defines these, and keeps what lies between. */
	for (size_t i = 0; !m->lld && i < 2; i++) {
		size_t start = strlen(bounds[i]);

		if (len > start && memcmp(name, bounds[i], start) == 0)
			mark_named_sections(m, name + start, len - start);
	}
}

/* A symbol that the command line or the script needs is the image's, and
 * proves its section. */
static void mark_roots(struct marking *m)
{
	struct link_work *w = m->w;

	for (uint32_t k = 0; k < w->nreal; k++) {
		const struct in_section *x = &w->secs[k];
		const struct obj_section *sec = link_sec(w, x);

		if ((x->keep && x->state == SEC_PLACED) || x->has_home ||
		    sec->type == SHT_NOTE || sec->flags & SHF_GNU_RETAIN ||
		    !w->job->inputs[x->input].record->references_known)
			mark(m, k);
	}
}

static size_t first_reference(const struct object_record *r, uint32_t from)
{
	size_t low = 0, high = r->nreferences;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (r->references[mid].from < from)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void follow(struct marking *m, const struct in_section *x)
{
	const struct object_record *r = m->w->job->inputs[x->input].record;

	for (size_t i = first_reference(r, x->section);
	     i < r->nreferences && r->references[i].from == x->section; i++) {
		const struct obj_reference *ref = &r->references[i];

		if (ref->name)
			mark_symbol(m, ref->name, strlen(ref->name));
		else
			mark(m, find_section(m->w, x->input, ref->to));
	}
}

int link_gc_mark(struct link_work *w, bool lld, struct err *e)
{
	struct marking m = { .w = w, .lld = lld };

	/* Each section is put there once. */
	m.stack = arena_calloc(&w->scratch, w->nreal + 1, sizeof(*m.stack));
	m.bounded = arena_calloc(&w->scratch, w->names.count + 1,
				 sizeof(*m.bounded));
	if (!m.stack || !m.bounded || find_globals(&m)) {
		intern_release(&m.globals);
		return link_nomem(e);
	}
	for (int weak = 0; weak < 2; weak++)
		for (uint32_t i = 0; i < w->job->ninputs; i++)
			define(&m, i, weak);
	mark_roots(&m);
	while (m.depth)
		follow(&m, &w->secs[m.stack[--m.depth]]);
	intern_release(&m.globals);
	return 0;
}
