/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is said after a report: how far its numbers can be trusted.
 */
#ifndef QUERY_FOOTER_H
#define QUERY_FOOTER_H

#include <stdbool.h>

#include "query/database.h"
#include "query/resolve.h"
#include "support/arena.h"
#include "support/err.h"

/*
 * The rows of sql/query/FILE.sql, each ended by a newline; the file's
 * variables are the parameters that are used, the others are NULL.  *ret
 * lives in a.
 */
int footer_read(const struct database *d, const char *file,
		const bool used[PARAM_COUNT],
		const struct param_value values[PARAM_COUNT], struct arena *a,
		const char **ret, struct err *e);

#endif
