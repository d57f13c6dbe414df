/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A capture or a log from a descriptor through the door that `kmemdb import`
 * uses, and what must hold afterwards whatever it was.  A trace.dat is refused
 * here: libtracecmd has a process of its own, and what comes out of that is
 * fuzz_dat_wire's.
 */
#ifndef TESTS_FUZZ_CAPTURE_CHECK_H
#define TESTS_FUZZ_CAPTURE_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "trace/capture/capture.h"
#include "trace/dat/dat.h"
#include "trace/trace_reader.h"

/* What a log said. */
struct capture_said {
	bool read;
	uint64_t allocs, bytes_req;
	struct trace_counts counts;
};

/* Of libkmemdb.a nothing is taken that is here already. */
int dat_read(int fd, const char *name, struct trace_names *names,
	     struct trace_counts *counts, struct event_sink sink,
	     struct dat_extra *extra, struct err *e)
{
	(void)names;
	(void)counts;
	(void)sink;
	(void)extra;
	close(fd);
	return err_set(e, ERR_FORMAT, "cannot read '%s'", name);
}

void dat_extra_release(struct dat_extra *x)
{
	(void)x;
}

static inline int capture_take(void *ctx, const struct allocation *a,
			       struct err *e)
{
	struct capture_said *s = ctx;

	(void)e;
	if (a->end > ALLOC_UNKNOWN || a->bytes_alloc < a->bytes_req)
		abort();
	s->allocs++;
	s->bytes_req += a->bytes_req;
	return 0;
}

static inline void check_part(const struct capture_part *p)
{
	if (p->p ? p->p[p->len] != '\0' : p->len != 0)
		abort();
}

static inline void check_info(const struct capture_info *i)
{
	check_part(&i->kallsyms);
	check_part(&i->notes);
	check_part(&i->modules);
	check_part(&i->stats);
	check_part(&i->slabinfo);
	check_part(&i->cmdline);
	check_part(&i->version);
	if (i->tar && (strlen(i->contents) > 4096 || strlen(i->trace) > 4096))
		abort();
}

static inline void check_result(const struct trace_result *t, uint64_t given)
{
	uint64_t allocs = 0;

	for (size_t i = 0; i < t->nrollups; i++)
		allocs += t->rollups[i].allocs;
	if (allocs != given)
		abort();
}

static inline void capture_run(struct capture *c, struct capture_said *s)
{
	struct trace_options options = { .format = TRACE_AUTO };
	struct trace_reader *r = NULL;
	struct err e;

	if (capture_reader_open(c, &options, &r, &e))
		return;
	if (!trace_reader_run(r, (struct trace_sink){ s, capture_take }, &e)) {
		check_result(trace_reader_result(r), s->allocs);
		s->counts = trace_reader_result(r)->counts;
		s->read = true;
	}
	check_info(capture_info(c));
	trace_reader_free(r);
}

/* The bytes as a file. */
static inline struct capture_said capture_check(const void *data, size_t size)
{
	struct capture_said said = { .read = false };
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	struct capture *c;
	char path[64];
	struct err e;

	if (fd < 0)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (write(fd, data, size) == (ssize_t)size &&
	    !capture_open(path, &c, &e)) {
		check_info(capture_info(c));
		capture_run(c, &said);
		capture_free(c);
	}
	close(fd);
	return said;
}

#endif
