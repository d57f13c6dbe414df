/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where vmlinux was linked from vmlinux.o, the map knows vmlinux.o's
 * sections only.  "ld -r" had put the leaves' sections of one name one
 * after another in there; objtool may have added more.  And lld makes a section
 * of its own of all strings that it merges.
 */
#include "link/map/composite.h"

#include <elf.h>
#include <string.h>

#include "link/align.h"
#include "link/partial_layout.h"

struct composite {
	struct linkmap *m;
	struct partial_layout leaves;
	uint32_t *secs;	  /* of the leaves: its numbers -> link_work.secs */
	uint32_t *joined; /* name id -> leaves.joined, or NO_SEC */
	uint32_t *merged; /* output -> who got lld's strings, or NO_SEC */
};

static int join_leaves(struct composite *c, struct err *e)
{
	struct link_work *w = c->m->w;
	size_t n = 0, names = w->names.count;
	struct partial_section *pieces;
	int r;

	c->secs = arena_calloc(&w->scratch, w->nsecs + 1, sizeof(*c->secs));
	c->joined = arena_calloc(&w->scratch, names + 1, sizeof(*c->joined));
	c->merged = arena_calloc(&w->scratch, w->job->image->nsections + 1,
				 sizeof(*c->merged));
	pieces = arena_calloc(&w->scratch, w->nsecs + 1, sizeof(*pieces));
	if (!c->secs || !c->joined || !c->merged || !pieces)
		return err_nomem(e);
	memset(c->merged, 0xff, w->job->image->nsections * sizeof(*c->merged));
	memset(c->joined, 0xff, names * sizeof(*c->joined));
	for (uint32_t i = 0; i < w->nsecs; i++) {
		const struct in_section *x = &w->secs[i];

		if (w->job->inputs[x->input].linktime)
			continue;
		pieces[n] = (struct partial_section){
			.name = x->name,
			.size = x->size,
			.align = link_align(w, x),
		};
		c->secs[n++] = i;
	}
	r = partial_layout_compute(pieces, n, &w->scratch, &c->leaves, e);
	for (size_t i = 0; !r && i < c->leaves.njoined; i++)
		c->joined[c->leaves.joined[i].name] = (uint32_t)i;
	return r;
}

/* The leaves' sections of that name, in the order of "ld -r", the first time
 * that a name is asked for; else none. */
static const uint32_t *take_leaves(struct composite *c, uint32_t name,
				   size_t *ret_n)
{
	const struct joined_section *j;

	*ret_n = 0;
	if (name == INTERN_NONE || c->joined[name] == NO_SEC)
		return NULL;
	j = &c->leaves.joined[c->joined[name]];
	*ret_n = j->count;
	/* All of them have their places then. */
	c->joined[name] = NO_SEC;
	return c->leaves.order + j->first;
}

/* The leaf's place in a section that begins at base and is now filled to
 * *dot. */
static void place_leaf(struct composite *c, const struct linkmap_foreign *f,
		       struct in_section *x, uint64_t *dot)
{
	struct link_work *w = c->m->w;
	struct out_section *o = &w->outs[f->output];
	/* "ld -r" aligned it within vmlinux.o's section. */
	uint64_t at = f->addr + align_up(*dot - f->addr, link_align(w, x));
	uint64_t end = f->addr + f->size;

	x->state = SEC_PLACED;
	x->output = f->output;
	o->nsecs++;
	/* All strings of the section were merged as one section's. */
	if (x->merges) {
		x->addr = *dot;
		x->size = end - *dot;
		*dot = end;
		return;
	}
	if (x->has_symbol_addr && x->symbol_addr != at &&
	    x->symbol_addr >= f->addr && x->symbol_addr <= end &&
	    x->size <= end - x->symbol_addr) {
		x->moved = true;
		at = x->symbol_addr;
	} else if (at > end || x->size > end - at) {
		/* More than vmlinux.o has: what does not fit was dropped. */
		x->state = SEC_DISCARDED;
		x->output = PLACED_NOWHERE;
		o->nsecs--;
		return;
	} else {
		link_fill(o, at - *dot, at);
	}
	x->addr = at;
	*dot = at + x->size;
}

