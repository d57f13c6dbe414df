/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who refers to whom in an object.
 */
#ifndef CODE_MESSAGES_REFS_H
#define CODE_MESSAGES_REFS_H

#include "code/messages/facts.h"

/* Fills refs and users: relocations and direct calls. */
int facts_find_refs(struct object_facts *f, struct err *e);

#endif
