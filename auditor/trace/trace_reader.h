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

#include "trace/reader_options.h"

struct changes;

/* path "-" is standard input.  Errors: ERR_IO; ERR_FORMAT with the word that
 * helps; ERR_NOMEM. */
int trace_reader_open(const char *path, const struct trace_options *options,
		      struct trace_reader **ret, struct err *e);

/* From the caller's source, a member of an archive for one. */
int trace_reader_open_source(const char *name, struct input_source source,
			     const struct trace_options *options,
			     struct trace_reader **ret, struct err *e);

/*
 * Reads it to its end.  A truncated log is no error: the counts say
 * truncated, and how.  ERR_FORMAT where there was not one kmem event.
 */
int trace_reader_run(struct trace_reader *r, struct trace_sink sink,
		     struct err *e);

/* After a run that failed: it is to be run with options.merge. */
bool trace_reader_wants_merge(const struct trace_reader *r);
const struct trace_result *trace_reader_result(const struct trace_reader *r);

/* After a run: all changes of live malloc and cache memory (trace/pair/changes.h),
 * which belong to the reader. */
struct changes *trace_reader_changes(struct trace_reader *r);

void trace_reader_free(struct trace_reader *r);

#endif
