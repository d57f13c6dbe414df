/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the process that reads a trace.dat may write, if the trace has taken
 * it over: any bytes.  The calls of trace/dat/spawn.h are made here, without a
 * process.
 */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pair_check.h"
#include "trace/dat/dat.h"
#include "trace/dat/spawn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int wire = -1;

int dat_process_start(struct dat_process *p, int fd, bool want_kallsyms,
		      struct err *e)
{
	(void)fd;
	(void)want_kallsyms;
	(void)e;
	*p = (struct dat_process){ { -1, wire }, -1 };
	return 0;
}

void dat_process_why(struct dat_process *p, char *buf, size_t size)
{
	(void)p;
	snprintf(buf, size, "broke off");
}

int dat_process_kallsyms(const struct dat_process *p, char **ret,
			 size_t *ret_len, struct err *e)
{
	(void)p;
	(void)ret;
	(void)ret_len;
	(void)e;
	return 0;
}

void dat_process_end(struct dat_process *p)
{
	close(p->child.pipe);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t page_size = 0;
	struct dat_extra extra = { .page_size = &page_size };
	struct pair_check c;
	struct err e;

	if (pair_check_init(&c))
		return 0;
	wire = memfd_create("wire", MFD_CLOEXEC);
	if (wire < 0 || write(wire, data, size) != (ssize_t)size ||
	    lseek(wire, 0, SEEK_SET))
		abort();
	if (!dat_read(dup(wire), "fuzz", &c.names, &c.counts,
		      (struct event_sink){ &c, pair_check_event }, &extra,
		      &e) &&
	    !pair_finish(&c.pair))
		pair_check_sums(&c);
	dat_extra_release(&extra);
	pair_check_release(&c);
	return 0;
}
