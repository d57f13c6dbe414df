/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages as in a source, between quotes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/message_text.h"

static void check(const char *in, const char *out)
{
	char *got = message_text_escape(in);

	assert_non_null(got);
	assert_string_equal(got, out);
	free(got);
}

static void test_letters(void **state)
{
	(void)state;
	check("", "");
	check("no memory\n", "no memory\\n");
	check("a\tb\r\"c\"\\", "a\\tb\\r\\\"c\\\"\\\\");
	check("\a\b\f\v", "\\a\\b\\f\\v");
	check("%s: %d\n\n", "%s: %d\\n\\n");
}

/* Octal of three digits: a digit may follow. */
static void test_octal(void **state)
{
	(void)state;
	check("\0017", "\\0017");
	check("\x1b[0m", "\\033[0m");
	check("\x7f", "\\177");
}

static void test_utf8(void **state)
{
	(void)state;
	check("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
	      "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
	/* Overlong, a surrogate, beyond U+10FFFF, cut off, alone. */
	check("\xc0\xaf", "\\300\\257");
	check("\xed\xa0\x80", "\\355\\240\\200");
	check("\xf4\x90\x80\x80", "\\364\\220\\200\\200");
	check("\xe2\x82", "\\342\\202");
	check("a\x80z", "a\\200z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_octal),
		cmocka_unit_test(test_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
