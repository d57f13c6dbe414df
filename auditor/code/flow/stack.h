/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which slots of the stack others may write.  disp counts from sp at the
 * entry.
 */
#ifndef CODE_FLOW_STACK_H
#define CODE_FLOW_STACK_H

#include "code/flow/flowing.h"

/* The address of a local is given away. */
void flow_escape(struct flow *f, int64_t disp);
bool flow_escaped(const struct flow *f, int32_t disp);
/* A push made the slot: it is a word. */
void flow_note_push(struct flow *f, int32_t disp);

#endif
