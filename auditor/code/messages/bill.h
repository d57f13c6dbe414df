/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All messages of an object, whatever they are printed for: the bill.  No
 * instruction is decoded for it: relocations tell who loads a text and calls
 * a printer after it.  Private to messages/.
 */
#ifndef CODE_MESSAGES_BILL_H
#define CODE_MESSAGES_BILL_H

#include "code/messages/facts.h"

/* Fills ret->texts, ascending by place, then function; each once. */
int bill_texts(const struct object_facts *f, struct object_messages *ret,
	       struct err *e);

#endif
