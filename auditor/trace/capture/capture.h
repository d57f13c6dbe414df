/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What scripts/capture.sh saves: one tar, compressed or not, that holds a
 * trace and what is needed to read it.  A log that is no tar comes through
 * here just as well, so that a command need not know:
 *
 *	if (capture_open(path, &c, e))
 *		return -(int)e->code;
 *	use(capture_info(c));
 *	if (!capture_reader_open(c, &options, &reader, e))
 *		trace_reader_run(reader, sink, e);
 *	trace_reader_free(reader);
 *	capture_free(c);
 *
 * Members are known by the last part of their name, in any folder, with or
 * without .txt and .gz, .xz, .zst, .lz4 or .bz2: trace (also X.trace),
 * trace.dat (also X.dat), kallsyms, notes, cmdline, version, modules, stats,
 * slabinfo, slabs, vmallocinfo, page_size.  The first of a name counts; a readable trace.dat goes
 * before a text.  Nothing is ever unpacked to a name of the tar's choosing.
 *
 * capture.sh writes the trace last: it is read straight from the tar.  In
 * tars of other origin it goes to an unnamed temporary file first.
 */
#ifndef TRACE_CAPTURE_CAPTURE_H
#define TRACE_CAPTURE_CAPTURE_H

#include "trace/capture/parts_of_capture.h"
#include "trace/trace_reader.h"

/* path "-" is standard input.  Errors: ERR_IO; ERR_FORMAT for a tar that is
 * damaged before its trace, or has none; ERR_NOMEM. */
int capture_open(const char *path, struct capture **ret, struct err *e);
/* With another bound of what is unpacked; 0: the usual. */
int capture_open_max(const char *path, uint64_t max_bytes, struct capture **ret,
		     struct err *e);
const struct capture_info *capture_info(const struct capture *c);

/* Once.  The capture must outlive the reader.  Where options have no page
 * size the captured one is used. */
int capture_reader_open(struct capture *c, const struct trace_options *options,
			struct trace_reader **ret, struct err *e);

/* NULL is fine. */
void capture_free(struct capture *c);

#endif
