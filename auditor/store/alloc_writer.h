/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing the allocations of a trace, one by one, from a thread of its own.
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_ALLOC_WRITER_H
#define STORE_ALLOC_WRITER_H

#include "store/trace.h"

/* The number that the trace about to be imported will have. */
int store_trace_next(struct store *s, int64_t *ret_trace, struct err *e);

/* names: of the trace being read; must outlive the writer. */
int alloc_writer_new(struct store *s, int64_t trace,
		     const struct trace_names *names, struct alloc_writer **ret,
		     struct err *e);
int alloc_writer_put(struct alloc_writer *w, const struct allocation *a,
		     struct err *e);

/* NULL is fine. */
void alloc_writer_free(struct alloc_writer *w);

/* After the last one; before it nobody else may use the store. */
int alloc_writer_finish(struct alloc_writer *w, struct alloc_range *ret,
			struct err *e);

#endif
