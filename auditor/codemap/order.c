/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From sections in places to a map's places and symbols, in order.
 */
#include "codemap/order.h"

#include <stdlib.h>

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

static int put_symbols(struct codemap_builder *b, const struct code_placed *p,
		       uint32_t place, struct err *e)
{
	const struct code_section *sec = &b->sections.v[p->section];

	for (uint32_t i = 0; i < sec->nsymbols; i++) {
		struct map_symbol sym = b->offsets.v[sec->first_symbol + i];

		/* No address wraps: an offset is at most the section's size,
		 * and a place as small as it was merged has no more. */
		if (sym.addr > p->place.size)
			continue;
		sym.addr += p->place.addr;
		sym.space = p->place.space;
		sym.place = place;
		if (VECTOR_ROOM(&b->symbols, e))
			return -ERR_NOMEM;
		b->symbols.v[b->symbols.n++] = sym;
	}
	return 0;
}

/* ---- weak symbols ---- */

enum { BIND_GLOBAL = 1, BIND_WEAK = 2 };

/* Who defines a name for the linker: a global symbol, else the weak one of
 * the first member. */
static bool is_stronger(const struct codemap_builder *b,
			const struct map_symbol *x, const struct map_symbol *y)
{
	if (x->bind != y->bind)
		return x->bind == BIND_GLOBAL;
	return x->place != MAP_NONE && y->place != MAP_NONE &&
	       b->places.v[x->place].object < b->places.v[y->place].object;
}

static int find_winners(const struct codemap_builder *b, size_t first,
			struct u64map *ret)
{
	for (size_t i = first; i < b->symbols.n; i++)
		if (b->symbols.v[i].bind == BIND_WEAK &&
		    u64map_put(ret, (uint64_t)b->symbols.v[i].name,
			       (uint32_t)i))
			return -1;
	for (size_t i = first; ret->count && i < b->symbols.n; i++) {
		const struct map_symbol *s = &b->symbols.v[i];
		uint32_t best = u64map_get(ret, (uint64_t)s->name);

		if ((s->bind == BIND_GLOBAL || s->bind == BIND_WEAK) &&
		    best != U64MAP_NONE &&
		    is_stronger(b, s, &b->symbols.v[best]) &&
		    u64map_put(ret, (uint64_t)s->name, (uint32_t)i))
			return -1;
	}
	return 0;
}

/* A weak symbol that another member's replaced leaves its code in the image,
 * but not its name: who looks the name up must find the other. */
static int drop_replaced(struct codemap_builder *b, size_t first, struct err *e)
{
	struct u64map winners = U64MAP_INIT;
	size_t n = first;

	if (find_winners(b, first, &winners)) {
		u64map_release(&winners);
		return err_nomem(e);
	}
	for (size_t i = first; i < b->symbols.n; i++) {
		const struct map_symbol *s = &b->symbols.v[i];

		if (s->bind != BIND_WEAK ||
		    u64map_get(&winners, (uint64_t)s->name) == i)
			b->symbols.v[n++] = *s;
	}
	b->symbols.n = n;
	u64map_release(&winners);
	return 0;
}

int codemap_order_image(struct codemap_builder *b, struct err *e)
{
	size_t first_symbol = b->first_symbol;
	int r = 0;

	if (b->placed.n)
		qsort(b->placed.v, b->placed.n, sizeof(*b->placed.v),
		      compare_placed);
	for (size_t i = 0; i < b->placed.n && r == 0; i++) {
		struct code_placed *p = &b->placed.v[i];
		struct map_space *space = &b->spaces.v[p->place.space];

		if (VECTOR_ROOM(&b->places, e))
			return -ERR_NOMEM;
		if (!space->nplaces++)
			space->first_place = (uint32_t)b->places.n;
		r = put_symbols(b, p, (uint32_t)b->places.n, e);
		b->places.v[b->places.n++] = p->place;
	}
	b->placed.n = 0;
	if (r == 0 && b->symbols.n > first_symbol)
		qsort(&b->symbols.v[first_symbol], b->symbols.n - first_symbol,
		      sizeof(*b->symbols.v), compare_symbols);
	if (r == 0)
		r = drop_replaced(b, first_symbol, e);
	for (size_t i = first_symbol; r == 0 && i < b->symbols.n; i++) {
		struct map_space *space = &b->spaces.v[b->symbols.v[i].space];

		if (!space->nsymbols++)
			space->first_symbol = (uint32_t)i;
	}
	return r;
}
