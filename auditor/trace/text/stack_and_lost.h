/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines of a text trace that are no events: frames of stacks, and what the
 * kernel says it lost.
 */
#ifndef TRACE_TEXT_STACK_AND_LOST_H
#define TRACE_TEXT_STACK_AND_LOST_H

#include "trace/text/parsing.h"

/* A line of a stack?  Takes it into t->stack; 1 taken, 0 none, -1. */
int text_stack_frame(struct text_parser *t, const char *s, const char *end);

/* Hands the stack on, if one is being read. */
int text_stack_end(struct text_parser *t);

/* A line that is no event: headers, lost events, printk.  True where it
 * looks like an event that could not be read. */
bool text_other_line(struct text_parser *t, const char *s, const char *end);

#endif
