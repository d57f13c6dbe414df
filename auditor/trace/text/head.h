/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of a trace line that says who, where and when: everything before
 * the event's name, in every layout that the kernel, trace-cmd report and
 * perf script print.  A comm may hold anything, so the columns that printf
 * pads are tried first, and a pattern is looked for only where they do not
 * fit.
 */
#ifndef TRACE_TEXT_HEAD_H
#define TRACE_TEXT_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

struct text_head {
	const char *comm; /* leading blanks cut; "<idle>", "<...>" as printed */
	size_t comm_len;
	uint64_t time_ns; /* ticks where flags has EVENT_TICKS */
	int32_t pid;
	uint16_t cpu;
	uint16_t flags;	  /* EVENT_TICKS or 0 */
	const char *rest; /* after the time's colon and blanks */
};

/* The columns of `trace`, latency-format, verbose and perf script at s:
 * fast, and enough for nearly every line. */
bool text_head_fixed(const char *s, const char *end, struct text_head *ret);

/* The same after console prefixes, trace-cmd's instance names, `#`, or with
 * leading blanks lost. */
bool text_head_search(const char *s, const char *end, struct text_head *ret);

/* From a pid on: `13970   (-------) [001] …` with the dash of trace and
 * trace-cmd before it, without it `13970 [001] …` and `13970/13970 [001] …` of
 * perf, and the layouts without brackets.  Sets all but comm. */
bool text_head_from_pid(const char *p, const char *end, bool dash,
			struct text_head *ret);

/*
 * A time and the colon after it: `12.345678:` `12345us!:` `12345us :`
 * `12345:` (a clock that counts ticks).  Returns where it ends, or NULL.
 */
const char *text_head_time(const char *p, const char *end,
			   struct text_head *ret);

/* After `<6>`, `[   12.345678] `, `[    T1] ` as a console prints them. */
const char *text_skip_console(const char *s, const char *end);

#endif
