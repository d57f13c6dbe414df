/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many producers, one consumer, results in order: threads make item i in
 * whatever order they come to it; the calling thread takes 0, 1, 2, …
 */
#ifndef SUPPORT_PIPELINE_H
#define SUPPORT_PIPELINE_H

#include <stddef.h>

#include "support/err.h"

struct pipeline_job {
	size_t count;
	unsigned int threads; /* at most 1: all on the calling thread */
	/* Items made and not yet taken, at most: what bounds memory. */
	size_t window;
	void *context;
	/* On any thread, once for each item. */
	void (*produce)(void *context, size_t item);
	/* On the calling thread, in order; negative, with *e filled, stops the
	 * pipeline.  An item that was produced and not consumed is given to
	 * drop. */
	int (*consume)(void *context, size_t item, struct err *e);
	void (*drop)(void *context, size_t item);
};

/* 0, or what consume returned and said in *e.  Runs on fewer threads where the
 * system gives no more. */
int pipeline_run(const struct pipeline_job *job, struct err *e);

/* Processors this process may run on, at least 1. */
unsigned int pipeline_default_threads(void);

#endif
