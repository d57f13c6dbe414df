/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A symbol map in the making.  Whoever knows a build's objects (store/, from
 * its rows) adds image by image: codemap_add_image, the objects' footprints
 * and members, then the image's layout (vmlinux_layout.h, module_layout.h)
 * and its order (order.h).  codemap_finish makes the map of it.
 *
 * A footprint is an object's content and is added once, whatever number of
 * objects has it.  Addresses and sizes are bytes.  Errors: ERR_NOMEM; ERR_DB
 * where what was added does not fit together.  codemap_builder_release frees
 * all of it at any time.
 */
#ifndef CODEMAP_BUILDER_H
#define CODEMAP_BUILDER_H

#include "model/name_numbers.h"
#include "model/symbol_map.h"
#include "support/err.h"
#include "support/u64map.h"

/* An executable section of a footprint. */
struct code_section {
	int64_t name;
	uint64_t size, align;
	uint32_t ordinal;
	uint32_t first_symbol, nsymbols;   /* in codemap_builder.offsets */
	const unsigned char *return_sites; /* in the map's arena */
	size_t return_sites_len;
	bool return_sites_known;
};

/* A footprint's sections, in codemap_builder.sections. */
struct code_footprint {
	uint32_t first, count;
};

/* A member of the image being added. */
struct code_member {
	int64_t ordinal; /* in the member list; ascending, maybe with gaps */
	uint32_t object;
	uint32_t footprint; /* index into codemap_builder.footprints */
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
	codemap_room((void **)&(x)->v, (x)->n, &(x)->cap, sizeof(*(x)->v), (e))

struct codemap_builder {
	struct name_numbers names;
	const char *database;  /* for messages; borrowed */
	int64_t build;	       /* likewise */
	struct symbol_map map; /* its arena, machine and class */

	struct u64map object_ids, footprint_ids; /* path, footprint -> index */
	VECTOR(struct code_footprint) footprints;
	VECTOR(struct code_section) sections;
	VECTOR(struct map_symbol) offsets; /* addr is the offset */
	size_t last_section;		   /* that a symbol was added to */

	VECTOR(struct map_image) images;
	VECTOR(struct map_space) spaces;
	VECTOR(struct map_place) places;
	VECTOR(struct map_symbol) symbols;
	VECTOR(struct map_object) objects;

	/* Of the image being added: */
	size_t first_symbol; /* its own in symbols */
	VECTOR(struct code_member) members;
	VECTOR(struct code_placed) placed;
	VECTOR(struct code_linked) linked;
};

int codemap_room(void **array, size_t count, size_t *capacity, size_t size,
		 struct err *e);
/* Always -ERR_DB: says which build must be audited again. */
int codemap_damaged(const struct codemap_builder *b, struct err *e);

/* ---- footprints and members ---- */

/* Whether the footprint of this number was added: its index, or
 * U64MAP_NONE. */
uint32_t codemap_find_footprint(const struct codemap_builder *b, int64_t id);

/* A section of the footprint that is added next, by ascending ordinal;
 * returns are copied, its symbols come by codemap_add_offset. */
int codemap_add_section(struct codemap_builder *b,
			const struct code_section *section, struct err *e);

/* A symbol of a section of the footprint that is added next: sym->addr is
 * its offset.  In the order of sections; one that is in no executable
 * section, or out of order, is passed over. */
int codemap_add_offset(struct codemap_builder *b, int64_t section,
		       const struct map_symbol *sym, struct err *e);

/* Closes the footprint: all sections since the last one are its own. */
int codemap_add_footprint(struct codemap_builder *b, int64_t id,
			  uint32_t *ret_index, struct err *e);

/* Whether calls of such code can be recognised: EM_*, e_flags. */
bool codemap_return_sites_known(uint16_t machine, uint32_t eflags);

/* path: number of the object's.  After codemap_add_image. */
int codemap_add_member(struct codemap_builder *b, int64_t ordinal, int64_t path,
		       uint32_t footprint, struct err *e);

/* The first machine that is told is the map's. */
void codemap_set_machine(struct codemap_builder *b, uint16_t machine,
			 bool is_64bit);

/* ---- images ---- */

/* Begins an image, without members and spaces; text is its name as its file
 * is called. */
int codemap_add_image(struct codemap_builder *b, int64_t name, const char *text,
		      struct err *e);

/* Adds a space at the end of the last image's. */
int codemap_add_space(struct codemap_builder *b, int64_t section,
		      const char *text, uint32_t *ret, struct err *e);

/* An executable section of a module as linked, in the order of the file. */
int codemap_add_linked(struct codemap_builder *b, int64_t section,
		       const char *text, uint64_t size, struct err *e);

/* Adds to b->placed; every address of it must fit. */
int codemap_add_placed(struct codemap_builder *b, const struct code_member *m,
		       uint32_t section, uint32_t space, uint64_t addr,
		       uint64_t size, struct err *e);

/* ---- the map ---- */

/* The map's own copy of all lists.  The caller releases *ret. */
int codemap_finish(struct codemap_builder *b, struct symbol_map *ret,
		   struct err *e);
void codemap_builder_release(struct codemap_builder *b);

#endif
