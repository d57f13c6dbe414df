/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One build and its traces as a database of its own: an artefact of a
 * builder, for 'kmemdb merge'.
 *
 * Errors: ERR_USAGE where -o names the database itself or no build is meant, ERR_IO,
 * ERR_DB, ERR_NOMEM.
 */
#ifndef EXCHANGE_EXPORT_H
#define EXCHANGE_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "query/stop.h"
#include "store/copy/counts.h"
#include "support/err.h"

struct export_options {
	const char *db;
	const char *build; /* NULL: the newest */
	const char *output;
	/* Only for reading and merging: names have small numbers, and what
	 * spares the next audit of the tree its work is left out. */
	bool slim;
	const struct query_stop *stop;
};

struct export_result {
	int64_t build; /* in the database that it comes from */
	struct copy_counts counts;
	int64_t bytes; /* of the file */
};

/* The file appears when it is complete. */
int export_run(const struct export_options *o, struct export_result *ret,
	       struct err *e);

#endif
