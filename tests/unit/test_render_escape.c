/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hostile text, and text that does not fit.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/escape.h"

typedef void escape_fn(struct buffer *b, const char *s, size_t len);

struct text_case {
	const char *in;
	size_t len;
	const char *out;
};

/* A literal, NULs included. */
#define IN(s) s, sizeof(s) - 1

static void check(escape_fn *escape, const struct text_case *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buffer b = BUFFER_INIT;

		escape(&b, c[i].in, c[i].len);
		buffer_char(&b, '\0');
		assert_false(b.failed);
		assert_string_equal(b.at, c[i].out);
		buffer_release(&b);
	}
}

#define CHECK(f, c) check(f, c, sizeof(c) / sizeof(c[0]))

static void test_display(void **state)
{
	static const struct text_case cases[] = {
		{ IN("fs/ext4/inode.o"), "fs/ext4/inode.o" },
		{ IN(""), "" },
		{ IN("\33[2J"), "\\x1b[2J" },
		{ IN("a\nb\tc\r"), "a\\x0ab\\x09c\\x0d" },
		{ IN("a\0b"), "a\\x00b" },
		{ IN("a\\x1b"), "a\\\\x1b" },
		{ IN("no memory\\n"), "no memory\\n" },
		{ IN("a\\\x1b"), "a\\\\\\x1b" },
		{ IN("a\\\\n\\"), "a\\\\\\n\\" },
		{ IN("\x7f"), "\\x7f" },
		/* U+009B is a terminal's CSI, too. */
		{ IN("\xc2\x9b"), "\\xc2\\x9b" },
		{ IN("\xff\xfe"), "\\xff\\xfe" },
		/* Right-to-left override, zero-width space, BOM. */
		{ IN("\xe2\x80\xae"), "\\xe2\\x80\\xae" },
		{ IN("\xe2\x80\x8b"), "\\xe2\\x80\\x8b" },
		{ IN("\xef\xbb\xbf"), "\\xef\\xbb\\xbf" },
		{ IN("\xc3\xa4"), "\xc3\xa4" },
		{ IN("\xe6\xbc\xa2"), "\xe6\xbc\xa2" },
	};

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	CHECK(text_for_display, cases);
}

/* Where the locale is not UTF-8, its bytes would be rubbish. */
static void test_display_c_locale(void **state)
{
	static const struct text_case cases[] = {
		{ IN("a"), "a" },
		{ IN("\xc3\xa4"), "\\xc3\\xa4" },
	};

	(void)state;
	setlocale(LC_CTYPE, "C");
	CHECK(text_for_display, cases);
	setlocale(LC_CTYPE, "C.UTF-8");
}

static void test_terminal(void **state)
{
	static const struct text_case cases[] = {
		{ IN("a\\b"), "a\\b" },
		{ IN("\33]0;x\7"), "\\x1b]0;x\\x07" },
		{ IN("\xc3\xa4\xff"), "\xc3\xa4\\xff" },
	};

	(void)state;
	CHECK(text_for_terminal, cases);
}

static void test_markdown(void **state)
{
	static const struct text_case cases[] = {
		{ IN("fs/ext4/inode.o"), "fs/ext4/inode.o" },
		{ IN("vfs_read"), "vfs_read" },
		{ IN("a|b"), "a\\|b" },
		{ IN("a\nb"), "a\\x0ab" },
		{ IN("__func__.1"), "\\_\\_func\\_\\_.1" },
		{ IN("<script>"), "\\<script\\>" },
		{ IN("a\\|"), "a\\\\\\|" },
		{ IN("a\0b"), "a\\x00b" },
	};

	(void)state;
	CHECK(text_for_markdown, cases);
}

static void test_json(void **state)
{
	static const struct text_case cases[] = {
		{ IN("a/b"), "\"a/b\"" },
		{ IN("a\"b\\"), "\"a\\\"b\\\\\"" },
		{ IN("\n\0\33"), "\"\\u000a\\u0000\\u001b\"" },
		{ IN("\xc3\xa4"), "\"\xc3\xa4\"" },
		{ IN("\xff"), "\"\xef\xbf\xbd\"" },
		/* Cut short, overlong, a surrogate, beyond the last one. */
		{ IN("\xe6\xbc"), "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ IN("\xc0\xaf"), "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ IN("\xed\xa0\x80"),
		  "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ IN("\xf4\x90\x80\x80"),
		  "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ IN("\xf0\x9f\x90\xa7"), "\"\xf0\x9f\x90\xa7\"" },
		{ IN("\xe2\x80\xa8"), "\"\\u2028\"" },
	};

	(void)state;
	CHECK(text_for_json, cases);
}

static void test_shorten(void **state)
{
	static const struct {
		const char *in;
		size_t width;
		const char *out;
	} cases[] = {
		{ "fs/ext4/inode.o", 15, "fs/ext4/inode.o" },
		{ "fs/ext4/inode.o", 14, "fs/ex...node.o" },
		{ "fs/ext4/inode.o", 5, "f...o" },
		{ "fs/ext4/inode.o", 4, "...o" },
		{ "fs/ext4/inode.o", 3, "fs/" },
		{ "fs/ext4/inode.o", 0, "" },
		/* Two columns each, never half of one. */
		{ "\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2", 6,
		  "\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2" },
		{ "\xe6\xbc\xa2\xe6\xbc\xa2\xe6\xbc\xa2", 5,
		  "...\xe6\xbc\xa2" },
	};

	(void)state;
	setlocale(LC_CTYPE, "C.UTF-8");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buffer b = BUFFER_INIT;

		text_shorten(&b, cases[i].in, strlen(cases[i].in),
			     cases[i].width);
		assert_true(text_width(b.at, b.len) <= cases[i].width);
		buffer_char(&b, '\0');
		assert_string_equal(b.at, cases[i].out);
		buffer_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_display),
		cmocka_unit_test(test_display_c_locale),
		cmocka_unit_test(test_terminal),
		cmocka_unit_test(test_markdown),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_shorten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
