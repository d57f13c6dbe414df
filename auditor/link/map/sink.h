/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the readers of the formats of linker maps (gnu.h, lld.h) call with
 * what they read, line by line.  Private to link/.
 *
 * Functions that can fail return 0 or a negative error, with e filled:
 * ERR_NOMEM only.  Texts point into the map, which outlives all.
 */
#ifndef LINK_MAP_SINK_H
#define LINK_MAP_SINK_H

#include "link/work.h"
#include "link/script/token.h"

/* Input sections of a file that is no input: of vmlinux.o, where all
 * objects were linked into one before. */
struct linkmap_foreign {
	uint32_t name; /* id in link_work.names, INTERN_NONE: no leaf has it */
	uint32_t output; /* PLACED_NOWHERE: discarded */
	uint64_t addr, size;
	struct token text; /* the name */
	bool merged;	   /* by lld, of sections that it does not name */
};

struct linkmap {
	struct link_work *w;
	struct intern files; /* path, archive(member) -> file_input[] */
	uint32_t *file_input;
	size_t file_input_cap;
	uint32_t *cursor; /* pair of (input, name) -> next not yet told */
	uint32_t output;  /* the one that is open, or PLACED_NOWHERE */
	struct in_section *last; /* told last of it, or NULL */
	struct linkmap_foreign *foreign;
	size_t nforeign, foreign_cap;
	bool only_placed; /* what it does not tell was discarded */
	size_t good, bad; /* sections of the image that agree with the map */
};

/* What is found goes to w, which is reset. */
int linkmap_init(struct linkmap *m, struct link_work *w, struct err *e);
void linkmap_release(struct linkmap *m);

/* An output section begins. */
void linkmap_output(struct linkmap *m, struct token name, uint64_t addr,
		    uint64_t size, const uint64_t *load);
/* No output section is open any more. */
void linkmap_close(struct linkmap *m);
/* file: a path, or archive(member). */
int linkmap_input(struct linkmap *m, struct token section, struct token file,
		  uint64_t addr, uint64_t size, struct err *e);
int linkmap_discarded(struct linkmap *m, struct token section,
		      struct token file, struct err *e);
/* Padding, or bytes that the script makes, in the open output. */
void linkmap_fill(struct linkmap *m, uint64_t addr, uint64_t bytes,
		  bool script);

#endif
