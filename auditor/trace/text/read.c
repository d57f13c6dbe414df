/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a single line is: first by its columns, then by its shape.
 */
#include "trace/text/read.h"

#include <string.h>

#include "support/scan.h"
#include "trace/text/body.h"
#include "trace/text/event_formats.h"
#include "trace/text/find.h"
#include "trace/text/find_head.h"
#include "trace/text/head.h"

static void set_head(struct text_parser *t, const struct text_head *h,
		     struct event *ev)
{
	ev->time_ns = h->time_ns;
	ev->pid = h->pid;
	ev->cpu = h->cpu;
	ev->flags = h->flags;
	ev->comm = intern_id(&t->names->comms, h->comm, h->comm_len);
}

static void no_head(struct event *ev)
{
	ev->pid = EVENT_PID_NONE;
	ev->cpu = EVENT_CPU_NONE;
	ev->flags = EVENT_NO_TIME;
}

/* `<stack trace>`, and trace-cmd's `kernel_stack:  <stack trace >`; in a line
 * that has an event's values the words are somebody's. */
static bool begins_stack(struct text_parser *t, const char *p, const char *end,
			 const struct event *ev)
{
	bool user = false;

	if (SCAN_LIT(p, end, "kernel_stack:"))
		p = scan_spaces(p + 13, end);
	else if (SCAN_LIT(p, end, "user_stack:"))
		p = scan_spaces(p + 11, end);
	user = SCAN_LIT(p, end, "<user stack trace");
	if ((!user && !SCAN_LIT(p, end, "<stack trace")) ||
	    text_carries_own_key(p, end))
		return false;
	t->stack.active = true;
	t->stack.user = user;
	t->stack.cpu = ev->cpu;
	t->stack.nframes = 0;
	return true;
}

static enum verdict count_other(struct text_parser *t, const char *name,
				size_t len, struct event *ev)
{
	if (trace_names_count_other(t->names, name, len))
		return LINE_NOMEM;
	ev->op = EVENT_OP_OTHER;
	return LINE_OTHER;
}

static enum verdict read_body(struct text_parser *t, int known, const char *p,
			      const char *end, bool partial, struct event *ev)
{
	static const enum verdict of[] = {
		[BODY_OK] = LINE_EVENT,	     [BODY_CUT] = LINE_CUT,
		[BODY_UNSURE] = LINE_UNSURE, [BODY_BAD] = LINE_BAD,
		[BODY_NOMEM] = LINE_NOMEM,
	};
	enum body_result r;
	const char *q;

	/* An event ends with a word, or with what is in parentheses. */
	if (p < end && !scan_is_word(end[-1]) && end[-1] != ')')
		end = text_values_end(p, end);
	r = text_body(known, p, end, partial, t->names, ev);
	if (r == BODY_BAD && (q = text_values_end(p, end)) != end) {
		ev->flags &= EVENT_NO_TIME | EVENT_TICKS;
		r = text_body(known, p, q, partial, t->names, ev);
	}
	return of[r];
}

/* Whatever is before the event and its name: found by its shape. */
static enum verdict read_found(struct text_parser *t, const char *s,
			       const char *end, bool head, bool partial,
			       struct event *ev)
{
	struct text_found f;
	struct text_head h;

	if (!text_find_event(s, end, &f))
		return LINE_NONE;
	if (!head) {
		text_head_before(s, end, &f, &h);
		set_head(t, &h, ev);
	}
	if (f.known < 0)
		return count_other(t, f.name, f.name_len, ev);
	return read_body(t, f.known, f.values, f.end, partial && f.end == end,
			 ev);
}

/* The same for the heading of a stack. */
static bool found_stack(struct text_parser *t, const char *s, const char *end,
			struct event *ev)
{
	struct text_found f = { .at = SCAN_FIND(s, end, "<stack trace") };
	struct text_head h;

	if (!f.at || text_carries_own_key(s, f.at))
		return false;
	text_head_before(s, end, &f, &h);
	set_head(t, &h, ev);
	return begins_stack(t, f.at, end, ev);
}

/*
 * After a head, where no event of ours is.  Another event has its name right
 * there; where the values are ours, the name is further right, or lost.
 */
