/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When a statement must end before it is done: somebody has pressed Ctrl-C,
 * or its time is up.  SQLite asks every few thousand steps, and while it waits
 * for a lock.
 */
#ifndef QUERY_STOP_H
#define QUERY_STOP_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "support/err.h"

struct query_stop {
	/* Set by a signal's handler; NULL: nobody can interrupt. */
	const volatile sig_atomic_t *interrupted;
	unsigned int seconds; /* that a statement may take; 0: any */
	int64_t deadline_ns;  /* on the monotonic clock; 0: none */
};

/* The seconds begin now. */
void query_stop_start(struct query_stop *s);

/* NULL is fine: never. */
bool query_stopped(const struct query_stop *s);

/* Fills *e with the reason. */
int query_stop_fail(const struct query_stop *s, struct err *e);

#endif
