/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables that speak of code.
 */
#ifndef CODE_MESSAGES_TABLES_H
#define CODE_MESSAGES_TABLES_H

#include "code/messages/facts.h"

/* Fills extras and warnings of the tables that speak of code. */
int facts_read_tables(struct object_facts *f, struct err *e);

#endif
