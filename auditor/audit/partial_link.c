/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ld -r puts sections of a name behind each other, and aligns the whole as
 * the strictest of them.  A layout of the objects themselves comes out the
 * same where the first of each name is aligned so.
 */
#include <stdlib.h>
#include <string.h>

#include <elf.h>

#include "audit/audit.h"
#include "support/grow.h"
#include "support/strmap.h"

struct bond_align {
	struct obj_section *section;
	uint64_t align; /* its own */
};

static int nomem(struct err *e)
{
	return err_nomem(e);
}

static int raise_align(struct bonds *b, struct obj_section *s, uint64_t align,
		       struct err *e)
{
	if (align <= s->align)
		return 0;
	if (grow_room((void **)&b->v, b->n, &b->capacity, sizeof(*b->v)))
		return nomem(e);
	b->v[b->n++] = (struct bond_align){ s, s->align };
	s->align = align;
	return 0;
}

/* firsts: name → the first section of that name, as a pointer. */
static int add_object(struct bonds *b, struct object_record *r,
		      struct strmap *firsts, struct err *e)
{
	for (size_t k = 0; k < r->nsections; k++) {
		struct obj_section *s = &r->sections[k];
		uint64_t *at;
		bool added;

		if (!(s->flags & SHF_ALLOC) || !s->size)
			continue;
		at = strmap_put(firsts, s->name, strlen(s->name),
				(uint64_t)(uintptr_t)s, &added);
		if (!at)
			return nomem(e);
		if (raise_align(b, (struct obj_section *)(uintptr_t)*at,
				s->align, e))
			return -ERR_NOMEM;
	}
	return 0;
}

static int add_bond(struct audit *a, const struct tree_image *image,
		    const struct partial_link_group *bond, struct bonds *b,
		    struct err *e)
{
	struct strmap firsts = STRMAP_INIT;
	int r = 0;

	for (uint32_t i = 0; i < bond->count && r == 0; i++) {
		struct audit_object *o =
			&a->objects[image->members[bond->first + i]];

		if (o->have_record)
			r = add_object(b, &o->record, &firsts, e);
	}
	strmap_release(&firsts);
	return r;
}

/* One of all objects has no others beside it: link/ tries that itself. */
static bool holds_all(const struct audit *a, const struct tree_image *image,
		      const struct partial_link_group *bond)
{
	for (size_t i = 0; i < image->nmembers; i++) {
		bool within = i >= bond->first && i - bond->first < bond->count;
		uint32_t at = image->members[i];

		if (!within && a->tree.objects[at].role != ROLE_LINKTIME)
			return false;
	}
	return true;
}

/* The outermost comes last, and counts. */
static void number_members(struct audit *a, const struct tree_image *image,
			   size_t bond)
{
	const struct partial_link_group *x = &image->groups[bond];

	if (holds_all(a, image, x))
		return;
	for (uint32_t i = 0; i < x->count; i++)
		a->objects[image->members[x->first + i]].bond = (uint32_t)bond +
								1;
}

int audit_bonds_align(struct audit *a, const struct tree_image *image,
		      struct bonds *ret, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < image->ngroups && r == 0; i++) {
		r = add_bond(a, image, &image->groups[i], ret, e);
		number_members(a, image, i);
	}
	return r;
}

void audit_bonds_restore(struct bonds *b)
{
	/* Backwards: one may have been raised more than once. */
	while (b->n) {
		const struct bond_align *x = &b->v[--b->n];

		x->section->align = x->align;
	}
	free(b->v);
	*b = (struct bonds){ 0 };
}
