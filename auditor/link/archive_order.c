/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker goes through an archive from its front and takes what is needed
 * by then; what those members need may stand before them, so it goes round
 * again until nothing is missing.  Within a round, members stand in the
 * archive's order; which round took a member, only its place in the image
 * tells.
 */
#include "link/archive_order.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#define NOT_KNOWN UINT64_MAX
#define NO_ROUND SIZE_MAX

/* Candidates that keep together: all of one list, or one member. */
struct item {
	size_t first, count; /* places in order[] */
	uint64_t start;	     /* address of its code, or NOT_KNOWN */
	size_t round, lo, hi;
	bool on_demand;
	bool moves;
};

/* Where the image has a section of an item. */
struct home {
	uint64_t name; /* number of the section's name */
	uint64_t addr;
	size_t item;
};

struct archive {
	const struct link_candidate *c;
	const struct strmap *in_image;
	uint32_t *order;
	size_t n;
	struct item *items;
	size_t nitems;
	struct home *homes;
	size_t nhomes;
	size_t *known; /* items whose code has a place, by address */
	size_t nknown;
	size_t *rounds; /* where each begins in known[] */
	size_t nrounds;
	struct strmap names; /* of sections → number */
};

/* Where the image has the section that symbol s of r is in.  A weak symbol may
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
			.round = NO_ROUND,
			.lo = NO_ROUND,
			.hi = NO_ROUND,
			.on_demand = c->on_demand,
		};
	}
}

/* ---- rounds ---- */

static int compare_known(const void *pa, const void *pb, void *context)
{
	const struct item *items = context;
	const struct item *a = &items[*(const size_t *)pa];
	const struct item *b = &items[*(const size_t *)pb];

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->first < b->first ? -1 : a->first > b->first;
}

/* By their code: where the archive's order goes back, a round begins. */
static void find_rounds(struct archive *a)
{
	for (size_t i = 0; i < a->nitems; i++)
		if (a->items[i].on_demand && a->items[i].start != NOT_KNOWN)
			a->known[a->nknown++] = i;
	qsort_r(a->known, a->nknown, sizeof(*a->known), compare_known,
		a->items);
	for (size_t i = 0; i < a->nknown; i++) {
		if (!i || a->known[i] < a->known[i - 1])
			a->rounds[a->nrounds++] = i;
		a->items[a->known[i]].round = a->nrounds - 1;
	}
}

static int add_homes(struct archive *a, size_t item)
{
	const struct link_candidate *c = &a->c[a->order[a->items[item].first]];
	const struct object_record *r = c->record;
	uint32_t last = SYM_SECTION_UNDEF;

	/* Symbols are sorted by section. */
	for (size_t k = 0; r && k < r->nsymbols; k++) {
		const struct obj_symbol *s = &r->symbols[k];
		uint64_t home, *number;
		const char *name;
		bool added;

		/* What is weak here may be another's in the image. */
		if (s->bind != STB_GLOBAL || s->section == last ||
		    !section_home(a, c, s, &home) ||
		    r->sections[s->section].flags & SHF_MERGE)
			continue;
		last = s->section;
		name = r->sections[last].name;
		number = strmap_put(&a->names, name, strlen(name),
				    a->names.keys.count, &added);
		if (!number)
			return -1;
		a->homes[a->nhomes++] = (struct home){ *number, home, item };
	}
	return 0;
}

static int compare_homes(const void *pa, const void *pb)
{
	const struct home *a = pa, *b = pb;

	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	if (a->addr != b->addr)
		return a->addr < b->addr ? -1 : 1;
	return a->item < b->item ? -1 : a->item > b->item;
}

static int find_homes(struct archive *a)
{
	size_t most = 0;

	for (size_t i = 0; i < a->nitems; i++) {
		const struct link_candidate *c =
			&a->c[a->order[a->items[i].first]];

		if (c->on_demand && c->record)
			most += c->record->nsections;
	}
	a->homes = calloc(most + 1, sizeof(*a->homes));
	if (!a->homes)
		return -1;
	for (size_t i = 0; i < a->nitems; i++)
		if (a->items[i].on_demand && add_homes(a, i))
			return -1;
	qsort(a->homes, a->nhomes, sizeof(*a->homes), compare_homes);
	return 0;
}

