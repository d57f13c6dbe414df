/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A symbol of one build in another: as kmemdb diff matches them, but of one
 * symbol alone.  An object that is the same in both costs nothing, one that
 * differs is compared on its own first; only where the symbol has left it all
 * objects that differ are compared.
 */
#ifndef QUERY_SYMBOL_MATCH_H
#define QUERY_SYMBOL_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "compare/symbols.h"
#include "query/database.h"
#include "query/symbol_set.h"
#include "support/arena.h"
#include "support/err.h"

/* Where a symbol is; its texts live as long as the struct symbol_match. */
struct symbol_place {
	int64_t path, footprint, ordinal, size;
	const char *name, *norm; /* norm: counters as '#' */
};

#define SYMBOL_SETS 64

/* All zeros but d is ready. */
struct symbol_match {
	const struct database *d;
	struct symbol_set sets[SYMBOL_SETS]; /* read last, in a ring */
	size_t nsets, next_set;
	sqlite3_stmt *footprint_at;
	struct arena arena;
};

void symbol_match_release(struct symbol_match *m);

/* Of the object path in build: 1 there is one, 0 not.  ret_size: its total;
 * may be NULL. */
int symbol_match_footprint(struct symbol_match *m, int64_t build, int64_t path,
			   int64_t *ret, int64_t *ret_size, struct err *e);
/* The symbol at an ordinal of a footprint; ret->path is path. */
int symbol_match_at(struct symbol_match *m, int64_t path, int64_t footprint,
		    int64_t ordinal, struct symbol_place *ret, struct err *e);
/* The first of that name. */
int symbol_match_named(struct symbol_match *m, int64_t path, int64_t footprint,
		       const char *norm, struct symbol_place *ret,
		       struct err *e);

/*
 * from is in build from_build; the same in to_build.  from_is_base says which
 * of the two is the older one.  1: *ret and *ret_what; 0: it is not there.
 */
int symbol_match_across(struct symbol_match *m, const struct symbol_place *from,
			int64_t from_build, int64_t to_build, bool from_is_base,
			struct symbol_place *ret, enum compare_what *ret_what,
			struct err *e);

/* An object that is gone in to_build, at another path there: the only one of
 * that footprint which from_build does not have.  1: *ret_path. */
int object_match_moved(struct symbol_match *m, int64_t footprint,
		       int64_t from_build, int64_t to_build, int64_t *ret_path,
		       struct err *e);

#endif
