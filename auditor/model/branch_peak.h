/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The most malloc and cache memory that a branch, or a site, had alive at one
 * time.  Sizes are bytes, times nanoseconds of the trace's clock.
 */
#ifndef MODEL_BRANCH_PEAK_H
#define MODEL_BRANCH_PEAK_H

#include <stdint.h>

#define PEAK_MALLOC 0
#define PEAK_CACHE 1
#define PEAK_SLAB 2 /* both together */
#define PEAK_COUNT 3

struct branch_peak {
	uint64_t bytes[PEAK_COUNT];
	uint64_t at_ns[PEAK_COUNT];
};

/* What it had over a stretch of time. */
struct branch_point {
	uint64_t start_ns;
	uint64_t malloc_bytes, cache_bytes; /* live at its end */
	uint64_t top_bytes;		    /* the most of both together */
};

#endif
