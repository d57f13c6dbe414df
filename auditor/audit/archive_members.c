/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members of vmlinux that no list of the link tells for sure: those of a
 * lib.a, of which the linker takes what is needed, and those of directories'
 * lists before 6.1, which may be left over from an older build.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <elf.h>

#include "audit/audit.h"
#include "support/strmap.h"

/* Who defines a name: a part (1…), an object that is certain, or several. */
#define OWNER_CERTAIN 0
#define OWNER_SEVERAL UINT64_MAX

struct part {
	bool own_name; /* defines a name that nobody else does */
	bool found;    /* and vmlinux has it */
};

/* Members that keep together. */
struct item {
	size_t first, count;
	uint64_t start; /* address of its code; UINT64_MAX: not known */
	bool moves;
};

struct members {
	struct audit *a;
	struct tree_image *image;
	struct strmap owners;	/* global names of all but lib.a's members */
	struct strmap in_image; /* global names of vmlinux → address */
	struct part *parts;
	uint32_t nparts;
	struct item *items;
	size_t nitems;
};

static int nomem(struct err *e)
{
	return err_nomem(e);
}

int audit_remark(struct audit *a, struct err *e, const char *fmt, ...)
{
	va_list ap;
	int r;

	va_start(ap, fmt);
	r = remarks_vadd(&a->tree.remarks, e, fmt, ap);
	va_end(ap);
	return r;
}

static struct tree_object *object_at(const struct members *m, size_t i)
{
	return &m->a->tree.objects[m->image->members[i]];
}

/* NULL: it could not be read. */
static const struct object_record *record_at(const struct members *m, size_t i)
{
	const struct audit_object *o = &m->a->objects[m->image->members[i]];

	return o->have_record ? &o->record : NULL;
}

/* ---- names ---- */

static int own(struct members *m, const char *name, uint64_t owner,
	       struct err *e)
{
	bool added;
	uint64_t *v = strmap_put(&m->owners, name, strlen(name), owner, &added);

	if (!v)
		return nomem(e);
	/* What a certain object defines is no proof of another. */
	if (!added && *v != owner)
		*v = *v == OWNER_CERTAIN ? OWNER_CERTAIN : OWNER_SEVERAL;
	return 0;
}

static int find_owners(struct members *m, bool certain, struct err *e)
{
	for (size_t i = 0; i < m->image->nmembers; i++) {
		const struct object_record *r = record_at(m, i);
		const struct tree_object *o = object_at(m, i);

		if (!r || o->lib_member || (o->part == 0) != certain)
			continue;
		for (size_t k = 0; k < r->nsymbols; k++) {
			if (r->symbols[k].bind != STB_LOCAL &&
			    own(m, r->symbols[k].name, o->part, e))
				return -ERR_NOMEM;
		}
	}
	return 0;
}

static int find_names(struct members *m, struct err *e)
{
	const struct object_record *r = &m->a->vmlinux;

	for (size_t k = 0; k < r->nsymbols; k++) {
		const struct obj_symbol *s = &r->symbols[k];
		bool added;

		if (s->bind != STB_LOCAL &&
		    !strmap_put(&m->in_image, s->name, strlen(s->name),
				s->value, &added))
			return nomem(e);
	}
	/* The certain ones first: they win. */
	return find_owners(m, true, e) < 0 ? -ERR_NOMEM
					   : find_owners(m, false, e);
}

static bool lookup(const struct strmap *map, const char *name, uint64_t *ret)
{
	return strmap_get(map, name, strlen(name), ret);
}

/* ---- which members ---- */

static void judge_parts(struct members *m)
{
	for (size_t i = 0; i < m->image->nmembers; i++) {
		const struct object_record *r = record_at(m, i);
		uint32_t part = object_at(m, i)->part;

		for (size_t k = 0; part && r && k < r->nsymbols; k++) {
			const struct obj_symbol *s = &r->symbols[k];
			uint64_t owner, addr;

			if (s->bind == STB_LOCAL ||
			    !lookup(&m->owners, s->name, &owner) ||
			    owner != part)
				continue;
			m->parts[part].own_name = true;
			m->parts[part].found |= lookup(&m->in_image, s->name,
						       &addr);
		}
	}
}