static enum verdict read_other_event(struct text_parser *t, const char *p,
				     const char *end, const char *name,
				     size_t len, bool partial, struct event *ev)
{
	const char *inner, *values = name ? name + len + 1 : p;
	size_t inner_len;
	enum verdict v;

	/* Somebody's copy of an event, printed by trace_printk. */
	if (name && values < end && *values == ' ' &&
	    text_event_name(scan_spaces(values, end), end, &inner,
			    &inner_len) &&
	    text_known_event(inner, inner_len) >= 0)
		return LINE_BAD;
	if (text_carries_event(p, end)) {
		v = read_found(t, p, end, true, partial, ev);
		if (v != LINE_NONE)
			return v;
		if (!name || scan_is_digit(*name) ||
		    text_carries_own_key(p, end))
			return LINE_BAD;
	}
	return name ? count_other(t, name, len, ev)
		    : count_other(t, "(no name)", 9, ev);
}

/* Events that print what somebody told them, which may be a copy of one of
 * ours: those of markers, of trace_printk and BPF, and of the console. */
static bool is_printer(const char *name, size_t len)
{
	static const char *const printers[] = { "print",
						"bprint",
						"bputs",
						"console",
						"tracing_mark_write",
						"bpf_trace_printk" };

	for (size_t i = 0; i < sizeof(printers) / sizeof(printers[0]); i++) {
		if (len == strlen(printers[i]) &&
		    memcmp(name, printers[i], len) == 0)
			return true;
	}
	return false;
}

/* Everything after the head. */
static enum verdict read_rest(struct text_parser *t, const char *p,
			      const char *end, bool partial, struct event *ev)
{
	const char *name = NULL, *values;
	size_t len = 0;
	int known;

	if (p == end)
		return LINE_CUT; /* wrapped before the event's name */
	values = text_event_name(p, end, &name, &len);
	known = values ? text_known_event(name, len) : -1;
	/* A probe with the name of one, or what trace-cmd adds. */
	if (known >= 0 && values < end && *values == '(' &&
	    !text_carries_own_key(values, end))
		return count_other(t, name, len, ev);
	if (known >= 0)
		return read_body(t, known, values, end, partial, ev);
	if (begins_stack(t, p, end, ev))
		return LINE_STACK;
	if (values && is_printer(name, len))
		return count_other(t, name, len, ev);
	return read_other_event(t, p, end, values ? name : NULL, len, partial,
				ev);
}

/* context-info off: the line begins with the event's name. */
static enum verdict read_headless(struct text_parser *t, const char *s,
				  const char *end, bool partial,
				  struct event *ev)
{
	const char *name, *values;
	size_t len;
	int known;

	values = text_event_name(s, end, &name, &len);
	known = values ? text_known_event(name, len) : -1;
	no_head(ev);
	if (known >= 0)
		return read_body(t, known, values, end, partial, ev);
	return begins_stack(t, s, end, ev) ? LINE_STACK : LINE_NONE;
}

enum verdict text_read_line(struct text_parser *t, const char *s,
			    const char *end, bool partial, struct event *ev)
{
	struct text_head h;
	enum verdict v;

	if (text_head_fixed(s, end, &h)) {
		set_head(t, &h, ev);
		return read_rest(t, h.rest, end, partial, ev);
	}
	/* A frame of a stack looks like nothing else that is searched for. */
	if ((SCAN_LIT(s, end, " => ") || SCAN_LIT(s, end, "=> ")) &&
	    !text_carries_own_key(s, end))
		return LINE_NONE;
	v = read_headless(t, s, end, partial, ev);
	if (v != LINE_NONE)
		return v;
	/* What looks like a head after an event's values is none. */
	if (text_head_search(s, end, &h) && !text_carries_own_key(s, h.rest)) {
		set_head(t, &h, ev);
		return read_rest(t, h.rest, end, partial, ev);
	}
	if (text_carries_event(s, end)) {
		v = read_found(t, s, end, false, partial, ev);
		if (v != LINE_NONE)
			return v;
	}
	if (found_stack(t, s, end, ev))
		return LINE_STACK;
	while (s < end && (*s == '#' || *s == ' ' || *s == '\0'))
		s++;
	return read_headless(t, text_skip_console(s, end), end, partial, ev);
}
