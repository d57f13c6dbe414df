/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Events in, allocations out: every allocation meets its free, or is said to
 * have none (enum alloc_end).  Memory follows what is alive
 * and how many sites there are, never the trace's length.
 */
#ifndef TRACE_PAIR_PAIR_H
#define TRACE_PAIR_PAIR_H

#include "trace/pair/pairing.h"

/* page_size in bytes, of the traced machine.  -1 when memory is out. */
int pair_init(struct pair *p, struct trace_names *names,
	      struct trace_counts *counts, uint64_t page_size,
	      struct pair_sink sink);

/* 0; or -1 when the sink stopped it or (nomem) memory is out. */
int pair_event(struct pair *p, const struct event *ev);

/* The machine was rebooted: nothing that is alive will ever be freed, and
 * its end is unknown.  0 or -1. */
int pair_new_boot(struct pair *p);

/* After the last event: the live ones, and the sums. */
int pair_finish(struct pair *p);
void pair_release(struct pair *p);

#endif
