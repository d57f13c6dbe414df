/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/gc.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "support/u64map.h"

struct marking {
	struct link_work *w;
	/* The global symbols of the inputs, also of what the script discards:
	 * the way may lead through it.  Of each: the section that defines it. */
	struct intern globals;
	uint32_t *definer;
	/* Of each name: its sections not yet kept for a __start_ of it. */
	uint32_t *first_named;
	uint32_t *next_named; /* of each section: another of its name */
	struct u64map met;    /* names of references that were followed */
	uint32_t *stack;      /* live, what they need not yet looked at */
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

/* Arrays that are sorted by a number of a section: how many of the n items are
 * of sections before `section`. */
static size_t count_before(const void *items, size_t n, size_t size,
			   size_t field, uint32_t section)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		uint32_t at;

		memcpy(&at, (const char *)items + mid * size + field,
		       sizeof(at));
		if (at < section)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The section of the input that is its record's section `index`. */
static uint32_t find_section(const struct link_work *w, uint32_t input,
			     uint32_t index)
{
	uint32_t first = w->first[input], n = w->first[input + 1] - first;
	size_t at = count_before(w->secs + first, n, sizeof(*w->secs),
				 offsetof(struct in_section, section), index);

	return at < n && w->secs[first + at].section == index
		       ? first + (uint32_t)at
		       : NO_SEC;
}

static bool is_definition(const struct obj_symbol *s)
{
	return s->bind != STB_LOCAL && SYM_IN_SECTION(s);
}

static int find_globals(struct marking *m, struct err *e)
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
				return err_nomem(e);
	}
	n = m->globals.count + 1;
	m->definer = arena_calloc(&m->w->scratch, n, sizeof(*m->definer));
	if (!m->definer)
		return err_nomem(e);
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

static int chain_names(struct marking *m, struct err *e)
{
	struct link_work *w = m->w;
	size_t n = w->names.count;

	m->first_named = arena_calloc(&w->scratch, n + 1,
				      sizeof(*m->first_named));
	m->next_named = arena_calloc(&w->scratch, w->nreal + 1,
				     sizeof(*m->next_named));
	if (!m->first_named || !m->next_named)
		return err_nomem(e);
	memset(m->first_named, 0xff, n * sizeof(*m->first_named));
	for (uint32_t k = (uint32_t)w->nreal; k-- > 0;) {
		m->next_named[k] = m->first_named[w->secs[k].name];
		m->first_named[w->secs[k].name] = k;
	}
	return 0;
}

static void mark_named_sections(struct marking *m, const char *name, size_t len)
{
	uint32_t id = intern_find(&m->w->names, name, len);

	if (id == INTERN_NONE)
		return;
	for (uint32_t k = m->first_named[id]; k != NO_SEC; k = m->next_named[k])
		mark(m, k);
	m->first_named[id] = NO_SEC;
}

static void mark_symbol(struct marking *m, const char *name, size_t len)
{
	static const char *const bounds[] = { "__start_", "__stop_" };
	uint32_t id = intern_find(&m->globals, name, len);

	if (id != INTERN_NONE && m->definer[id] != NO_SEC) {
		mark(m, m->definer[id]);
		return;
	}
	/* GNU ld defines these, and keeps what is between them. */
	for (size_t i = 0; !m->lld && i < 2; i++) {
		size_t start = strlen(bounds[i]);

		if (len > start && memcmp(name, bounds[i], start) == 0)
			mark_named_sections(m, name + start, len - start);
	}
}

/* References to one symbol share its name: what it needs is marked with the
 * first of them. */
static int mark_name(struct marking *m, const char *name, struct err *e)
{
	uint64_t key = (uint64_t)(uintptr_t)name;

	if (u64map_get(&m->met, key) != U64MAP_NONE)
		return 0;
	if (u64map_put(&m->met, key, 0))
		return err_nomem(e);
	mark_symbol(m, name, strlen(name));
	return 0;
}

/* A symbol that the command line or the script needs is the image's, and
 * proves its section. */
static void mark_roots(struct marking *m)
{
	struct link_work *w = m->w;

	for (uint32_t k = 0; k < w->nreal; k++) {
		const struct in_section *x = &w->secs[k];
		const struct obj_section *sec = link_sec(w, x);

		if ((x->keep && x->state == SEC_PLACED) || x->has_symbol_addr ||
		    sec->type == SHT_NOTE || sec->flags & SHF_GNU_RETAIN ||
		    !w->job->inputs[x->input].record->references_known)
			mark(m, k);
	}
}

static int follow(struct marking *m, const struct in_section *x, struct err *e)
{
	const struct object_record *r = m->w->job->inputs[x->input].record;

	for (size_t i = count_before(r->references, r->nreferences,
				     sizeof(*r->references),
				     offsetof(struct obj_reference, from),
				     x->section);
	     i < r->nreferences && r->references[i].from == x->section; i++) {
		const struct obj_reference *ref = &r->references[i];

		if (!ref->name)
			mark(m, find_section(m->w, x->input, ref->to));
		else if (mark_name(m, ref->name, e))
			return -ERR_NOMEM;
	}
	return 0;
}

static int mark_all(struct marking *m, struct err *e)
{
	struct link_work *w = m->w;
	int r = 0;

	for (int weak = 0; weak < 2; weak++)
		for (uint32_t i = 0; i < w->job->ninputs; i++)
			define(m, i, weak);
	mark_roots(m);
	while (!r && m->depth)
		r = follow(m, &w->secs[m->stack[--m->depth]], e);
	return r;
}

int link_gc_mark(struct link_work *w, bool lld, struct err *e)
{
	struct marking m = { .w = w, .lld = lld, .met = U64MAP_INIT };
	int r;

	/* Each section is put there once. */
	m.stack = arena_calloc(&w->scratch, w->nreal + 1, sizeof(*m.stack));
	r = m.stack ? find_globals(&m, e) : err_nomem(e);
	if (!r)
		r = chain_names(&m, e);
	if (!r)
		r = mark_all(&m, e);
	intern_release(&m.globals);
	u64map_release(&m.met);
	return r;
}
