/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The events of several runs of one file (runs.h), in the order of time.
 * Each run is read from its own offset, a line at a time, so that memory
 * follows the number of runs and never the log's length.
 */
#ifndef TRACE_TEXT_MERGE_H
#define TRACE_TEXT_MERGE_H

#include "trace/text/runs.h"
#include "trace/text/text.h"

/* 0; or -1: the sink stopped it, *ret_nomem, or errno says why a read failed
 * (*ret_io). */
int text_merge(const struct text_run *runs, size_t count, int fd,
	       struct trace_names *names, struct trace_counts *counts,
	       struct event_sink sink, bool *ret_nomem, bool *ret_io);

#endif