/* The linker took a lib.a's member if vmlinux has a global symbol that
 * nobody else could have brought. */
static bool lib_was_taken(const struct members *m,
			  const struct object_record *r)
{
	for (size_t k = 0; k < r->nsymbols; k++) {
		const struct obj_symbol *s = &r->symbols[k];
		uint64_t ignored;

		if (s->bind != STB_LOCAL &&
		    lookup(&m->in_image, s->name, &ignored) &&
		    !lookup(&m->owners, s->name, &ignored))
			return true;
	}
	return false;
}

/* A part that was not linked must not keep lib.a's members out, either. */
static int forget_unlinked(struct members *m, struct err *e)
{
	const char *first = NULL, *unsure = NULL;
	size_t kept = 0, dropped = 0, nunsure = 0;
	int r = 0;

	for (size_t i = 0; i < m->image->nmembers; i++) {
		struct tree_object *o = object_at(m, i);
		const struct part *p = &m->parts[o->part];

		if (o->part && p->own_name && !p->found) {
			o->role = ROLE_UNLINKED;
			first = first ? first : o->path;
			dropped++;
			continue;
		}
		if (o->part && !p->own_name && record_at(m, i)) {
			unsure = unsure ? unsure : o->path;
			nunsure++;
		}
		m->image->members[kept++] = m->image->members[i];
	}
	m->image->nmembers = kept;
	if (dropped)
		r = audit_remark(
			m->a, e,
			"%zu objects (such as '%.200s') are in lists that vmlinux was not linked with: left over",
			dropped, first);
	if (r == 0 && nunsure)
		r = audit_remark(
			m->a, e,
			"no symbol tells whether %zu objects (such as '%.200s') are in vmlinux: they are counted",
			nunsure, unsure);
	return r;
}

static int decide_parts(struct members *m, struct err *e)
{
	int r;

	if (!m->nparts)
		return 0;
	judge_parts(m);
	r = forget_unlinked(m, e);
	strmap_release(&m->owners);
	m->owners = (struct strmap)STRMAP_INIT;
	if (r == 0)
		r = find_owners(m, true, e);
	return r ? r : find_owners(m, false, e);
}

static void decide_libs(struct members *m)
{
	size_t kept = 0;

	for (size_t i = 0; i < m->image->nmembers; i++) {
		const struct object_record *r = record_at(m, i);
		struct tree_object *o = object_at(m, i);

		if (o->lib_member && r && !lib_was_taken(m, r)) {
			o->role = ROLE_UNLINKED;
			continue;
		}
		m->image->members[kept++] = m->image->members[i];
	}
	m->image->nmembers = kept;
}

/* ---- in which order ---- */

/* Where the object's code begins in the image, by its first global symbol in
 * .text.  A weak one may be another's there: only a lib.a's members are
 * judged by those. */
static uint64_t code_start(const struct members *m, size_t i)
{
	const struct object_record *r = record_at(m, i);
	bool lib = object_at(m, i)->lib_member;

	for (size_t k = 0; r && k < r->nsymbols; k++) {
		const struct obj_symbol *s = &r->symbols[k];
		uint64_t addr;

		if ((s->bind == STB_GLOBAL || (lib && s->bind != STB_LOCAL)) &&
		    SYM_IN_SECTION(s) &&
		    strcmp(r->sections[s->section].name, ".text") == 0 &&
		    lookup(&m->in_image, s->name, &addr))
			return addr - s->value;
	}
	return UINT64_MAX;
}

