/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls: what comes back, what is forgotten.
 */
#ifndef CODE_FLOW_CALLS_H
#define CODE_FLOW_CALLS_H

#include "code/flow/flowing.h"

enum call_end { CALL_RETURNS, CALL_NEVER_RETURNS };
enum call_end flow_call(struct flow *f, struct state *s, const struct insn *i,
			uint32_t step);

#endif
