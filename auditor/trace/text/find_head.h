/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who, when and on which CPU: found before an event that was found by its shape.
 */
#ifndef TRACE_TEXT_FIND_HEAD_H
#define TRACE_TEXT_FIND_HEAD_H

#include "trace/text/find.h"

/*
 * Who, where and when, as far as the text before a found event says: all
 * layouts after any prefix, function_graph's columns, and perf script with
 * fields left out.  What is not there is unknown (EVENT_NO_TIME and so on).
 */
void text_head_before(const char *s, const char *end,
		      const struct text_found *f, struct text_head *ret);

#endif
