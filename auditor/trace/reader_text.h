/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of trace_reader.c that reads text.
 */
#ifndef TRACE_READER_TEXT_H
#define TRACE_READER_TEXT_H

#include "trace/reader.h"

/* Runs a text: straight through, or (options.merge) put in order. */
int trace_reader_text(struct trace_reader *r, struct err *e);

#endif
