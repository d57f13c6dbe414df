/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state of the pairing of events, and who takes its results.
 */
#ifndef TRACE_PAIR_PAIRING_H
#define TRACE_PAIR_PAIRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/alloc.h"
#include "support/u64map.h"
#include "model/trace_names.h"
#include "trace/pair/changes.h"
#include "trace/pair/null_hash.h"
#include "trace/pair/rollup.h"
#include "trace/pair/timeline.h"

/* Who takes the allocations.  allocation returns 0, or -1 to stop. */
struct pair_sink {
	void *ctx;
	int (*allocation)(void *ctx, const struct allocation *a);
};

/* A pointer of kmalloc is none of percpu, and a page has a number. */
enum pair_space { SPACE_SLAB, SPACE_PAGE, SPACE_PERCPU, SPACE_COUNT };

struct pair_live {
	struct allocation a;
	uint32_t row;	     /* in rollups; ROLLUP_NONE: this entry is free */
	uint32_t next;	     /* of a free entry: the next free one */
	uint32_t generation; /* counts the entry's owners that died */
	uint32_t born;	     /* of rollups: peak_epoch when it came */
};

/* The last event of a CPU, if it made an allocation. */
struct pair_last {
	uint32_t live; /* index; U64MAP_NONE: it made none */
	uint32_t generation;
	uint64_t change; /* its number in changes */
};

/* An event whose stack may come yet. */
struct pair_wait {
	uint32_t site;
	struct pair_last made; /* the allocation, if it was one */
};

/* An interrupt's event and its stack come between an event and its own
 * stack, so deep: hard interrupt in soft interrupt in task, and NMI. */
#define PAIR_WAIT_MAX 4

struct pair_cpu {
	struct pair_last last;
	struct pair_wait wait[PAIR_WAIT_MAX]; /* oldest first */
	size_t nwait;
	uint64_t freed_ptr, freed_ns; /* of its last event, if it was a free */
	uint8_t freed_name;
};

/* An allocation whose pointer came again so soon that its free may be late. */
struct pair_late {
	uint32_t live;
	uint16_t cpu; /* that got the pointer */
	uint64_t at_ns;
};

#define PAIR_LATE_MAX 32
#define PAIR_LATE_NS 100000 /* a free is not later than this */

/* No sum of a trace can overflow, nor one of several in a database: further
 * allocations are unreadable.  No kernel gets so far. */
#define PAIR_BYTES_MAX ((uint64_t)1 << 58)

struct pair {
	struct trace_names *names;
	struct trace_counts *counts;
	struct pair_sink sink;
	uint64_t page_size; /* bytes */
	struct rollups rollups;
	struct timeline timeline;
	struct changes changes;
	struct u64map spaces[SPACE_COUNT]; /* pointer -> index in live */
	struct pair_live *live;
	size_t live_count, live_capacity;
	uint32_t live_free;    /* first free entry, or U64MAP_NONE */
	struct pair_cpu *cpus; /* by CPU; [0] is of events without one */
	size_t cpu_count;
	struct pair_late late[PAIR_LATE_MAX]; /* oldest first */
	size_t late_count;
	struct null_hash null_hash;
	uint64_t bytes;	 /* of all allocations; see PAIR_BYTES_MAX */
	uint64_t seen;	 /* events; the time of traces without one */
	uint64_t now_ns; /* of the event at hand */
	bool modern;	 /* 6.1 or later: frees are traced before they happen */
	bool nomem;	 /* why pair_event failed; else the sink said so */
};

/* As all functions of pair/ fail that may also be stopped by the sink. */
static inline int pair_nomem(struct pair *p)
{
	p->nomem = true;
	return -1;
}

#endif
