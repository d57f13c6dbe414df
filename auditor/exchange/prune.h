/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Old builds go, by rules.  What any rule keeps stays.
 */
#ifndef EXCHANGE_PRUNE_H
#define EXCHANGE_PRUNE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exchange/forget.h"
#include "query/stop.h"
#include "support/err.h"

struct prune_rules {
	int64_t newest; /* so many of them */
	bool labelled;
	bool tagged; /* of a commit that has a tag, with clean sources */
	bool traced;
	bool daily; /* of each day the last; all of the last thirty days */
};

/* "50,labelled,daily"; ERR_USAGE with the words there are. */
int prune_rules_read(const char *words, struct prune_rules *ret, struct err *e);

/* One build that goes; texts are NULL where it has none. */
struct prune_build {
	int64_t id, audited_ns;
	const char *label, *commit;
	int64_t traces;
};

/* Takes a commit, in hex, that has a tag. */
typedef int prune_tag_put(void *to, const char *commit, struct err *e);

struct prune_options {
	const char *db;
	struct prune_rules rules;
	bool dry_run; /* tells, and changes nothing */
	bool quiet;
	const struct query_stop *stop;
	/* For rule tagged: adds the tagged commits, by put, of the repository
	 * that sources is in: where the newest build's were, or are. */
	int (*tags)(void *ctx, const char *sources, prune_tag_put *put,
		    void *to, struct err *e);
	/* Told of each, oldest first. */
	void (*say)(void *ctx, const struct prune_build *b);
	void *ctx;
};

struct prune_result {
	size_t kept;
	struct forget_result gone;
};

/* The space is given back to the file system. */
int prune_run(const struct prune_options *o, struct prune_result *ret,
	      struct err *e);

#endif
