/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/by_address.h"

#include <stdio.h>
#include <string.h>

#include "symbols/resolver.h"

#define NEAR_SYMBOLS 64 /* how many symbols back are looked at */

/* What the kernel's sort puts after other names of an address. */
struct alias_rank {
	bool weak, from_script;
	size_t underscores;
	char text[512];
};

static bool begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static bool ends(const char *s, const char *with)
{
	size_t n = strlen(s), k = strlen(with);

	return n >= k && strcmp(s + n - k, with) == 0;
}

/* `__start_x`, `__x_end`: names as linker scripts give. */
static bool is_from_script(const char *s)
{
	return strlen(s) >= 8 && begins(s, "__") &&
	       (begins(s, "__start_") || begins(s, "__stop_") ||
		begins(s, "__end_") || ends(s, "_start") || ends(s, "_end"));
}

static int rank_of(struct resolver *r, const struct map_symbol *y,
		   struct alias_rank *ret, struct err *e)
{
	enum { BIND_WEAK = 2 };
	const char *text = "";
	int rc = r->names.text(r->names.ctx, y->name, &text, e);

	if (rc < 0)
		return rc;
	ret->weak = y->bind == BIND_WEAK;
	ret->from_script = is_from_script(text);
	ret->underscores = strspn(text, "_");
	snprintf(ret->text, sizeof(ret->text), "%s", text);
	return 0;
}

static bool ranks_before(const struct alias_rank *a, const struct alias_rank *b)
{
	if (a->weak != b->weak)
		return b->weak;
	if (a->from_script != b->from_script)
		return b->from_script;
	if (a->underscores != b->underscores)
		return a->underscores < b->underscores;
	return strcmp(a->text, b->text) < 0;
}

static bool may_name(const struct resolver *r, uint32_t symbol,
		     bool functions_only)
{
	return !r->index.overridden[symbol] &&
	       (!functions_only ||
		resolver_is_function(&r->map->symbols[symbol]));
}

/* Modules keep the order of their symbol table: local symbols first. */
static int first_of_module(const struct resolver *r, uint32_t first,
			   uint32_t last, bool functions_only, uint32_t *ret)
{
	const struct map_symbol *v = r->map->symbols;
	uint32_t best = MAP_NONE;

	for (uint32_t i = first; i <= last; i++) {
		if (!may_name(r, i, functions_only))
			continue;
		if (best == MAP_NONE || (v[best].bind && !v[i].bind))
			best = i;
	}
	*ret = best == MAP_NONE ? last : best;
	return 0;
}

/* Of the symbols at one address, that %pS prints.  symbol is the last. */
static int alias_of(struct resolver *r, uint32_t symbol, bool functions_only,
		    uint32_t *ret, struct err *e)
{
	const struct map_symbol *v = r->map->symbols;
	uint32_t begin = r->map->spaces[v[symbol].space].first_symbol;
	uint32_t first = symbol, best = MAP_NONE;
	struct alias_rank rank, best_rank;
	int rc;

	while (first > begin && symbol - first < NEAR_SYMBOLS &&
	       v[first - 1].addr == v[symbol].addr)
		first--;
	if (first == symbol) {
		*ret = symbol;
		return 0;
	}
	if (v[symbol].space != r->index.vmlinux_space)
		return first_of_module(r, first, symbol, functions_only, ret);
	for (uint32_t i = first; i <= symbol; i++) {
		if (!may_name(r, i, functions_only))
			continue;
		rc = rank_of(r, &v[i], &rank, e);
		if (rc)
			return rc;
		if (best != MAP_NONE && !ranks_before(&rank, &best_rank))
			continue;
		best = i;
		best_rank = rank;
	}
	*ret = best == MAP_NONE ? symbol : best;
	return 0;
}

/* Labels are inside functions, so one that reaches over addr by its size comes
 * before the nearest symbol. */
