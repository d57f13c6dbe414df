/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/work.h"

#include <elf.h>
#include <stdarg.h>
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
static int index_pairs(struct link_work *w, struct err *e)
{
	size_t capacity = 64;
	uint32_t *tail;

	while (capacity < w->nreal * 2)
		capacity *= 2;
	w->pairs = arena_calloc(&w->scratch, capacity, sizeof(*w->pairs));
	tail = arena_calloc(&w->scratch, capacity, sizeof(*tail));
	if (!w->pairs || !tail)
		return err_nomem(e);
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

static int collect_sections(struct link_work *w, struct err *e)
{
	const struct link_job *job = w->job;
	size_t n = 0;

	for (size_t i = 0; i < job->ninputs; i++)
		n += job->inputs[i].record->nsections;
	if (n >= NO_SEC - 1 || job->ninputs >= NO_SEC)
		return err_nomem(e);
	w->secs = arena_calloc(&w->scratch, n + MADE_SECS_MAX,
			       sizeof(*w->secs));
	w->first = arena_calloc(&w->scratch, job->ninputs + 1,
				sizeof(*w->first));
	if (!w->secs || !w->first)
		return err_nomem(e);
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
				return err_nomem(e);
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
	return index_pairs(w, e);
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

static int collect_image(struct link_work *w, struct err *e)
{
	const struct object_record *r = w->job->image;

	w->outs = arena_calloc(&w->scratch, r->nsections + 1, sizeof(*w->outs));
	w->symbol_of = arena_calloc(&w->scratch, r->nsymbols + 1,
				    sizeof(*w->symbol_of));
	w->commons = arena_calloc(&w->scratch, r->nsymbols + 1,
				  sizeof(*w->commons));
	w->assigned = arena_calloc(&w->scratch, r->nsymbols + 1,
				   sizeof(*w->assigned));
	w->output_of = arena_calloc(&w->scratch, r->nsections + 1,
				    sizeof(*w->output_of));
	if (!w->outs || !w->output_of || !w->symbol_of || !w->commons ||
	    !w->assigned)
		return err_nomem(e);
	for (uint32_t k = 0; k < r->nsections; k++) {
		const char *name = r->sections[k].name;

		size_t before = w->outputs.count;
		uint32_t id = intern_borrow(&w->outputs, name, strlen(name));

		if (id == INTERN_NONE)
			return err_nomem(e);
		/* Of several with one name the first counts. */
		if (w->outputs.count > before)
			w->output_of[id] = k;
	}
	for (uint32_t k = 0; k < r->nsymbols; k++) {
		const struct obj_symbol *s = &r->symbols[k];
		size_t before = w->symbols.count;
		uint32_t id;

		if (!is_global(s))
			continue;
		id = intern_borrow(&w->symbols, s->name, strlen(s->name));
		if (id == INTERN_NONE)
			return err_nomem(e);
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
		w->secs[n].has_symbol_addr = w->secs[n].has_globals = false;
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
			    w->secs[n].has_symbol_addr || w->secs[n].merges)
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
			w->secs[n].has_symbol_addr = true;
			w->secs[n].symbol_addr =
				image->symbols[w->symbol_of[id]].value -
				s->value;
			w->secs[n].symbol_output =
				image->symbols[w->symbol_of[id]].section;
		}
	}
}

int link_work_init(struct link_work *w, const struct link_job *job,
		   struct layout *layout, struct err *e)
{
	uint16_t machine = job->image->machine;
	int r;

	*w = (struct link_work){
		.job = job,
		.layout = layout,
		.relaxes = machine == EM_RISCV || machine == EM_LOONGARCH_,
	};
	r = collect_sections(w, e);
	if (!r)
		r = collect_image(w, e);
	if (r)
		link_work_release(w);
	else
		link_work_reset(w);
	return r;
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
	uint32_t id = intern_find(&w->outputs, name, len);
	uint32_t k = id == INTERN_NONE ? PLACED_NOWHERE : w->output_of[id];

	return k != PLACED_NOWHERE && is_alloc(&w->job->image->sections[k])
		       ? k
		       : PLACED_NOWHERE;
}

int link_remark(struct link_work *w, struct err *e, const char *fmt, ...)
{
	va_list ap;
	int r;

	va_start(ap, fmt);
	r = remarks_vadd(&w->layout->remarks, e, fmt, ap);
	va_end(ap);
	return r;
}

int link_made(struct link_work *w, const char *subject, uint64_t bytes,
	      struct err *e)
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
		return err_nomem(e);
	w->made[w->nmade++] = (struct made){ subject, bytes };
	return 0;
}
