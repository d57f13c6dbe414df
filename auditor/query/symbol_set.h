/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The symbols of a footprint, as compare/ takes them.  Private to
 * symbol_match.c.
 */
#ifndef QUERY_SYMBOL_SET_H
#define QUERY_SYMBOL_SET_H

#include <stddef.h>
#include <stdint.h>

#include "compare/symbols.h"
#include "query/database.h"
#include "support/arena.h"
#include "support/err.h"

/* The symbols of a footprint. */
struct symbol_set {
	int64_t footprint;
	struct compare_symbol *symbols;
	struct symbol_rest {
		int64_t ordinal;
		const char *name;
	} * rest; /* as symbols */
	size_t n, symbols_room, rest_room;
	struct arena arena;
};

/* path is 0 in each. */
int symbol_set_load(const struct database *d, int64_t footprint,
		    struct symbol_set *ret, struct err *e);
void symbol_set_release(struct symbol_set *s);

#endif
