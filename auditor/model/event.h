/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One event of a trace, whatever format it came in.  trace/ makes them; the
 * pairing of events reads them.  Texts are interned: an id is an index into
 * a table of struct trace_names, and 0 is "none" in each of them.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include <stdint.h>

/* What kind of memory.  Slabs are made of pages, so that kinds are not all
 * added up.  Stored: append, never reorder. */
enum alloc_kind {
	KIND_MALLOC = 0, /* kmalloc, kmalloc_node */
	KIND_CACHE,	 /* kmem_cache_alloc, kmem_cache_alloc_node */
	KIND_PAGE,	 /* never added to malloc + cache */
	KIND_PERCPU,	 /* never added to malloc + cache */
	KIND_COUNT
};

/* The events that are understood.  Stored: append, never reorder. */
enum event_name {
	EVENT_KMALLOC = 0,
	EVENT_KMALLOC_NODE,
	EVENT_KMEM_CACHE_ALLOC,
	EVENT_KMEM_CACHE_ALLOC_NODE,
	EVENT_KFREE,
	EVENT_KMEM_CACHE_FREE,
	EVENT_MM_PAGE_ALLOC,
	EVENT_MM_PAGE_FREE,	    /* and mm_page_free_direct, to 2.6.39 */
	EVENT_MM_PAGE_FREE_BATCHED, /* and mm_pagevec_free, to 2.6.39 */
	EVENT_PERCPU_ALLOC,
	EVENT_PERCPU_FREE,
	EVENT_NAME_COUNT
};

/* As the kernel calls them today: what is stored, and what logs are searched
 * for (trace/text/event_formats.c has the older names, too). */
#define EVENT_TEXT_KMALLOC "kmalloc"
#define EVENT_TEXT_KMALLOC_NODE "kmalloc_node"
#define EVENT_TEXT_KMEM_CACHE_ALLOC "kmem_cache_alloc"
#define EVENT_TEXT_KMEM_CACHE_ALLOC_NODE "kmem_cache_alloc_node"
#define EVENT_TEXT_KFREE "kfree"
#define EVENT_TEXT_KMEM_CACHE_FREE "kmem_cache_free"
#define EVENT_TEXT_MM_PAGE_ALLOC "mm_page_alloc"
#define EVENT_TEXT_MM_PAGE_FREE "mm_page_free"
#define EVENT_TEXT_MM_PAGE_FREE_BATCHED "mm_page_free_batched"
#define EVENT_TEXT_PERCPU_ALLOC "percpu_alloc_percpu"
#define EVENT_TEXT_PERCPU_FREE "percpu_free_percpu"

enum event_op {
	EVENT_OP_ALLOC = 0,
	EVENT_OP_FREE,
	EVENT_OP_STACK, /* the stack of the last event of this CPU */
	EVENT_OP_OTHER, /* an event of another name: other is its id */
};

enum event_flag {
	EVENT_PTR_NULL = 1 << 0,   /* printed as NULL, (null), (nil), 0 */
	EVENT_PTR_HIDDEN = 1 << 1, /* (____ptrval____): nothing is known */
	EVENT_PTR_HASHED = 1 << 2, /* upper half zero: a hash, not an address */
	/* kmalloc or kmem_cache_alloc with a node: 6.1 or later, where frees
	 * are traced before they happen. */
	EVENT_MODERN = 1 << 3,
	EVENT_NO_TIME = 1 << 4, /* time_ns is 0 because none was printed */
	EVENT_TICKS = 1 << 5,	/* time_ns counts ticks of an unknown unit */
};

#define EVENT_CPU_NONE UINT16_MAX /* no CPU was printed */
#define EVENT_PID_NONE INT32_MIN
#define EVENT_NODE_ANY (-1) /* NUMA_NO_NODE, and where no node is printed */

struct event {
	uint64_t time_ns;     /* of the trace's clock */
	uint64_t ptr;	      /* address or hash; of pages the pfn */
	uint64_t bytes_req;   /* asked for */
	uint64_t bytes_alloc; /* given; of pages 0 here: see order */
	uint32_t site;	      /* call site, id in sites */
	uint32_t gfp;	      /* id in gfps */
	uint32_t comm;	      /* id in comms */
	uint32_t cache;	      /* id in caches */
	uint32_t stack;	      /* EVENT_OP_STACK: id in stacks */
	uint32_t other;	      /* EVENT_OP_OTHER: id in others */
	int32_t pid;	      /* EVENT_PID_NONE: not printed */
	int32_t node;	      /* NUMA node asked for, or EVENT_NODE_ANY */
	uint16_t cpu;	      /* EVENT_CPU_NONE: not printed */
	uint8_t order;	      /* of pages: PAGE_SIZE << order bytes */
	uint8_t op;	      /* enum event_op */
	uint8_t name;	      /* enum event_name */
	uint8_t kind;	      /* enum alloc_kind */
	uint16_t flags;	      /* enum event_flag */
};

#endif
