/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/merge.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "link/merge_suffix.h"
#include "support/grow.h"

struct group_key {
	uint64_t entsize, align;
	uint32_t output, strings;
};

struct group {
	struct group_key key;
	uint32_t *secs;
	size_t n, cap;
};

struct merger {
	struct link_work *w;
	enum merge_style style;
	struct intern keys; /* of groups: id = index */
	struct group *groups;
	size_t ngroups, groups_cap;
	/* Of the group at hand. */
	struct merge_entry *entries;
	size_t n, cap;
	struct intern strings;
	uint32_t *latest; /* by id of its string: the entry */
	size_t latest_cap;
};

/* The linker's own conditions, bfd's _bfd_add_merge_section. */
static bool mergeable(const struct obj_section *s, uint64_t align)
{
	if (!(s->flags & SHF_MERGE) || !s->content || s->has_relocs)
		return false;
	if (!s->size || !s->entsize || s->size % s->entsize ||
	    s->size > UINT32_MAX / 2 || align > UINT32_MAX / 2 || !align ||
	    (align & (align - 1)))
		return false;
	if (s->entsize < align)
		return !(s->entsize & (s->entsize - 1)) &&
		       (s->flags & SHF_STRINGS);
	return !(s->entsize & (align - 1));
}

static struct group *find_group(struct merger *m, struct group_key key)
{
	size_t before = m->keys.count;
	uint32_t id = intern_find(&m->keys, (const char *)&key, sizeof(key));
	struct group_key *copy;

	if (id != INTERN_NONE)
		return &m->groups[id];
	copy = arena_alloc(&m->w->scratch, sizeof(*copy));
	if (!copy || grow_room((void **)&m->groups, before, &m->groups_cap,
			       sizeof(*m->groups)))
		return NULL;
	*copy = key;
	id = intern_borrow(&m->keys, (const char *)copy, sizeof(*copy));
	if (id == INTERN_NONE)
		return NULL;
	m->groups[id] = (struct group){ .key = key };
	m->ngroups = id + 1;
	return &m->groups[id];
}

static int collect_groups(struct merger *m, const uint32_t *order,
			  struct err *e)
{
	struct link_work *w = m->w;

	for (size_t i = 0; i < w->nsecs; i++) {
		const struct in_section *x = &w->secs[order[i]];
		const struct obj_section *s;
		struct group *g;
		uint64_t align;

		if (x->output == PLACED_NOWHERE || x->linker)
			continue;
		s = link_sec(w, x);
		align = link_align(w, x);
		if (!mergeable(s, align))
			continue;
		g = find_group(m, (struct group_key){
					  .entsize = s->entsize,
					  .align = align,
					  .output = x->output,
					  .strings = (s->flags & SHF_STRINGS) !=
						     0 });
		if (!g || grow_room((void **)&g->secs, g->n, &g->cap,
				    sizeof(*g->secs)))
			return err_nomem(e);
		g->secs[g->n++] = order[i];
	}
	return 0;
}

/* An entry that is known but less aligned is dropped for the new one. */
static int add_entry(struct merger *m, const unsigned char *p, uint32_t len,
		     uint32_t align, uint32_t sec, struct err *e)
{
	size_t before = m->strings.count;
	uint32_t id;

	if (m->n >= UINT32_MAX - 1 ||
	    grow_room((void **)&m->entries, m->n, &m->cap,
		      sizeof(*m->entries)) ||
	    grow_room((void **)&m->latest, before, &m->latest_cap,
		      sizeof(*m->latest)))
		return err_nomem(e);
	id = intern_borrow(&m->strings, (const char *)p, len);
	if (id == INTERN_NONE)
		return err_nomem(e);
	if (m->strings.count == before) {
		struct merge_entry *x = &m->entries[m->latest[id]];

		if (x->align >= align)
			return 0;
		x->align = 0;
	}
	m->latest[id] = (uint32_t)m->n;
	m->entries[m->n++] = (struct merge_entry){ p, len, align, sec };
	return 0;
}

static bool is_nul(const unsigned char *p, uint32_t entsize)
{
	for (uint32_t i = 0; i < entsize; i++)
		if (p[i])
			return false;
	return true;
}

/* With the terminator, which is before end. */
static uint32_t string_length(const unsigned char *p, const unsigned char *end,
			      uint32_t entsize)
{
	const unsigned char *q = p;

	if (entsize == 1) {
		q = memchr(p, 0, (size_t)(end - p));
		return (uint32_t)(q - p) + 1;
	}
	while (!is_nul(q, entsize))
		q += entsize;
	return (uint32_t)(q - p) + entsize;
}

