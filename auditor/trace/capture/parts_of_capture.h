/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a capture holds besides its trace.
 */
#ifndef TRACE_CAPTURE_PARTS_OF_CAPTURE_H
#define TRACE_CAPTURE_PARTS_OF_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/err.h"
#include "trace/reader_options.h"

/* One member; p is NULL where there is none, and has a NUL after its end. */
struct capture_part {
	char *p;
	size_t len;
};

/* Belongs to the capture. */
struct capture_info {
	bool tar; /* false: a bare log, and all below is empty */
	struct capture_part kallsyms, notes, modules, stats, slabinfo;
	struct capture_part slabs; /* of /sys/kernel/slab: what is merged */
	struct capture_part vmallocinfo;
	struct capture_part cmdline, version; /* without the last newline */
	uint32_t page_size;   /* of the traced machine; 0: not captured */
	const char *trace;    /* name of the member, made printable */
	const char *contents; /* `trace, notes, kallsyms`: what was used */
	const char *remark;   /* what was left out and why; "" for nothing;
				 complete after trace_reader_run */
	bool more_logs;	      /* what was left out are traces, too */
};

struct capture;

#endif
