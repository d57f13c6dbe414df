/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows as JSON lines, and bars in tables.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/render.h"

#define NCOLUMNS 4

static const struct column columns[NCOLUMNS] = {
	{ .name = "path", .unit = UNIT_TEXT },
	{ .name = "total", .unit = UNIT_BYTES, .sum = true },
	{ .name = "share", .unit = UNIT_PERCENT, .sum = true },
	{ .name = "note", .unit = UNIT_NONE },
};

struct list {
	struct rows rows;
	const struct cell (*at)[NCOLUMNS];
	size_t left;
	int end; /* what next returns after the last row */
};

static int next(struct rows *r, struct err *e)
{
	struct list *l = (struct list *)(void *)r;

	if (!l->left)
		return l->end ? err_set(e, ERR_DB, "it broke") : 0;
	l->left--;
	r->cells = *l->at++;
	return 1;
}

#define TEXT(s)                                                                \
	{                                                                      \
		.type = CELL_TEXT, .text = s, .len = sizeof(s) - 1             \
	}
#define INTEGER(n)                                                             \
	{                                                                      \
		.type = CELL_INTEGER, .integer = n                             \
	}
#define REAL(x)                                                                \
	{                                                                      \
		.type = CELL_REAL, .real = x                                   \
	}
#define NOTHING                                                                \
	{                                                                      \
		.type = CELL_NULL                                              \
	}

static const struct cell three[][NCOLUMNS] = {
	{ TEXT("fs/a,b.o"), INTEGER(20480), REAL(66.5), INTEGER(7) },
	{ TEXT("mm/\"q\"\n\33[31m|.o"), INTEGER(100), REAL(0.5), NOTHING },
	{ TEXT("x\ty\\\xff"), NOTHING, TEXT("hostile"), REAL(1.5) },
};

/* Renders the first n of three; the caller frees the text. */
static char *render(struct render_options o, size_t n,
		    struct render_result *ret)
{
	struct list l = { .rows = { .columns = columns,
				    .ncolumns = NCOLUMNS,
				    .next = next },
			  .at = three,
			  .left = n };
	char *text = NULL;
	size_t len = 0;
	struct err e;

	o.out = open_memstream(&text, &len);
	assert_non_null(o.out);
	assert_int_equal(render_rows(&l.rows, &o, ret, &e), 0);
	fclose(o.out);
	assert_int_equal(strlen(text), len);
	return text;
}

static void expect(struct render_options o, size_t n, const char *want)
{
	struct render_result res;
	char *text = render(o, n, &res);

	assert_string_equal(text, want);
	free(text);
}

static void test_jsonl(void **state)
{
	(void)state;
	expect((struct render_options){ .format = FORMAT_JSONL }, 3,
	       "{\"path\":\"fs/a,b.o\",\"total\":20480,\"share\":66.5,\"note\":7}\n"
	       "{\"path\":\"mm/\\\"q\\\"\\u000a\\u001b[31m|.o\",\"total\":100,\"share\":0.5,\"note\":null}\n"
	       "{\"path\":\"x\\u0009y\\\\\xef\xbf\xbd\",\"total\":null,\"share\":\"hostile\",\"note\":1.5}\n");
	expect((struct render_options){ .format = FORMAT_JSONL }, 0, "");
	expect((struct render_options){ .format = FORMAT_JSONL,
					.table = "a\"b",
					.limit = 1 },
	       3,
	       "{\"table\":\"a\\\"b\",\"path\":\"fs/a,b.o\",\"total\":20480,\"share\":66.5,\"note\":7}\n");
}

static const struct cell grown[][NCOLUMNS] = {
	{ TEXT("a"), INTEGER(800), NOTHING, NOTHING },
	{ TEXT("b"), INTEGER(400), NOTHING, NOTHING },
	{ TEXT("c"), INTEGER(1), NOTHING, NOTHING },
	{ TEXT("d"), INTEGER(-200), NOTHING, NOTHING },
};

static void expect_bars(size_t n, const char *want)
{
	struct list l = { .rows = { .columns = columns,
				    .ncolumns = 2,
				    .bar = 2,
				    .next = next },
			  .at = grown,
			  .left = n };
	struct render_options o = { .format = FORMAT_TABLE, .bars = true };
	struct render_result result;
	char *text = NULL;
	size_t len = 0;
	struct err e;

	o.out = open_memstream(&text, &len);
	assert_non_null(o.out);
	assert_int_equal(render_rows(&l.rows, &o, &result, &e), 0);
	fclose(o.out);
	assert_string_equal(text, want);
	free(text);
}

/* Numbers before bars, and the column that rows are sorted by before others. */
static void test_narrow(void **state)
{
	static const struct column sorted[] = {
		{ .name = "path", .unit = UNIT_TEXT },
		{ .name = "total", .unit = UNIT_COUNT },
		{ .name = "share", .unit = UNIT_PERCENT },
		{ .name = "note", .unit = UNIT_COUNT, .key = true },
	};
	static const struct {
		size_t width, hidden;
		const char *head;
	} cases[] = {
		{ 40, 0, "path                  total  share  note" },
		{ 39, 0, "path      total  share  note" },
		{ 28, 0, "path      total  share  note" },
		{ 27, 1, "path      total  note" },
		{ 21, 1, "path      total  note" },
		{ 20, 2, "path      note" },
		{ 14, 2, "path      note" },
		{ 13, 3, "path" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct list l = { .rows = { .columns = sorted,
					    .ncolumns = 4,
					    .bar = 2,
					    .next = next },
				  .at = three,
				  .left = 1 };
		struct render_options o = { .format = FORMAT_TABLE,
					    .width = cases[i].width,
					    .bars = true };
		struct render_result r;
		char *text = NULL;
		size_t len = 0;
		struct err e;

		o.out = open_memstream(&text, &len);
		assert_non_null(o.out);
		assert_int_equal(render_rows(&l.rows, &o, &r, &e), 0);
		fclose(o.out);
		*strchr(text, '\n') = '\0';
		assert_string_equal(text, cases[i].head);
		assert_int_equal(r.hidden_columns, cases[i].hidden);
		free(text);
	}
}

static void test_bars(void **state)
{
	const char *locale = setlocale(LC_CTYPE, NULL);
	char before[64];

	(void)state;
	snprintf(before, sizeof(before), "%s", locale);
	setlocale(LC_CTYPE, "C");
	expect_bars(3, "path              total\n"
		       "a     ##########    800\n"
		       "b     #####         400\n"
		       "c     #               1\n"
		       "----  ----------  -----\n"
		       "sum                1201\n");
	/* Of what grew and shrank. */
	expect_bars(4, "path              total\n"
		       "a     +#########    800\n"
		       "b     +#####        400\n"
		       "c     +#              1\n"
		       "d     -##          -200\n"
		       "----  ----------  -----\n"
		       "sum                1001\n");
	expect_bars(0, "");
	setlocale(LC_CTYPE, "C.UTF-8");
	expect_bars(3, "path              total\n"
		       "a     ██████████    800\n"
		       "b     █████         400\n"
		       "c     ▏               1\n"
		       "----  ----------  -----\n"
		       "sum                1201\n");
	setlocale(LC_CTYPE, before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jsonl),
		cmocka_unit_test(test_bars),
		cmocka_unit_test(test_narrow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
