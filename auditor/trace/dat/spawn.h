/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child process in which libtracecmd runs (support/child.h), with nothing
 * but the trace, a pipe, and a file in memory for the functions it knows.
 */
#ifndef TRACE_DAT_SPAWN_H
#define TRACE_DAT_SPAWN_H

#include <stdbool.h>
#include <stddef.h>

#include "support/child.h"
#include "support/err.h"

struct dat_process {
	struct child child; /* its pipe has the records */
	int kallsyms;	    /* a file in memory, or -1 */
};

/* fd: the trace; it stays the caller's. */
int dat_process_start(struct dat_process *p, int fd, bool want_kallsyms,
		      struct err *e);

/* How it died, after its pipe ended: "crashed (Segmentation fault)". */
void dat_process_why(struct dat_process *p, char *buf, size_t size);

/* What it printed of the functions: *ret is malloc'ed, or NULL for none. */
int dat_process_kallsyms(const struct dat_process *p, char **ret,
			 size_t *ret_len, struct err *e);

/* Kills it if it still runs, and forgets it. */
void dat_process_end(struct dat_process *p);

#endif
