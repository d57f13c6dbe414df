/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A database that rows are taken from: read as queries read one, so that it
 * may be a stranger's, be written meanwhile, or have a journal of a writer
 * that was killed.  One of an older schema is migrated in a private copy; a
 * newer one is refused.
 *
 * Errors: ERR_IO, ERR_DB where it is no database of ours, ERR_NOMEM.
 */
#ifndef EXCHANGE_SOURCE_H
#define EXCHANGE_SOURCE_H

#include "query/database.h"
#include "query/stop.h"
#include "support/err.h"

int source_open(const char *path, const struct query_stop *stop,
		struct database **ret, struct err *e);

#endif