/* One without a place of its code stands, in a section that it has, after one
 * of a known round and before another. */
static void bound_rounds(struct archive *a)
{
	const struct home *known = NULL;

	for (size_t i = 0; i < a->nhomes; i++) {
		const struct home *h = &a->homes[i];
		struct item *it = &a->items[h->item];
		size_t least;

		if (it->round != NO_ROUND) {
			known = h;
			continue;
		}
		if (!known || known->name != h->name)
			continue;
		least = a->items[known->item].round + (known->item > h->item);
		if (it->lo == NO_ROUND || least > it->lo)
			it->lo = least;
	}
	known = NULL;
	for (size_t i = a->nhomes; i-- > 0;) {
		const struct home *h = &a->homes[i];
		struct item *it = &a->items[h->item];
		size_t most;

		if (it->round != NO_ROUND) {
			known = h;
			continue;
		}
		if (!known || known->name != h->name)
			continue;
		most = a->items[known->item].round;
		if (known->item < h->item && most)
			most--;
		if (most < it->hi)
			it->hi = most;
	}
}

/* Where an item of that round goes: right after the last one of it that
 * stands before the item in the archive, or before its first. */
static uint64_t place_in_round(const struct archive *a, size_t round,
			       size_t item)
{
	size_t first = a->rounds[round], lo = first;
	size_t hi = round + 1 < a->nrounds ? a->rounds[round + 1] : a->nknown;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (a->known[mid] < item)
			lo = mid + 1;
		else
			hi = mid;
	}
	return a->items[a->known[lo > first ? lo - 1 : first]].start;
}

/* One of no known place most likely was taken in the same round as the one
 * before it in the archive; where its other sections have places, those
 * bound that. */
static void guess_rounds(struct archive *a)
{
	for (size_t i = 0; i < a->nitems; i++) {
		struct item *it = &a->items[i];

		if (!it->on_demand || it->start != NOT_KNOWN)
			continue;
		if (i && a->items[i - 1].on_demand)
			it->round = a->items[i - 1].round;
		if (it->round == NO_ROUND)
			it->round = it->lo != NO_ROUND ? it->lo : it->hi;
		if (it->round == NO_ROUND)
			continue;
		if (it->hi != NO_ROUND && it->round > it->hi)
			it->round = it->hi;
		if (it->lo != NO_ROUND && it->round < it->lo)
			it->round = it->lo;
		/* After the last round that code tells of, there may be one
		 * more. */
		if (it->round < a->nrounds)
			it->start = place_in_round(a, it->round, i);
	}
}

/* ---- the order ---- */

static int compare_items(const void *pa, const void *pb)
{
	const struct item *a = pa, *b = pb;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->first < b->first ? -1 : a->first > b->first;
}

static int put_in_order(struct archive *a)
{
	struct item *moving = calloc(a->nitems + 1, sizeof(*moving));
	uint32_t *sorted = calloc(a->n + 1, sizeof(*sorted));
	size_t nmoving = 0, next = 0, at = 0;

	if (!moving || !sorted) {
		free(moving);
		free(sorted);
		return -1;
	}
	for (size_t i = 0; i < a->nitems; i++) {
		struct item *it = &a->items[i];

		/* An archive's first member of no known place goes after the
		 * others, a list stays where it is. */
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
		  uint32_t *order, size_t n)
{
	struct archive a = { .c = c,
			     .in_image = in_image,
			     .order = order,
			     .n = n,
			     .names = STRMAP_INIT };
	int r = -1;

	a.items = calloc(n + 1, sizeof(*a.items));
	a.known = calloc(n + 1, sizeof(*a.known));
	a.rounds = calloc(n + 1, sizeof(*a.rounds));
	if (a.items && a.known && a.rounds) {
		find_items(&a);
		find_rounds(&a);
		r = find_homes(&a);
		if (r == 0) {
			bound_rounds(&a);
			guess_rounds(&a);
			r = put_in_order(&a);
		}
	}
	free(a.items);
	free(a.known);
	free(a.rounds);
	free(a.homes);
	strmap_release(&a.names);
	return r;
}
