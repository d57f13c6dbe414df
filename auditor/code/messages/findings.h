/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the paths of a function say of its messages.
 */
#ifndef CODE_MESSAGES_FINDINGS_H
#define CODE_MESSAGES_FINDINGS_H

#include "code/flow/flow.h"
#include "code/messages/facts.h"

/* The findings of the run that flow has just made. */
int findings_of(struct flow *flow, const struct flow_result *r,
		const struct code_lifted *l, struct object_facts *f,
		uint32_t function, struct err *e);

#endif
