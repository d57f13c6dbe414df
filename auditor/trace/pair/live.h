/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The allocations that are alive, and their way into the sums.  Used by
 * pair.c alone.
 */
#ifndef TRACE_PAIR_LIVE_H
#define TRACE_PAIR_LIVE_H

#include "trace/pair/pairing.h"

/* A new live allocation and its part in the sums; U64MAP_NONE: no memory. */
uint32_t pair_live_new(struct pair *p, const struct allocation *a,
		       uint32_t row);

/* Its memory counts as live no more; how it ended, pair_live_end will say. */
void uncount_live(struct pair *p, uint32_t live);

/* Hands it on, ended like this, and forgets it.  -1: the sink stopped. */
int pair_live_end(struct pair *p, uint32_t live, enum alloc_end end,
		  uint64_t free_ns, uint32_t free_site);

/* Its site or stack changed: into another row of the sums.  0 or -1. */
int pair_live_move(struct pair *p, uint32_t live);

/* Its free named this cache (0: none). */
void pair_live_cache(struct pair *p, uint32_t live, uint32_t cache);

/* All that is left is live at the end of the trace. */
int pair_live_finish(struct pair *p);

/* The first frame of a stack that is not the page allocator's own. */
uint32_t pair_page_caller(const struct trace_names *names, uint32_t stack);

#endif
