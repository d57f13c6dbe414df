/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * trace.dat, versions 6 and 7, read by libtracecmd in a child process: what
 * crashes there becomes an error message here.
 */
#ifndef TRACE_DAT_DAT_H
#define TRACE_DAT_DAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/err.h"
#include "trace/text/parsing.h"

/* dat_read: the sink stopped it. */
#define DAT_STOPPED 1

/* What such a file says besides its events. */
struct dat_extra {
	uint64_t *page_size; /* set before the first event; NULL: not wanted */
	bool want_kallsyms;
	char *kallsyms; /* as struct trace_result has it */
	size_t kallsyms_len;
};

/*
 * Reads the seekable file fd, and closes it.  Events come in the order of
 * their times, all buffer instances together.  0, DAT_STOPPED, or an error;
 * a file that is truncated or breaks the library after the first event is
 * counts->truncated.
 */
int dat_read(int fd, const char *name, struct trace_names *names,
	     struct trace_counts *counts, struct event_sink sink,
	     struct dat_extra *extra, struct err *e);

void dat_extra_release(struct dat_extra *x);

#endif
