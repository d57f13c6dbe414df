/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs a log that is written in the test, and keeps what came of it.
 */
#ifndef TESTS_TRACE_RUN_H
#define TESTS_TRACE_RUN_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "trace/trace_reader.h"

#define RUN_ALLOCS 64

struct run {
	struct trace_reader *reader;
	const struct trace_result *t;
	struct allocation allocs[RUN_ALLOCS];
	size_t nallocs;
	struct err e;
	int failed;
	/* the source */
	const char *text;
	size_t left, step;
};

static inline ssize_t run_read(void *ctx, void *buf, size_t size)
{
	struct run *r = ctx;
	size_t n = r->left < size ? r->left : size;

	if (r->step && n > r->step)
		n = r->step;
	memcpy(buf, r->text, n);
	r->text += n;
	r->left -= n;
	return (ssize_t)n;
}

static inline int run_take(void *ctx, const struct allocation *a, struct err *e)
{
	struct run *r = ctx;

	(void)e;
	if (r->nallocs < RUN_ALLOCS)
		r->allocs[r->nallocs] = *a;
	r->nallocs++;
	return 0;
}

/* step: at most so many bytes a read; 0: as many as asked for. */
static inline void run_bytes(struct run *r, const char *text, size_t len,
			     size_t step)
{
	struct trace_options options = { .format = TRACE_AUTO };

	*r = (struct run){ .text = text, .left = len, .step = step };
	r->failed = trace_reader_open_source(
		"log", (struct input_source){ r, run_read }, &options,
		&r->reader, &r->e);
	if (r->failed)
		return;
	r->failed = trace_reader_run(r->reader,
				     (struct trace_sink){ r, run_take }, &r->e);
	r->t = trace_reader_result(r->reader);
}

static inline void run_text(struct run *r, const char *text)
{
	run_bytes(r, text, strlen(text), 0);
	if (r->failed)
		print_message("%s\n", r->e.text);
	assert_int_equal(r->failed, 0);
}

static inline void run_end(struct run *r)
{
	trace_reader_free(r->reader);
	r->reader = NULL;
}

/* The sums of a site (by the beginning of its printed form) and kind. */
static inline struct rollup run_row(const struct run *r, const char *site,
				    enum alloc_kind kind)
{
	struct rollup sum = { .kind = (uint8_t)kind };

	for (size_t i = 0; i < r->t->nrollups; i++) {
		const struct rollup *x = &r->t->rollups[i];
		struct intern_text s = intern_get(&r->t->names->sites, x->site);

		if (x->kind != kind ||
		    strncmp(s.len ? s.text : "-", site, strlen(site)) != 0)
			continue;
		sum.allocs += x->allocs;
		sum.frees += x->frees;
		sum.implicit += x->implicit;
		sum.live += x->live;
		sum.unknown += x->unknown;
		sum.failed += x->failed;
		sum.total_bytes += x->total_bytes;
		sum.total_req += x->total_req;
		sum.live_bytes += x->live_bytes;
		sum.live_req += x->live_req;
		sum.waste_bytes += x->waste_bytes;
		sum.total_waste_bytes += x->total_waste_bytes;
		sum.implicit_bytes += x->implicit_bytes;
		sum.peak_bytes += x->peak_bytes;
		sum.null_free += x->null_free;
		sum.unmatched_free += x->unmatched_free;
	}
	return sum;
}

/* Every allocation has one end and every sum closes: per row, and so for all
 * rows together. */
static inline void run_check_sums(const struct run *r)
{
	for (size_t i = 0; i < r->t->nrollups; i++) {
		const struct rollup *x = &r->t->rollups[i];

		assert_true(x->allocs ==
			    x->frees + x->implicit + x->live + x->unknown);
		assert_true(x->total_waste_bytes ==
			    x->total_bytes - x->total_req);
		assert_true(x->waste_bytes == x->live_bytes - x->live_req);
	}
}

/* Pointers for the lines that tests write. */
#define P1 "ffff888001000040"
#define P2 "ffff888001000080"
#define NIL "0000000000000000"

/*
 * Runs events that a test writes the short way, one string each:
 *
 *	"0 .000001 kmalloc: call_site=f+0x8 ptr=$1 bytes_req=40 bytes_alloc=64"
 *
 * CPU, time and the event's text; $1 and $2 are P1 and P2.  The line gets a
 * task, the columns and, where it tells sizes, the flags that its era prints.
 * What does not begin with a CPU (a stack's frames) stays as it is.
 */
enum run_era {
	RUN_NOW, /* 6.1 and later */
	RUN_OLD, /* 3.6 to 5.12 */
};

struct run_buffer {
	char *at, *end; /* where the next line goes; the buffer's end */
	enum run_era era;
};

static inline void run_put_n(struct run_buffer *t, const char *s, size_t len)
{
	assert_true(len < (size_t)(t->end - t->at));
	memcpy(t->at, s, len);
	t->at += len;
	*t->at = '\0';
}

static inline void run_put(struct run_buffer *t, const char *s)
{
	run_put_n(t, s, strlen(s));
}

static inline void run_line(struct run_buffer *t, const char *event)
{
	static const struct {
		const char *task, *irqs, *flags;
	} eras[] = {
		[RUN_NOW] = { "            bash-1234    [00", "] .....     0",
			      " gfp_flags=GFP_KERNEL node=-1 accounted=false" },
		[RUN_OLD] = { "            bash-1234  [00", "] ....     0",
			      " gfp_flags=GFP_KERNEL" },
	};
	const char *s = event, *sizes = strstr(event, "bytes_alloc=");

	if (*s >= '0' && *s <= '9') {
		size_t n = strcspn(s + 2, " ");

		run_put(t, eras[t->era].task);
		run_put_n(t, s, 1);
		run_put(t, eras[t->era].irqs);
		run_put_n(t, s + 2, n);
		run_put(t, ":");
		s += 2 + n;
	}
	for (; *s; s++) {
		if (*s == '$')
			run_put(t, *++s == '1' ? P1 : P2);
		else
			run_put_n(t, s, 1);
	}
	if (sizes && !strstr(sizes, "gfp_flags="))
		run_put(t, eras[t->era].flags);
	run_put(t, "\n");
}

#define EVENTS(...)                                                            \
	(const char *const[])                                                  \
	{                                                                      \
		__VA_ARGS__, NULL                                              \
	}

static inline void run_events(struct run *r, enum run_era era,
			      const char *const *events)
{
	char buf[8192] = "";
	struct run_buffer t = { buf, buf + sizeof(buf), era };

	for (; *events; events++)
		run_line(&t, *events);
	run_text(r, buf);
}

#define run_name(r, table, id) intern_get(&(r)->t->names->table, id).text

#endif
