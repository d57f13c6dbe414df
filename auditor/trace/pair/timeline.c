/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/pair/timeline.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SHIFT 10 /* begin with microseconds */

int timeline_init(struct timeline *t)
{
	*t = (struct timeline){ .shift = FIRST_SHIFT };
	t->points = calloc(TIMELINE_BUCKETS, sizeof(*t->points));
	return t->points ? 0 : -1;
}

void timeline_release(struct timeline *t)
{
	free(t->points);
	t->points = NULL;
}

/* Makes one bucket of two: the later one's end, the higher one's top. */
static void halve(struct timeline *t)
{
	for (size_t i = 0; i < t->count; i += 2) {
		struct timeline_point p = t->points[i];

		if (i + 1 < t->count) {
			const struct timeline_point *q = &t->points[i + 1];

			memcpy(p.live, q->live, sizeof(p.live));
			p.waste_bytes = q->waste_bytes;
			if (q->top_bytes > p.top_bytes)
				p.top_bytes = q->top_bytes;
		}
		t->points[i / 2] = p;
	}
	t->count = (t->count + 1) / 2;
	t->shift++;
}

/* Buckets in which nothing happened end as the one before them. */
static void extend(struct timeline *t, size_t upto)
{
	while (t->count <= upto) {
		struct timeline_point *p = &t->points[t->count];

		memset(p, 0, sizeof(*p));
		if (t->count) {
			memcpy(p->live, p[-1].live, sizeof(p->live));
			p->waste_bytes = p[-1].waste_bytes;
			p->top_bytes = p->live[KIND_MALLOC] +
				       p->live[KIND_CACHE];
		}
		p->start_ns = t->begin_ns + ((uint64_t)t->count << t->shift);
		t->count++;
	}
}

void timeline_update(struct timeline *t, uint64_t now_ns)
{
	struct timeline_point *p;
	uint64_t top, at;

	if (!t->count)
		t->begin_ns = now_ns;
	at = now_ns > t->begin_ns ? now_ns - t->begin_ns : 0;
	while (at >> t->shift >= TIMELINE_BUCKETS)
		halve(t);
	at >>= t->shift;
	if (at >= t->count)
		extend(t, (size_t)at);
	p = &t->points[t->count - 1];
	memcpy(p->live, t->live, sizeof(p->live));
	p->waste_bytes = t->waste;
	top = t->live[KIND_MALLOC] + t->live[KIND_CACHE];
	if (top > p->top_bytes)
		p->top_bytes = top;
}
