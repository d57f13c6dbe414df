/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one way in: open a log, run it, read what it was.
 *
 *	struct trace_reader *r;
 *
 *	if (trace_reader_open("boot.log", &options, &r, e))
 *		return -(int)e->code;
 *	if (!trace_reader_run(r, sink, e))
 *		store(trace_reader_result(r));
 *	trace_reader_free(r);
 *
 * Of a trace.dat, run starts a child process that reads it with libtracecmd,
 * because a damaged file can crash that library.  The child touches no file
 * but the trace; still, it is best run before other threads are started.
 */
#ifndef TRACE_TRACE_READER_H
#define TRACE_TRACE_READER_H

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

/* path "-" is standard input.  Errors: ERR_IO; ERR_FORMAT with the word that
 * helps; ERR_NOMEM. */
int trace_reader_open(const char *path, const struct trace_options *options,
		      struct trace_reader **ret, struct err *e);

/* From the caller's source, a member of an archive for one. */
int trace_reader_open_source(const char *name, struct input_source source,
			     const struct trace_options *options,
			     struct trace_reader **ret, struct err *e);

/*
 * Reads it to its end.  A log that breaks off is no error: the counts say
 * truncated, and how.  ERR_FORMAT where there was not one kmem event.
 */
int trace_reader_run(struct trace_reader *r, struct trace_sink sink,
		     struct err *e);

const struct trace_result *trace_reader_result(const struct trace_reader *r);

void trace_reader_free(struct trace_reader *r);

#endif
