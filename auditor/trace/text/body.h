/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of a trace line after the event's name: key=value pairs, read by
 * key and never by position.
 */
#ifndef TRACE_TEXT_BODY_H
#define TRACE_TEXT_BODY_H

#include "model/event.h"
#include "model/trace_names.h"

enum body_result {
	BODY_OK,
	BODY_CUT,    /* good so far, but the line ends too early */
	BODY_UNSURE, /* complete, but its last number touches the line's end,
			where more should have followed: maybe cut in two */
	BODY_BAD,    /* not what such an event prints */
	BODY_NOMEM,
};

/*
 * Reads the values in [p, end) of a known event.  Sets name, op, kind and all
 * that is printed there, and adds to flags; time, CPU, pid and comm stay as
 * they are.  With partial the line may have been broken off at end.
 */
enum body_result text_body(int known, const char *p, const char *end,
			   bool partial, struct trace_names *names,
			   struct event *ev);

#endif
