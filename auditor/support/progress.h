/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line on a terminal that says how far a long job is; nothing where
 * stderr is no terminal or the user asked for quiet.
 */
#ifndef SUPPORT_PROGRESS_H
#define SUPPORT_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	bool on;
	const char *what; /* "objects" */
	uint64_t all;
	int64_t started_ns, shown_ns;
};

void progress_start(struct progress *p, bool quiet, const char *what,
		    uint64_t all);
/* Draws at most ten times a second. */
void progress_update(struct progress *p, uint64_t done);
/* Clears the line. */
void progress_end(struct progress *p);

/* One line on stderr, terminal or not, unless the user asked for quiet. */
void progress_say(bool quiet, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* CLOCK_MONOTONIC and CLOCK_REALTIME in nanoseconds. */
int64_t clock_monotonic_ns(void);
int64_t clock_real_ns(void);

#endif