static int place_all(struct composite *c, const struct linkmap_foreign *f,
		     struct err *e)
{
	struct link_work *w = c->m->w;
	uint64_t dot = f->addr;
	const uint32_t *leaves;
	char *subject;
	size_t n;

	w->outs[f->output].other += f->size;
	leaves = take_leaves(c, f->name, &n);
	for (size_t i = 0; i < n; i++) {
		struct in_section *x = &w->secs[c->secs[leaves[i]]];

		if (x->state == SEC_UNSEEN)
			place_leaf(c, f, x, &dot);
	}
	/* What no leaf has, objtool made. */
	if (dot >= f->addr + f->size)
		return 0;
	subject = arena_strndup(&w->scratch, f->text.text, f->text.len);
	if (!subject)
		return err_nomem(e);
	return link_made(w, subject, f->addr + f->size - dot, e);
}

static void discard_all(struct composite *c, const struct linkmap_foreign *f)
{
	struct link_work *w = c->m->w;
	const uint32_t *leaves;
	size_t n;

	leaves = take_leaves(c, f->name, &n);
	for (size_t i = 0; i < n; i++) {
		struct in_section *x = &w->secs[c->secs[leaves[i]]];

		if (x->state == SEC_UNSEEN)
			x->state = SEC_DISCARDED;
	}
}

static bool named_as(const struct link_work *w, const struct in_section *x,
		     struct token name)
{
	const struct intern_text *n = &w->names.list[x->name];

	return n->len >= name.len && !memcmp(n->text, name.text, name.len) &&
	       (n->len == name.len || n->text[name.len] == '.');
}

/* lld calls what it merged by the output section's name: all strings that
 * are called so and are nowhere else are in there.  The first gets the
 * bytes, also those of other kinds of strings in that output. */
static int place_merged(struct composite *c, const struct linkmap_foreign *f,
			struct err *e)
{
	struct link_work *w = c->m->w;
	uint32_t *first = &c->merged[f->output];

	for (uint32_t i = 0; *first == NO_SEC && i < w->nsecs; i++)
		if (w->secs[i].merges && w->secs[i].state == SEC_UNSEEN &&
		    named_as(w, &w->secs[i], f->text))
			*first = i;
	if (*first == NO_SEC || !named_as(w, &w->secs[*first], f->text))
		return place_all(c, f, e);
	for (uint32_t i = *first; i < w->nsecs; i++) {
		struct in_section *x = &w->secs[i];

		if (!x->merges || x->state != SEC_UNSEEN ||
		    !named_as(w, x, f->text))
			continue;
		x->state = SEC_PLACED;
		x->output = f->output;
		x->addr = f->addr;
		x->size = 0;
	}
	w->outs[f->output].nsecs++;
	w->secs[*first].size += f->size;
	return 0;
}

/* A link has a dozen kinds of strings; a map that names more lies. */
#define KINDS_MAX 64

int linkmap_composite(struct linkmap *m, struct err *e)
{
	struct composite c = { .m = m };
	size_t kinds = 0;
	int r = join_leaves(&c, e);

	/* Those that are placed first: the list of the discarded names a
	 * section, too, of which vmlinux.o has another one placed. */
	for (size_t i = 0; !r && i < m->nforeign; i++) {
		const struct linkmap_foreign *f = &m->foreign[i];

		if (f->output == PLACED_NOWHERE)
			continue;
		r = f->merged && kinds++ < KINDS_MAX ? place_merged(&c, f, e)
						     : place_all(&c, f, e);
	}
	if (r)
		return r;
	for (size_t i = 0; i < m->nforeign; i++)
		if (m->foreign[i].output == PLACED_NOWHERE)
			discard_all(&c, &m->foreign[i]);
	if (kinds)
		return 0;
	return link_remark(
		m->w, e,
		"the linker's map names one object made of all others: their sections were placed in it by name");
}
