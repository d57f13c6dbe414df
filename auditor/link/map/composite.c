/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where vmlinux was linked from vmlinux.o, the map knows vmlinux.o's
 * sections only.  "ld -r" had put the leaves' sections of one name behind
 * each other in there; objtool may have added more.  And lld makes a section
 * of its own of all strings that it merges.
 */
#include <elf.h>
#include <string.h>

#include "link/map/map.h"

struct composite {
	struct map *m;
	uint32_t *first;  /* name id -> into list; one more at the end */
	uint32_t *list;	  /* sections of the leaves, by name */
	uint32_t *merged; /* output -> who got lld's strings, or NO_SEC */
};

static uint64_t align_up(uint64_t v, uint64_t align)
{
	uint64_t rest = align > 1 ? v % align : 0;

	return rest ? v + (align - rest) : v;
}

static int index_leaves(struct composite *c)
{
	struct link_work *w = c->m->w;
	size_t names = w->names.count;
	uint32_t *next;

	c->first = arena_calloc(&w->scratch, names + 2, sizeof(*c->first));
	next = arena_calloc(&w->scratch, names + 1, sizeof(*next));
	c->list = arena_calloc(&w->scratch, w->nsecs + 1, sizeof(*c->list));
	c->merged = arena_calloc(&w->scratch, w->job->image->nsections + 1,
				 sizeof(*c->merged));
	if (!c->first || !next || !c->list || !c->merged)
		return -1;
	memset(c->merged, 0xff, w->job->image->nsections * sizeof(*c->merged));
	for (size_t i = 0; i < w->nsecs; i++)
		if (!w->job->inputs[w->secs[i].input].linktime)
			c->first[w->secs[i].name + 1]++;
	for (size_t i = 0; i < names; i++) {
		c->first[i + 1] += c->first[i];
		next[i] = c->first[i];
	}
	for (uint32_t i = 0; i < w->nsecs; i++)
		if (!w->job->inputs[w->secs[i].input].linktime)
			c->list[next[w->secs[i].name]++] = i;
	return 0;
}

/* The leaf's place in a section that begins at base and is now filled to
 * *dot. */
static void place_leaf(struct composite *c, const struct map_foreign *f,
		       struct in_section *x, uint64_t *dot)
{
	struct link_work *w = c->m->w;
	struct out_section *o = &w->outs[f->output];
	/* "ld -r" aligned it within vmlinux.o's section. */
	uint64_t at = f->addr + align_up(*dot - f->addr, link_sec(w, x)->align);
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
	if (x->has_home && x->home != at && x->home >= f->addr &&
	    x->home <= end && x->size <= end - x->home) {
		x->moved = true;
		at = x->home;
	} else if (at > end || x->size > end - at) {
		/* More than vmlinux.o has: what does not fit was dropped. */
		x->state = SEC_DISCARDED;
		x->output = PLACED_NOWHERE;
		o->nsecs--;
		return;
	} else {
		o->fill += at - *dot;
	}
	x->addr = at;
	*dot = at + x->size;
}

static int place_all(struct composite *c, const struct map_foreign *f)
{
	struct link_work *w = c->m->w;
	uint64_t dot = f->addr;
	char *subject;

	w->outs[f->output].other += f->size;
	if (f->name != INTERN_NONE) {
		for (uint32_t i = c->first[f->name]; i < c->first[f->name + 1];
		     i++) {
			struct in_section *x = &w->secs[c->list[i]];

			if (x->state == SEC_UNSEEN)
				place_leaf(c, f, x, &dot);
		}
	}
	/* What no leaf has, objtool made. */
	if (dot >= f->addr + f->size)
		return 0;
	subject = arena_strndup(&w->scratch, f->text.text, f->text.len);
	if (!subject)
		return -1;
	return link_made(w, subject, f->addr + f->size - dot);
}

static void discard_all(struct composite *c, const struct map_foreign *f)
{
	struct link_work *w = c->m->w;

	if (f->name == INTERN_NONE)
		return;
	for (uint32_t i = c->first[f->name]; i < c->first[f->name + 1]; i++)
		if (w->secs[c->list[i]].state == SEC_UNSEEN)
			w->secs[c->list[i]].state = SEC_DISCARDED;
}

static bool named_as(const struct link_work *w, const struct in_section *x,
		     struct token name)
{
	const struct intern_text *n = &w->names.list[x->name];

	return n->len >= name.len && !memcmp(n->text, name.text, name.len) &&
	       (n->len == name.len || n->text[name.len] == '.');
}

/* lld calls what it merged by the output section's name: all strings that
 * are called so and stand nowhere else are in there.  The first gets the
 * bytes, also those of other kinds of strings in that output. */
static int place_merged(struct composite *c, const struct map_foreign *f)
{
	struct link_work *w = c->m->w;
	uint32_t *first = &c->merged[f->output];

	for (uint32_t i = 0; *first == NO_SEC && i < w->nsecs; i++)
		if (w->secs[i].merges && w->secs[i].state == SEC_UNSEEN &&
		    named_as(w, &w->secs[i], f->text))
			*first = i;
	if (*first == NO_SEC || !named_as(w, &w->secs[*first], f->text))
		return place_all(c, f);
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

int map_composite(struct map *m)
{
	struct composite c = { .m = m };
	size_t kinds = 0;

	if (index_leaves(&c))
		return -1;
	/* Those that are placed first: the list of the discarded names a
	 * section, too, of which vmlinux.o has another one placed. */
	for (size_t i = 0; i < m->nforeign; i++) {
		const struct map_foreign *f = &m->foreign[i];

		if (f->output == PLACED_NOWHERE)
			continue;
		if (f->merged && kinds++ < KINDS_MAX ? place_merged(&c, f)
						     : place_all(&c, f))
			return -1;
	}
	for (size_t i = 0; i < m->nforeign; i++)
		if (m->foreign[i].output == PLACED_NOWHERE)
			discard_all(&c, &m->foreign[i]);
	if (kinds)
		return 0;
	return link_remark(
		m->w,
		"the linker's map names one object made of all others: their sections were placed in it by name");
}
