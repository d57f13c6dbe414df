/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a log is, by looking at its first bytes.
 */
#ifndef TRACE_DETECT_H
#define TRACE_DETECT_H

#include <stddef.h>

#include "support/err.h"

enum trace_format {
	TRACE_AUTO = 0, /* find out */
	TRACE_TEXT,	/* trace, trace_pipe, trace-cmd report, perf script,
			   a console log: told apart line by line */
	TRACE_DAT,	/* trace-cmd's trace.dat, version 6 or 7 */
};

/* "auto", "text" or "dat"; ERR_USAGE for another word. */
int trace_format_by_name(const char *word, enum trace_format *ret,
			 struct err *e);

/*
 * The format of the input called name that begins with len bytes at p.
 * ERR_FORMAT with advice for raw, hex and bin text, perf.data, and files
 * that are no trace.
 */
int trace_detect(const char *name, const char *p, size_t len,
		 enum trace_format *ret, struct err *e);

#endif
