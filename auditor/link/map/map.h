/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker's map as the source of a layout.  A reader of one format
 * (map_gnu.c, map_lld.c) tells what it reads with the calls below.
 * Private to link/.
 */
#ifndef LINK_MAP_MAP_H
#define LINK_MAP_MAP_H

#include "link/work.h"
#include "link/script/token.h"

/* Input sections of a file that is no input: of vmlinux.o, where all
 * objects were linked into one before. */
struct map_foreign {
	uint32_t name; /* id in link_work.names, INTERN_NONE: no leaf has it */
	uint32_t output; /* PLACED_NOWHERE: discarded */
	uint64_t addr, size;
	struct token text; /* the name */
	bool merged;	   /* by lld, of sections that it does not name */
};

struct map {
	struct link_work *w;
	struct intern files; /* path, archive(member) -> file_input[] */
	uint32_t *file_input;
	size_t file_input_cap;
	uint32_t *cursor; /* pair of (input, name) -> next not yet told */
	uint32_t output;  /* the one that is open, or PLACED_NOWHERE */
	struct in_section *last; /* told last of it, or NULL */
	struct map_foreign *foreign;
	size_t nforeign, foreign_cap;
	bool only_placed; /* what it does not tell was discarded */
	size_t good, bad; /* sections of the image that agree with the map */
};

/* All return 0, or -1 when memory is out. */
int map_output(struct map *m, struct token name, uint64_t addr, uint64_t size,
	       const uint64_t *load);
/* No output section is open any more. */
void map_close(struct map *m);
/* file: a path, or archive(member). */
int map_input(struct map *m, struct token section, struct token file,
	      uint64_t addr, uint64_t size);
int map_discarded(struct map *m, struct token section, struct token file);
/* Padding, or bytes that the script makes, in the open output. */
void map_fill(struct map *m, uint64_t addr, uint64_t bytes, bool script);

/* Lays the leaves into the sections of vmlinux.o. */
int map_composite(struct map *m);

int map_read_gnu(struct map *m);
bool map_is_lld(const struct link_job *job);
int map_read_lld(struct map *m);

/* Lines and words of a map. */
bool map_line(struct script_text *text, struct script_text *ret_line);
struct token map_word(struct script_text *line);
/* The rest of the line without the spaces around it. */
struct token map_rest(struct script_text *line);
bool map_hex(struct token word, uint64_t *ret);

#endif
