/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What one line of a text trace says, whatever is before and after it.
 */
#ifndef TRACE_TEXT_READ_H
#define TRACE_TEXT_READ_H

#include "trace/text/parsing.h"

/* One line, alone.  Sets ev where it is an event, of another name, too. */
enum verdict text_read_line(struct text_parser *t, const char *s,
			    const char *end, bool partial, struct event *ev);

#endif
