/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Passes of the solver.
 */
#ifndef CODE_MESSAGES_SOLVE_H
#define CODE_MESSAGES_SOLVE_H

#include "code/messages/jobs.h"

/* ret[i] is of inputs[i]; the caller releases each and frees the array. */
int messages_solve(const struct solve_job *job, struct object_messages **ret,
		   struct err *e);

#endif
