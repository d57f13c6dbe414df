/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Builds and traces that go, and the space they took.
 */
#ifndef EXCHANGE_FORGET_H
#define EXCHANGE_FORGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query/stop.h"
#include "support/err.h"

struct forget_options {
	const char *db;
	const char *const *refs; /* each of a build or a trace */
	size_t nrefs;
	const char *build, *trace; /* or NULL */
	bool compact;
	bool quiet;
	const struct query_stop *stop;
};

struct forget_result {
	size_t builds, traces;
	int64_t free_bytes; /* within the file, for what comes next */
	int64_t given_back; /* to the file system */
	int64_t bytes;	    /* of the file now */
};

/* A build goes with its traces. */
int forget_run(const struct forget_options *o, struct forget_result *ret,
	       struct err *e);

struct store;

/* Steps of a transaction, for prune, too. */
int forget_build(struct store *s, int64_t id, struct forget_result *counts,
		 struct err *e);
/* Drops what nobody uses any more and commits; compact: then the
 * file is rewritten, outside of the transaction. */
int forget_finish(struct store *s, bool compact, struct forget_result *counts,
		  struct err *e);

#endif
