/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/find_head.h"

#include <string.h>

#include "support/scan.h"

#define COMM_COLUMNS 16	   /* %16s: a comm has at most 15 bytes */
#define LAT_COMM_COLUMNS 8 /* %8.8s of latency-format */
#define OWN_FIELDS 80	   /* bytes of what a tool prints before the name */
#define PID_COLUMNS 8	   /* perf's `%7d` and its blank; a period has 10 */
#define WORDS_MAX 16
#define PREFIX_MAX 512

static void know_nothing(const char *s, struct text_head *h)
{
	*h = (struct text_head){
		.comm = s,
		.pid = EVENT_PID_NONE,
		.cpu = EVENT_CPU_NONE,
		.flags = EVENT_NO_TIME,
	};
}

static void set_pid(struct text_head *h, uint64_t pid)
{
	h->pid = pid <= INT32_MAX ? (int32_t)pid : EVENT_PID_NONE;
}

/* The text before end that a comm's columns hold; where they were not kept
 * (their first is always blank), its last word. */
static void set_comm(struct text_head *h, const char *s, const char *end,
		     ptrdiff_t columns)
{
	const char *p = end - s > columns ? end - columns : s;

	if (columns == COMM_COLUMNS && end - s > columns && *p != ' ') {
		for (p = end; p > s && p[-1] != ' '; p--)
			;
	}
	p = scan_spaces(p, end);
	h->comm = p;
	h->comm_len = (size_t)(end - p);
}

/* ---- whole layouts after a prefix ---- */

static bool ends_at(const struct text_head *h, const char *event)
{
	return h->rest <= event && event - h->rest <= OWN_FIELDS;
}

/* The last `comm-pid` that a whole head begins with. */
static bool find_dash(const char *s, const char *end, const char *event,
		      struct text_head *ret)
{
	const char *p = event, *q;
	struct text_head h;

	while (p > s && (p = memrchr(s, '-', (size_t)(p - s)))) {
		if (!text_head_from_pid(p + 1, end, true, &h) ||
		    !ends_at(&h, event))
			continue;
		*ret = h;
		q = memchr(p, '[', (size_t)(h.rest - p));
		set_comm(ret, s, p, q ? COMM_COLUMNS : LAT_COMM_COLUMNS);
		return true;
	}
	return false;
}

/* The last `comm pid` that one begins with. */
static bool find_blank(const char *s, const char *end, const char *event,
		       struct text_head *ret)
{
	struct text_head h;

	for (const char *p = event - 1; p > s; p--) {
		if (!scan_is_digit(*p) || p[-1] != ' ' ||
		    !text_head_from_pid(p, end, false, &h) ||
		    !ends_at(&h, event))
			continue;
		*ret = h;
		while (p > s && p[-1] == ' ')
			p--;
		set_comm(ret, s, p, COMM_COLUMNS);
		return true;
	}
	return false;
}

/* ---- function_graph: `100.000007 |   1)  bash-1234    |   …  |  /-*` ---- */

/* `bash-1234`, centred. */
static void graph_task(const char *p, const char *end, struct text_head *h)
{
	const char *dash, *q;
	uint64_t pid;

	p = scan_spaces(p, end);
	while (end > p && end[-1] == ' ')
		end--;
	dash = p < end ? memrchr(p, '-', (size_t)(end - p)) : NULL;
	if (!dash || dash == p)
		return;
	q = scan_dec(dash + 1, end, &pid);
	if (q == dash + 1 || q != end)
		return;
	set_pid(h, pid);
	h->comm = p;
	h->comm_len = (size_t)(dash - p);
}

/* What is between two bars. */
static void graph_column(const char *p, const char *end, struct text_head *h)
{
	struct text_head t;
	char text[40];
	const char *q;
	uint64_t v;
	size_t len;

	p = scan_spaces(p, end);
	q = scan_dec(p, end, &v);
	if (q > p && q < end && *q == ')') {
		h->cpu = v < EVENT_CPU_NONE ? (uint16_t)v : EVENT_CPU_NONE;
		p = q + 1;
	} else if (q > p && q < end && *q == '.') {
		/* A time has nothing after it, a duration its unit. */
		q = scan_to_space(p, end);
		len = (size_t)(q - p);
		if (len + 1 > sizeof(text) || scan_spaces(q, end) != end)
			return;
		memcpy(text, p, len);
		text[len] = ':';
		if (text_head_time(text, text + len + 1, &t)) {
			h->time_ns = t.time_ns;
			h->flags = t.flags;
		}
		return;
	}
	graph_task(p, end, h);
}

/* The line's beginning, where a console's prefix may be glued to the first
 * column: that is looked at from its last number with a `)` or a time on. */
