/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums per call site, kind and stack, and what each of them held when malloc
 * and cache memory together were at their highest.
 */
#ifndef TRACE_PAIR_ROLLUP_H
#define TRACE_PAIR_ROLLUP_H

#include <stddef.h>
#include <stdint.h>

#include "model/alloc.h"
#include "support/u64map.h"

#define ROLLUP_NONE UINT32_MAX

struct rollups {
	struct rollup *rows;
	uint32_t *epochs; /* of rows: the peak that peak_bytes belongs to */
	size_t count, capacity, epochs_capacity;
	uint32_t *plain; /* by site * KIND_COUNT + kind: its row of stack 0,
			     plus 1 */
	size_t plain_capacity;
	struct u64map stacked; /* (plain row, stack) -> row */
	uint64_t slab_bytes;   /* malloc + cache, live now */
	uint64_t peak_bytes;   /* the most of it there ever was, and when */
	uint64_t peak_ns;
	uint32_t peak_epoch;
};

/* The row of a site, kind and stack, made if new; ROLLUP_NONE: no memory. */
uint32_t rollups_row(struct rollups *r, uint32_t site, enum alloc_kind kind,
		     uint32_t stack);

/* A new live allocation; call rollups_mark_peak after it. */
void rollups_add(struct rollups *r, uint32_t row, uint64_t req, uint64_t alloc);

/*
 * It belongs to another row, and always did: also in the composition of the
 * peak, if one was noted since it came.  born: peak_epoch at rollups_add.
 */
void rollups_move(struct rollups *r, uint32_t from, uint32_t to, uint64_t req,
		  uint64_t alloc, uint32_t born);

/* It is alive no more, whatever its end will be called. */
void rollups_die(struct rollups *r, uint32_t row, uint64_t req, uint64_t alloc);

/* Notes the time where slab_bytes is higher than ever. */
void rollups_mark_peak(struct rollups *r, uint64_t now_ns);

/* The cache that an allocation of this row came from: known or not. */
void rollups_note_cache(struct rollups *r, uint32_t row, uint32_t cache,
			bool inferred);

/* After the last event: peak_bytes of every row is what it was then. */
void rollups_finish(struct rollups *r);

void rollups_release(struct rollups *r);

#endif
