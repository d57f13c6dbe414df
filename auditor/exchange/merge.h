/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Databases of many machines become one, in one transaction.  What two have
 * in common is stored once, and the order does not matter
 * (store/copy/copy.h).
 *
 * Errors: ERR_USAGE where a database is merged into itself, ERR_IO, ERR_DB also where
 * the other one is damaged, ERR_NOMEM.
 */
#ifndef EXCHANGE_MERGE_H
#define EXCHANGE_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "query/stop.h"
#include "store/copy/counts.h"
#include "support/err.h"

struct merge_options {
	const char *db; /* made where it is not there */
	const char *const *others;
	size_t nothers;
	bool quiet;
	const struct query_stop *stop;
};

int merge_run(const struct merge_options *o, struct copy_counts *ret,
	      struct err *e);

#endif
