/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/line.h"
#include "trace/text/read.h"
#include "trace/text/stack_and_lost.h"

#include <stdlib.h>
#include <string.h>

#include "support/scan.h"
#include "trace/text/event_formats.h"
#include "trace/text/find.h"
#include "trace/text/head.h"

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
	v = text_read_line(t, t->wrap, t->wrap + len, false, &ev);
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
	v = text_read_line(t, t->wrap, t->wrap + t->wrap_len, partial, &ev);
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
		t->counts->stacks++;
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

/* Colours and titles of a terminal leave nothing; tabs that an editor or a
 * pager made of an event's blanks, and hard blanks of a page, are blanks.  -1:
 * no memory. */
static int make_plain(struct text_parser *t, const char **s, const char **end)
{
	size_t len = (size_t)(*end - *s);
	bool escapes = t->escapes && memchr(*s, '\x1b', len);
	bool blanks = t->blanks &&
		      (memchr(*s, '\t', len) || memchr(*s, 0xa0, len)) &&
		      text_carries_event(*s, *end);

	if (!escapes && !blanks)
		return 0;
	if (!t->plain)
		t->plain = malloc(TEXT_LINE_MAX);
	if (!t->plain || len > TEXT_LINE_MAX) {
		t->nomem = true;
		return -1;
	}
	if (escapes) {
		*end = t->plain + text_strip_escapes(t->plain, *s, *end);
		*s = t->plain;
	}
	if (blanks) {
		*end = t->plain + text_plain_blanks(t->plain, *s, *end);
		*s = t->plain;
	}
	return 0;
}

int text_line(struct text_parser *t, const char *s, const char *end,
	      bool partial)
{
	struct event ev = { .op = 0 };
	enum verdict v;
	int r;

	t->counts->lines++;
	if ((t->escapes || t->blanks) && make_plain(t, &s, &end))
		return -1;
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
	v = text_read_line(t, s, end, partial, &ev);
	return act_on(t, v, &ev, s, end, partial);
}
