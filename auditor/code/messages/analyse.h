/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One function after the other: its paths, its summary, its findings.
 */
#ifndef CODE_MESSAGES_ANALYSE_H
#define CODE_MESSAGES_ANALYSE_H

#include "code/messages/facts.h"

struct analyser; /* scratch of one thread */

int analyser_open(const struct object_facts *f, struct analyser **ret,
		  struct err *e);
void analyser_close(struct analyser *a);

/* Looks at every dirty function, until none is.  Callers of those whose
 * summary changes get dirty. */
int analyse_dirty(struct analyser *a, struct object_facts *f, struct err *e);

#endif
