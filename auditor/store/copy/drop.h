/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Builds and traces that go, with their parts; and what nothing refers to any
 * more after that.  Each within a transaction of the caller's.
 */
#ifndef STORE_COPY_DROP_H
#define STORE_COPY_DROP_H

#include <stddef.h>
#include <stdint.h>

#include "support/err.h"

struct store;

/* table: "build" or "trace".  A build's traces are the caller's to drop. */
int drop_root(struct store *s, const char *table, int64_t id, struct err *e);

/* Footprints, lists, names and so on that nobody uses; and the stat cache of
 * trees of which no build is left. */
int drop_unused(struct store *s, struct err *e);

/* Bytes within the file that are free, and of the whole file. */
int store_free_bytes(struct store *s, int64_t *ret_free, int64_t *ret_all,
		     struct err *e);
/* Rewrites the file without them.  Outside of a transaction; it needs
 * the space of a second copy while it runs. */
int store_compact(struct store *s, struct err *e);

#endif
