/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The placements and the reconcile lines of a layout.
 */
#include "link/lines.h"

#include <elf.h>
#include <string.h>

#include "link/lifetime_by_name.h"

/* Sums over the inputs' sections, by section of the image.  All sums here
 * are modulo 2^64: the sizes may be a liar's. */
struct sums {
	uint64_t *merged;
	uint64_t discarded;
	size_t lost; /* sections that neither map nor script speaks of */
};

struct line_list {
	struct link_work *w;
	struct link_line *v;
	size_t n, cap;
	uint64_t total;
	bool failed;
};

/* Subjects are copied: the job's records and paths are borrowed. */
static void add(struct line_list *l, enum link_line_kind kind,
		const char *subject, int64_t bytes)
{
	const char *copy = *subject
				   ? arena_strdup(&l->w->layout->arena, subject)
				   : "";

	if (!copy || l->n == l->cap) {
		l->failed = true;
		return;
	}
	l->v[l->n++] = (struct link_line){ kind, copy, bytes, 0 };
	if (kind < LINE_IMAGE)
		l->total += (uint64_t)bytes;
}

static void add_per_output(struct line_list *l, enum link_line_kind kind,
			   size_t field)
{
	const struct object_record *image = l->w->job->image;

	for (size_t i = 0; i < image->nsections; i++) {
		uint64_t v;

		memcpy(&v, (const char *)&l->w->outs[i] + field, sizeof(v));
		if (v)
			add(l, kind, image->sections[i].name, (int64_t)v);
		if (v && kind == LINE_FILL && !l->failed)
			l->v[l->n - 1].to_page = (int64_t)l->w->outs[i].to_page;
	}
}

static uint64_t berkeley(const struct object_record *r)
{
	return r->text + r->data + r->bss;
}

static void add_inputs(struct line_list *l)
{
	const struct link_job *job = l->w->job;
	uint64_t objects = 0;

	for (size_t i = 0; i < job->ninputs; i++)
		if (!job->inputs[i].linktime)
			objects += berkeley(job->inputs[i].record);
	add(l, LINE_OBJECTS, "", (int64_t)objects);
	for (size_t i = 0; i < job->ninputs; i++)
		if (job->inputs[i].linktime)
			add(l, LINE_LINKTIME, job->inputs[i].path,
			    (int64_t)berkeley(job->inputs[i].record));
}

static bool range(const struct link_work *w, const char *from, const char *to,
		  uint64_t *ret_from, uint64_t *ret_to)
{
	return link_symbol(w, from, strlen(from), ret_from) &&
	       link_symbol(w, to, strlen(to), ret_to) && *ret_from <= *ret_to;
}

/* Between these the kernel measures itself for the console (mm's
 * mem_init_print_info).  The names have been the same since 2.6. */
static const char *const marks[] = {
	"_stext",	  "_etext",	  "_sdata",	 "_edata",
	"__start_rodata", "__end_rodata", "_sinittext",	 "_einittext",
	"__init_begin",	  "__init_end",	  "__bss_start", "__bss_stop",
};
enum { MARK_COUNT = sizeof(marks) / sizeof(marks[0]) };

static void add_marks(struct line_list *l, uint64_t from)
{
	uint64_t at;

	for (size_t i = 0; i < MARK_COUNT; i++)
		if (link_symbol(l->w, marks[i], strlen(marks[i]), &at))
			add(l, LINE_SPAN, marks[i], (int64_t)(at - from));
}

static void add_spans(struct line_list *l)
{
	uint64_t a, b;

	if (range(l->w, "_text", "_end", &a, &b) ||
	    range(l->w, "_stext", "_end", &a, &b)) {
		add(l, LINE_SPAN, "", (int64_t)(b - a));
		add_marks(l, a);
	}
	if (range(l->w, "__init_begin", "__init_end", &a, &b))
		add(l, LINE_INIT, "", (int64_t)(b - a));
}

