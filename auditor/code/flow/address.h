/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which cell of memory an operand means: what its address is computed of, and
 * how far from that.
 */
#ifndef CODE_FLOW_ADDRESS_H
#define CODE_FLOW_ADDRESS_H

#include "code/flow/flowing.h"

/* What all atoms of a set are copies of; IDENT_NONE where they differ. */
uint32_t flow_common_ident(struct flow *f, uint32_t set);
/* Is the result of a call, which may have failed, among them? */
bool flow_has_result(const struct flow *f, uint32_t set);

/* false: nobody knows where. */
bool flow_place_of(struct flow *f, struct state *s, const struct memory *m,
		   uint32_t step, uint32_t *ret_ident, int32_t *ret_disp);

/*
 * The cell that holds a result which has just been put there through another
 * pointer to the same structure or array; NULL where none can be meant, or
 * several.
 */
struct cell *flow_reloaded(struct flow *f, struct state *s,
			   const struct memory *m, uint32_t step);

#endif
