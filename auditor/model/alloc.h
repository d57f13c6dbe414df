/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What pairing makes of a trace's events: allocations, their sums per call
 * site, and what the trace says about itself.  trace/ fills it; store/ and
 * the commands read it.  The words are explained in auditor/README.md.
 * Sizes are bytes, times nanoseconds of the trace's clock (or ticks:
 * trace_counts.ticks).
 */
#ifndef MODEL_ALLOC_H
#define MODEL_ALLOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

/* How an allocation ended.  Stored: append, never reorder. */
enum alloc_end {
	ALLOC_FREED = 0, /* its free was seen */
	ALLOC_IMPLICIT,	 /* its pointer was returned again: free missed */
	ALLOC_LIVE,	 /* alive when the trace ended */
	ALLOC_UNKNOWN,	 /* its pointer was hidden, or a new boot began */
};

enum alloc_flag {
	/* The events of the allocation named no cache; its free did. */
	ALLOC_CACHE_INFERRED = 1 << 0,
	/* A free that came after the pointer's next use was applied. */
	ALLOC_LATE_FREE = 1 << 1,
	/* Two events of one kmalloc (6.11 to 6.19) were merged. */
	ALLOC_DOUBLED = 1 << 2,
};

/* One allocation and its end.  All ids are those of struct trace_names. */
struct allocation {
	uint64_t alloc_ns;
	uint64_t free_ns; /* freed; implicit: when the pointer came again;
			     else 0 */
	uint64_t ptr;	  /* of pages the pfn; of unknown ones 0 */
	uint64_t bytes_req, bytes_alloc;
	uint32_t site;
	uint32_t free_site; /* freed; else 0 */
	uint32_t stack;	    /* of the allocation; 0: not traced */
	uint32_t gfp, cache, comm;
	int32_t pid, node;
	uint16_t cpu;	/* of the allocation */
	uint16_t flags; /* enum alloc_flag */
	uint8_t kind;	/* enum alloc_kind */
	uint8_t end;	/* enum alloc_end */
};

/*
 * Sums of one call site, kind and stack.  Where stacks were traced a site
 * has a row for each of its stacks; stack 0 holds what came without one.
 * allocs = frees + implicit + live + unknown.
 */
struct rollup {
	uint32_t site;
	uint32_t stack;
	uint32_t cache;	     /* the one cache all its allocations had, or 0 */
	uint8_t kind;	     /* enum alloc_kind */
	bool cache_mixed;    /* it had several */
	bool cache_inferred; /* from frees */
	uint64_t allocs, frees, implicit, live, unknown;
	uint64_t failed; /* returned NULL: in none of the above */
	uint64_t total_bytes, total_req;
	uint64_t live_bytes, live_req;
	uint64_t implicit_bytes, unknown_bytes; /* of bytes_alloc */
	uint64_t waste_bytes;	    /* bytes_alloc - bytes_req of live ones */
	uint64_t total_waste_bytes; /* of all of them */
	uint64_t peak_bytes;	    /* live at the peak of malloc + cache */
	/* The site as one that frees: these belong to no allocation. */
	uint64_t null_free, unmatched_free;
};

/* Live bytes over time, in buckets of equal width. */
struct timeline_point {
	uint64_t start_ns;
	uint64_t live[KIND_COUNT]; /* at the end of the bucket */
	uint64_t top_bytes;	   /* highest malloc + cache within it */
	uint64_t waste_bytes;	   /* of malloc + cache live at its end */
};

struct trace_counts {
	uint64_t events[EVENT_NAME_COUNT];   /* seen, by name */
	uint64_t first_ns[EVENT_NAME_COUNT]; /* where events[] is not 0 */
	uint64_t begin_ns, end_ns;	     /* first and last of all events */
	uint64_t others;		     /* events of other names */
	uint64_t lines;			     /* of text: all */
	uint64_t noise;	       /* lines that are no event: headers, printk */
	uint64_t unreadable;   /* lines or records that should have been one */
	uint64_t joined;       /* wrapped lines put together */
	uint64_t lost;	       /* events the kernel says it dropped */
	uint64_t lost_unknown; /* times it did not say how many */
	uint64_t overwritten;  /* entries-written - entries-in-buffer */
	uint64_t null_free, unmatched_free;
	uint64_t hidden_free;  /* of the unmatched: pointer was hidden */
	uint64_t hidden_alloc; /* what became of them is unknown */
	uint64_t doubled;      /* second events of one kmalloc, merged */
	uint64_t late_free;    /* frees seen after the pointer's reuse */
	uint64_t copied_frees; /* frees whose line is there twice */
	uint64_t stacks;       /* stack blocks seen */
	uint64_t stray_stacks; /* of those, that fit no event before them */
	bool hashed;	       /* pointers are hashes: rare collisions */
	bool hashed_null;      /* NULL was recognised by its one hash */
	bool ticks;	       /* the clock counts ticks, not nanoseconds */
	bool no_time;	       /* no times were printed */
	bool disordered;       /* times run backwards, and could not be put
				  in order: remark says so */
	bool copied;	       /* lines are there twice: remark says so */
	bool truncated;	       /* the input broke off: remark says how */
	uint8_t pointer_bits;  /* 32 or 64; 0: no pointer was seen */
	char remark[256];      /* in plain words; "" for none */
};

#endif
