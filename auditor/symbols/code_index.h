/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is looked up in a symbol map: places and symbols by address, symbols
 * by name, images by their text.  It borrows the map.
 */
#ifndef SYMBOLS_CODE_INDEX_H
#define SYMBOLS_CODE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/symbol_map.h"
#include "support/err.h"
#include "support/strmap.h"
#include "support/u64map.h"

/* A place that has bytes: many objects have an empty .text. */
struct code_span {
	uint64_t addr, end;
	uint32_t place;
};

struct code_index {
	const struct symbol_map *map;
	struct code_span *spans; /* by space, then by addr */
	uint32_t *first_span;	 /* nspaces + 1: those of a space */
	struct u64map by_name;	 /* name → its first symbol */
	uint32_t *next_same;	 /* next symbol of that name, or MAP_NONE */
	/* A weak symbol whose name the linker gave to another object's: its
	 * code is in the image, but without that name.  Objects are in the
	 * order of the link. */
	bool *overridden;
	struct strmap images;	/* text of the name → image */
	uint32_t vmlinux;	/* its image, or MAP_NONE */
	uint32_t vmlinux_space; /* MAP_NONE where its layout is not known */
};

/* ERR_DB where the map's indexes do not fit together. */
int code_index_init(struct code_index *ci, const struct symbol_map *map,
		    struct err *e);
void code_index_release(struct code_index *ci);

/* The image of a module's name, dashes or underscores; MAP_NONE: none. */
uint32_t code_index_image(const struct code_index *ci, const char *name,
			  size_t len);

/* The place that holds the byte at addr, or MAP_NONE. */
uint32_t code_index_place(const struct code_index *ci, uint32_t space,
			  uint64_t addr);

/* The first symbol of the space after addr; maybe the end of its symbols.
 * Those before it may be overridden. */
uint32_t code_index_upper(const struct code_index *ci, uint32_t space,
			  uint64_t addr);

/*
 * How far a symbol reaches by the kernel's count, which is to the next
 * symbol.  A range, where what follows its place is not a symbol of it:
 * what the kernel prints there depends on symbols that are no code.
 */
struct code_extent {
	uint64_t least, most;
};
struct code_extent code_index_extent(const struct code_index *ci,
				     uint32_t symbol);

/* Whether a call may have returned to addr, which is in the place or right
 * after it. */
bool code_place_returns(const struct map_place *p, uint64_t addr);

/* Whether all symbols of this name in these spaces have one address:
 * *ret_symbol is the first of them. */
bool code_index_unique(const struct code_index *ci, int64_t name,
		       uint32_t first_space, uint32_t nspaces,
		       uint32_t *ret_symbol);

/* Return addresses have bit 0 set in Thumb code; 32-bit ones may come
 * sign-extended. */
static inline uint64_t code_address(const struct symbol_map *m, uint64_t addr)
{
	enum { EM_ARM_32 = 40 };

	if (!m->is_64bit)
		addr &= UINT32_MAX;
	return m->machine == EM_ARM_32 ? addr & ~UINT64_C(1) : addr;
}

#endif
