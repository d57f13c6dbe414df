/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between the splitter (text.c) and what a single line says (read.c,
 * stack_and_lost.c).  All return 0, or -1 as text_parser_feed does.
 */
#ifndef TRACE_TEXT_LINE_H
#define TRACE_TEXT_LINE_H

#include "trace/text/text.h"

/* What a line turned out to be. */
enum verdict {
	LINE_EVENT,  /* ev is complete */
	LINE_OTHER,  /* an event of another name */
	LINE_STACK,  /* `<stack trace>` */
	LINE_CUT,    /* an event that goes on in the next line */
	LINE_UNSURE, /* complete, unless the next line says otherwise */
	LINE_BAD,    /* should be an event and is none */
	LINE_NONE,   /* no event */
	LINE_NOMEM,
};

/* One line, alone.  Sets ev where it is an event, of another name, too. */
enum verdict text_read_line(struct text_parser *t, const char *s,
			    const char *end, bool partial, struct event *ev);

/* One line without its newline.  With partial the input ended within it. */
int text_line(struct text_parser *t, const char *s, const char *end,
	      bool partial);

/* Settles a wrapped event that nothing continues. */
int text_settle(struct text_parser *t);

/* A line of a stack?  Takes it into t->stack; 1 taken, 0 none, -1. */
int text_stack_frame(struct text_parser *t, const char *s, const char *end);

/* Hands the stack on, if one is being read. */
int text_stack_end(struct text_parser *t);

/* A line that is no event: headers, lost events, printk.  True where it
 * looks like an event that could not be read. */
bool text_other_line(struct text_parser *t, const char *s, const char *end);

#endif
