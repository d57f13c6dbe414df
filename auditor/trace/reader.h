/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside of trace_reader.c and reader_text.c, which share one reader.
 */
#ifndef TRACE_READER_H
#define TRACE_READER_H

#include "trace/dat/dat.h"
#include "trace/pair/pair.h"
#include "trace/text/decode.h"
#include "trace/reader_options.h"

struct trace_reader {
	char *name;
	struct input input;
	struct text_decoder decoder;
	struct trace_options options;
	struct trace_names names;
	struct trace_counts counts;
	struct pair pair;
	uint64_t last_ns; /* of text: when the last event was */
	bool wants_merge;
	struct trace_sink sink;
	struct err *err; /* of the run, for the sink to fill */
	struct dat_extra extra;
	struct trace_result result;
};

/* Why the pairing stopped: the sink has filled e, or memory is out. */
static inline int trace_reader_stopped(bool nomem, struct err *e)
{
	if (nomem || e->code == ERR_NONE)
		return err_nomem(e);
	return -(int)e->code;
}

#endif
