/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One replay of a linker script: the image says where each output section
 * starts, the script what is in it.  Private to link/.
 */
#ifndef LINK_SCRIPT_REPLAY_H
#define LINK_SCRIPT_REPLAY_H

#include "link/work.h"
#include "link/commons.h"
#include "link/merge.h"
#include "link/veneers.h"
#include "link/script/order.h"
#include "link/script/script.h"

/* What the script does not tell is tried. */
struct replay_mode {
	/* The link was of one "ld -r" of all: there, sections of one name
	 * are together. */
	bool composite;
	enum merge_style merge;
};

/* Running a script on what script_match found. */
struct replay {
	struct link_work *w;
	struct script *s;
	struct replay_mode mode;
	struct script_order order;
	struct intern syms; /* that the script itself has set */
	uint64_t *sym_values;
	uint32_t output; /* the one that is open, or PLACED_NOWHERE */
	uint32_t last;	 /* the one before, for load addresses */
	uint64_t dot;
	uint64_t subalign;
	uint32_t block; /* name of the composite's block, or INTERN_NONE */
	uint64_t base;	/* where the block starts */
	size_t odd;	/* jumps that could not be computed */
	struct veneers veneers;
	struct commons commons;
	uint32_t last_sec; /* the one placed last, or NO_SEC */
};

/* Runs all statements.  This and replay_section return 0 or a negative error,
 * with e filled. */
int replay_run(struct replay *p, struct err *e);

/* For what no statement takes: opens an output section where the script left
 * it, and places a section at its end. */
void replay_enter(struct replay *p, uint32_t output);
int replay_section(struct replay *p, uint32_t sec, struct err *e);

#endif
