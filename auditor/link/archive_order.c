/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker goes through an archive from its front and takes what is needed
 * by then; what those members need may be before them, so it goes round again
 * until nothing is missing.  Which round took a member, only the places of
 * its sections in the image tell: of two members that both have a section of
 * one name, the one at the lower address came first.
 */
#include "link/archive_order.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "link/archive_rounds.h"

/* Candidates that keep together: all of one list, or one member. */
struct item {
	size_t first, count; /* places in order[] */
	uint64_t start;	     /* address of its code, or NOT_KNOWN */
	size_t rank;	     /* among those of one start */
	bool on_demand;
	bool moves;
};

struct archive {
	const struct link_candidate *c;
	const struct strmap *in_image;
	uint32_t *order;
	size_t n;
	struct item *items;
	size_t nitems;
};

/* Where the image has the section that symbol s is in.  A weak symbol may
 * be another's there: only on-demand members are judged by those. */
static bool section_home(const struct archive *a,
			 const struct link_candidate *c,
			 const struct obj_symbol *s, uint64_t *ret)
{
	uint64_t addr;

	if ((s->bind != STB_GLOBAL &&
	     (!c->on_demand || s->bind == STB_LOCAL)) ||
	    !SYM_IN_SECTION(s) ||
	    !strmap_get(a->in_image, s->name, strlen(s->name), &addr))
		return false;
	*ret = addr - s->value;
	return true;
}

/* Where the candidate's .text begins. */
static uint64_t code_start(const struct archive *a,
			   const struct link_candidate *c)
{
	const struct object_record *r = c->record;
	uint64_t home;

	for (size_t k = 0; r && k < r->nsymbols; k++) {
		const struct obj_symbol *s = &r->symbols[k];

		if (SYM_IN_SECTION(s) &&
		    strcmp(r->sections[s->section].name, ".text") == 0 &&
		    section_home(a, c, s, &home))
			return home;
	}
	return NOT_KNOWN;
}

static void find_items(struct archive *a)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct link_candidate *c = &a->c[a->order[i]];
		uint64_t start = c->dir_list || c->on_demand ? code_start(a, c)
							     : NOT_KNOWN;
		struct item *last = a->nitems ? &a->items[a->nitems - 1] : NULL;

		if (last && c->dir_list &&
		    a->c[a->order[i - 1]].dir_list == c->dir_list) {
			last->count++;
			if (start < last->start)
				last->start = start;
			continue;
		}
		a->items[a->nitems++] = (struct item){
			.first = i,
			.count = 1,
			.start = start,
			.rank = i,
			.on_demand = c->on_demand,
		};
	}
}

/* ---- members on demand ---- */

static int add_homes(const struct archive *a, struct rounds *r, size_t member,
		     const struct link_candidate *c, struct err *e)
{
	const struct object_record *rec = c->record;
	uint32_t last = SYM_SECTION_UNDEF;
	int rc = 0;

	/* Symbols are sorted by section. */
	for (size_t k = 0; rec && k < rec->nsymbols && rc == 0; k++) {
		const struct obj_symbol *s = &rec->symbols[k];
		const struct obj_section *section;
		uint64_t home;

		/* What is weak may be another's in the image. */
		if (s->bind != STB_GLOBAL || s->section == last ||
		    !section_home(a, c, s, &home))
			continue;
		last = s->section;
		section = &rec->sections[last];
		/* Symbols of merged strings move; .text is known. */
		if (!(section->flags & SHF_MERGE) &&
		    strcmp(section->name, ".text") != 0)
			rc = rounds_add_home(r, section->name, home, member, e);
	}
	return rc;
}

/* Members in the order in which the linker took them: what has no place of its
 * code gets that of the one before it. */
static void place_members(struct archive *a, const size_t *items,
			  const size_t *taken, size_t n)
{
	uint64_t start = NOT_KNOWN;

	for (size_t i = n; i-- > 0;)
		if (a->items[items[taken[i]]].start != NOT_KNOWN)
			start = a->items[items[taken[i]]].start;
	/* start: of the first that has one. */
	for (size_t i = 0; i < n; i++) {
		struct item *it = &a->items[items[taken[i]]];

		if (it->start != NOT_KNOWN)
			start = it->start;
		it->start = start;
		it->rank = i;
	}
}

static int order_members(struct archive *a, struct err *e)
{
	size_t *items = calloc(a->nitems + 1, sizeof(*items));
	size_t *taken = calloc(a->nitems + 1, sizeof(*taken));
	struct rounds r = { .names = STRMAP_INIT };
	size_t n = 0, last = SIZE_MAX;
	int rc = items && taken ? 0 : err_nomem(e);

	for (size_t i = 0; i < a->nitems && rc == 0; i++) {
		const struct item *it = &a->items[i];

		if (!it->on_demand)
			continue;
		/* In another archive than the last: it follows nobody. */
		rc = rounds_add_member(&r, it->start, n && last + 1 == i, e);
		if (rc == 0 && it->start != NOT_KNOWN)
			rc = rounds_add_home(&r, ".text", it->start, n, e);
		if (rc == 0)
			rc = add_homes(a, &r, n, &a->c[a->order[it->first]], e);
		items[n++] = last = i;
	}
	if (rc == 0)
		rc = rounds_order(&r, taken, e);
	if (rc == 0)
		place_members(a, items, taken, n);
	rounds_release(&r);
	free(items);
	free(taken);
	return rc;
}

/* ---- all ---- */

static int compare_items(const void *pa, const void *pb)
{
	const struct item *a = pa, *b = pb;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->rank < b->rank ? -1 : a->rank > b->rank;
}

static int put_in_order(struct archive *a, struct err *e)
{
	struct item *moving = calloc(a->nitems + 1, sizeof(*moving));
	uint32_t *sorted = calloc(a->n + 1, sizeof(*sorted));
	size_t nmoving = 0, next = 0, at = 0;

	if (!moving || !sorted) {
		free(moving);
		free(sorted);
		return err_nomem(e);
	}
	for (size_t i = 0; i < a->nitems; i++) {
		struct item *it = &a->items[i];

		/* A list of no known place stays where it is. */
		it->moves = it->on_demand
				    ? a->c[a->order[it->first]].record != NULL
				    : it->start != NOT_KNOWN;
		if (it->moves)
			moving[nmoving++] = *it;
	}
	qsort(moving, nmoving, sizeof(*moving), compare_items);
	for (size_t i = 0; i < a->nitems; i++) {
		const struct item *it = a->items[i].moves ? &moving[next++]
							  : &a->items[i];

		memcpy(sorted + at, a->order + it->first,
		       it->count * sizeof(*sorted));
		at += it->count;
	}
	memcpy(a->order, sorted, a->n * sizeof(*sorted));
	free(moving);
	free(sorted);
	return 0;
}

int archive_order(const struct link_candidate *c, const struct strmap *in_image,
		  uint32_t *order, size_t n, struct err *e)
{
	struct archive a = {
		.c = c, .in_image = in_image, .order = order, .n = n
	};
	int r;

	a.items = calloc(n + 1, sizeof(*a.items));
	if (!a.items)
		return err_nomem(e);
	find_items(&a);
	r = order_members(&a, e);
	if (r == 0)
		r = put_in_order(&a, e);
	free(a.items);
	return r;
}
