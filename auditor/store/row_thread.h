/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inserts rows of table allocation on a thread of its own, while the log's
 * next lines are being read.  Between the first row and row_thread_idle
 * nobody else may use the store.  Private to store/.
 *
 * Errors: ERR_DB where SQLite refused a row in the thread, which the next call
 * tells; ERR_NOMEM.
 */
#ifndef STORE_ROW_THREAD_H
#define STORE_ROW_THREAD_H

#include <stdbool.h>
#include <stdint.h>

#include "store/statements.h"

struct alloc_row {
	int64_t id, ptr, alloc_ns, lifetime_ns;
	int64_t shape, task, ending;
	bool ended; /* else lifetime_ns is not known */
};

struct row_thread;

int row_thread_new(struct store *s, struct row_thread **ret, struct err *e);

/* The thread starts with the first full batch, so that a log that is read
 * by a child process can fork before.  Errors of earlier rows show here. */
int row_thread_put(struct row_thread *t, const struct alloc_row *row,
		   struct err *e);

/* Waits until all rows are in. */
int row_thread_idle(struct row_thread *t, struct err *e);

/* Stops it, whatever is left undone; NULL is fine. */
void row_thread_free(struct row_thread *t);

#endif
