/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/code_index.h"

#include <stdlib.h>
#include <string.h>

#include "support/leb128.h"

static bool in_list(uint64_t first, uint64_t count, size_t all)
{
	return first <= all && count <= all - first;
}

static bool spaces_fit(const struct symbol_map *m)
{
	for (size_t i = 0; i < m->nimages; i++) {
		const struct map_image *im = &m->images[i];

		if (!im->name_text ||
		    !in_list(im->first_space, im->nspaces, m->nspaces))
			return false;
	}
	for (size_t i = 0; i < m->nspaces; i++) {
		const struct map_space *s = &m->spaces[i];

		if (s->image >= m->nimages ||
		    !in_list(s->first_place, s->nplaces, m->nplaces) ||
		    !in_list(s->first_symbol, s->nsymbols, m->nsymbols))
			return false;
	}
	return true;
}

static bool space_fits(const struct symbol_map *m, uint32_t space)
{
	const struct map_space *s = &m->spaces[space];

	for (uint32_t i = 0; i < s->nplaces; i++) {
		const struct map_place *p = &m->places[s->first_place + i];

		if (p->space != space || p->size > UINT64_MAX - p->addr ||
		    (p->object != MAP_NONE && p->object >= m->nobjects) ||
		    (i && p[-1].addr > p->addr))
			return false;
	}
	for (uint32_t i = 0; i < s->nsymbols; i++) {
		const struct map_symbol *y = &m->symbols[s->first_symbol + i];

		if (y->space != space ||
		    (y->place != MAP_NONE && y->place >= m->nplaces) ||
		    (i && y[-1].addr > y->addr))
			return false;
	}
	return true;
}

/* The map comes from a file that may be damaged: everything below relies on
 * what is asked here. */
static bool map_fits(const struct symbol_map *m)
{
	if (m->nimages >= MAP_NONE || m->nspaces >= MAP_NONE ||
	    m->nplaces >= MAP_NONE || m->nsymbols >= MAP_NONE ||
	    m->nobjects >= MAP_NONE || !spaces_fit(m))
		return false;
	for (uint32_t i = 0; i < m->nspaces; i++)
		if (!space_fits(m, i))
			return false;
	return true;
}

static void fill_spans(struct code_index *ci)
{
	const struct symbol_map *m = ci->map;
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->nspaces; i++) {
		const struct map_space *s = &m->spaces[i];

		ci->first_span[i] = n;
		for (uint32_t k = 0; k < s->nplaces; k++) {
			uint32_t at = s->first_place + k;
			const struct map_place *p = &m->places[at];

			if (p->size && n < m->nplaces)
				ci->spans[n++] = (struct code_span){
					p->addr, p->addr + p->size, at
				};
		}
	}
	ci->first_span[m->nspaces] = n;
}

enum { BIND_GLOBAL = 1, BIND_WEAK = 2 };

static uint32_t object_of(const struct symbol_map *m,
			  const struct map_symbol *y)
{
	return y->place == MAP_NONE ? MAP_NONE : m->places[y->place].object;
}

/* Whether the linker took another symbol of the image for a weak one's name:
 * a strong one, or the weak one of an earlier object. */
static bool is_beaten(const struct code_index *ci, const struct map_symbol *y)
{
	enum { WALK_MAX = 4096 };
	const struct symbol_map *m = ci->map;
	uint32_t image = m->spaces[y->space].image, seen = 0;

	for (uint32_t i = u64map_get(&ci->by_name, (uint64_t)y->name);
	     i != MAP_NONE && seen < WALK_MAX; i = ci->next_same[i], seen++) {
		const struct map_symbol *other = &m->symbols[i];

		if (m->spaces[other->space].image != image)
			continue;
		if (other->bind == BIND_GLOBAL ||
		    (other->bind == BIND_WEAK &&
		     object_of(m, other) < object_of(m, y)))
			return true;
	}
	return false;
}

static void find_overridden(struct code_index *ci)
{
	for (size_t i = 0; i < ci->map->nsymbols; i++) {
		const struct map_symbol *y = &ci->map->symbols[i];

		ci->overridden[i] = y->bind == BIND_WEAK && is_beaten(ci, y);
	}
}

/* From the last to the first, so that each chain ascends. */
static int fill_names(struct code_index *ci)
{
	for (size_t i = ci->map->nsymbols; i-- > 0;) {
		uint64_t name = (uint64_t)ci->map->symbols[i].name;

		ci->next_same[i] = u64map_get(&ci->by_name, name);
		if (u64map_put(&ci->by_name, name, (uint32_t)i))
			return -1;
	}
	return 0;
}

static int fill_images(struct code_index *ci)
{
	const struct symbol_map *m = ci->map;

	ci->vmlinux = ci->vmlinux_space = MAP_NONE;
	for (uint32_t i = 0; i < m->nimages; i++) {
		const struct map_image *im = &m->images[i];
		bool added;

		if (!strmap_put(&ci->images, im->name_text,
				strlen(im->name_text), i, &added))
			return -1;
		if (i || strcmp(im->name_text, "vmlinux") != 0)
			continue;
		ci->vmlinux = i;
		if (im->placed && im->nspaces)
			ci->vmlinux_space = im->first_space;
	}
	return 0;
}