static void sum_up(const struct link_work *w, struct sums *s)
{
	for (size_t i = 0; i < w->nsecs; i++) {
		const struct in_section *x = &w->secs[i];
		uint64_t size;

		if (x->linker)
			continue;
		size = link_sec(w, x)->size;
		if (x->output == PLACED_NOWHERE)
			s->discarded += size;
		else
			s->merged[x->output] += size - x->size;
		s->lost += x->state == SEC_UNSEEN && size;
	}
}

/* What the linker made: sections that are among the inputs', and whole
 * sections of the image that no input is in. */
static int find_made(struct link_work *w, struct err *e)
{
	const struct object_record *image = w->job->image;

	for (size_t i = 0; i < w->nsecs; i++) {
		const struct in_section *x = &w->secs[i];

		if (x->linker && x->output != PLACED_NOWHERE &&
		    link_made(w, w->names.list[x->name].text, x->size, e))
			return -ERR_NOMEM;
	}
	for (size_t i = 0; i < image->nsections; i++) {
		const struct out_section *o = &w->outs[i];

		if (!(image->sections[i].flags & SHF_ALLOC) || o->nsecs ||
		    o->common || o->fill || o->script || o->other)
			continue;
		if (link_made(w, image->sections[i].name,
			      image->sections[i].size, e))
			return -ERR_NOMEM;
	}
	return 0;
}

static int make_lines(struct link_work *w, const struct sums *s, struct err *e)
{
	const struct object_record *image = w->job->image;
	struct layout *out = w->layout;
	struct line_list l = { .w = w };

	l.cap = LINE_KIND_COUNT + MARK_COUNT + w->job->ninputs +
		4 * image->nsections + w->nmade;
	l.v = arena_calloc(&out->arena, l.cap, sizeof(*l.v));
	if (!l.v)
		return err_nomem(e);
	add_inputs(&l);
	add(&l, LINE_DISCARD, "", (int64_t)-s->discarded);
	for (size_t i = 0; i < image->nsections; i++)
		if (s->merged[i])
			add(&l, LINE_MERGE, image->sections[i].name,
			    (int64_t)-s->merged[i]);
	add_per_output(&l, LINE_COMMON, offsetof(struct out_section, common));
	add_per_output(&l, LINE_FILL, offsetof(struct out_section, fill));
	add_per_output(&l, LINE_SCRIPT, offsetof(struct out_section, script));
	for (size_t i = 0; i < w->nmade; i++)
		add(&l, LINE_LINKER, w->made[i].subject,
		    (int64_t)w->made[i].bytes);
	add(&l, LINE_IMAGE, "", (int64_t)berkeley(image));
	add(&l, LINE_UNEXPLAINED, "", (int64_t)(berkeley(image) - l.total));
	add_spans(&l);
	if (l.failed)
		return err_nomem(e);
	out->lines = l.v;
	out->nlines = l.n;
	return 0;
}

/* Boot frees what is loaded between the two symbols.  What is linked to run
 * elsewhere (per-CPU data at 0, ARM's vectors) is looked for where it is
 * loaded; physical load addresses are as far off as those of the section
 * that the symbols are near. */
struct init_range {
	uint64_t begin, end, shift;
	bool known;
	bool by_name; /* the image has no symbols, and no script tells */
	/* x86: the addresses of lock prefixes, which boot frees on a machine
	 * of several CPUs ("Freeing SMP alternatives memory"); both 0 if there
	 * are none. */
	uint64_t locks_begin, locks_end;
};

/* By the image's symbols; where it has none, by the script that was replayed. */
static bool freed_range(const struct link_work *w, int first,
			uint64_t *ret_from, uint64_t *ret_to)
{
	const uint64_t *script = &w->script_freed[first];

	if (w->job->image->nsymbols)
		return range(w, link_freed_names[first],
			     link_freed_names[first + 1], ret_from, ret_to);
	*ret_from = script[0];
	*ret_to = script[1];
	return script[0] && script[0] <= script[1];
}

