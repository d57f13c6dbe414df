/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A log whose times run backwards is made of runs, each in order: the files
 * of several CPUs, one after the other, or several boots of a serial log.
 * Found by reading the log once, without keeping anything of it but where
 * its runs begin and end.
 */
#ifndef TRACE_TEXT_RUNS_H
#define TRACE_TEXT_RUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RUNS_MAX 1024
#define RUN_CPUS 1024 /* the last is for higher numbers, and for none */

struct text_run {
	uint64_t from, to; /* offsets; runs follow each other without a gap */
	uint64_t first_ns, last_ns;
	uint64_t cpus[RUN_CPUS / 64]; /* bits */
	bool banner;		      /* a kernel said its version before it */
	bool new_boot;		      /* nothing that was before lives on */
};

struct text_runs {
	struct text_run *runs;
	size_t count, capacity;
	bool too_many; /* more than RUNS_MAX: it has no order to restore */
	bool mixed;    /* one CPU's runs overlap, without a boot between */
	bool nomem;    /* why it failed; else errno says it */
};

/* Reads size bytes of fd.  0 or -1; the caller releases it in both cases. */
int text_runs_find(struct text_runs *r, int fd, uint64_t size);

void text_runs_release(struct text_runs *r);

#endif
