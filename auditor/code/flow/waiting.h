/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which node is looked at next.  In the order of the code, so that states
 * change least often; or what is nearest to an exit, so that something leaves
 * as soon as possible.  Private to flow/.
 */
#ifndef CODE_FLOW_WAITING_H
#define CODE_FLOW_WAITING_H

#include "code/flow/flowing.h"

/* In the order of the code.  false: memory is out. */
bool flow_nothing_waits(struct flow *f, size_t nodes);

/* While nothing waits.  false: memory is out. */
bool flow_exits_first(struct flow *f);

void flow_wait(struct flow *f, uint32_t node);
bool flow_next_waiting(struct flow *f, uint32_t *ret);

void waiting_release(struct waiting *w);

#endif