static struct init_range find_init(const struct link_work *w)
{
	struct init_range r = { 0 };
	uint64_t best = UINT64_MAX;

	r.known = freed_range(w, 0, &r.begin, &r.end);
	r.by_name = !r.known && !w->job->image->nsymbols;
	if (!freed_range(w, 2, &r.locks_begin, &r.locks_end))
		r.locks_begin = r.locks_end = 0;
	for (size_t i = 0; r.known && i < w->job->image->nsections; i++) {
		const struct out_section *o = &w->outs[i];

		if (o->has_load && o->start >= r.begin && o->start < r.end &&
		    o->start < best) {
			best = o->start;
			r.shift = o->start - o->load;
		}
	}
	return r;
}

static enum section_lifetime lifetime_of(const struct link_work *w,
					 const struct init_range *r,
					 const struct in_section *x)
{
	const struct out_section *o;
	uint64_t load;

	if (x->output == PLACED_NOWHERE)
		return LIFETIME_DISCARD;
	if (r->by_name && !x->linker &&
	    lifetime_by_name(link_sec(w, x), false) == LIFETIME_INIT)
		return LIFETIME_INIT;
	if (!r->known)
		return LIFETIME_RESIDENT;
	if ((x->addr >= r->begin && x->addr < r->end) ||
	    (x->addr >= r->locks_begin && x->addr < r->locks_end))
		return LIFETIME_INIT;
	o = &w->outs[x->output];
	load = o->load + r->shift + (x->addr - o->start);
	return o->has_load && load >= r->begin && load < r->end
		       ? LIFETIME_INIT
		       : LIFETIME_RESIDENT;
}

static int make_placements(struct link_work *w, struct err *e)
{
	struct layout *out = w->layout;
	struct init_range init = find_init(w);
	bool named = false;

	out->placements = arena_calloc(&out->arena, w->nreal + 1,
				       sizeof(*out->placements));
	if (!out->placements)
		return err_nomem(e);
	for (size_t i = 0; i < w->nreal; i++) {
		const struct in_section *x = &w->secs[i];
		bool nowhere = x->output == PLACED_NOWHERE;
		enum section_lifetime lifetime = lifetime_of(w, &init, x);

		out->placements[i] = (struct placement){
			.input = x->input,
			.section = x->section,
			.output = x->output,
			.addr = nowhere ? 0 : x->addr,
			.size = nowhere ? 0 : x->size,
			.lifetime = lifetime,
		};
		named |= init.by_name && lifetime == LIFETIME_INIT;
	}
	out->nplacements = w->nreal;
	if (!named)
		return 0;
	return link_remark(
		w, e,
		"vmlinux has no symbols, and no linker script tells what boot frees: how long a section stays is by its name");
}

int link_finish(struct link_work *w, struct err *e)
{
	struct sums s = { 0 };
	int r;

	for (size_t i = 0; i < w->nsecs; i++) {
		struct in_section *x = &w->secs[i];

		/* A section that is in no section of the image. */
		if (x->output == PLACED_NOWHERE)
			x->addr = x->size = 0;
	}
	s.merged = arena_calloc(&w->scratch, w->job->image->nsections + 1,
				sizeof(*s.merged));
	if (!s.merged)
		return err_nomem(e);
	sum_up(w, &s);
	r = find_made(w, e);
	if (!r)
		r = make_lines(w, &s, e);
	if (!r)
		r = make_placements(w, e);
	/* Where nothing could be placed, nothing is known to be discarded. */
	if (r || !s.lost ||
	    (!w->job->image->nsymbols && !w->job->linked_only &&
	     w->layout->source == LAYOUT_NONE))
		return r;
	return link_remark(
		w, e,
		"%zu sections of the objects are named nowhere: they count as discarded",
		s.lost);
}
