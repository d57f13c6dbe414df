/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Live bytes over time in bounded memory: buckets of one width, which
 * doubles whenever the trace outgrows them.
 */
#ifndef TRACE_PAIR_TIMELINE_H
#define TRACE_PAIR_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/alloc.h"

#define TIMELINE_BUCKETS 1024

struct timeline {
	struct timeline_point *points; /* TIMELINE_BUCKETS of them */
	size_t count;		       /* used, without gaps */
	uint64_t begin_ns;
	unsigned int shift;	   /* a bucket is 1 << shift nanoseconds wide */
	uint64_t live[KIND_COUNT]; /* now */
	uint64_t waste;		   /* of malloc + cache, now */
};

/* -1 when memory is out. */
int timeline_init(struct timeline *t);

/* live changed at now_ns; a time before the last one counts as the last. */
void timeline_update(struct timeline *t, uint64_t now_ns);

void timeline_release(struct timeline *t);

#endif
