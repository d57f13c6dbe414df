/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a log is, by looking at its first bytes.
 */
#ifndef TRACE_DETECT_H
#define TRACE_DETECT_H

#include <stddef.h>

#include "model/trace.h"
#include "support/err.h"

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
