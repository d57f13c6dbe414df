/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/work.h"

#include <elf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

/* Debian 12's elf.h has no EM_LOONGARCH. */
#define EM_LOONGARCH_ 258

static bool is_alloc(const struct obj_section *s)
{
	return (s->flags & SHF_ALLOC) != 0;
}

static size_t pair_slot(const struct link_work *w, uint32_t input,
			uint32_t name)
{
	uint64_t h = ((uint64_t)input << 32 | name) * 0x9e3779b97f4a7c15u;

	return (size_t)(h >> 32) & w->pair_mask;
}

uint32_t link_find_sec(const struct link_work *w, uint32_t input, uint32_t name)
{
	size_t i = pair_slot(w, input, name);

	for (; w->pairs[i] != NO_SEC; i = (i + 1) & w->pair_mask) {
		const struct in_section *s = &w->secs[w->pairs[i]];

		if (s->input == input && s->name == name)
			return w->pairs[i];
	}
	return NO_SEC;
}

/* Sections of one name in one input form a chain in the input's order;
 * pairs[] has its head and, while it is built, tail[] its end. */
static int index_pairs(struct link_work *w)
{
	size_t capacity = 64;
	uint32_t *tail;

	while (capacity < w->nreal * 2)
		capacity *= 2;
	w->pairs = arena_calloc(&w->scratch, capacity, sizeof(*w->pairs));
	tail = arena_calloc(&w->scratch, capacity, sizeof(*tail));
	if (!w->pairs || !tail)
		return -1;
	memset(w->pairs, 0xff, capacity * sizeof(*w->pairs));
	w->pair_mask = capacity - 1;
	for (uint32_t n = 0; n < w->nreal; n++) {
		struct in_section *s = &w->secs[n];
		size_t i = pair_slot(w, s->input, s->name);

		for (; w->pairs[i] != NO_SEC; i = (i + 1) & w->pair_mask) {
			struct in_section *t = &w->secs[tail[i]];

			if (t->input == s->input && t->name == s->name)
				break;
		}
		if (w->pairs[i] == NO_SEC)
			w->pairs[i] = n;
		else
			w->secs[tail[i]].same = n;
		tail[i] = n;
	}
	return 0;
}

static int collect_sections(struct link_work *w)
{
	const struct link_job *job = w->job;
	size_t n = 0;

	for (size_t i = 0; i < job->ninputs; i++)
		n += job->inputs[i].record->nsections;
	if (n >= NO_SEC - 1 || job->ninputs >= NO_SEC)
		return -1;
	w->secs = arena_calloc(&w->scratch, n + MADE_SECS_MAX,
			       sizeof(*w->secs));
	w->first = arena_calloc(&w->scratch, job->ninputs + 1,
				sizeof(*w->first));
	if (!w->secs || !w->first)
		return -1;
	n = 0;
	for (uint32_t i = 0; i < job->ninputs; i++) {
		const struct object_record *r = job->inputs[i].record;

		w->first[i] = (uint32_t)n;
		for (uint32_t k = 0; k < r->nsections; k++) {
			const char *name = r->sections[k].name;
			uint32_t id;

			if (!is_alloc(&r->sections[k]))
				continue;
			id = intern_borrow(&w->names, name, strlen(name));
			if (id == INTERN_NONE)
				return -1;
			w->secs[n++] = (struct in_section){
				.input = i,
				.section = k,
				.name = id,
				.same = NO_SEC,
				.next = NO_SEC,
				.output = PLACED_NOWHERE,
				.merges = r->sections[k].flags & SHF_MERGE,
			};
		}
	}
	w->first[job->ninputs] = (uint32_t)n;
	w->nsecs = w->nreal = n;
	return index_pairs(w);
}

/* Global symbols are unique by name in one link; hidden ones are local in
 * the image, but were global, too. */
static bool is_global(const struct obj_symbol *s)
{
	if (!SYM_IN_SECTION(s) && s->section != SYM_SECTION_ABS)
		return false;
	return s->bind == STB_GLOBAL || s->bind == STB_WEAK ||
	       s->visibility == STV_HIDDEN || s->visibility == STV_INTERNAL;
}

static int collect_image(struct link_work *w)
{
	const struct object_record *r = w->job->image;

	w->outs = arena_calloc(&w->scratch, r->nsections + 1, sizeof(*w->outs));
	w->symbol_of = arena_calloc(&w->scratch, r->nsymbols + 1,
				    sizeof(*w->symbol_of));
	w->commons = arena_calloc(&w->scratch, r->nsymbols + 1,
				  sizeof(*w->commons));
	w->assigned = arena_calloc(&w->scratch, r->nsymbols + 1,
				   sizeof(*w->assigned));
	if (!w->outs || !w->symbol_of || !w->commons || !w->assigned)
		return -1;
	for (uint32_t k = 0; k < r->nsections; k++) {
		const char *name = r->sections[k].name;

		/* A second section of one name keeps the first's id; the
		 * index is found again below. */
		if (intern_borrow(&w->outputs, name, strlen(name)) ==
		    INTERN_NONE)
			return -1;
	}
	for (uint32_t k = 0; k < r->nsymbols; k++) {
		const struct obj_symbol *s = &r->symbols[k];
		size_t before = w->symbols.count;
		uint32_t id;

		if (!is_global(s))
			continue;
		id = intern_borrow(&w->symbols, s->name, strlen(s->name));
		if (id == INTERN_NONE)
			return -1;
		if (w->symbols.count > before)
			w->symbol_of[id] = k;
	}
	return 0;
}

