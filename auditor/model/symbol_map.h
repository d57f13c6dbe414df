/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The code of a build, as far as the database knows it: where each
 * executable section of each object is, which symbols it has, and where
 * calls may return to.  store/ fills it from the database, symbols/ finds
 * call sites in it.
 *
 * Addresses are in *spaces*: space 0 holds the link addresses of vmlinux;
 * each executable section of each module is a space of its own that begins
 * at 0, because the loader puts it where it likes.
 *
 * Names are the database's numbers of names: comparing two is comparing
 * integers, and the text of the few that are shown is asked for.
 */
#ifndef MODEL_SYMBOL_MAP_H
#define MODEL_SYMBOL_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"

#define MAP_NONE UINT32_MAX

struct map_image {
	int64_t name;	       /* number of "vmlinux", "fuse"… */
	const char *name_text; /* NUL-terminated; dashes are underscores */
	uint32_t first_space, nspaces; /* consecutive */
	/* Places are known section by section; without it (a layout that
	 * could not be proved) only names can be found, and only where one
	 * object of the image has them. */
	bool placed;
};

struct map_space {
	uint32_t image;	 /* index into images */
	int64_t section; /* number of the module's section name; 0: vmlinux */
	const char *section_text;
	uint64_t end;		       /* first address after its last place */
	uint32_t first_place, nplaces; /* sorted by addr */
	uint32_t first_symbol, nsymbols; /* sorted by addr */
};

/* One executable section of one object. */
struct map_place {
	uint64_t addr, size; /* in its space; size as in the image */
	uint32_t space;
	uint32_t object; /* index into objects; MAP_NONE: not known */
	/* Offsets in the section where a call may have returned to, as
	 * ascending LEB128 differences (support/leb128.h). */
	const unsigned char *return_sites;
	size_t return_sites_len;
	/* false: the machine's calls are not known, every place may be one */
	bool return_sites_known;
};

/* A symbol in executable memory, of any type; also those that the linker
 * script makes. */
struct map_symbol {
	uint64_t addr; /* in its space; the Thumb bit is cleared */
	uint64_t size;
	int64_t name;
	uint32_t space;
	uint32_t place; /* index into places; MAP_NONE: the script's */
	uint8_t type;	/* STT_* */
	uint8_t bind;	/* STB_* */
};

struct map_object {
	int64_t path; /* number of the path */
};

struct symbol_map {
	uint16_t machine; /* EM_* */
	bool is_64bit;
	struct map_image *images; /* [0] is vmlinux where there is one */
	size_t nimages;
	struct map_space *spaces;
	size_t nspaces;
	struct map_place *places; /* of space 0, then space 1… */
	size_t nplaces;
	struct map_symbol *symbols; /* likewise */
	size_t nsymbols;
	struct map_object *objects;
	size_t nobjects;
	struct arena arena; /* owns all of it */
};

static inline void symbol_map_release(struct symbol_map *m)
{
	arena_release(&m->arena);
}

#endif
