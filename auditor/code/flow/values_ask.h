/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known of values and sets: questions that change nothing but the
 * memory of them.
 */
#ifndef CODE_FLOW_VALUES_ASK_H
#define CODE_FLOW_VALUES_ASK_H

#include "code/flow/values.h"

/* Was ident computed of `of`, or is it that? */
bool values_descends(const struct values *v, uint32_t ident, uint32_t of);

/* Is a subset of b? */
bool values_within(const struct values *v, uint32_t a, uint32_t b);

/* The one number that a set is; false where it is none. */
bool values_constant(const struct values *v, uint32_t set, uint64_t *ret);

/* The ident that tells its copies; IDENT_NONE where it has none. */
uint32_t values_ident_of(struct values *v, const struct atom *a);

#endif
