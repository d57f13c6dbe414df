/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps of a function as blocks, and the ways between them.
 */
#ifndef CODE_FLOW_CFG_H
#define CODE_FLOW_CFG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "code/decode/insn.h"

#define BLOCK_NONE UINT32_MAX

/* A way that no instruction shows: of a static key, or after a fault. */
struct cfg_extra {
	uint64_t from, to; /* CODE_AT */
};

struct cfg_block {
	uint32_t first, end;   /* steps */
	uint32_t target, next; /* blocks, or BLOCK_NONE */
	uint32_t more, nmore;  /* in cfg.more: cases, extra ways */
	bool leaves;	       /* its jump or branch leaves the function */
};

struct cfg {
	struct cfg_block *blocks; /* ascending by first step */
	size_t nblocks, capacity;
	uint32_t *more;
	size_t nmore, more_capacity;
	uint32_t *block_of; /* of a step that begins a block, else BLOCK_NONE */
	size_t nsteps, block_of_capacity;
	uint32_t *by_place; /* indices into code_lifted.where, by at */
	size_t by_place_capacity;
};

/*
 * extras: sorted by from.  entry: the place of the first instruction.  -1
 * when memory is out, or there are more than CFG_BLOCKS_MAX blocks.
 */
#define CFG_BLOCKS_MAX 200000
int cfg_build(struct cfg *c, const struct code_lifted *l,
	      const struct cfg_extra *extras, size_t nextras);

/* The first step of the instruction at a place, or UINT32_MAX. */
uint32_t cfg_step_at(const struct cfg *c, const struct code_lifted *l,
		     uint64_t at);

void cfg_release(struct cfg *c);

#endif
