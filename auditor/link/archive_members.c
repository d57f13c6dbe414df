/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which candidates the linker took.  Their order: link/archive_order.c.
 */
#include "link/archive_members.h"

#include <elf.h>
#include <string.h>

#include "link/archive_order.h"
#include "support/strmap.h"

/* Who defines a name: a list (1…), an object that is certain, or several. */
#define OWNER_CERTAIN 0
#define OWNER_SEVERAL UINT64_MAX

struct dir_list {
	bool own_name; /* defines a name that nobody else does */
	bool found;    /* and the image has it */
};

struct selector {
	const struct link_candidate *c;
	size_t n;
	struct strmap owners;	/* global names of all but on-demand members */
	struct strmap in_image; /* global names of the image → address */
	struct dir_list *lists;
	struct link_selection *sel;
};

static bool lookup(const struct strmap *map, const char *name, uint64_t *ret)
{
	return strmap_get(map, name, strlen(name), ret);
}

/* ---- names ---- */

static int own(struct selector *s, const char *name, uint64_t owner,
	       struct err *e)
{
	bool added;
	uint64_t *v = strmap_put(&s->owners, name, strlen(name), owner, &added);

	if (!v)
		return err_nomem(e);
	/* What a certain object defines is no proof of another. */
	if (!added && *v != owner)
		*v = *v == OWNER_CERTAIN ? OWNER_CERTAIN : OWNER_SEVERAL;
	return 0;
}

static int own_all(struct selector *s, const struct link_candidate *c,
		   struct err *e)
{
	int r = 0;

	for (size_t k = 0; k < c->record->nsymbols && r == 0; k++)
		if (c->record->symbols[k].bind != STB_LOCAL)
			r = own(s, c->record->symbols[k].name, c->dir_list, e);
	return r;
}

/* Of all that are (still) selected.  The certain ones first: they win. */
static int find_owners(struct selector *s, struct err *e)
{
	int r = 0;

	strmap_release(&s->owners);
	s->owners = (struct strmap)STRMAP_INIT;
	for (int certain = 1; certain >= 0; certain--) {
		for (size_t i = 0; i < s->sel->norder && r == 0; i++) {
			const struct link_candidate *c =
				&s->c[s->sel->order[i]];

			if (c->record && !c->on_demand &&
			    (c->dir_list == 0) == (certain == 1))
				r = own_all(s, c, e);
		}
	}
	return r;
}

static int find_image_names(struct selector *s,
			    const struct object_record *image, struct err *e)
{
	for (size_t k = 0; k < image->nsymbols; k++) {
		const struct obj_symbol *x = &image->symbols[k];
		bool added;

		if (x->bind != STB_LOCAL &&
		    !strmap_put(&s->in_image, x->name, strlen(x->name),
				x->value, &added))
			return err_nomem(e);
	}
	return 0;
}

/* ---- which ---- */

static void search_lists(struct selector *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct object_record *r = s->c[i].record;
		uint32_t list = s->c[i].dir_list;

		for (size_t k = 0; list && r && k < r->nsymbols; k++) {
			const struct obj_symbol *x = &r->symbols[k];
			uint64_t owner, addr;

			if (x->bind == STB_LOCAL ||
			    !lookup(&s->owners, x->name, &owner) ||
			    owner != list)
				continue;
			s->lists[list].own_name = true;
			s->lists[list].found |= lookup(&s->in_image, x->name,
						       &addr);
		}
	}
}

/* A list that was not linked must not keep on-demand members out, either. */
static void drop_left_over(struct selector *s)
{
	struct link_selection *sel = s->sel;
	size_t kept = 0;

	for (size_t i = 0; i < sel->norder; i++) {
		uint32_t at = sel->order[i];
		const struct link_candidate *c = &s->c[at];
		const struct dir_list *list = &s->lists[c->dir_list];

		if (c->dir_list && list->own_name && !list->found) {
			if (!sel->nleft_over++)
				sel->left_over = at;
			continue;
		}
		if (c->dir_list && !list->own_name && c->record &&
		    !sel->nunsure++)
			sel->unsure = at;
		sel->order[kept++] = at;
	}
	sel->norder = kept;
}

/* The linker took a member if the image has a global symbol that nobody else
 * could have brought. */
static bool was_taken(const struct selector *s, const struct object_record *r)
{
	for (size_t k = 0; k < r->nsymbols; k++) {
		const struct obj_symbol *x = &r->symbols[k];
		uint64_t ignored;

		if (x->bind != STB_LOCAL &&
		    lookup(&s->in_image, x->name, &ignored) &&
		    !lookup(&s->owners, x->name, &ignored))
			return true;
	}
	return false;
}

static void drop_not_taken(struct selector *s)
{
	struct link_selection *sel = s->sel;
	size_t kept = 0;

	for (size_t i = 0; i < sel->norder; i++) {
		const struct link_candidate *c = &s->c[sel->order[i]];

		if (!c->on_demand || !c->record || was_taken(s, c->record))
			sel->order[kept++] = sel->order[i];
	}
	sel->norder = kept;
}

static int decide(struct selector *s, const struct object_record *image,
		  struct arena *arena, struct err *e)
{
	uint32_t nlists = 0;
	int r;

	for (size_t i = 0; i < s->n; i++)
		if (s->c[i].dir_list > nlists)
			nlists = s->c[i].dir_list;
	s->lists = arena_calloc(arena, (size_t)nlists + 1, sizeof(*s->lists));
	if (!s->lists)
		return err_nomem(e);
	r = find_image_names(s, image, e);
	if (r == 0)
		r = find_owners(s, e);
	if (r == 0 && nlists) {
		search_lists(s);
		drop_left_over(s);
		r = find_owners(s, e);
	}
	if (r)
		return r;
	drop_not_taken(s);
	return archive_order(s->c, &s->in_image, s->sel->order, s->sel->norder,
			     e);
}

bool link_has_choice(const struct link_candidate *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (c[i].on_demand || c[i].dir_list)
			return true;
	return false;
}

int link_select_members(const struct link_candidate *c, size_t n,
			const struct object_record *image, struct arena *arena,
			struct link_selection *ret, struct err *e)
{
	struct link_selection sel = { .norder = n };
	struct selector s = { .c = c,
			      .n = n,
			      .owners = STRMAP_INIT,
			      .in_image = STRMAP_INIT,
			      .sel = &sel };
	int r = 0;

	sel.order = arena_calloc(arena, n + 1, sizeof(*sel.order));
	if (!sel.order)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++)
		sel.order[i] = (uint32_t)i;
	if (link_has_choice(c, n))
		r = decide(&s, image, arena, e);
	strmap_release(&s.owners);
	strmap_release(&s.in_image);
	if (r == 0)
		*ret = sel;
	return r;
}
