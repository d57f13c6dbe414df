/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A trace as it was read: its counts, sums, timeline and names.  trace/
 * fills it, store/ keeps it.  Sizes are bytes, times as in model/alloc.h.
 */
#ifndef MODEL_TRACE_H
#define MODEL_TRACE_H

#include <stddef.h>
#include <stdint.h>

#include "model/alloc.h"
#include "model/trace_names.h"

/* Stored: append, never reorder. */
enum trace_format {
	TRACE_AUTO = 0, /* find out */
	TRACE_TEXT,	/* trace, trace_pipe, trace-cmd report, perf script,
			   a console log: decided line by line */
	TRACE_DAT,	/* trace-cmd's trace.dat, version 6 or 7 */
};

/* How a trace found its build.  Stored: append, never reorder. */
enum build_choice {
	BUILD_NONE = 0, /* there is none */
	BUILD_BY_ID,	/* the GNU build-id that the capture brought */
	BUILD_NAMED,	/* --build */
	BUILD_NEWEST,	/* nothing said which: the newest */
};

/* What a trace was, complete after trace_reader_run.  All pointers belong to
 * the reader. */
struct trace_result {
	enum trace_format format;
	struct trace_counts counts;
	const struct trace_names *names; /* also valid during run */
	const struct rollup *rollups;	 /* some may be all zero */
	size_t nrollups;
	const struct timeline_point *timeline;
	size_t ntimeline;
	uint64_t peak_ns, peak_bytes; /* of malloc + cache */
	uint32_t page_size;	      /* bytes */
	/* Of a trace.dat: its functions, a line `address name[ [module]]` each,
	 * where options asked for them; not NUL-terminated; NULL for none. */
	const char *kallsyms;
	size_t kallsyms_len;
};

#endif
