/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/checked_sum.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 128 bits hold the sum of 2^64 integers: more than a query has rows. */
__extension__ typedef __int128 wide;

struct sum {
	wide integers;
	long double reals;
	uint64_t nintegers, nreals; /* values that are not NULL */
};

static void add(sqlite3_context *ctx, sqlite3_value *v, bool in)
{
	struct sum *s = sqlite3_aggregate_context(ctx, sizeof(*s));

	if (!s)
		return sqlite3_result_error_nomem(ctx);
	switch (sqlite3_value_numeric_type(v)) {
	case SQLITE_NULL:
		break;
	case SQLITE_INTEGER:
		s->integers += in ? sqlite3_value_int64(v)
				  : -(wide)sqlite3_value_int64(v);
		s->nintegers += in ? 1 : UINT64_MAX;
		break;
	default: /* text and blobs count as SQLite reads them: often 0 */
		s->reals += in ? sqlite3_value_double(v)
			       : -sqlite3_value_double(v);
		s->nreals += in ? 1 : UINT64_MAX;
	}
}

static void step(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	(void)argc;
	add(ctx, argv[0], true);
}

static void inverse(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	(void)argc;
	add(ctx, argv[0], false);
}

/* Of no value but NULLs the sum is NULL. */
static void value(sqlite3_context *ctx)
{
	const struct sum *s = sqlite3_aggregate_context(ctx, 0);

	if (!s || !(s->nintegers || s->nreals))
		return;
	if (!s->nreals && s->integers >= INT64_MIN && s->integers <= INT64_MAX)
		sqlite3_result_int64(ctx, (sqlite3_int64)s->integers);
	else
		sqlite3_result_double(ctx, (double)((long double)s->integers +
						    s->reals));
}

int checked_sum_register(sqlite3 *db)
{
	/* Innocuous: views may call it although the schema is not trusted. */
	return sqlite3_create_window_function(
		db, "sum", 1,
		SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
		step, value, value, inverse, NULL);
}