int code_index_init(struct code_index *ci, const struct symbol_map *map,
		    struct err *e)
{
	*ci = (struct code_index){ .map = map,
				   .by_name = U64MAP_INIT,
				   .images = STRMAP_INIT };
	if (!map_fits(map))
		return err_set(
			e, ERR_DB,
			"the build's map of its code is damaged: audit the tree again with --full");
	ci->spans = calloc(map->nplaces + 1, sizeof(*ci->spans));
	ci->first_span = calloc(map->nspaces + 1, sizeof(*ci->first_span));
	ci->next_same = calloc(map->nsymbols + 1, sizeof(*ci->next_same));
	ci->overridden = calloc(map->nsymbols + 1, sizeof(*ci->overridden));
	if (!ci->spans || !ci->first_span || !ci->next_same ||
	    !ci->overridden || fill_names(ci) || fill_images(ci)) {
		code_index_release(ci);
		return err_nomem(e);
	}
	fill_spans(ci);
	find_overridden(ci);
	return 0;
}

void code_index_release(struct code_index *ci)
{
	free(ci->spans);
	free(ci->first_span);
	free(ci->next_same);
	free(ci->overridden);
	u64map_release(&ci->by_name);
	strmap_release(&ci->images);
	*ci = (struct code_index){ .map = NULL };
}

uint32_t code_index_image(const struct code_index *ci, const char *name,
			  size_t len)
{
	char text[256]; /* the kernel's names of modules have 56 bytes */
	uint64_t image;

	if (len > sizeof(text))
		return MAP_NONE;
	for (size_t i = 0; i < len; i++)
		text[i] = name[i] == '-' ? '_' : name[i];
	return strmap_get(&ci->images, text, len, &image) ? (uint32_t)image
							  : MAP_NONE;
}

uint32_t code_index_place(const struct code_index *ci, uint32_t space,
			  uint64_t addr)
{
	uint32_t low = ci->first_span[space], high = ci->first_span[space + 1];
	uint32_t first = low;

	while (low < high) { /* the first span after addr */
		uint32_t mid = low + (high - low) / 2;

		if (ci->spans[mid].addr <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == first || addr >= ci->spans[low - 1].end)
		return MAP_NONE;
	return ci->spans[low - 1].place;
}

uint32_t code_index_upper(const struct code_index *ci, uint32_t space,
			  uint64_t addr)
{
	const struct map_space *s = &ci->map->spaces[space];
	uint32_t low = s->first_symbol, high = low + s->nsymbols;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (ci->map->symbols[mid].addr <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct code_extent code_index_extent(const struct code_index *ci,
				     uint32_t symbol)
{
	const struct symbol_map *m = ci->map;
	const struct map_symbol *y = &m->symbols[symbol];
	const struct map_space *s = &m->spaces[y->space];
	uint32_t next = code_index_upper(ci, y->space, y->addr);
	struct code_extent x = { 0, UINT64_MAX };
	const struct map_place *p;

	while (next < s->first_symbol + s->nsymbols && ci->overridden[next])
		next++;
	if (next < s->first_symbol + s->nsymbols) {
		x.most = m->symbols[next].addr - y->addr;
		x.least = x.most;
		if (m->symbols[next].place == y->place)
			return x;
	}
	p = y->place == MAP_NONE ? NULL : &m->places[y->place];
	if (p && p->space == y->space && p->addr <= y->addr &&
	    y->addr - p->addr <= p->size) {
		uint64_t rest = p->size - (y->addr - p->addr);

		if (rest < x.most)
			x.least = rest;
	}
	return x;
}

bool code_place_returns(const struct map_place *p, uint64_t addr)
{
	const unsigned char *at = p->return_sites, *end;
	uint64_t offset = 0, step;

	if (!p->return_sites_known)
		return true;
	if (addr < p->addr || !p->return_sites_len)
		return false;
	end = at + p->return_sites_len;
	while (offset < addr - p->addr && leb128_get(&at, end, &step)) {
		if (__builtin_add_overflow(offset, step, &offset))
			return false;
		if (offset == addr - p->addr)
			return true;
	}
	return false;
}

bool code_index_unique(const struct code_index *ci, int64_t name,
		       uint32_t first_space, uint32_t nspaces,
		       uint32_t *ret_symbol)
{
	const struct map_symbol *v = ci->map->symbols;
	uint32_t found = MAP_NONE, seen = 0;

	for (uint32_t i = u64map_get(&ci->by_name, (uint64_t)name);
	     i != MAP_NONE; i = ci->next_same[i]) {
		if (seen++ > 64)
			return false;
		if (ci->overridden[i] || v[i].space < first_space ||
		    v[i].space - first_space >= nspaces)
			continue;
		if (found == MAP_NONE)
			found = i;
		else if (v[found].space != v[i].space ||
			 v[found].addr != v[i].addr)
			return false;
	}
	if (found == MAP_NONE)
		return false;
	*ret_symbol = found;
	return true;
}
