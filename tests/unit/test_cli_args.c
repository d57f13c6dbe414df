/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command line of `kmemdb query`.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/options.h"
#include "query/resolve.h"

#define WORDS_MAX 8

/* Reads "query" and the words that follow, up to NULL. */
static int read_line(struct query_words *ret, struct err *e,
		     const char *const *words)
{
	static char copies[WORDS_MAX][64];
	char *argv[WORDS_MAX + 1];
	int argc = 0;

	strcpy(copies[argc], "query");
	argv[argc] = copies[argc];
	argc++;
	for (; *words; words++, argc++) {
		assert_true(argc < WORDS_MAX && strlen(*words) < 64);
		strcpy(copies[argc], *words);
		argv[argc] = copies[argc];
	}
	argv[argc] = NULL;
	return query_words_read(argc, argv, ret, e);
}

#define LINE(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void test_good(void **state)
{
	struct query_words w;
	struct err e;

	(void)state;
	assert_int_equal(read_line(&w, &e,
				   LINE("waste", "--branch", "fs", "--malloc",
					"-oout", "--limit=5")),
			 0);
	assert_string_equal(w.report, "waste");
	assert_string_equal(w.given[PARAM_BRANCH], "fs");
	assert_non_null(w.given[PARAM_MALLOC]);
	assert_null(w.given[PARAM_CACHE]);
	assert_string_equal(w.given[OPTION_OUTPUT], "out");
	assert_string_equal(w.given[OPTION_LIMIT], "5");
	/* Twice in one process: getopt keeps state. */
	assert_int_equal(read_line(&w, &e, LINE("--branch", "--", "objects")),
			 0);
	assert_string_equal(w.given[PARAM_BRANCH], "--");
	assert_string_equal(w.report, "objects");
	assert_int_equal(read_line(&w, &e, LINE("--branch=")), 0);
	assert_string_equal(w.given[PARAM_BRANCH], "");
	assert_null(w.report);
	assert_int_equal(read_line(&w, &e, LINE("--", "-x")), 0);
	assert_string_equal(w.report, "-x");
}

static void expect_error(const char *const *words, const char *message)
{
	struct query_words w;
	struct err e;

	assert_int_equal(read_line(&w, &e, words), -ERR_USAGE);
	if (strncmp(e.text, message, strlen(message)) != 0)
		fail_msg("'%s', not '%s'", e.text, message);
}

static void test_bad(void **state)
{
	(void)state;
	expect_error(LINE("a", "b"), "'query' takes one word: what is 'b'?");
	expect_error(LINE("a", "--file", "f"), "a report is named by");
	expect_error(LINE("--frob"), "unknown option '--frob'");
	expect_error(LINE("-x"), "unknown option '-x'");
	expect_error(LINE("--branch"), "option '--branch' needs an argument");
	expect_error(LINE("-o"), "option '-o' needs an argument");
	expect_error(LINE("--malloc=1"), "option '--malloc' takes no");
	/* Abbreviations break with the next option that is added. */
	expect_error(LINE("--bran", "fs"), "unknown option '--bran'");
	expect_error(LINE("--bran=fs"), "unknown option '--bran=fs'");
	expect_error(LINE("--mall"), "unknown option '--mall'");
	expect_error(LINE("--b", "fs"), "unknown option '--b'");
	expect_error(LINE("a", "--hel", "--db", "x"), "unknown option '--hel'");
}

/* Every parameter has a variable, and no variable is there twice. */
static void test_table(void **state)
{
	(void)state;
	for (int i = 0; i < OPTION_COUNT; i++) {
		const struct query_option_info *o = &query_options[i];

		assert_non_null(o->name);
		assert_non_null(o->help);
		if (i >= PARAM_COUNT) {
			assert_null(o->variable);
			continue;
		}
		assert_int_equal(
			query_param_find(o->variable, strlen(o->variable)), i);
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
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_normalise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
