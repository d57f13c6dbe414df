/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/merge.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"
#include "trace/text/line.h"
#include "trace/text/lines.h"

/* One run while it is read. */
struct reader {
	struct text_parser parser;
	struct text_lines lines;
	struct event *events; /* read and not yet handed on */
	size_t at, count, capacity;
	uint64_t last_ns; /* of its last event that has a time */
	bool done, nomem, io;
};

static int keep_event(void *ctx, const struct event *ev)
{
	struct reader *r = ctx;

	if (grow_room((void **)&r->events, r->count, &r->capacity,
		      sizeof(*r->events))) {
		r->nomem = true;
		return -1;
	}
	r->events[r->count++] = *ev;
	return 0;
}

static int read_line(struct reader *r)
{
	const char *s;
	size_t len;
	bool cut;
	int got = text_lines_next(&r->lines, &s, &len, &cut);

	if (got < 0) {
		r->io = !r->lines.nomem;
		return -1;
	}
	if (got == 0) {
		r->done = true;
		return text_parser_end(&r->parser);
	}
	if (!cut)
		return text_line(&r->parser, s, s + len, false);
	r->parser.counts->lines++;
	r->parser.counts->unreadable++;
	return 0;
}

/* Reads on until there is an event, or the run ends.  0 or -1. */
static int fill(struct reader *r)
{
	if (r->at < r->count)
		return 0;
	r->at = r->count = 0;
	while (!r->count && !r->done) {
		if (read_line(r))
			return -1;
	}
	return 0;
}

/* When its next event was; what has no time belongs to the one before. */
static uint64_t next_ns(const struct reader *r)
{
	const struct event *ev = &r->events[r->at];

	return ev->op == EVENT_OP_STACK || ev->flags & EVENT_NO_TIME
		       ? r->last_ns
		       : ev->time_ns;
}

/* Of equal times the earlier run's goes first. */
static struct reader *earliest(struct reader *readers, size_t count)
{
	struct reader *best = NULL;
	uint64_t best_ns = 0;

	for (size_t i = 0; i < count; i++) {
		struct reader *r = &readers[i];

		if (r->at == r->count || (best && next_ns(r) >= best_ns))
			continue;
		best = r;
		best_ns = next_ns(r);
	}
	return best;
}

static int merge(struct reader *readers, size_t count, struct event_sink sink)
{
	struct reader *r;

	for (size_t i = 0; i < count; i++) {
		if (fill(&readers[i]))
			return -1;
	}
	while ((r = earliest(readers, count))) {
		r->last_ns = next_ns(r);
		if (sink.event(sink.ctx, &r->events[r->at++]) || fill(r))
			return -1;
	}
	return 0;
}

int text_merge(const struct text_run *runs, size_t count, int fd,
	       struct trace_names *names, struct trace_counts *counts,
	       struct event_sink sink, bool *ret_nomem, bool *ret_io)
{
	struct reader *readers = calloc(count, sizeof(*readers));
	int ret;

	if (!readers) {
		*ret_nomem = true;
		return -1;
	}
	for (size_t i = 0; i < count; i++) {
		text_parser_init(&readers[i].parser, names, counts,
				 (struct event_sink){ &readers[i],
						      keep_event });
		text_lines_init(&readers[i].lines, fd, runs[i].from,
				runs[i].to);
	}
	ret = merge(readers, count, sink);
	for (size_t i = 0; i < count; i++) {
		struct reader *r = &readers[i];

		*ret_nomem |= r->nomem || r->parser.nomem || r->lines.nomem;
		*ret_io |= r->io;
		text_parser_release(&r->parser);
		text_lines_release(&r->lines);
		free(r->events);
	}
	free(readers);
	return ret;
}
