/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One replay of a linker script.  Private to link/.
 */
#ifndef LINK_SCRIPT_REPLAY_H
#define LINK_SCRIPT_REPLAY_H

#include "link/work.h"
#include "link/merge.h"
#include "link/script/script.h"

/* What cannot be read from the script is tried. */
struct replay_mode {
	/* The link was of one "ld -r" of all: there, sections of one name
	 * stand together. */
	bool composite;
	enum merge_style merge;
};

/*
 * Matches, merges, and places all sections of w.  *ret_score is how often
 * the image says otherwise: 0 is a perfect replay.  0 or negative.
 */
int script_replay(struct link_work *w, struct script *s,
		  struct replay_mode mode, size_t *ret_score, struct err *e);

/* The second half: runs the script on what script_match found. */
struct replay {
	struct link_work *w;
	struct script *s;
	struct replay_mode mode;
	uint32_t *order;      /* of sections, as the linker meets them */
	uint64_t *name_align; /* composite: of all sections of a name */
	struct intern syms;   /* that the script itself has set */
	uint64_t *sym_values;
	uint32_t output; /* the one that is open, or PLACED_NOWHERE */
	uint32_t last;	 /* the one before, for load addresses */
	uint64_t dot;
	uint64_t subalign;
	uint32_t block; /* name of the composite's block, or INTERN_NONE */
	uint64_t base;	/* where the block starts */
	size_t odd;	/* jumps that could not be computed */
	struct veneer *veneers;
	size_t nveneers, next_veneer;
	uint32_t last_sec; /* the one placed last, or NO_SEC */
};

/* Code that the linker put between sections, to reach what is far away. */
struct veneer {
	uint64_t start, end;
};

int replay_run(struct replay *r);
int replay_section(struct replay *r, uint32_t sec);
void replay_enter(struct replay *r, uint32_t output);

#define STUB_ALIGN 8

/* Finds the image's veneers. 0, or -1: out of memory. */
int veneers_find(struct replay *r);
/* Before dot passes to end: places the veneers that stand in between. */
int veneers_place(struct replay *r, uint64_t end);

#endif
