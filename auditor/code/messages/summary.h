/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What callers must know of a function, of what its paths return.
 */
#ifndef CODE_MESSAGES_SUMMARY_H
#define CODE_MESSAGES_SUMMARY_H

#include "code/messages/facts.h"

void summarise(const struct values *v, const struct flow_result *r,
	       uint8_t word, struct summary *ret);

/* In what callers are told; not in what it writes. */
bool summary_differs(const struct summary *a, const struct summary *b);

/* Says nothing. */
const struct summary *summary_none(void);

#endif