static const char *graph_begin(const char *s, const char *bar)
{
	const char *p = bar, *q;
	uint64_t v;

	while (p > s && (p = memrchr(s, ')', (size_t)(p - s)))) {
		for (q = p; q > s && scan_is_digit(q[-1]); q--)
			;
		if (q < p && (q == s || q[-1] == ' '))
			return q;
	}
	for (p = bar; p > s && p[-1] == ' '; p--)
		;
	for (q = p; q > s && (scan_is_digit(q[-1]) || q[-1] == '.'); q--)
		;
	if (q < p && q > s && q[-1] == '-') {
		while (q > s && q[-1] != ' ')
			q--;
		return q;
	}
	return q < p && scan_dec(q, p, &v) != p ? q : bar;
}

static void graph_head(const char *s, const char *comment, struct text_head *h)
{
	const char *bar = memchr(s, '|', (size_t)(comment - s)), *p, *q;

	p = graph_begin(s, bar ? bar : comment);
	/* Without durations no bar follows the CPU. */
	if (!bar && !SCAN_FIND(p, comment, ")"))
		return;
	for (; p < comment; p = q + 1) {
		q = memchr(p, '|', (size_t)(comment - p));
		q = q ? q : comment;
		graph_column(p, q, h);
	}
}

/* ---- perf script with fields left out ---- */

struct word {
	const char *p, *end;
};

static size_t split(const char *s, const char *end, struct word *w)
{
	size_t n = 0;

	for (s = scan_spaces(s, end); s < end; s = scan_spaces(s, end)) {
		if (n == WORDS_MAX) /* the last ones count */
			memmove(w, w + 1, --n * sizeof(*w));
		w[n].p = s;
		w[n++].end = s = scan_to_space(s, end);
	}
	return n;
}

/* `1234`, `1234/1235` */
static bool is_pid(const struct word *w, uint64_t *ret)
{
	const char *q = scan_dec(w->p, w->end, ret);
	uint64_t ignored;

	if (q > w->p && q < w->end && *q == '/')
		q = scan_dec(q + 1, w->end, &ignored);
	return q > w->p && q == w->end;
}

static bool is_cpu(const struct word *w, uint64_t *ret)
{
	const char *q = scan_dec(w->p + 1, w->end, ret);

	return *w->p == '[' && q > w->p + 1 && q + 1 == w->end && *q == ']';
}

/* Whether words [0, n) end with a period, which has no place of its own. */
static bool ends_with_period(const char *s, const struct word *w, size_t n)
{
	const char *from = n > 1 ? w[n - 2].end : s;
	uint64_t v;

	if (memchr(w[n - 1].p, '/', (size_t)(w[n - 1].end - w[n - 1].p)))
		return false;
	return (n > 1 && is_pid(&w[n - 2], &v)) ||
	       w[n - 1].end - from > PID_COLUMNS;
}

static void perf_head(const char *s, const char *event, struct text_head *h)
{
	struct word w[WORDS_MAX];
	size_t n = split(s, event, w), time = n, cpu;
	uint64_t v;

	while (time > 0 && text_head_time(w[time - 1].p, w[time - 1].end, h) !=
				   w[time - 1].end)
		time--;
	if (time)
		n = time - 1;
	else
		h->flags = EVENT_NO_TIME, h->time_ns = 0;
	for (cpu = n; cpu > 0 && !is_cpu(&w[cpu - 1], &v); cpu--)
		;
	if (cpu) {
		n = cpu - 1;
		h->cpu = v < EVENT_CPU_NONE ? (uint16_t)v : EVENT_CPU_NONE;
	}
	if (n && !time && !cpu && is_pid(&w[n - 1], &v) &&
	    ends_with_period(s, w, n))
		n--;
	if (n && is_pid(&w[n - 1], &v)) {
		set_pid(h, v);
		n--;
	}
	if (n)
		set_comm(h, s, w[n - 1].end, COMM_COLUMNS);
}

void text_head_before(const char *s, const char *end,
		      const struct text_found *f, struct text_head *ret)
{
	const char *p = f->at;

	/* No head is longer, and a hostile line is not searched squared. */
	if (p - s > PREFIX_MAX)
		s = p - PREFIX_MAX;
	if (end - p > PREFIX_MAX)
		end = p + PREFIX_MAX;
	know_nothing(s, ret);
	while (p > s && p[-1] == ' ')
		p--;
	if (p - s >= 2 && p[-2] == '/' && p[-1] == '*') {
		graph_head(s, p - 2, ret);
		return;
	}
	if (find_dash(s, end, f->at, ret) || find_blank(s, end, f->at, ret))
		return;
	if (f->group)
		perf_head(s, f->at, ret);
}
