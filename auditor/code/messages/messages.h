/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From objects to findings, in two steps.
 *
 * First, on any thread and object by object: struct object_facts, which are
 * the functions, their calls, and what the object's own code says of them.
 * Then, once for all: messages_solve lets the objects tell each other what
 * their functions do (fails from memory alone, prints its argument, never
 * returns) until nobody learns anything new, and gives the findings.
 *
 * An object whose content is known from an earlier audit brings what was
 * saved then: it is decoded again only where others answer otherwise now.
 */
#ifndef CODE_MESSAGES_MESSAGES_H
#define CODE_MESSAGES_MESSAGES_H

#include "code/messages/jobs.h"
#include "code/messages/known.h"
#include "code/messages/object_facts.h"
#include "code/messages/pool.h"
#include "code/messages/solve.h"

#endif
