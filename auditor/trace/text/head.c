/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/head.h"

#include <string.h>

#include "support/scan.h"

#define COMM_COLUMNS 16	   /* %16s: a comm has at most 15 bytes */
#define LAT_COMM_COLUMNS 8 /* %8.8s of latency-format */
#define SEARCH_COLUMNS 160 /* a head begins and ends within these */

/* Nanoseconds of a fraction with this many digits, per unit. */
static uint64_t fraction_ns(uint64_t v, size_t digits)
{
	static const uint32_t scale[] = { 1000000000, 100000000, 10000000,
					  1000000,    100000,	 10000,
					  1000,	      100,	 10,
					  1 };

	for (; digits > 9; digits--)
		v /= 10;
	return v * scale[digits];
}

const char *text_head_time(const char *p, const char *end, struct text_head *h)
{
	uint64_t whole, part = 0;
	const char *q = scan_dec(p, end, &whole), *f;

	if (q == p || q == end)
		return NULL;
	h->flags = 0;
	if (*q == '.') {
		f = q + 1;
		q = scan_dec(f, end, &part);
		if (q == f)
			return NULL;
		h->time_ns = whole * 1000000000 +
			     fraction_ns(part, (size_t)(q - f));
	} else if (SCAN_LIT(q, end, "us")) {
		h->time_ns = whole * 1000;
		q += 2;
		if (q < end && *q != ':')
			q++; /* the mark of a long delay */
	} else {
		h->time_ns = whole;
		h->flags = EVENT_TICKS;
	}
	return q < end && *q == ':' ? q + 1 : NULL;
}

static void set_cpu(struct text_head *h, uint64_t cpu)
{
	h->cpu = cpu < EVENT_CPU_NONE ? (uint16_t)cpu : EVENT_CPU_NONE;
}

/* `time: `, or `irqs-off-and-so-on time: `; sets rest. */
static bool scan_flags_time(const char *p, const char *end, struct text_head *h)
{
	const char *q;

	p = scan_spaces(p, end);
	q = text_head_time(p, end, h);
	if (!q) {
		p = scan_spaces(scan_to_space(p, end), end);
		q = text_head_time(p, end, h);
	}
	if (!q)
		return false;
	h->rest = scan_spaces(q, end);
	return true;
}

/* `[001] d..1. time: ` */
static bool scan_bracket(const char *p, const char *end, struct text_head *h)
{
	uint64_t cpu;
	const char *q;

	if (p == end || *p != '[')
		return false;
	q = scan_dec(++p, end, &cpu);
	if (q == p || q == end || *q != ']')
		return false;
	set_cpu(h, cpu);
	return scan_flags_time(q + 1, end, h);
}

/* `1d..1. time: `: the CPU of latency-format has no brackets. */
static bool scan_latency(const char *p, const char *end, struct text_head *h)
{
	uint64_t cpu;
	const char *q = scan_dec(p, end, &cpu);

	if (q == p || q == end || scan_is_digit(*q))
		return false;
	set_cpu(h, cpu);
	p = scan_to_space(q, end);
	q = text_head_time(scan_spaces(p, end), end, h);
	if (!q)
		return false;
	h->rest = scan_spaces(q, end);
	return true;
}

/* `  1 0 00000000 00000003 [9f2124c5] 2669749.445ms (+0.287ms): ` */
static bool scan_verbose(const char *p, const char *end, struct text_head *h)
{
	uint64_t cpu, whole, part;
	const char *q = scan_dec(p, end, &cpu), *f;

	if (q == p || q == end || *q != ' ')
		return false;
	set_cpu(h, cpu);
	for (int i = 0; i < 3; i++) {
		p = scan_spaces(q, end);
		q = scan_hex(p, end, &whole);
		if (q == p || q == end || *q != ' ')
			return false;
	}
	p = scan_spaces(q, end);
	if (p == end || *p != '[')
		return false;
	q = scan_hex(p + 1, end, &whole);
	if (!SCAN_LIT(q, end, "] "))
		return false;
	p = scan_spaces(q + 1, end);
	q = scan_dec(p, end, &whole);
	h->time_ns = whole;
	h->flags = EVENT_TICKS;
	if (q < end && *q == '.') {
		f = q + 1;
		q = scan_dec(f, end, &part);
		h->time_ns = whole * 1000000 +
			     fraction_ns(part, (size_t)(q - f)) / 1000;
		h->flags = 0;
		if (!SCAN_LIT(q, end, "ms"))
			return false;
		q += 2;
	}
	if (!SCAN_LIT(q, end, " (+"))
		return false;
	q = memchr(q, ')', (size_t)(end - q));
	if (!q || !SCAN_LIT(q, end, "):"))
		return false;
	h->rest = scan_spaces(q + 2, end);
	return true;
}

/* `13970   (-------) [001] …` of trace and trace-cmd, `13970 [001] …` and
 * `13970/13970 [001] …` of perf, and the layouts without brackets. */
bool text_head_from_pid(const char *p, const char *end, bool dash,
			struct text_head *h)
{
	uint64_t pid, ignored;
	const char *q;

