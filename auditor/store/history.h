/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the database knows of the sources' history: rows of a transaction
 * (store/store.h).
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "model/commit_graph.h"
#include "store/store.h"
#include "support/u64map.h"

/* As many as a walk leaves over. */
#define STORE_CUTS_MAX 1024

struct store_history {
	struct u64map known;	      /* commits whose parents are known */
	int64_t cuts[STORE_CUTS_MAX]; /* what repositories lacked first */
	size_t ncuts, nlacking;
};

/* The caller releases *ret, also after an error. */
int store_history_load(struct store *s, struct store_history *ret,
		       struct err *e);
void store_history_release(struct store_history *h);

/* Adds what is new.  Sorts the nodes. */
int store_history_put(struct store *s, struct commit_graph *g, struct err *e);

#endif