static void find_items(struct members *m)
{
	for (size_t i = 0; i < m->image->nmembers; i++) {
		const struct tree_object *o = object_at(m, i);
		uint64_t start = o->part || o->lib_member ? code_start(m, i)
							  : UINT64_MAX;
		struct item *last = m->nitems ? &m->items[m->nitems - 1] : NULL;

		if (i && o->part && object_at(m, i - 1)->part == o->part) {
			last->count++;
			if (start < last->start)
				last->start = start;
			continue;
		}
		m->items[m->nitems++] = (struct item){ i, 1, start, false };
	}
	/* The linker takes members in the archive's order, round by round: one
	 * of no known place most likely follows the one before it. */
	for (size_t n = 1; n < m->nitems; n++) {
		if (m->items[n].start == UINT64_MAX &&
		    object_at(m, m->items[n].first)->lib_member &&
		    object_at(m, m->items[n - 1].first)->lib_member)
			m->items[n].start = m->items[n - 1].start;
	}
	for (size_t n = 0; n < m->nitems; n++) {
		struct item *it = &m->items[n];

		/* A lib.a's first member of no known place goes behind the
		 * others, a part stays where it is. */
		it->moves = object_at(m, it->first)->lib_member
				    ? record_at(m, it->first) != NULL
				    : it->start != UINT64_MAX;
	}
}

static int compare_items(const void *pa, const void *pb)
{
	const struct item *a = pa, *b = pb;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->first < b->first ? -1 : a->first > b->first;
}

/* Parts and lib.a's members stand in the image in the order in which the
 * linker took them, which no file tells. */
static int put_in_order(struct members *m, struct err *e)
{
	size_t n = m->image->nmembers, nmoving = 0, next = 0, at = 0;
	struct item *moving;
	uint32_t *sorted;

	m->items = calloc(n + 1, sizeof(*m->items));
	moving = calloc(n + 1, sizeof(*moving));
	sorted = calloc(n + 1, sizeof(*sorted));
	if (!m->items || !moving || !sorted) {
		free(moving);
		free(sorted);
		return nomem(e);
	}
	find_items(m);
	for (size_t i = 0; i < m->nitems; i++) {
		if (m->items[i].moves)
			moving[nmoving++] = m->items[i];
	}
	qsort(moving, nmoving, sizeof(*moving), compare_items);
	for (size_t i = 0; i < m->nitems; i++) {
		const struct item *it = m->items[i].moves ? &moving[next++]
							  : &m->items[i];

		memcpy(sorted + at, m->image->members + it->first,
		       it->count * sizeof(*sorted));
		at += it->count;
	}
	memcpy(m->image->members, sorted, n * sizeof(*sorted));
	free(moving);
	free(sorted);
	return 0;
}

/* ---- all of it ---- */

static int decide(struct members *m, struct err *e)
{
	bool libs = false;
	int r;

	for (size_t i = 0; i < m->image->nmembers; i++) {
		uint32_t part = object_at(m, i)->part;

		m->nparts = part > m->nparts ? part : m->nparts;
		libs |= object_at(m, i)->lib_member;
	}
	if (!m->nparts && !libs)
		return 0;
	if (!m->a->have_vmlinux || !m->a->vmlinux.nsymbols)
		return audit_remark(
			m->a, e,
			"vmlinux is not there, or has no symbols: members that it need not have are counted");
	m->parts = calloc((size_t)m->nparts + 1, sizeof(*m->parts));
	if (!m->parts)
		return nomem(e);
	if ((r = find_names(m, e)) < 0 || (r = decide_parts(m, e)) < 0)
		return r;
	decide_libs(m);
	return put_in_order(m, e);
}

int audit_members(struct audit *a, struct tree_image *image, struct err *e)
{
	struct members m = { .a = a,
			     .image = image,
			     .owners = STRMAP_INIT,
			     .in_image = STRMAP_INIT };
	int r = decide(&m, e);

	strmap_release(&m.owners);
	strmap_release(&m.in_image);
	free(m.parts);
	free(m.items);
	return r;
}
