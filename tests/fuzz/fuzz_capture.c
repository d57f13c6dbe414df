/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole captures, and bare logs, through the door that `kmemdb import` uses.
 * A trace.dat is refused here: libtracecmd has a process of its own, and
 * what comes out of that is fuzz_dat_wire's.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "trace/capture/capture.h"
#include "trace/dat/dat.h"
#include "trace/trace_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

static int take(void *ctx, const struct allocation *a, struct err *e)
{
	uint64_t *n = ctx;

	(void)e;
	if (a->end > ALLOC_UNKNOWN || a->bytes_alloc < a->bytes_req)
		abort();
	(*n)++;
	return 0;
}

static void check_part(const struct capture_part *p)
{
	if (p->p ? p->p[p->len] != '\0' : p->len != 0)
		abort();
}

static void check_info(const struct capture_info *i)
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

static void check_result(const struct trace_result *t, uint64_t given)
{
	uint64_t allocs = 0;

	for (size_t i = 0; i < t->nrollups; i++)
		allocs += t->rollups[i].allocs;
	if (allocs != given)
		abort();
}

static void run(struct capture *c)
{
	struct trace_options options = { .format = TRACE_AUTO };
	struct trace_reader *r = NULL;
	uint64_t given = 0;
	struct err e;

	if (capture_reader_open(c, &options, &r, &e))
		return;
	if (!trace_reader_run(r, (struct trace_sink){ &given, take }, &e))
		check_result(trace_reader_result(r), given);
	check_info(capture_info(c));
	trace_reader_free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
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
		run(c);
		capture_free(c);
	}
	close(fd);
	return 0;
}