static void note_common(struct link_work *w, const struct obj_symbol *s)
{
	uint32_t id = intern_find(&w->symbols, s->name, strlen(s->name));

	if (id == INTERN_NONE || w->commons[id])
		return;
	w->commons[id] = true;
	w->ncommons++;
}

void link_find_symbol_addrs(struct link_work *w)
{
	const struct object_record *image = w->job->image;

	for (size_t n = 0; n < w->nreal; n++)
		w->secs[n].has_home = w->secs[n].has_globals = false;
	for (uint32_t i = 0; i < w->job->ninputs; i++) {
		const struct object_record *r = w->job->inputs[i].record;
		uint32_t n = w->first[i];

		for (size_t k = 0; k < r->nsymbols; k++) {
			const struct obj_symbol *s = &r->symbols[k];
			uint32_t id;

			if (s->section == SYM_SECTION_COMMON)
				note_common(w, s);
			if (s->bind != STB_GLOBAL || !SYM_IN_SECTION(s))
				continue;
			/* Both are sorted by section. */
			while (n < w->first[i + 1] &&
			       w->secs[n].section < s->section)
				n++;
			if (n == w->first[i + 1] ||
			    w->secs[n].section != s->section ||
			    w->secs[n].has_home || w->secs[n].merges)
				continue;
			/* Code before the symbol may have become shorter. */
			if (w->relaxes && s->value)
				continue;
			id = intern_find(&w->symbols, s->name, strlen(s->name));
			if (id != INTERN_NONE && w->assigned[id])
				continue;
			w->secs[n].has_globals = true;
			if (id == INTERN_NONE)
				continue;
			w->secs[n].has_home = true;
			w->secs[n].home =
				image->symbols[w->symbol_of[id]].value -
				s->value;
		}
	}
}

int link_work_init(struct link_work *w, const struct link_job *job,
		   struct layout *layout, struct err *e)
{
	uint16_t machine = job->image->machine;

	*w = (struct link_work){
		.job = job,
		.layout = layout,
		.relaxes = machine == EM_RISCV || machine == EM_LOONGARCH_,
	};
	if (collect_sections(w) || collect_image(w)) {
		link_work_release(w);
		return link_nomem(e);
	}
	link_work_reset(w);
	return 0;
}

void link_work_reset(struct link_work *w)
{
	const struct object_record *image = w->job->image;

	w->nsecs = w->nreal;
	w->nmade = w->ndropped = w->nrelaxed = w->ngarbage = 0;
	for (size_t n = 0; n < w->nsecs; n++) {
		struct in_section *s = &w->secs[n];

		s->next = NO_SEC;
		s->output = PLACED_NOWHERE;
		s->addr = 0;
		s->size = link_sec(w, s)->size;
		s->state = SEC_UNSEEN;
		s->empty = s->moved = s->dropped = false;
		s->keep = s->live = false;
	}
	for (size_t k = 0; k < image->nsections; k++) {
		const struct obj_section *s = &image->sections[k];

		w->outs[k] = (struct out_section){
			.start = s->addr,
			.end = s->addr + s->size,
			.dot = s->addr,
			.load = s->addr,
		};
	}
}

void link_work_release(struct link_work *w)
{
	intern_release(&w->names);
	intern_release(&w->outputs);
	intern_release(&w->symbols);
	free(w->made);
	arena_release(&w->scratch);
}

bool link_symbol(const struct link_work *w, const char *name, size_t len,
		 uint64_t *ret_value)
{
	uint32_t id = intern_find(&w->symbols, name, len);

	if (id == INTERN_NONE)
		return false;
	*ret_value = w->job->image->symbols[w->symbol_of[id]].value;
	return true;
}

uint32_t link_output(const struct link_work *w, const char *name, size_t len)
{
	const struct object_record *image = w->job->image;
	uint32_t id = intern_find(&w->outputs, name, len);

	if (id == INTERN_NONE)
		return PLACED_NOWHERE;
	/* Ids equal indices unless a name occurs twice, which no kernel's
	 * does: then the id is below the index. */
	for (size_t k = id; k < image->nsections; k++) {
		const char *x = image->sections[k].name;

		if (strlen(x) == len && memcmp(x, name, len) == 0)
			return is_alloc(&image->sections[k]) ? (uint32_t)k
							     : PLACED_NOWHERE;
	}
	return PLACED_NOWHERE;
}

int link_remark(struct link_work *w, const char *fmt, ...)
{
	struct err ignored; /* out of memory is all that can go wrong */
	va_list ap;
	int r;

	va_start(ap, fmt);
	r = remarks_vadd(&w->layout->remarks, &ignored, fmt, ap);
	va_end(ap);
	return r < 0 ? -1 : 0;
}

int link_made(struct link_work *w, const char *subject, uint64_t bytes)
{
	if (!bytes)
		return 0;
	for (size_t i = 0; i < w->nmade; i++) {
		if (strcmp(w->made[i].subject, subject) == 0) {
			w->made[i].bytes += bytes;
			return 0;
		}
	}
	/* No linker makes so many: the rest goes with the last. */
	if (w->nmade == 256) {
		w->made[255].bytes += bytes;
		return 0;
	}
	if (grow_room((void **)&w->made, w->nmade, &w->made_cap,
		      sizeof(*w->made)))
		return -1;
	w->made[w->nmade++] = (struct made){ subject, bytes };
	return 0;
}
