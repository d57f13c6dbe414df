/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parameters of reports, and how a branch is spelt.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "query/param.h"
#include "query/resolve.h"

/* Every parameter has a variable, and no variable is there twice. */
static void test_table(void **state)
{
	(void)state;
	for (int i = 0; i < PARAM_COUNT; i++) {
		const char *v = query_params[i].variable;

		assert_non_null(query_params[i].option);
		assert_int_equal(query_param_find(v, strlen(v)), i);
		assert_int_equal(query_param_find(v, strlen(v) - 1),
				 PARAM_COUNT);
	}
	assert_int_equal(query_param_find("kmemdb_limit", 12), PARAM_COUNT);
}

static void test_normalise(void **state)
{
	static const char *const cases[][2] = {
		{ "fs", "fs" },	      { "fs/", "fs" },
		{ "./fs", "fs" },     { "/fs//", "fs" },
		{ ".", "" },	      { "", "" },
		{ "./", "" },	      { "a/./b", "a/b" },
		{ "../fs", "../fs" }, { ".config", ".config" },
	};
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(branch_normalise(cases[i][0], &a),
				    cases[i][1]);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_normalise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
