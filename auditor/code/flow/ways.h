/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a run notes of its ways: edges, failures, ends.
 */
#ifndef CODE_FLOW_WAYS_H
#define CODE_FLOW_WAYS_H

#include "code/flow/divide.h"
#include "code/flow/flowing.h"

void flow_add_edge(struct flow *f, uint32_t from, uint32_t to);
/* The failure that d stands for leads from one node to another. */
void flow_note_failure(struct flow *f, uint32_t from, uint32_t to,
		       const struct division *d);
/* The path leaves the function, and returns set. */
void flow_leave(struct flow *f, uint32_t set);

#endif
