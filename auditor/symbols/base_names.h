/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names that a kernel prints without what link-time optimisation added.
 *
 * Clang's LTO renames what it moves between files: foo.llvm.123,
 * foo$<hash>, foo.<hash>, foo.<hash>.cfi; gcc's adds .lto_priv.0.  Kernels
 * with LTO_CLANG cut that off when they print a symbol: up to 6.4 all from
 * the first dot on, later only from .llvm. on; the objects keep it.  On
 * ppc64 (ELF v1) the code of foo may be called .foo.
 */
#ifndef SYMBOLS_BASE_NAMES_H
#define SYMBOLS_BASE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/name_numbers.h"
#include "model/symbol_map.h"
#include "support/err.h"
#include "support/intern.h"

/* A name that may be printed as its base. */
struct base_entry {
	int64_t name;
	uint32_t next; /* index of the next of its base, or MAP_NONE */
};

/* All zeros: not made yet. */
struct base_names {
	bool made;
	struct intern bases;
	uint32_t *first; /* by id in bases: index into entries */
	size_t first_capacity;
	struct base_entry *entries;
	size_t nentries, entries_capacity;
};

/*
 * How long a name is without what LTO added, and in *ret_dot without all
 * from its first dot or dollar sign on.  len where it is a plain name.
 */
size_t base_name_length(const char *name, size_t len, size_t *ret_dot);

/* Collects the names of a map that LTO made: asks for the text of every
 * name, so it is done only when a printed one was not found. */
int base_names_make(struct base_names *b, const struct symbol_map *map,
		    const struct name_numbers *names, struct err *e);
void base_names_release(struct base_names *b);

/* The first entry of the names that may be printed as this, or MAP_NONE. */
uint32_t base_names_find(const struct base_names *b, const char *text,
			 size_t len);

#endif
