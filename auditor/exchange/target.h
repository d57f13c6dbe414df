/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The database that is changed, within its one transaction.
 */
#ifndef EXCHANGE_TARGET_H
#define EXCHANGE_TARGET_H

#include <stdbool.h>

#include "query/stop.h"
#include "support/err.h"

struct store;

/* Waits for other writers, and says so unless quiet; a transaction has begun.
 * store_close rolls it back. */
int target_open(const char *db, bool quiet, const struct query_stop *stop,
		struct store **ret, struct err *e);

/* ERR_IO where there is none. */
int target_must_exist(const char *db, struct err *e);

#endif
