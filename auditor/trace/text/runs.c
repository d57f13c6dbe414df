/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/runs.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"
#include "support/scan.h"
#include "trace/text/line.h"
#include "trace/text/lines.h"
#include "trace/text/text.h"

/* What is looked at while runs are found. */
struct finder {
	struct text_runs *runs;
	uint64_t at; /* where the line, or the held one before it, begins */
	bool banner;
};

static struct text_run *begin_run(struct finder *f)
{
	struct text_runs *r = f->runs;
	struct text_run *run;

	if (r->count == RUNS_MAX) {
		r->too_many = true;
		return NULL;
	}
	if (grow_room((void **)&r->runs, r->count, &r->capacity,
		      sizeof(*r->runs))) {
		r->nomem = true;
		return NULL;
	}
	run = &r->runs[r->count++];
	*run = (struct text_run){ .from = f->at, .banner = f->banner };
	return run;
}

static int on_event(void *ctx, const struct event *ev)
{
	struct finder *f = ctx;
	struct text_runs *r = f->runs;
	struct text_run *run = r->count ? &r->runs[r->count - 1] : NULL;
	size_t cpu = ev->cpu < RUN_CPUS ? ev->cpu : RUN_CPUS - 1;

	if (ev->op == EVENT_OP_STACK || ev->flags & EVENT_NO_TIME)
		return 0;
	if (!run || ev->time_ns < run->last_ns) {
		if (run)
			run->to = f->at;
		run = begin_run(f);
		if (!run)
			return -1;
		run->first_ns = ev->time_ns;
	}
	f->banner = false;
	run->last_ns = ev->time_ns;
	run->cpus[cpu / 64] |= (uint64_t)1 << cpu % 64;
	return 0;
}

/* Feeds lines until the end, or until the finder stops.  0 or -1. */
static int read_lines(struct finder *f, struct text_lines *lines,
		      struct text_parser *t)
{
	const char *s;
	size_t len;
	bool cut;
	int r;

	while ((r = text_lines_next(lines, &s, &len, &cut)) > 0) {
		if (cut)
			continue;
		if (!t->wrap_len)
			f->at = lines->line_at;
		if (scan_find(s, s + len, "Linux version ", 14))
			f->banner = true;
		if (text_line(t, s, s + len, false))
			return f->runs->too_many ? 0 : -1;
	}
	if (r == 0 && text_parser_end(t) && !f->runs->too_many)
		r = -1;
	f->runs->nomem |= lines->nomem || t->nomem;
	return r;
}

static bool share_cpu(const struct text_run *a, const struct text_run *b)
{
	for (size_t i = 0; i < RUN_CPUS / 64; i++) {
		if (a->cpus[i] & b->cpus[i])
			return true;
	}
	return false;
}

static bool share_time(const struct text_run *a, const struct text_run *b)
{
	return a->first_ns <= b->last_ns && b->first_ns <= a->last_ns;
}

/*
 * A CPU's events are in order within a boot.  Where they are not, the clock
 * began anew if the kernel said so, or if it lost more than half of what it
 * had; else parts of the log changed places, which time puts right, or,
 * where they overlap, somebody mixed the lines.
 */
static void find_boots(struct text_runs *r)
{
	size_t boot = 0;

	for (size_t i = 1; i < r->count; i++) {
		struct text_run *run = &r->runs[i];
		bool shared = false, overlap = false;

		for (size_t k = boot; k < i; k++) {
			bool cpu = share_cpu(&r->runs[k], run);

			shared |= cpu;
			overlap |= cpu && share_time(&r->runs[k], run);
		}
		run->new_boot = run->banner ||
				(shared && run->first_ns < run[-1].last_ns / 2);
		if (run->new_boot)
			boot = i;
		else
			r->mixed |= overlap;
	}
}

int text_runs_find(struct text_runs *r, int fd, uint64_t size)
{
	struct trace_counts counts = { .lines = 0 };
	struct trace_names names = { .pointer_bits = 0 };
	struct finder f = { .runs = r };
	struct text_lines lines;
	struct text_parser *t = malloc(sizeof(*t));
	int ret;

	*r = (struct text_runs){ .count = 0 };
	if (!t) {
		r->nomem = true;
		return -1;
	}
	text_lines_init(&lines, fd, 0, size);
	text_parser_init(t, &names, &counts,
			 (struct event_sink){ &f, on_event });
	ret = read_lines(&f, &lines, t);
	text_parser_release(t);
	text_lines_release(&lines);
	trace_names_release(&names);
	free(t);
	if (ret || !r->count)
		return ret;
	r->runs[0].from = 0;
	r->runs[r->count - 1].to = size;
	find_boots(r);
	return 0;
}

void text_runs_release(struct text_runs *r)
{
	free(r->runs);
	*r = (struct text_runs){ .count = 0 };
}
