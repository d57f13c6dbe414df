/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From sections in places to a map's places and symbols, in order.
 */
#include <stdlib.h>
#include <string.h>

#include "store/map_code.h"

int map_add_placed(struct map_loading *l, const struct code_member *m,
		   uint32_t section, uint32_t space, uint64_t addr,
		   uint64_t size, struct err *e)
{
	const struct code_section *sec = &l->sections.v[section];
	struct map_space *sp = &l->spaces.v[space];

	if (size > UINT64_MAX - addr)
		return map_damaged(l, e);
	if (VECTOR_ROOM(&l->placed, e))
		return -ERR_NOMEM;
	l->placed.v[l->placed.n++] = (struct code_placed){
		.place = {
			.addr = addr,
			.size = size,
			.space = space,
			.object = m->object,
			.returns = sec->returns,
			.returns_len = sec->returns_len,
			.returns_known = sec->returns_known,
		},
		.section = section,
	};
	if (addr + size > sp->end)
		sp->end = addr + size;
	return 0;
}

static int compare_placed(const void *pa, const void *pb)
{
	const struct map_place *a = &((const struct code_placed *)pa)->place;
	const struct map_place *b = &((const struct code_placed *)pb)->place;

	if (a->space != b->space)
		return a->space < b->space ? -1 : 1;
	if (a->addr != b->addr)
		return a->addr < b->addr ? -1 : 1;
	return a->object < b->object ? -1 : a->object > b->object;
}

static int compare_symbols(const void *pa, const void *pb)
{
	const struct map_symbol *a = pa, *b = pb;

	if (a->space != b->space)
		return a->space < b->space ? -1 : 1;
	if (a->addr != b->addr)
		return a->addr < b->addr ? -1 : 1;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return a->name < b->name ? -1 : a->name > b->name;
}

static int put_symbols(struct map_loading *l, const struct code_placed *p,
		       uint32_t place, struct err *e)
{
	const struct code_section *sec = &l->sections.v[p->section];

	for (uint32_t i = 0; i < sec->nsymbols; i++) {
		struct map_symbol sym = l->offsets.v[sec->first_symbol + i];

		/* No address wraps: an offset is at most the section's size,
		 * and a place as small as it was merged has no more. */
		if (sym.addr > p->place.size)
			continue;
		sym.addr += p->place.addr;
		sym.space = p->place.space;
		sym.place = place;
		if (VECTOR_ROOM(&l->symbols, e))
			return -ERR_NOMEM;
		l->symbols.v[l->symbols.n++] = sym;
	}
	return 0;
}

/* ---- weak symbols ---- */

enum { BIND_GLOBAL = 1, BIND_WEAK = 2 };

/* Who defines a name for the linker: a global symbol, else the weak one of
 * the first member. */
static bool is_stronger(const struct map_loading *l, const struct map_symbol *a,
			const struct map_symbol *b)
{
	if (a->bind != b->bind)
		return a->bind == BIND_GLOBAL;
	return a->place != MAP_NONE && b->place != MAP_NONE &&
	       l->places.v[a->place].object < l->places.v[b->place].object;
}

static int find_winners(const struct map_loading *l, size_t first,
			struct u64map *ret)
{
	for (size_t i = first; i < l->symbols.n; i++)
		if (l->symbols.v[i].bind == BIND_WEAK &&
		    u64map_put(ret, (uint64_t)l->symbols.v[i].name,
			       (uint32_t)i))
			return -1;
	for (size_t i = first; ret->count && i < l->symbols.n; i++) {
		const struct map_symbol *s = &l->symbols.v[i];
		uint32_t best = u64map_get(ret, (uint64_t)s->name);

		if ((s->bind == BIND_GLOBAL || s->bind == BIND_WEAK) &&
		    best != U64MAP_NONE &&
		    is_stronger(l, s, &l->symbols.v[best]) &&
		    u64map_put(ret, (uint64_t)s->name, (uint32_t)i))
			return -1;
	}
	return 0;
}

/* A weak symbol that another member's replaced leaves its code in the image,
 * but not its name: who looks the name up must find the other. */
static int drop_replaced(struct map_loading *l, size_t first, struct err *e)
{
	struct u64map winners = U64MAP_INIT;
	size_t n = first;

	if (find_winners(l, first, &winners)) {
		u64map_release(&winners);
		return err_nomem(e);
	}
	for (size_t i = first; i < l->symbols.n; i++) {
		const struct map_symbol *s = &l->symbols.v[i];

		if (s->bind != BIND_WEAK ||
		    u64map_get(&winners, (uint64_t)s->name) == i)
			l->symbols.v[n++] = *s;
	}
	l->symbols.n = n;
	u64map_release(&winners);
	return 0;
}

int map_finish_image(struct map_loading *l, size_t first_symbol, struct err *e)
{
	int r = 0;

	if (l->placed.n)
		qsort(l->placed.v, l->placed.n, sizeof(*l->placed.v),
		      compare_placed);
	for (size_t i = 0; i < l->placed.n && r == 0; i++) {
		struct code_placed *p = &l->placed.v[i];
		struct map_space *space = &l->spaces.v[p->place.space];

		if (VECTOR_ROOM(&l->places, e))
			return -ERR_NOMEM;
		if (!space->nplaces++)
			space->first_place = (uint32_t)l->places.n;
		r = put_symbols(l, p, (uint32_t)l->places.n, e);
		l->places.v[l->places.n++] = p->place;
	}
	l->placed.n = 0;
	if (r == 0 && l->symbols.n > first_symbol)
		qsort(&l->symbols.v[first_symbol], l->symbols.n - first_symbol,
		      sizeof(*l->symbols.v), compare_symbols);
	if (r == 0)
		r = drop_replaced(l, first_symbol, e);
	for (size_t i = first_symbol; r == 0 && i < l->symbols.n; i++) {
		struct map_space *space = &l->spaces.v[l->symbols.v[i].space];

		if (!space->nsymbols++)
			space->first_symbol = (uint32_t)i;
	}
	return r;
}

/* ---- the map's own copy ---- */

#define KEEP(l, x) keep(&(l)->map.arena, (l)->x.v, (l)->x.n, sizeof(*(l)->x.v))

static void *keep(struct arena *a, const void *v, size_t n, size_t size)
{
	void *copy = arena_calloc(a, n + 1, size);

	if (copy && n)
		memcpy(copy, v, n * size);
	return copy;
}

int map_keep(struct map_loading *l, struct err *e)
{
	struct symbol_map *m = &l->map;

	m->images = KEEP(l, images);
	m->spaces = KEEP(l, spaces);
	m->places = KEEP(l, places);
	m->symbols = KEEP(l, symbols);
	m->objects = KEEP(l, objects);
	m->nimages = l->images.n;
	m->nspaces = l->spaces.n;
	m->nplaces = l->places.n;
	m->nsymbols = l->symbols.n;
	m->nobjects = l->objects.n;
	if (!m->images || !m->spaces || !m->places || !m->symbols ||
	    !m->objects)
		return err_nomem(e);
	return 0;
}