/* A string is aligned as its place in its section happens to be. */
static uint32_t natural_align(uint32_t offset, uint32_t align)
{
	uint32_t bit = offset & (0 - offset);

	return !bit || bit > align ? align : bit;
}

static int add_strings(struct merger *m, const struct obj_section *s,
		       const unsigned char *start, uint32_t align, uint32_t sec,
		       struct err *e)
{
	const unsigned char *end = start + s->size, *p = start;
	uint32_t entsize = (uint32_t)s->entsize;
	bool nul = false;

	while (p < end) {
		uint32_t len = string_length(p, end + entsize, entsize);
		uint32_t own = m->style == MERGE_LLD
				       ? align
				       : natural_align((uint32_t)(p - start),
						       align);

		if (add_entry(m, p, len, own, sec, e))
			return -ERR_NOMEM;
		p += len;
		/* To 2.40, padding counts as one empty string a section. */
		while (m->style == MERGE_SPREAD && p < end &&
		       is_nul(p, entsize)) {
			if (!nul && !((size_t)(p - start) & (align - 1))) {
				nul = true;
				if (add_entry(m, p, entsize, align, sec, e))
					return -ERR_NOMEM;
			}
			p += entsize;
		}
	}
	return 0;
}

static int add_section(struct merger *m, uint32_t sec, struct err *e)
{
	const struct in_section *x = &m->w->secs[sec];
	const struct obj_section *s = link_sec(m->w, x);
	uint32_t align = (uint32_t)link_align(m->w, x);
	const unsigned char *p = s->content;

	if (s->flags & SHF_STRINGS) {
		/* A string without a terminator gets one. */
		if (!is_nul(p + s->size - s->entsize, (uint32_t)s->entsize)) {
			unsigned char *copy = arena_alloc(
				&m->w->scratch, (size_t)(s->size + s->entsize));

			if (!copy)
				return err_nomem(e);
			memcpy(copy, p, (size_t)s->size);
			p = copy;
		}
		return add_strings(m, s, p, align, sec, e);
	}
	for (uint64_t at = 0; at < s->size; at += s->entsize)
		if (add_entry(m, p + at, (uint32_t)s->entsize,
			      m->style == MERGE_LLD ? align : 1, sec, e))
			return -ERR_NOMEM;
	return 0;
}

/* Lays the entries that are left one after another, and says how long each
 * section of the group has become. */
static void assign_sizes(struct merger *m, const struct group *g, bool pad)
{
	struct in_section *secs = m->w->secs;
	uint32_t at = g->secs[0];
	uint64_t size = 0;

	for (size_t i = 0; i < g->n; i++) {
		secs[g->secs[i]].size = 0;
		secs[g->secs[i]].empty = true;
	}
	for (size_t i = 0; i < m->n; i++) {
		const struct merge_entry *x = &m->entries[i];

		if (!x->align)
			continue;
		if (m->style == MERGE_SPREAD && x->sec != at) {
			secs[at].size = size;
			at = x->sec;
			size = 0;
		}
		secs[at].empty = false;
		size = (size + x->align - 1) & ~(uint64_t)(x->align - 1);
		size += x->len;
	}
	/* Where the inputs were padded to their alignment, so is the last;
	 * unless all it had was merged away, then it is no more. */
	if (pad && m->style != MERGE_LLD &&
	    (m->style == MERGE_FIRST || m->entries[m->n - 1].sec == at))
		size = (size + g->key.align - 1) & ~(g->key.align - 1);
	secs[at].size = size;
}

static int merge_group(struct merger *m, const struct group *g, struct err *e)
{
	bool pad = true;

	m->n = 0;
	/* A new table: many small groups must not pay for a large one. */
	intern_release(&m->strings);
	for (size_t i = 0; i < g->n; i++) {
		const struct in_section *x = &m->w->secs[g->secs[i]];

		if (link_sec(m->w, x)->size & (g->key.align - 1))
			pad = false;
		if (add_section(m, g->secs[i], e))
			return -ERR_NOMEM;
	}
	if (g->key.strings && m->style != MERGE_LLD &&
	    merge_suffixes(m->entries, m->n, (uint32_t)g->key.entsize, e))
		return -ERR_NOMEM;
	assign_sizes(m, g, pad);
	return 0;
}

int merge_sections(struct link_work *w, const uint32_t *order,
		   enum merge_style style, struct err *e)
{
	struct merger m = { .w = w, .style = style };
	int r = collect_groups(&m, order, e);

	for (size_t i = 0; !r && i < m.ngroups; i++)
		r = merge_group(&m, &m.groups[i], e);
	for (size_t i = 0; i < m.ngroups; i++)
		free(m.groups[i].secs);
	free(m.groups);
	free(m.entries);
	intern_release(&m.strings);
	free(m.latest);
	intern_release(&m.keys);
	return r;
}
