/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/line.h"
#include "trace/text/stack_and_lost.h"

#include <string.h>

#include "support/scan.h"
#include "trace/text/body.h"
#include "trace/text/event_formats.h"
#include "trace/text/head.h"

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

/* `<stack trace>`, and trace-cmd's `kernel_stack:  <stack trace >`. */
static bool begins_stack(struct text_parser *t, const char *p, const char *end,
			 const struct event *ev)
{
	bool user = false;

	if (SCAN_LIT(p, end, "kernel_stack:"))
		p = scan_spaces(p + 13, end);
	else if (SCAN_LIT(p, end, "user_stack:"))
		p = scan_spaces(p + 11, end);
	user = SCAN_LIT(p, end, "<user stack trace");
	if (!user && !SCAN_LIT(p, end, "<stack trace"))
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

	return of[text_body(known, p, end, partial, t->names, ev)];
}

/* Everything after the head. */
static enum verdict read_rest(struct text_parser *t, const char *p,
			      const char *end, bool partial, struct event *ev)
{
	const char *name, *values;
	size_t len;
	int known;

	if (p == end)
		return LINE_CUT; /* wrapped before the event's name */
	values = text_event_name(p, end, &name, &len);
	known = values ? text_known_event(name, len) : -1;
	if (known >= 0)
		return read_body(t, known, values, end, partial, ev);
	if (begins_stack(t, p, end, ev))
		return LINE_STACK;
	return values ? count_other(t, name, len, ev)
		      : count_other(t, "(no name)", 9, ev);
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

static enum verdict read_line(struct text_parser *t, const char *s,
			      const char *end, bool partial, struct event *ev)
{
	struct text_head h;
	enum verdict v;

	if (text_head_fixed(s, end, &h)) {
		set_head(t, &h, ev);
		return read_rest(t, h.rest, end, partial, ev);
	}
	/* A frame of a stack looks like nothing else that is searched for. */
	if (SCAN_LIT(s, end, " => ") || SCAN_LIT(s, end, "=> "))
		return LINE_NONE;
	v = read_headless(t, s, end, partial, ev);
	if (v != LINE_NONE)
		return v;
	if (text_head_search(s, end, &h)) {
		set_head(t, &h, ev);
		return read_rest(t, h.rest, end, partial, ev);
	}
	while (s < end && (*s == '#' || *s == ' ' || *s == '\0'))
		s++;
	return read_headless(t, text_skip_console(s, end), end, partial, ev);
}

static int hand_on(struct text_parser *t, const struct event *ev)
{
	t->stack.cpu = ev->cpu;
	t->may_follow = true;
	if (ev->comm != INTERN_NONE)
		return t->sink.event(t->sink.ctx, ev);
	t->nomem = true;
	return -1;
}

/* Holds an event's line until the next one is known. */
static void hold(struct text_parser *t, const char *s, const char *end)
{
	size_t len = (size_t)(end - s);

	if (len > sizeof(t->wrap)) {
		t->counts->unreadable++;
		return;
	}
	memmove(t->wrap, s, len);
	t->wrap_len = len;
}

int text_settle(struct text_parser *t)
{
	struct event ev = { .op = 0 };
	size_t len = t->wrap_len;
	enum verdict v;

	if (!len)
		return 0;
	t->wrap_len = 0;
	v = read_line(t, t->wrap, t->wrap + len, false, &ev);
	if (v == LINE_NOMEM) {
		t->nomem = true;
		return -1;
	}
	if (v == LINE_UNSURE)
		return hand_on(t, &ev);
	t->counts->unreadable++;
	return 0;
}

/*
 * Does [p, end) begin where the held line stopped?  Sets *ret_gap to whether
 * a blank was lost there.  Certain are: a known key comes next; the key that
 * was cut in two is a known one when put together; the value that was cut is
 * followed by a known key, or by nothing where it was the last.
 */
static bool continues(const struct text_parser *t, const char *p,
		      const char *end, bool *ret_gap)
{
	const char *held = t->wrap, *hend = held + t->wrap_len, *word;
	const char *q = scan_to_space(p, end), *next;
	char joined[64];
	size_t head, tail = (size_t)(q - p);

	if (p == end)
		return false;
	*ret_gap = true;
	if (text_known_key(p, end))
		return true;
	if (text_event_name(p, end, &word, &head) &&
	    text_known_event(word, head) >= 0)
		return true;
	*ret_gap = false;
	for (word = hend; word > held && word[-1] != ' '; word--)
		;
	head = (size_t)(hend - word);
	if (!head || head + tail > sizeof(joined))
		return false;
	memcpy(joined, word, head);
	memcpy(joined + head, p, tail);
	if (!text_known_key(joined, joined + head + tail))
		return false;
	next = scan_spaces(q, end);
	return next == end || text_known_key(next, end);
}

/* Tries the held line and this one together; 1 taken, 0 not, -1. */
static int try_join(struct text_parser *t, const char *s, const char *end,
		    bool partial)
{
	struct event ev = { .op = 0 };
	size_t held = t->wrap_len, len;
	struct text_head h;
	enum verdict v;
	bool gap;

	if (text_head_fixed(s, end, &h) || text_head_search(s, end, &h))
		return 0;
	while (s < end && (*s == '#' || *s == ' ' || *s == '\t'))
		s++;
	len = (size_t)(end - s);
	if (!continues(t, s, end, &gap) || held + gap + len > sizeof(t->wrap))
		return 0;
	if (gap)
		t->wrap[t->wrap_len++] = ' ';
	memcpy(t->wrap + t->wrap_len, s, len);
	t->wrap_len += len;
	v = read_line(t, t->wrap, t->wrap + t->wrap_len, partial, &ev);
	if (v == LINE_CUT || v == LINE_UNSURE)
		return 1;
	t->wrap_len = v == LINE_EVENT ? 0 : held;
	if (v == LINE_NOMEM) {
		t->nomem = true;
		return -1;
	}
	if (v != LINE_EVENT)
		return 0;
	t->counts->joined++;
	return hand_on(t, &ev) ? -1 : 1;
}

/* Serial consoles: "\r\n", "\n\r", and NULs from a power cycle. */
static void trim(const char **s, const char **end)
{
	while (*end > *s && ((*end)[-1] == '\r' || (*end)[-1] == '\0'))
		(*end)--;
	while (*s < *end && (**s == '\r' || **s == '\0'))
		(*s)++;
}

/* No event as a whole: maybe it is one between carriage returns. */
static int read_parts(struct text_parser *t, const char *s, const char *end,
		      bool partial)
{
	const char *cr;

	for (; (cr = memchr(s, '\r', (size_t)(end - s))); s = cr + 1) {
		t->counts->lines--; /* it is one line, however many parts */
		if (text_line(t, s, cr, false))
			return -1;
	}
	t->counts->lines--;
	return text_line(t, s, end, partial);
}

static int read_other(struct text_parser *t, const char *s, const char *end,
		      bool partial)
{
	if (memchr(s, '\r', (size_t)(end - s)))
		return read_parts(t, s, end, partial);
	/* perf script prints a stack right below its event. */
	if (t->may_follow && s < end && *s == '\t') {
		t->stack.active = true;
		t->stack.user = false;
		t->stack.nframes = 0;
		t->may_follow = false;
		if (text_stack_frame(t, s, end) < 0)
			return -1;
		return 0;
	}
	t->may_follow = false;
	if (text_other_line(t, s, end))
		t->counts->unreadable++;
	else
		t->counts->noise++;
	return 0;
}

static int act_on(struct text_parser *t, enum verdict v, const struct event *ev,
		  const char *s, const char *end, bool partial)
{
	switch (v) {
	case LINE_EVENT:
	case LINE_OTHER:
		return hand_on(t, ev);
	case LINE_STACK:
		t->counts->stacks++;
		return 0;
	case LINE_CUT:
	case LINE_UNSURE:
		if (!partial)
			hold(t, s, end);
		else
			t->counts->unreadable++;
		return 0;
	case LINE_BAD:
		if (memchr(s, '\r', (size_t)(end - s)))
			return read_parts(t, s, end, partial);
		t->counts->unreadable++;
		return 0;
	case LINE_NONE:
		return read_other(t, s, end, partial);
	case LINE_NOMEM:
		break;
	}
	t->nomem = true;
	return -1;
}

int text_line(struct text_parser *t, const char *s, const char *end,
	      bool partial)
{
	struct event ev = { .op = 0 };
	enum verdict v;
	int r;

	t->counts->lines++;
	trim(&s, &end);
	if (t->wrap_len) {
		r = try_join(t, s, end, partial);
		if (r)
			return r < 0 ? -1 : 0;
		if (text_settle(t))
			return -1;
	}
	if (t->stack.active) {
		r = text_stack_frame(t, s, end);
		if (r)
			return r < 0 ? -1 : 0;
		if (text_stack_end(t))
			return -1;
	}
	v = read_line(t, s, end, partial, &ev);
	return act_on(t, v, &ev, s, end, partial);
}
