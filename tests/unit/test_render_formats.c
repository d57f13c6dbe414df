/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every format, byte by byte, from rows that no database made.
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

static void test_csv(void **state)
{
	(void)state;
	expect((struct render_options){ .format = FORMAT_CSV }, 3,
	       "path,total,share,note\n"
	       "\"fs/a,b.o\",20480,66.5,7\n"
	       "\"mm/\"\"q\"\"\n\33[31m|.o\",100,0.5,\n"
	       "x\ty\\\xff,,hostile,1.5\n");
	/* A terminal gets no commands. */
	expect((struct render_options){ .format = FORMAT_CSV,
					.terminal = true },
	       2,
	       "path,total,share,note\n"
	       "\"fs/a,b.o\",20480,66.5,7\n"
	       "\"mm/\"\"q\"\"\\x0a\\x1b[31m|.o\",100,0.5,\n");
	expect((struct render_options){ .format = FORMAT_CSV }, 0,
	       "path,total,share,note\n");
}

static void test_tsv(void **state)
{
	(void)state;
	expect((struct render_options){ .format = FORMAT_TSV }, 3,
	       "path\ttotal\tshare\tnote\n"
	       "fs/a,b.o\t20480\t66.5\t7\n"
	       "mm/\"q\"\\n\33[31m|.o\t100\t0.5\t\n"
	       "x\\ty\\\\\xff\t\thostile\t1.5\n");
}

static void test_json(void **state)
{
	(void)state;
	expect((struct render_options){ .format = FORMAT_JSON }, 3,
	       "[\n"
	       "{\"path\":\"fs/a,b.o\",\"total\":20480,\"share\":66.5,\"note\":7},\n"
	       "{\"path\":\"mm/\\\"q\\\"\\u000a\\u001b[31m|.o\",\"total\":100,\"share\":0.5,\"note\":null},\n"
	       "{\"path\":\"x\\u0009y\\\\\xef\xbf\xbd\",\"total\":null,\"share\":\"hostile\",\"note\":1.5}\n"
	       "]\n");
	expect((struct render_options){ .format = FORMAT_JSON }, 0, "[]\n");
}

static void test_markdown(void **state)
{
	(void)state;
	expect((struct render_options){ .format = FORMAT_MD }, 2,
	       "| path | total | share | note |\n"
	       "|---|---:|---:|---|\n"
	       "| fs/a,b.o | 20.0K | 66.5% | 7 |\n"
	       "| mm/\"q\"\\x0a\\x1b\\[31m\\|.o | 100 | 0.5% |  |\n"
	       "| **sum** | **20.1K** | **67.0%** |  |\n");
	expect((struct render_options){ .format = FORMAT_MD,
					.exact = true,
					.limit = 1 },
	       2,
	       "| path | total | share | note |\n"
	       "|---|---:|---:|---|\n"
	       "| fs/a,b.o | 20480 | 66.5% | 7 |\n"
	       "| **sum** | **20580** | **67.0%** |  |\n");
}

static void test_table(void **state)
{
	(void)state;
	expect((struct render_options){ .format = FORMAT_TABLE }, 3,
	       "path                   total    share  note\n"
	       "fs/a,b.o               20.0K    66.5%     7\n"
	       "mm/\"q\"\\x0a\\x1b[31m|.o    100     0.5%     -\n"
	       "x\\x09y\\\\\\xff               -  hostile   1.5\n"
	       "---------------------  -----  -------  ----\n"
	       "sum                    20.1K    67.0%  \n");
	/* Nothing is silence. */
	expect((struct render_options){ .format = FORMAT_TABLE }, 0, "");
}

/* Sums are over all rows, also those that are not shown. */
static void test_limit(void **state)
{
	struct render_options o = { .format = FORMAT_TABLE,
				    .exact = true,
				    .limit = 1 };
	struct render_result res;
	char *text = render(o, 3, &res);

	(void)state;
	assert_string_equal(text, "path      total  share  note\n"
				  "fs/a,b.o  20480  66.5%     7\n"
				  "--------  -----  -----  ----\n"
				  "sum       20580  67.0%  \n");
	assert_int_equal(res.rows, 3);
	assert_int_equal(res.shown, 1);
	assert_true(res.summed);
	free(text);
}

static void test_terminal(void **state)
{
	struct render_options o = { .format = FORMAT_TABLE,
				    .terminal = true,
				    .width = 37 };
	struct render_result res;
	char *text = render(o, 2, &res);

	(void)state;
	assert_string_equal(text, "path               total  share  note\n"
				  "fs/a,b.o           20.0K  66.5%     7\n"
				  "mm/\"q\"\\...[31m|.o    100   0.5%     -\n"
				  "-----------------  -----  -----  ----\n"
				  "sum                20.1K  67.0%  \n");
	assert_int_equal(res.hidden_columns, 0);
	free(text);
	o.width = 30;
	text = render(o, 2, &res);
	assert_string_equal(text, "path              total  share\n"
				  "fs/a,b.o          20.0K  66.5%\n"
				  "mm/\"q\"...[31m|.o    100   0.5%\n"
				  "----------------  -----  -----\n"
				  "sum               20.1K  67.0%\n");
	assert_int_equal(res.hidden_columns, 1);
	free(text);
}

