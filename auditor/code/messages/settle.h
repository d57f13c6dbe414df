/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fixpoint over all objects.
 */
#ifndef CODE_MESSAGES_SETTLE_H
#define CODE_MESSAGES_SETTLE_H

#include "code/messages/solver.h"

/* Lets the objects tell each other, until nobody learns anything new. */
int solver_settle(struct solver *s, struct err *e);

/* Runs produce for each input of s->work on threads; it fills s->failed. */
int solver_run(struct solver *s, void (*produce)(void *, size_t),
	       struct err *e);

#endif
