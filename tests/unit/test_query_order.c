/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --order-by: directions, the ancestor's words, and the SQL made of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "query/order.h"

static const struct column waste[] = {
	{ .name = "caller", .unit = UNIT_TEXT, .ascending = true },
	{ .name = "allocs", .unit = UNIT_COUNT },
	{ .name = "frees", .unit = UNIT_COUNT },
	{ .name = "live", .unit = UNIT_COUNT },
	{ .name = "total_bytes", .unit = UNIT_BYTES },
	{ .name = "live_bytes", .unit = UNIT_BYTES },
	{ .name = "waste_bytes", .unit = UNIT_BYTES },
};
/* No column is called "live" here. */
static const struct column peak[] = {
	{ .name = "caller", .unit = UNIT_TEXT, .ascending = true },
	{ .name = "live_bytes", .unit = UNIT_BYTES },
};
#define NWASTE (sizeof(waste) / sizeof(waste[0]))

static const struct column footprint[] = {
	{ .name = "path", .unit = UNIT_TEXT, .ascending = true },
	{ .name = "total", .unit = UNIT_BYTES },
	{ .name = "live", .unit = UNIT_COUNT },
};
#define NFOOTPRINT (sizeof(footprint) / sizeof(footprint[0]))

/* The first column that words mean, or -1; "-" where it is ascending. */
static int first(const char *words, const struct column *columns, size_t n,
		 bool *ret_ascending)
{
	struct order o = { .count = 0 };
	struct err e;

	if (order_add(&o, words, columns, n, &e)) {
		assert_int_equal(e.code, ERR_USAGE);
		return -1;
	}
	assert_int_equal(o.count, 1);
	*ret_ascending = o.terms[0].ascending;
	return (int)o.terms[0].column;
}

static void test_direction(void **state)
{
	bool asc;

	(void)state;
	assert_int_equal(first("caller", waste, NWASTE, &asc), 0);
	assert_true(asc);
	assert_int_equal(first("allocs", waste, NWASTE, &asc), 1);
	assert_false(asc);
	assert_int_equal(first("allocs:asc", waste, NWASTE, &asc), 1);
	assert_true(asc);
	assert_int_equal(first("caller:desc", waste, NWASTE, &asc), 0);
	assert_false(asc);
	assert_int_equal(first("caller:up", waste, NWASTE, &asc), -1);
	assert_int_equal(first("caller:", waste, NWASTE, &asc), -1);
	assert_int_equal(first("calle", waste, NWASTE, &asc), -1);
}

static void test_aliases(void **state)
{
	static const struct {
		const char *word;
		int column;
	} words[] = {
		{ "total_dynamic", 4 },	  { "total", 4 },      { "net", 5 },
		{ "current_dynamic", 5 }, { "live", 3 },       { "waste", 6 },
		{ "alloc_count", 1 },	  { "free_count", 2 },
	};
	bool asc;

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_int_equal(first(words[i].word, waste, NWASTE, &asc),
				 words[i].column);
	/* A column of the word's own name wins, here as above ("live"). */
	assert_int_equal(first("total", footprint, NFOOTPRINT, &asc), 1);
	assert_int_equal(first("live", footprint, NFOOTPRINT, &asc), 2);
	assert_int_equal(first("live", peak, 2, &asc), 1);
	assert_int_equal(first("net", footprint, NFOOTPRINT, &asc), -1);
}

static void test_unknown(void **state)
{
	struct order o = { .count = 0 };
	struct err e;

	(void)state;
	assert_int_equal(order_add(&o, "nope; DROP TABLE x", footprint,
				   NFOOTPRINT, &e),
			 -ERR_USAGE);
	assert_string_equal(
		e.text,
		"no column 'nope;' to sort by: there are path, total, live");
}

static void test_wrap(void **state)
{
	struct order o = { .count = 0 };
	struct arena a = ARENA_INIT;
	struct err e;

	(void)state;
	assert_int_equal(order_add(&o, "total", footprint, NFOOTPRINT, &e), 0);
	/* What is there already keeps its place and direction. */
	assert_int_equal(
		order_add(&o, "total:asc, path", footprint, NFOOTPRINT, &e), 0);
	assert_int_equal(o.count, 2);
	assert_string_equal(order_wrap(&o, NULL, "SELECT x; junk", 8, &a),
			    "SELECT * FROM (\nSELECT x\n)\n"
			    "ORDER BY 2 DESC NULLS LAST, 1 ASC NULLS LAST\n"
			    "LIMIT :kmemdb_limit");
	/* In two steps: at least as good as the last that will be shown. */
	assert_string_equal(
		order_wrap(&o, footprint, "SELECT x; junk", 8, &a),
		"WITH kmemdb_bound (at) AS MATERIALIZED (\n"
		"SELECT \"total\" FROM (\nSELECT x\n)\n"
		"ORDER BY 1 DESC NULLS LAST LIMIT 1 OFFSET :kmemdb_limit - 1\n)\n"
		"SELECT * FROM (\nSELECT x\n)\n"
		"WHERE coalesce(\"total\" >= (SELECT at FROM kmemdb_bound), 1)\n"
		"ORDER BY 2 DESC NULLS LAST, 1 ASC NULLS LAST\n"
		"LIMIT :kmemdb_limit");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_direction),
		cmocka_unit_test(test_aliases),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_wrap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
