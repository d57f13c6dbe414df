/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state of the parser of text traces, line after line.
 */
#ifndef TRACE_TEXT_PARSING_H
#define TRACE_TEXT_PARSING_H

#include <stdbool.h>
#include <stddef.h>

#include "model/alloc.h"
#include "model/event.h"
#include "model/trace_names.h"

/* Who takes the events.  event returns 0, or -1 to stop. */
struct event_sink {
	void *ctx;
	int (*event)(void *ctx, const struct event *ev);
};

#define TEXT_FRAMES_MAX 256 /* of one stack; deeper ones are cut */
#define TEXT_WRAP_MAX 4096  /* bytes of a line put together from several */
#define TEXT_LINE_MAX ((size_t)64 * 1024) /* longer ones are unreadable */

/* A stack that is being read. */
struct text_stack {
	bool active;
	bool user;    /* of a user stack: read over */
	uint16_t cpu; /* whose last event it belongs to */
	size_t nframes;
	uint32_t frames[TEXT_FRAMES_MAX];
};

struct text_parser {
	struct trace_names *names;
	struct trace_counts *counts;
	struct event_sink sink;
	char *carry; /* the beginning of a line that is not all here yet */
	size_t carry_len, carry_capacity;
	char *plain;		  /* a line without its escape sequences */
	bool escapes;		  /* lines may hold escape sequences */
	bool blanks;		  /* lines may hold tabs or hard blanks */
	bool skipping;		  /* in a line that is too long */
	char wrap[TEXT_WRAP_MAX]; /* an event that the next line may end */
	size_t wrap_len;
	struct text_stack stack;
	bool may_follow; /* a stack without a heading, as perf prints it */
	bool nomem;	 /* why feed failed; else the sink said so */
};

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

#endif
