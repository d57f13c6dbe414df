/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The findings of one object as they are given away.  Private to messages/.
 */
#ifndef CODE_MESSAGES_OUTPUT_H
#define CODE_MESSAGES_OUTPUT_H

#include "code/messages/facts.h"

/* Copies what f has found into *ret, which is all zeros. */
int output_messages(const struct object_facts *f, struct object_messages *ret,
		    struct err *e);

#endif
