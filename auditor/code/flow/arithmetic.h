/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Arithmetic on sets of values.
 */
#ifndef CODE_FLOW_ARITHMETIC_H
#define CODE_FLOW_ARITHMETIC_H

#include "code/flow/flowing.h"

/* What `how` makes of a, or of a and b: a value that is not known, but the
 * same again where the same is computed again.  false: too long a chain. */
bool flow_derive(struct flow *f, uint64_t how, const struct atom *a,
		 const struct atom *b, struct atom *ret);

/* Of a set and a number; of two sets.  SET_ANY: not known. */
uint32_t flow_alu_numbers(struct flow *f, const struct insn *i, uint32_t a,
			  uint64_t k);
uint32_t flow_alu_sets(struct flow *f, const struct insn *i, uint32_t a,
		       uint32_t b);

bool flow_all_are(const struct flow *f, uint32_t set, enum atom_kind kind);
/* A byte or half of a register changes; the rest stays. */
bool flow_is_part(const struct insn *i);

#endif
