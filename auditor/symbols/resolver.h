/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside of the resolver: resolve.c makes and ends it, by_name.c and
 * by_address.c find sites, kaslr.c and kallsyms.c the KASLR offset.
 */
#ifndef SYMBOLS_RESOLVER_H
#define SYMBOLS_RESOLVER_H

#include "symbols/base_names.h"
#include "symbols/code_index.h"
#include "symbols/printed_site.h"
#include "model/site_text.h"

/* What a symbol of one name makes of a site. */
struct name_candidate {
	uint32_t symbol;
	uint32_t place; /* of the byte before the return, or MAP_NONE */
	uint64_t address;
};

#define NAME_CANDIDATES_MAX 4096

/* A space at its running address. */
struct loaded_space {
	uint64_t base;
	uint32_t space;
};

/* The places in vmlinux that calls return to, sorted, and a filter of bits
 * that most wrong guesses stop at: trying a KASLR offset asks a hundred times. */
struct return_index {
	bool made;
	uint64_t *v;
	size_t n, capacity;
	uint64_t *bits;
};

struct resolver {
	const struct symbol_map *map;
	struct name_numbers names;
	struct code_index index;
	bool kaslr_offset_known;
	int64_t kaslr_offset;
	struct loaded_space *loaded; /* of modules; sorted by base */
	size_t nloaded;
	/* Modules that ran, by image; modules_known: others did not. */
	bool modules_known;
	bool *module_ran;
	struct return_index return_sites;
	struct base_names bases;
	struct name_candidate *candidates; /* scratch: NAME_CANDIDATES_MAX */
};

static inline const struct map_place *resolver_place(const struct resolver *r,
						     uint32_t place)
{
	return place == MAP_NONE ? NULL : &r->map->places[place];
}

/* Whether a symbol of type type can be one a call is in. */
static inline bool resolver_is_function(const struct map_symbol *y)
{
	enum { TYPE_FUNC = 2, TYPE_GNU_IFUNC = 10 };

	return y->type == TYPE_FUNC || y->type == TYPE_GNU_IFUNC;
}

#endif
