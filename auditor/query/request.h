/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a report is run with, in the user's words.  Plain data.
 */
#ifndef QUERY_REQUEST_H
#define QUERY_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "query/param.h"

struct query_request {
	/* The user's words for each parameter, NULL where there are none;
	 * any word for an option without an argument. */
	const char *given[PARAM_COUNT];
	const char *order_by; /* NULL: the report's own order */
	int64_t limit;	      /* rows to yield, -1 for all */
	bool sums;	      /* sums of all rows are wanted, see rows.h */
};

#endif
