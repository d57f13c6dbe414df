/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/text.h"

#include <stdlib.h>
#include <string.h>

#include "trace/text/line.h"
#include "trace/text/stack_and_lost.h"

void text_parser_init(struct text_parser *t, struct trace_names *names,
		      struct trace_counts *counts, struct event_sink sink)
{
	*t = (struct text_parser){
		.names = names,
		.counts = counts,
		.sink = sink,
		.escapes = true,
		.blanks = true,
	};
}

void text_parser_release(struct text_parser *t)
{
	free(t->carry);
	free(t->plain);
	t->carry = t->plain = NULL;
	t->carry_len = t->carry_capacity = 0;
}

/* A line of that length is no text: drop what there is of it. */
static void skip_long(struct text_parser *t)
{
	if (!t->skipping) {
		t->counts->lines++;
		t->counts->unreadable++;
	}
	t->skipping = true;
	t->carry_len = 0;
}

static int keep(struct text_parser *t, const char *s, size_t len)
{
	size_t need = t->carry_len + len;

	if (t->skipping || need > TEXT_LINE_MAX) {
		skip_long(t);
		return 0;
	}
	if (need > t->carry_capacity) {
		char *p = realloc(t->carry, TEXT_LINE_MAX);

		if (!p) {
			t->nomem = true;
			return -1;
		}
		t->carry = p;
		t->carry_capacity = TEXT_LINE_MAX;
	}
	memcpy(t->carry + t->carry_len, s, len);
	t->carry_len = need;
	return 0;
}

/* The line whose beginning is in carry ends with len bytes at s. */
static int end_carried(struct text_parser *t, const char *s, size_t len)
{
	int r;

	if (keep(t, s, len))
		return -1;
	if (t->skipping) {
		t->skipping = false;
		return 0;
	}
	r = text_line(t, t->carry, t->carry + t->carry_len, false);
	t->carry_len = 0;
	return r;
}

int text_parser_feed(struct text_parser *t, const char *data, size_t len)
{
	const char *p = data, *end = data + len, *nl;

	/* Once for all lines, of which hardly any has one. */
	t->escapes = (t->carry_len && t->escapes) ||
		     (len && memchr(data, '\x1b', len));
	t->blanks = (t->carry_len && t->blanks) ||
		    (len &&
		     (memchr(data, '\t', len) || memchr(data, 0xa0, len)));
	while (p < end && (nl = memchr(p, '\n', (size_t)(end - p)))) {
		int r;

		if (t->carry_len || t->skipping)
			r = end_carried(t, p, (size_t)(nl - p));
		else if ((size_t)(nl - p) > TEXT_LINE_MAX)
			r = (skip_long(t), t->skipping = false, 0);
		else
			r = text_line(t, p, nl, false);
		if (r)
			return r;
		p = nl + 1;
	}
	return p < end ? keep(t, p, (size_t)(end - p)) : 0;
}

int text_parser_end(struct text_parser *t)
{
	if (t->carry_len && !t->skipping &&
	    text_line(t, t->carry, t->carry + t->carry_len, true))
		return -1;
	t->carry_len = 0;
	t->skipping = false;
	if (text_settle(t))
		return -1;
	return text_stack_end(t);
}
