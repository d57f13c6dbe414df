/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finding an event in a line of no known layout, by its own shape: a known
 * name, a colon and one of its keys.  Consoles and collectors put anything
 * before it, and perf and trace-cmd have fields of their own there.  Slow, and
 * so only for lines that the columns did not explain.
 */
#ifndef TRACE_TEXT_FIND_H
#define TRACE_TEXT_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "trace/text/head.h"

struct text_found {
	const char *at;	    /* where the event begins: perf's group, its name */
	const char *values; /* where its values begin */
	const char *end;    /* where they end, at a comment's end for one */
	int known;	    /* text_known_event's number; -1: a probe that only
			       has the name of one */
	const char *name;
	size_t name_len;
	bool group; /* at is `kmem:`, as perf prints it */
};

/* Is a key that only these events have, or hardly any other, in the
 * line?  Then it is an event, or an unreadable one. */
bool text_carries_event(const char *s, const char *end);

/* Of those, a key that no event of another name has. */
bool text_carries_own_key(const char *s, const char *end);

bool text_find_event(const char *s, const char *end, struct text_found *ret);

/* Where the values in [p, end) end when what a collector put after them (`"}`
 * of YAML, a comma) is left out. */
const char *text_values_end(const char *p, const char *end);

/* Copies [p, end) with tabs and hard blanks as blanks to to, which may be p;
 * returns the length. */
size_t text_plain_blanks(char *to, const char *p, const char *end);

/* Copies [p, end) without a terminal's escape sequences to to, which may be p;
 * returns the length. */
size_t text_strip_escapes(char *to, const char *p, const char *end);

#endif
