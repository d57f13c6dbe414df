/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an import writes.  All of it between store_begin and store_commit:
 * first the allocations as they come, then everything that is known only at
 * the trace's end.
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_TRACE_H
#define STORE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/alloc.h"
#include "model/site.h"
#include "model/symbol_map.h"
#include "model/trace.h"
#include "store/store.h"
#include "support/arena.h"

/* What the times of a trace count.  Stored: append, never reorder. */
enum trace_clock {
	TRACE_CLOCK_NS = 0,
	TRACE_CLOCK_TICKS, /* of a length that is not known */
	TRACE_CLOCK_NONE,  /* no times were printed */
};

#define TRACE_DIGEST_LEN 16

/* ---- allocations ---- */

struct alloc_writer;

/* What the trace's row must know about its allocations. */
struct alloc_range {
	int64_t first, last; /* rows; 0: none */
	int64_t ptr_base, time_base;
	uint64_t hash; /* of all allocations: part of the log's digest */
};

/* ---- the trace ---- */

struct trace_row {
	int64_t id;
	int64_t build; /* 0: none */
	enum build_choice chosen;
	const char *label;  /* NULL: none */
	const char *source; /* the log's path as given */
	unsigned char digest[TRACE_DIGEST_LEN];
	int64_t imported_ns;
	const unsigned char *build_id; /* of the running kernel, or NULL */
	size_t build_id_len;
	const char *release, *command_line; /* NULL: not captured */
	bool have_kaslr_offset;
	int64_t kaslr_offset;
	uint64_t checked, agreed; /* sites */
	uint64_t more_lost;	  /* by per_cpu/cpuN/stats */
	struct alloc_range range;
};

/* The number of an earlier import of the same log into the same build (0:
 * none): 1 and *ret_trace, or 0. */
int store_trace_find(struct store *s, const unsigned char *digest,
		     int64_t build, int64_t *ret_trace, struct err *e);

/* The trace, its events, sums, timeline and stacks. */
int store_trace(struct store *s, const struct trace_row *row,
		const struct trace_result *t, struct err *e);

struct slab_row {
	const char *name;
	uint64_t active_objects, objects, object_bytes, objects_per_slab,
		pages_per_slab, slabs;
};
int store_slab(struct store *s, int64_t trace, const struct slab_row *row,
	       struct err *e);

/* The cache name is one with all others of this target. */
int store_slab_alias(struct store *s, int64_t trace, const char *name,
		     const char *target, struct err *e);

/* A row of /proc/modules, and, after all of them, how many there are. */
int store_loaded_module(struct store *s, int64_t trace, const char *name,
			uint64_t bytes, const char *state, struct err *e);
int store_loaded_modules(struct store *s, int64_t trace, struct err *e);

/* One area of vmalloc, asked for by this site. */
int store_vmalloc_area(struct store *s, int64_t trace, uint32_t site,
		       const char *use, uint64_t bytes, uint64_t pages,
		       struct err *e);

/* ---- its sites ---- */

/* caller: `symbol+0xoff` or an address; text: as printed.  map: what match
 * speaks of; NULL where there is no build. */
int store_site(struct store *s, int64_t trace, uint32_t site, const char *text,
	       const char *caller, const struct symbol_map *map,
	       const struct site_match *match, struct err *e);

/* ---- source lines ---- */

/* An address that a trace's sites have and nobody looked up yet. */
struct wanted_line {
	int64_t image;	     /* number of its name */
	const char *section; /* NULL: vmlinux */
	int64_t section_name;
	uint64_t address; /* of the return */
};

/* The linked file of an image, and what it was when it was audited. */
struct image_file {
	const char *tree;   /* absolute */
	const char *source; /* NULL: in the tree */
	const char *path;   /* below tree */
	const unsigned char *build_id;
	size_t build_id_len; /* 0: it had none */
};

struct source_frame {
	const char *function, *file; /* NULL: not known */
	uint32_t line;
};

#endif
