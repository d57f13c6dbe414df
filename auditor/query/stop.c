/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/stop.h"

#include <stddef.h>
#include <time.h>

#define NS_PER_SECOND 1000000000

static int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * NS_PER_SECOND + ts.tv_nsec;
}

void query_stop_start(struct query_stop *s)
{
	s->deadline_ns = 0;
	if (s->seconds)
		s->deadline_ns = now_ns() + (int64_t)s->seconds * NS_PER_SECOND;
}

static bool interrupted(const struct query_stop *s)
{
	return s->interrupted && *s->interrupted;
}

bool query_stopped(const struct query_stop *s)
{
	if (!s)
		return false;
	return interrupted(s) || (s->deadline_ns && now_ns() > s->deadline_ns);
}

int query_stop_fail(const struct query_stop *s, struct err *e)
{
	if (interrupted(s))
		return err_set(
			e, ERR_DB,
			"interrupted: the result is not complete, the database is as it was");
	return err_set(
		e, ERR_DB,
		"stopped after %u second%s, the result is not complete: a larger --timeout gives it more",
		s->seconds, s->seconds == 1 ? "" : "s");
}
