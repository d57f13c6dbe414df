/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/stack_and_lost.h"

#include <stdio.h>
#include <string.h>

#include "support/scan.h"
#include "trace/text/find.h"
#include "trace/text/head.h"

static int add_frame(struct text_parser *t, const char *s, size_t len,
		     uint64_t addr)
{
	char with_addr[512];
	uint32_t id;

	if (t->stack.nframes == TEXT_FRAMES_MAX || t->stack.user)
		return 1;
	if (addr && len < sizeof(with_addr) - 32) {
		/* The form that site_text_split reads. */
		int n = snprintf(with_addr, sizeof(with_addr), "%.*s (0x%llx)",
				 (int)len, s, (unsigned long long)addr);

		s = with_addr;
		len = (size_t)n;
	}
	id = trace_names_site_id(t->names, s, len);
	if (id == INTERN_NONE) {
		t->nomem = true;
		return -1;
	}
	t->stack.frames[t->stack.nframes++] = id;
	return 1;
}

/* `sym+0x10/0x20 [mod]`, and then ` <ffffffff815c6c21>` or
 * ` (ffffffff815c6c21)`. */
static int arrow_frame(struct text_parser *t, const char *s, const char *end)
{
	const char *open = NULL, *q;
	uint64_t addr = 0;

	/* No frame but an event, after an arrow of somebody's. */
	if (text_carries_own_key(s, end))
		return 0;
	while (end > s && end[-1] == ' ')
		end--;
	if (end > s && end[-1] == '>')
		open = memrchr(s, '<', (size_t)(end - s));
	else if (end > s && end[-1] == ')')
		open = memrchr(s, '(', (size_t)(end - s));
	if (open) {
		q = scan_hex(open + 1, end, &addr);
		if (q == open + 1 || q != end - 1)
			return add_frame(t, s, (size_t)(end - s), 0);
		for (end = open; end > s && end[-1] == ' '; end--)
			;
	}
	return add_frame(t, s, (size_t)(end - s), addr);
}

/* perf script: `\tffffffff8a2b1234 sym+0x10 ([kernel.kallsyms])`. */
static int perf_frame(struct text_parser *t, const char *s, const char *end)
{
	const char *p = s, *q, *sym;
	uint64_t addr;

	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	q = scan_hex(p, end, &addr);
	if (p == s || q == p || q == end || *q != ' ' ||
	    text_carries_own_key(q, end))
		return 0;
	/* Of a short one be sure that it is no task called `dd`. */
	if (q - p < 6 && SCAN_FIND(q, end, ": "))
		return 0;
	sym = q + 1;
	q = SCAN_FIND(sym, end, " (");
	return add_frame(t, sym, (size_t)((q ? q : end) - sym), addr);
}

int text_stack_frame(struct text_parser *t, const char *s, const char *end)
{
	const char *p = text_skip_console(s, end);

	if (p < end && *p == ' ')
		p++;
	/* After a prefix that is not known. */
	if (!SCAN_LIT(p, end, "=> ") && (p = SCAN_FIND(s, end, " => ")))
		p++;
	if (!p)
		return perf_frame(t, s, end);
	/* An event with an arrow after its values is no frame. */
	return text_carries_own_key(s, end) ? 0 : arrow_frame(t, p + 3, end);
}

int text_stack_end(struct text_parser *t)
{
	struct event ev = {
		.op = EVENT_OP_STACK,
		.cpu = t->stack.cpu,
	};

	if (!t->stack.active)
		return 0;
	t->stack.active = false;
	if (!t->stack.nframes)
		return 0;
	ev.stack = intern_id(&t->names->stacks,
			     (const char *)(const void *)t->stack.frames,
			     t->stack.nframes * sizeof(t->stack.frames[0]));
	if (ev.stack == INTERN_NONE) {
		t->nomem = true;
		return -1;
	}
	return t->sink.event(t->sink.ctx, &ev);
}

/* `CPU:1 [LOST 123 EVENTS]`, trace-cmd's `CPU:1 [123 EVENTS DROPPED]`, both
 * without a number where the kernel did not know, and perf's. */
static bool lost_line(struct text_parser *t, const char *s, const char *end)
{
	const char *p = SCAN_FIND(s, end, "CPU:"), *q;
	uint64_t n;

	if (p && (p = SCAN_FIND(p, end, " [")) && SCAN_FIND(p, end, "EVENTS")) {
		p += SCAN_LIT(p, end, " [LOST ") ? 7 : 2;
	} else {
		p = SCAN_FIND(s, end, "PERF_RECORD_LOST lost ");
		if (!p)
			return false;
		p += 22;
	}
	q = scan_dec(p, end, &n);
	if (q > p && n)
		t->counts->lost += n;
	else
		t->counts->lost_unknown++;
	return true;
}

/* `123/456` at p: in the buffer, and ever written to it. */
static void overwritten(struct text_parser *t, const char *p, const char *end)
{
	uint64_t in, written;
	const char *q = scan_dec(p, end, &in);

	if (q == p || q == end || *q != '/')
		return;
	p = q + 1;
	q = scan_dec(p, end, &written);
	if (q > p && written > in)
		t->counts->overwritten += written - in;
}

bool text_other_line(struct text_parser *t, const char *s, const char *end)
{
	const bool event = text_carries_event(s, end);
	const char *p;

	if (s == end || (!event && lost_line(t, s, end)))
		return false;
	if (*text_skip_console(s, end) == '#' || *s == '#') {
		p = SCAN_FIND(s, end, "entries-written: ");
		if (p)
			overwritten(t, p + 17, end);
		p = SCAN_FIND(s, end, "# latency: ");
		p = p ? SCAN_FIND(p + 11, end, ", #") : NULL;
		if (p)
			overwritten(t, p + 3, end);
	}
	return event || SCAN_FIND(s, end, ": mm_page_") ||
	       SCAN_FIND(s, end, "_percpu: ");
}
