/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a trace is read, and who takes what is read of it.
 */
#ifndef TRACE_READER_OPTIONS_H
#define TRACE_READER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/alloc.h"
#include "model/trace.h"
#include "support/err.h"
#include "support/input.h"

struct trace_options {
	enum trace_format format;
	uint32_t page_size; /* bytes, of the traced machine; 0: what the log
			       says, or 4096 */
	uint64_t max_bytes; /* of what is unpacked; 0: the usual bounds */
	/* Of text: the caller can open the log once more, and forgets what it
	 * took.  Where times run backwards, run fails and
	 * trace_reader_wants_merge says so; with merge the log is read again,
	 * put in order. */
	bool can_rerun, merge;
	bool want_kallsyms; /* of a trace.dat: costs 0.1 s and 2 MB */
};

/*
 * Who takes the allocations, each as soon as it ended, the live ones last.
 * Returns 0; or -1, having filled e, to stop.  All calls are made by the
 * thread that called trace_reader_run.
 */
struct trace_sink {
	void *ctx;
	int (*allocation)(void *ctx, const struct allocation *a, struct err *e);
};

struct trace_reader;

#endif