int resolver_function(struct resolver *r, uint32_t place, uint64_t addr,
		      uint32_t named, uint32_t *ret, struct err *e)
{
	uint32_t space = r->map->places[place].space, nearest = MAP_NONE;
	uint32_t begin = r->map->spaces[space].first_symbol;
	uint32_t i = code_index_upper(&r->index, space, addr);

	for (uint32_t n = 0; i-- > begin && n < NEAR_SYMBOLS; n++) {
		const struct map_symbol *y = &r->map->symbols[i];

		if (y->place != place || r->index.overridden[i])
			continue;
		if (nearest == MAP_NONE)
			nearest = i;
		if (!resolver_is_function(y) || addr - y->addr >= y->size)
			continue;
		if (named != MAP_NONE &&
		    r->map->symbols[named].addr == y->addr &&
		    r->map->symbols[named].space == space) {
			*ret = named;
			return 0;
		}
		return alias_of(r, i, true, ret, e);
	}
	if (nearest != MAP_NONE)
		return alias_of(r, nearest, false, ret, e);
	*ret = MAP_NONE;
	return 0;
}

/* The symbol that %pS names the address by, and the offset it prints: of
 * the address as it is, so that Thumb's bit is in it. */
static int name_address(struct resolver *r, uint64_t thumb,
			struct site_match *m, struct err *e)
{
	uint32_t begin = r->map->spaces[m->space].first_symbol;
	uint32_t i = code_index_upper(&r->index, m->space, m->address);
	int rc;

	while (i > begin && r->index.overridden[i - 1])
		i--;
	if (i == begin)
		return 0;
	rc = alias_of(r, i - 1, false, &m->symbol, e);
	if (rc == 0)
		m->offset = (m->address | thumb) - r->map->symbols[i - 1].addr;
	return rc;
}

static int match_place(struct resolver *r, uint32_t space, uint64_t address,
		       uint64_t thumb, uint32_t place, struct site_match *m,
		       struct err *e)
{
	const struct map_place *p = resolver_place(r, place);
	bool known = p && p->object != MAP_NONE;
	int rc = 0;

	m->state = known ? SITE_OBJECT : SITE_NO_OBJECT;
	m->space = space;
	m->address = address;
	m->exact = true;
	m->object = known ? p->object : MAP_NONE;
	m->checked = !p || p->return_sites_known;
	m->agreed = p && p->return_sites_known &&
		    code_place_returns(p, address);
	if (p)
		rc = resolver_function(r, place, address - 1, MAP_NONE,
				       &m->function, e);
	return rc ? rc : name_address(r, thumb, m, e);
}

static bool in_vmlinux(const struct resolver *r, uint64_t linked)
{
	uint32_t space = r->index.vmlinux_space;
	const struct map_space *s = &r->map->spaces[space];

	return s->nplaces && linked > r->map->places[s->first_place].addr &&
	       linked <= s->end;
}

/* The module's space that is loaded around addr, or NULL. */
static const struct loaded_space *around(const struct resolver *r,
					 uint64_t addr)
{
	size_t low = 0, high = r->nloaded;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (r->loaded[mid].base <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	if (!low || addr - r->loaded[low - 1].base >=
			    r->map->spaces[r->loaded[low - 1].space].end)
		return NULL;
	return &r->loaded[low - 1];
}

int resolver_by_address(struct resolver *r, uint64_t address,
			struct site_match *m, struct err *e)
{
	uint32_t space = r->index.vmlinux_space, place = MAP_NONE;
	uint64_t running = code_address(r->map, address), linked = 0;
	uint64_t thumb = running ^
			 (r->map->is_64bit ? address : (uint32_t)address);
	const struct loaded_space *in;

	if (!running)
		return 0;
	if (r->kaslr_offset_known && space != MAP_NONE) {
		linked = code_address(r->map,
				      running - (uint64_t)r->kaslr_offset);
		place = code_index_place(&r->index, space, linked - 1);
		if (place != MAP_NONE)
			return match_place(r, space, linked, thumb, place, m,
					   e);
	}
	in = around(r, running - 1);
	if (in) {
		place = code_index_place(&r->index, in->space,
					 running - 1 - in->base);
		return match_place(r, in->space, running - in->base, thumb,
				   place, m, e);
	}
	if (r->kaslr_offset_known && space != MAP_NONE && in_vmlinux(r, linked))
		return match_place(r, space, linked, thumb, MAP_NONE, m, e);
	return 0;
}
