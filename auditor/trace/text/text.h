/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text traces: bytes in, events out.  Feed it chunks of any size; what is no
 * event is counted and left, nothing stops it but the sink or lack of
 * memory.
 */
#ifndef TRACE_TEXT_TEXT_H
#define TRACE_TEXT_TEXT_H

#include "trace/text/parsing.h"

void text_parser_init(struct text_parser *t, struct trace_names *names,
		      struct trace_counts *counts, struct event_sink sink);

/* 0; or -1 when the sink stopped it or (nomem) memory is out. */
int text_parser_feed(struct text_parser *t, const char *data, size_t len);

/* After the last chunk: what is still held. */
int text_parser_end(struct text_parser *t);
void text_parser_release(struct text_parser *t);

#endif
