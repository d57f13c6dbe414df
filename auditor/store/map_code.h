/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A symbol map in the making: what map_load.c, map_code.c and map_module.c
 * share.
 */
#ifndef STORE_MAP_CODE_H
#define STORE_MAP_CODE_H

#include "model/symbol_map.h"
#include "store/statements.h"
#include "support/u64map.h"

/* An executable section of a footprint. */
struct code_section {
	int64_t name;
	uint64_t size, align;
	uint32_t ordinal;
	uint32_t first_symbol, nsymbols; /* in map_loading.offsets */
	const unsigned char *returns;	 /* in the map's arena */
	size_t returns_len;
	bool returns_known;
};

/* A footprint's sections, in map_loading.sections. */
struct code_footprint {
	uint32_t first, count;
};

/* A member of the image being loaded. */
struct code_member {
	int64_t ordinal; /* in the member list; ascending, maybe with gaps */
	uint32_t object;
	uint32_t footprint; /* index into map_loading.footprints */
};

/* A place, and the section of a footprint that is there. */
struct code_placed {
	struct map_place place;
	uint32_t section;
};

/* An executable section of an image as linked. */
struct code_linked {
	uint64_t size;
	uint32_t space;
	bool used; /* something was placed there */
};

#define VECTOR(type)                                                           \
	struct {                                                               \
		type *v;                                                       \
		size_t n, cap;                                                 \
	}

/* 0 and room for one more, or -ERR_NOMEM and e. */
#define VECTOR_ROOM(x, e)                                                      \
	map_room((void **)&(x)->v, (x)->n, &(x)->cap, sizeof(*(x)->v), (e))

struct map_loading {
	struct store *s;
	int64_t build;
	struct symbol_map map; /* its arena, machine and class */

	struct u64map object_ids, footprint_ids; /* path, footprint -> index */
	VECTOR(struct code_footprint) footprints;
	VECTOR(struct code_section) sections;
	VECTOR(struct map_symbol) offsets; /* addr is the offset */

	VECTOR(struct map_image) images;
	VECTOR(struct map_space) spaces;
	VECTOR(struct map_place) places;
	VECTOR(struct map_symbol) symbols;
	VECTOR(struct map_object) objects;

	/* Of the image being loaded: */
	VECTOR(struct code_member) members;
	VECTOR(struct code_placed) placed;
	VECTOR(struct code_linked) linked;
};

int map_room(void **array, size_t count, size_t *capacity, size_t size,
	     struct err *e);
int map_damaged(const struct map_loading *l, struct err *e);

/* Fills l->members. */
int map_read_members(struct map_loading *l, int64_t member_list, struct err *e);

/* Adds a space at the end of the last image's. */
int map_add_space(struct map_loading *l, int64_t section, const char *text,
		  uint32_t *ret, struct err *e);

/* Adds to l->placed; every address of it must fit. */
int map_add_placed(struct map_loading *l, const struct code_member *m,
		   uint32_t section, uint32_t space, uint64_t addr,
		   uint64_t size, struct err *e);

/* From l->placed to places and symbols, in order.  first_symbol: where the
 * image's begin; those of the script may be there already. */
int map_finish_image(struct map_loading *l, size_t first_symbol, struct err *e);

/* Moves all lists into l->map. */
int map_keep(struct map_loading *l, struct err *e);

/* Lays out the members of a module. */
int map_replay_module(struct map_loading *l, struct err *e);

#endif