static void test_sum_overflow(void **state)
{
	static const struct column one[] = {
		{ .name = "n", .unit = UNIT_COUNT, .sum = true }
	};
	static const struct cell cells[][NCOLUMNS] = { { INTEGER(INT64_MAX) },
						       { INTEGER(INT64_MAX) },
						       { NOTHING } };
	struct list l = {
		.rows = { .columns = one, .ncolumns = 1, .next = next },
		.at = cells,
		.left = 3
	};
	struct render_options o = { .format = FORMAT_MD };
	struct render_result res;
	char *text = NULL;
	size_t len = 0;
	struct err e;

	(void)state;
	o.out = open_memstream(&text, &len);
	assert_int_equal(render_rows(&l.rows, &o, &res, &e), 0);
	fclose(o.out);
	assert_non_null(strstr(text, "| **1.8446744073709552e+19** |"));
	free(text);
}

static void test_failures(void **state)
{
	struct list l = { .rows = { .columns = columns,
				    .ncolumns = NCOLUMNS,
				    .next = next },
			  .at = three,
			  .left = 1,
			  .end = 1 };
	struct render_options o = { .format = FORMAT_CSV };
	struct render_result res;
	struct err e;

	(void)state;
	o.out = fopen("/dev/null", "w");
	assert_int_equal(render_rows(&l.rows, &o, &res, &e), -ERR_DB);
	assert_string_equal(e.text, "it broke");
	fclose(o.out);
	o.out = fopen("/dev/full", "w");
	setvbuf(o.out, NULL, _IONBF, 0);
	l.at = three;
	l.left = 1;
	assert_int_equal(render_rows(&l.rows, &o, &res, &e), -ERR_IO);
	assert_non_null(strstr(e.text, "No space left"));
	assert_false(res.broken_pipe);
	fclose(o.out);
}

static void test_names(void **state)
{
	(void)state;
	assert_int_equal(render_format_find("json"), FORMAT_JSON);
	assert_int_equal(render_format_find("js"), FORMAT_COUNT);
	assert_int_equal(render_format_find(""), FORMAT_COUNT);
	assert_true(render_sums(FORMAT_TABLE) && render_sums(FORMAT_MD));
	assert_false(render_sums(FORMAT_CSV) || render_sums(FORMAT_JSON));
}

struct many {
	struct rows rows;
	struct cell cells[NCOLUMNS];
	char path[80];
	int64_t at, all;
};

/* "f1", "f2", ... of 1, 2, ... bytes; the last one's path is a long one. */
static int next_of_many(struct rows *r, struct err *e)
{
	struct many *m = (struct many *)(void *)r;

	(void)e;
	if (m->at == m->all)
		return 0;
	m->at++;
	snprintf(m->path, sizeof(m->path), "f%lld%s", (long long)m->at,
		 m->at == m->all ? "/is/longer/than/all/that/came/before" : "");
	m->cells[0] = (struct cell){ .type = CELL_TEXT,
				     .text = m->path,
				     .len = strlen(m->path) };
	m->cells[1] = (struct cell){ .type = CELL_INTEGER, .integer = m->at };
	m->cells[2] = (struct cell){ .type = CELL_NULL };
	m->cells[3] = m->cells[1];
	r->cells = m->cells;
	return 1;
}

static char *render_many(struct render_options o, int64_t all)
{
	struct many m = { .rows = { .columns = columns,
				    .ncolumns = NCOLUMNS,
				    .next = next_of_many },
			  .all = all };
	struct render_result res;
	char *text = NULL;
	size_t len = 0;
	struct err e;

	o.format = FORMAT_TABLE;
	o.exact = true;
	o.out = open_memstream(&text, &len);
	assert_non_null(o.out);
	assert_int_equal(render_rows(&m.rows, &o, &res, &e), 0);
	fclose(o.out);
	assert_int_equal(res.shown, all);
	return text;
}

static size_t count_lines(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

/* More rows than are kept: the widths stay, nothing is lost, and outside of
 * a terminal nothing is cut. */
static void test_many(void **state)
{
	struct render_options o = { .format = FORMAT_TABLE };
	char *text = render_many(o, 200000);
	const char *line;

	(void)state;
	/* A heading, a rule and the sums. */
	assert_int_equal(count_lines(text), 200003);
	assert_non_null(strstr(text, "\nf7          7      -      7\n"));
	line = strstr(text, "\nf199998 ");
	assert_non_null(line);
	assert_string_equal(
		line,
		"\nf199998  199998      -  199998\n"
		"f199999  199999      -  199999\n"
		"f200000/is/longer/than/all/that/came/before  200000      -  200000\n"
		"------  -----  -----  -----\n"
		"sum     20000100000      -       \n");
	free(text);
	o.terminal = true;
	o.width = 40;
	text = render_many(o, 200000);
	assert_int_equal(count_lines(text), 200003);
	assert_null(strstr(text, "came/before"));
	free(text);
}

static int locale(void **state)
{
	(void)state;
	return !setlocale(LC_CTYPE, "C.UTF-8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_tsv),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_markdown),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_terminal),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_sum_overflow),
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, locale, NULL);
}
