/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/progress.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int64_t now(clockid_t clock)
{
	struct timespec ts = { 0, 0 };

	clock_gettime(clock, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

int64_t clock_monotonic_ns(void)
{
	return now(CLOCK_MONOTONIC);
}

int64_t clock_real_ns(void)
{
	return now(CLOCK_REALTIME);
}

void progress_say(bool quiet, const char *fmt, ...)
{
	va_list ap;

	if (quiet)
		return;
	va_start(ap, fmt);
	flockfile(stderr);
	fputs("kmemdb: ", stderr);
	vfprintf(stderr, fmt, ap);
	putc('\n', stderr);
	funlockfile(stderr);
	va_end(ap);
}

void progress_start(struct progress *p, bool quiet, const char *what,
		    uint64_t all)
{
	p->on = !quiet && isatty(STDERR_FILENO) == 1;
	p->what = what;
	p->all = all;
	p->started_ns = p->shown_ns = clock_monotonic_ns();
}

void progress_update(struct progress *p, uint64_t done)
{
	int64_t t;
	double seconds;

	if (!p->on)
		return;
	t = clock_monotonic_ns();
	if (t - p->shown_ns < 100000000)
		return;
	p->shown_ns = t;
	seconds = (double)(t - p->started_ns) / 1e9;
	fprintf(stderr, "\r\033[K%" PRIu64 " / %" PRIu64 " %s, %.0f/s", done,
		p->all, p->what, seconds > 0 ? (double)done / seconds : 0);
}

void progress_end(struct progress *p)
{
	if (p->on)
		fputs("\r\033[K", stderr);
	p->on = false;
}
