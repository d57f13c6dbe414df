/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The head of a report file, and the pages made from it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/help_report.h"
#include "query/catalogue.h"
#include "query/report.h"

/* The example that the format is described with. */
static const char example[] =
	"-- SPDX-License-Identifier: GPL-3.0-or-later\n"
	"-- title: Static memory by directory\n"
	"-- text: What each directory costs.\n"
	"--   It goes on here,\n"
	"--   and here.\n"
	"-- text: And a second sentence.\n"
	"-- param: build\n"
	"-- param: branch the directory to look into\n"
	"-- param: depth=2 levels\n"
	"-- column: path text  directory\n"
	"-- column: total bytes sum  text,\n"
	"--   data and bss\n"
	"-- column: since date asc  when\n"
	"-- column: share percent sum default-asc  of all\n"
	"--\n"
	"-- order: total, path:asc\n"
	"-- empty: nothing there\n"
	"\n"
	"SELECT path, 1 AS total -- title: not in the head\n";

static struct report parse(const char *text)
{
	struct report r;
	struct err e;

	if (report_parse("example", text, true, &r, &e))
		fail_msg("%s", e.text);
	return r;
}

static void test_head(void **state)
{
	struct report r = parse(example);

	(void)state;
	assert_string_equal(r.name, "example");
	assert_string_equal(r.title, "Static memory by directory");
	assert_string_equal(
		r.text,
		"What each directory costs. It goes on here, and here.\nAnd a second sentence.");
	assert_string_equal(r.order, "total, path:asc");
	assert_string_equal(r.empty, "nothing there");
	assert_string_equal(
		r.sql, "SELECT path, 1 AS total -- title: not in the head\n");
	report_release(&r);
}

static void test_params(void **state)
{
	struct report r = parse(example);

	(void)state;
	assert_int_equal(r.nparams, 3);
	assert_int_equal(r.params[0].id, PARAM_BUILD);
	assert_string_equal(r.params[0].help, "");
	assert_null(r.params[0].fallback);
	assert_string_equal(report_find_param(&r, PARAM_BRANCH)->help,
			    "the directory to look into");
	assert_string_equal(report_find_param(&r, PARAM_DEPTH)->fallback, "2");
	assert_null(report_find_param(&r, PARAM_IMAGE));
	report_release(&r);
}

static void test_columns(void **state)
{
	struct report r = parse(example);

	(void)state;
	assert_int_equal(r.ncolumns, 4);
	assert_string_equal(r.columns[0].name, "path");
	assert_int_equal(r.columns[0].unit, UNIT_TEXT);
	assert_true(r.columns[0].ascending);
	assert_false(r.columns[0].sum);
	assert_string_equal(r.columns[1].help, "text, data and bss");
	assert_int_equal(r.columns[1].unit, UNIT_BYTES);
	assert_true(r.columns[1].sum);
	assert_false(r.columns[1].ascending);
	assert_int_equal(r.columns[2].unit, UNIT_DATE);
	assert_true(r.columns[2].ascending);
	assert_true(r.columns[3].sum && r.columns[3].ascending);
	assert_string_equal(r.columns[3].help, "of all");
	report_release(&r);
}

static void test_tidy(void **state)
{
	struct report r = parse(
		"-- group: trust\n-- see: coverage  slabs\n"
		"-- column: a count sum wide asc  of all\n"
		"-- column: b text  words\nSELECT 1 AS a, 2 AS b");

	(void)state;
	assert_int_equal(r.group, REPORT_TRUST);
	assert_string_equal(r.see[0], "coverage");
	assert_string_equal(r.see[1], "slabs");
	assert_true(r.columns[0].wide && r.columns[0].sum &&
		    r.columns[0].ascending);
	assert_string_equal(r.columns[0].help, "of all");
	report_release(&r);
}

static void test_no_head(void **state)
{
	struct report r = parse("SELECT 1");
	struct report none = parse("");

	(void)state;
	assert_string_equal(r.title, "");
	assert_int_equal(r.ncolumns, 0);
	assert_string_equal(r.sql, "SELECT 1");
	assert_string_equal(none.sql, "");
	report_release(&r);
	report_release(&none);
}

static void expect_error(const char *text, const char *words)
{
	struct report r;
	struct err e;

	assert_int_equal(report_parse("bad", text, true, &r, &e), -ERR_FORMAT);
	assert_non_null(strstr(e.text, words));
}

static void test_errors(void **state)
{
	(void)state;
	expect_error("-- title: x\n-- column: a furlongs\n",
		     "line 2: 'furlongs' is not a unit");
	expect_error("-- column:\n", "line 1: '' is not a unit");
	expect_error("-- column: a\n", "line 1: '' is not a unit");
	expect_error("\n\n-- param: nonsense\n",
		     "line 3: parameter 'nonsense'");
	expect_error("-- param:\n", "parameter ''");
	/* A prefix of a name is not the name. */
	expect_error("-- param: buil\n", "parameter 'buil'");
	expect_error("-- column: a byte\n", "'byte' is not a unit");
	expect_error("-- group: speed\n", "line 1: 'speed' is no group");
	expect_error("-- see: one\n", "see names the two reports");
	expect_error("-- see: one two three\n", "see names the two reports");
	expect_error("-- sums: together\n", "is not a way to sum");
}

static void test_help(void **state)
{
	struct report r = parse(example);
	char *page = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&page, &len);
	const struct catalogue none = { NULL, 0 };

	(void)state;
	assert_non_null(f);
	help_report(command_find("query"), &none, &r, f);
	fclose(f);
	assert_non_null(strstr(page, "Static memory by directory\n"));
	assert_non_null(strstr(page, "And a second sentence."));
	assert_non_null(strstr(page, "--branch DIR"));
	assert_non_null(strstr(page, "the directory to look into"));
	assert_non_null(strstr(page, "levels; default: 2"));
	assert_null(strstr(page, "--image"));
	assert_null(strstr(page, "--file"));
	assert_non_null(strstr(page, "total  bytes    text, data and bss\n"));
	assert_non_null(strstr(page, "Summed: total, share\n"));
	assert_non_null(strstr(page, "Sorted by: total, path:asc\n"));
	for (const char *line = page; *line; line += strspn(line, "\n")) {
		size_t n = strcspn(line, "\n");

		assert_true(n < 80);
		line += n;
	}
	free(page);
	report_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_head),	cmocka_unit_test(test_params),
		cmocka_unit_test(test_columns), cmocka_unit_test(test_tidy),
		cmocka_unit_test(test_no_head), cmocka_unit_test(test_errors),
		cmocka_unit_test(test_help),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