	q = scan_dec(p, end, &pid);
	if (q == p || q == end)
		return false;
	h->pid = pid <= INT32_MAX ? (int32_t)pid : EVENT_PID_NONE;
	if (!dash && *q == '/')
		q = scan_dec(q + 1, end, &ignored);
	p = scan_spaces(q, end);
	if (p == q || p == end)
		return false;
	if (*p == '[')
		return scan_bracket(p, end, h);
	if (*p != '(')
		return dash ? scan_latency(p, end, h) : scan_verbose(p, end, h);
	q = memchr(p, ')', (size_t)(end - p));
	if (!q)
		return false;
	return scan_bracket(scan_spaces(q + 1, end), end, h);
}

static void set_comm(struct text_head *h, const char *s, const char *end)
{
	/* What is further left was put there by no kernel. */
	if (end - s > COMM_COLUMNS)
		s = end - COMM_COLUMNS;
	s = scan_spaces(s, end);
	h->comm = s;
	h->comm_len = (size_t)(end - s);
}

bool text_head_fixed(const char *s, const char *end, struct text_head *ret)
{
	const char *p = s + COMM_COLUMNS;

	if (end - s <= COMM_COLUMNS + 1)
		return false;
	if (*p == '-' && text_head_from_pid(p + 1, end, true, ret)) {
		/* A comm of so many columns begins with a blank: these are
		 * those of latency-format, which has no brackets. */
		if (*s != ' ' && !memchr(p, '[', (size_t)(ret->rest - p)))
			s += COMM_COLUMNS - LAT_COMM_COLUMNS;
		set_comm(ret, s, p);
		return true;
	}
	if (*p == ' ' &&
	    text_head_from_pid(scan_spaces(p, end), end, false, ret)) {
		set_comm(ret, s, p);
		return true;
	}
	p = s + LAT_COMM_COLUMNS;
	if (*p == '-' && text_head_from_pid(p + 1, end, true, ret)) {
		set_comm(ret, s, p);
		return true;
	}
	return false;
}

/* Back over `comm-13970   (-------) ` or `comm 13970 ` to the pid. */
static bool pid_before(const char *s, const char *bracket, struct text_head *h)
{
	const char *p = bracket, *q;
	uint64_t pid;

	while (p > s && p[-1] == ' ')
		p--;
	if (p > s && p[-1] == ')') {
		q = memrchr(s, '(', (size_t)(p - s));
		if (!q)
			return false;
		p = q;
		while (p > s && p[-1] == ' ')
			p--;
	}
	q = p;
	while (p > s && scan_is_digit(p[-1]))
		p--;
	if (p == q || p == s || (p[-1] != '-' && p[-1] != ' '))
		return false;
	scan_dec(p, q, &pid);
	h->pid = pid <= INT32_MAX ? (int32_t)pid : EVENT_PID_NONE;
	set_comm(h, s, p - 1);
	return true;
}

/*
 * The last `[cpu]` that is in a whole head, for a comm may look like
 * the beginning of one; but not one so far right of the first that it must
 * be part of what the event printed.
 */
static bool search_bracket(const char *s, const char *end,
			   struct text_head *ret)
{
	const char *limit = end - s > SEARCH_COLUMNS ? s + SEARCH_COLUMNS : end;
	struct text_head h;
	bool found = false;

	for (const char *p = s; p < limit; p++) {
		p = memchr(p, '[', (size_t)(limit - p));
		if (!p)
			break;
		if (!scan_bracket(p, end, &h) || !pid_before(s, p, &h))
			continue;
		*ret = h;
		if (!found && limit - p > 40)
			limit = p + 40;
		found = true;
	}
	return found;
}

/* latency-format with its leading blanks lost. */
static bool search_latency(const char *s, const char *end,
			   struct text_head *ret)
{
	struct text_head h;
	bool found = false;

	for (const char *p = s; p < end && p - s <= LAT_COMM_COLUMNS; p++) {
		if (*p != '-' || !text_head_from_pid(p + 1, end, true, &h))
			continue;
		*ret = h;
		set_comm(ret, s, p);
		found = true;
	}
	return found;
}

static const char *skip_stamp(const char *s, const char *end)
{
	const char *p = s, *q;
	uint64_t v;

	if (p == end || *p != '[')
		return s;
	p = scan_spaces(p + 1, end);
	if (p < end && (*p == 'T' || *p == 'C')) {
		q = scan_dec(p + 1, end, &v);
	} else {
		p = scan_dec(p, end, &v);
		if (p == end || *p != '.')
			return s;
		q = scan_dec(p + 1, end, &v);
	}
	if (q == p || q == end || *q != ']')
		return s;
	q++;
	return q < end && *q == ' ' ? q + 1 : q;
}

const char *text_skip_console(const char *s, const char *end)
{
	const char *p, *q;
	uint64_t v;

	if (s < end && *s == '<') {
		q = scan_dec(s + 1, end, &v);
		if (q > s + 1 && q < end && *q == '>')
			s = q + 1;
	}
	p = skip_stamp(s, end);
	return p == s ? s : skip_stamp(p, end);
}

bool text_head_search(const char *s, const char *end, struct text_head *ret)
{
	const char *p;

	while (s < end && *s == '\0')
		s++;
	if (s < end && *s == '#')
		s++;
	p = text_skip_console(s, end);
	if (text_head_fixed(p, end, ret))
		return true;
	/* trace-cmd puts an instance's name before the columns. */
	s = p;
	p = SCAN_FIND(s, end, ": ");
	if (p && text_head_fixed(p + 2, end, ret))
		return true;
	return search_bracket(s, end, ret) || search_latency(s, end, ret);
}
