/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The budget file: what is read of it, and what is said of each line that is
 * wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "check/budgets.h"
#include "support/sizes.h"

static void parse(const char *text, struct budgets *ret)
{
	struct err e;

	assert_int_equal(budgets_parse(text, ret, &e), 0);
}

/* The first complaint of a text that has one. */
static void assert_complaint(const char *text, const char *words)
{
	struct budgets b;

	parse(text, &b);
	assert_int_equal(remarks_count(&b.complaints), 1);
	if (!strstr(remarks_text(&b.complaints, 0), words))
		fail_msg("'%s': '%s'", text, remarks_text(&b.complaints, 0));
	budgets_release(&b);
}

static void test_lines(void **state)
{
	struct budgets b;

	(void)state;
	parse("# a comment\n\n"
	      "image vmlinux total 13M\n"
	      "\tbranch  fs text +16K   # said why\r\n"
	      "branch \"my dir\" total +0.25% image=all warn\n"
	      "symbol log_*#buf bss 128K\n"
	      "check new-symbols 4K warn\n"
	      "check unexplained\n"
	      "quiet 1K\nsaving 2M\nslack 12.5%",
	      &b);
	assert_int_equal(remarks_count(&b.complaints), 0);
	assert_int_equal(b.nbudgets, 4);
	assert_int_equal(b.nchecks, 2);
	assert_int_equal(b.budgets[0].line, 3);
	assert_int_equal(b.budgets[0].what, BUDGET_IMAGE);
	assert_int_equal(b.budgets[0].metric, METRIC_TOTAL);
	assert_int_equal(b.budgets[0].limit, LIMIT_ABSOLUTE);
	assert_int_equal(b.budgets[0].amount, 13 << 20);
	assert_string_equal(b.budgets[0].image, "vmlinux");
	assert_int_equal(b.budgets[1].limit, LIMIT_GROWTH);
	assert_int_equal(b.budgets[1].amount, 16384);
	assert_string_equal(b.budgets[1].words, "branch fs");
	assert_string_equal(b.budgets[1].limit_words, "+16K");
	assert_false(b.budgets[1].warn);
	assert_int_equal(b.budgets[2].limit, LIMIT_PERCENT);
	assert_int_equal(b.budgets[2].amount, 25);
	assert_string_equal(b.budgets[2].name, "my dir");
	assert_string_equal(b.budgets[2].words, "branch my dir of all");
	assert_true(b.budgets[2].warn);
	assert_string_equal(b.budgets[3].name, "log_*#buf");
	assert_string_equal(b.checks[0].above, "4096");
	assert_true(b.checks[0].warn);
	assert_null(b.checks[1].above);
	assert_int_equal(b.quiet, 1024);
	assert_int_equal(b.saving, 2 << 20);
	assert_int_equal(b.slack, 1250);
	budgets_release(&b);
	budgets_release(&b);
}

static void test_complaints(void **state)
{
	(void)state;
	assert_complaint("\nbranch fs text", "line 2: 'branch' needs");
	assert_complaint("branch fs tetx +1K",
			 "'tetx' is no metric: text data");
	assert_complaint("branch fs text 1X", "'1X' is no limit");
	assert_complaint("branch fs text -1K", "is no limit");
	assert_complaint("branch fs text +", "is no limit");
	assert_complaint("branch fs text +%", "is no limit");
	assert_complaint("branch fs text 5%", "is no limit");
	assert_complaint("branch fs span 5M", "images alone");
	assert_complaint("symbol x init 5M", "images and branches");
	assert_complaint("image vmlinux live 5M", "branches and symbols");
	assert_complaint("image vmlinux text 5M image=all", "no option");
	assert_complaint("branch . live 5M image=all", "no option");
	assert_complaint("branch fs text 5M often", "'often' is no option");
	assert_complaint("files fs text 5M", "begins no line");
	assert_complaint("check", "needs a name");
	assert_complaint("check x 1K warn more", "'more' is no option");
	assert_complaint("check x\ncheck x 4K", "line 2: line 1 has that");
	assert_complaint("branch fs text 1K\nbranch fs text 2K",
			 "line 2: line 1 has such a limit");
	assert_complaint("quiet", "needs one size");
	assert_complaint("slack 20", "needs one percentage");
	assert_complaint("branch \"fs text 5M", "a quote is not closed");
	assert_complaint("branch \"\" text 5M", "a word is empty");
	assert_complaint("a b c d e f g h i", "too many words");
}

/* Every bad line is reported, and the good ones beside them are read. */
static void test_all(void **state)
{
	struct budgets b;

	(void)state;
	parse("x\nbranch fs text 1K\ny\n\nz\n", &b);
	assert_int_equal(remarks_count(&b.complaints), 3);
	assert_memory_equal(remarks_text(&b.complaints, 2), "line 5: ", 8);
	assert_int_equal(b.nbudgets, 1);
	budgets_release(&b);
}

static void test_bounds(void **state)
{
	enum { LINES = 2000, ROOM = 64 };
	char *text = calloc(LINES, ROOM), *at = text;
	char line[BUDGETS_LINE_MAX + 2];
	struct budgets b;

	(void)state;
	assert_non_null(text);
	for (int i = 0; i < LINES; i++)
		at += snprintf(at, ROOM, "branch d%d text +1K\n", i);
	parse(text, &b);
	assert_int_equal(b.nbudgets, BUDGETS_MAX);
	assert_in_range(remarks_count(&b.complaints), 1, REMARKS_MAX + 1);
	budgets_release(&b);
	memset(line, 'x', sizeof(line));
	line[sizeof(line) - 1] = '\0';
	assert_complaint(line, "longer than");
	snprintf(text, LINES, "branch %.*s text 1K", BUDGETS_NAME_MAX + 1,
		 line);
	assert_complaint(text, "name is longer");
	free(text);
}

static void assert_size(const char *word, int64_t bytes)
{
	int64_t v = -1;

	if (size_parse(word, &v) != (bytes >= 0) || v != bytes)
		fail_msg("'%s': %lld", word, (long long)v);
}

static void test_sizes(void **state)
{
	char words[32];

	(void)state;
	assert_size("0", 0);
	assert_size("200", 200);
	assert_size("16K", 16384);
	assert_size("16k", 16384);
	assert_size("1.5M", 3 << 19);
	assert_size("0.5K", 512);
	assert_size("1G", 1 << 30);
	assert_size("4503599627370496", SIZE_LARGEST);
	assert_size("4503599627370497", -1);
	assert_size("4194304G", SIZE_LARGEST);
	assert_size("4194305G", -1);
	assert_size("99999999999999999999999", -1);
	assert_size("1.5", -1);
	assert_size("1.", -1);
	assert_size(".5K", -1);
	assert_size("1.0001K", -1);
	assert_size("1KB", -1);
	assert_size("K", -1);
	assert_size("", -1);
	assert_size("-1", -1);
	assert_size("1 ", -1);
	assert_string_equal(size_words(16384, words, sizeof(words)), "16K");
	assert_string_equal(size_words(16385, words, sizeof(words)), "16385");
	assert_string_equal(size_words(0, words, sizeof(words)), "0");
	assert_string_equal(size_words(3 << 19, words, sizeof(words)), "1536K");
	assert_string_equal(size_words((int64_t)3 << 30, words, sizeof(words)),
			    "3G");
	assert_string_equal(size_words((int64_t)1 << 42, words, sizeof(words)),
			    "4096G");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines), cmocka_unit_test(test_complaints),
		cmocka_unit_test(test_all),   cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
