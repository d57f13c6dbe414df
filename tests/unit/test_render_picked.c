/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which columns people see: those that are not wide, and none without any
 * value; programs see all of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/render.h"

#define NCOLUMNS 6

static const struct column columns[NCOLUMNS] = {
	{ .name = "path", .unit = UNIT_TEXT },
	{ .name = "frees", .unit = UNIT_COUNT, .sum = true, .wide = true },
	{ .name = "live", .unit = UNIT_COUNT, .sum = true },
	{ .name = "failed", .unit = UNIT_COUNT, .sum = true },
	{ .name = "cache", .unit = UNIT_TEXT, .wide = true },
	{ .name = "owner", .unit = UNIT_TEXT },
};

#define TEXT(s)                                                                \
	{                                                                      \
		.type = CELL_TEXT, .text = s, .len = sizeof(s) - 1             \
	}
#define INTEGER(n)                                                             \
	{                                                                      \
		.type = CELL_INTEGER, .integer = n                             \
	}
#define NOTHING                                                                \
	{                                                                      \
		.type = CELL_NULL                                              \
	}

/* failed is 0 and owner "-", "" or nothing up to the last row. */
static const struct cell rows[][NCOLUMNS] = {
	{ TEXT("fs"), INTEGER(7), INTEGER(1), INTEGER(0), NOTHING, TEXT("-") },
	{ TEXT("mm"), INTEGER(0), INTEGER(0), NOTHING, NOTHING, TEXT("") },
	{ TEXT("net"), INTEGER(0), INTEGER(0), INTEGER(0), NOTHING, NOTHING },
	{ TEXT("lib"), INTEGER(0), INTEGER(0), INTEGER(3), NOTHING, TEXT("f") },
};

struct list {
	struct rows rows;
	const struct cell (*at)[NCOLUMNS];
	size_t left;
};

static int next(struct rows *r, struct err *e)
{
	struct list *l = (struct list *)(void *)r;

	(void)e;
	if (!l->left)
		return 0;
	l->left--;
	r->cells = *l->at++;
	return 1;
}

static void expect(struct render_options o, const struct column *c, size_t n,
		   struct render_result *ret, const char *want)
{
	struct list l = {
		.rows = { .columns = c, .ncolumns = NCOLUMNS, .next = next },
		.at = rows,
		.left = n
	};
	char *text = NULL;
	size_t len = 0;
	struct err e;

	o.out = open_memstream(&text, &len);
	assert_non_null(o.out);
	assert_int_equal(render_rows(&l.rows, &o, ret, &e), 0);
	fclose(o.out);
	assert_string_equal(text, want);
	free(text);
}

static void test_table(void **state)
{
	struct render_options o = { .format = FORMAT_TABLE };
	struct render_result r;

	(void)state;
	expect(o, columns, 3, &r,
	       "path  live\nfs       1\nmm       0\nnet      0\n----  ----\nsum      1\n");
	assert_string_equal(r.empty_columns, "failed, owner");
	/* cache has nothing in it: --wide would not show it either. */
	assert_int_equal(r.wide_columns, 1);
	o.wide = true;
	expect(o, columns, 3, &r,
	       "path  live  frees\nfs       1      7\nmm       0      0\nnet      0      0\n----  ----  -----\nsum      1      7\n");
	assert_string_equal(r.empty_columns, "failed, owner, cache");
	assert_int_equal(r.wide_columns, 0);
}

/* A value in a row that --limit hides is a value. */
static void test_hidden_row(void **state)
{
	struct render_options o = { .format = FORMAT_TABLE, .limit = 1 };
	struct render_result r;

	(void)state;
	expect(o, columns, 4, &r,
	       "path  live  failed  owner\nfs       1       0  -\n----  ----  ------  -----\nsum      1       3  \n");
	assert_string_equal(r.empty_columns, "");
}

/* In a single row a 0 is an answer; nothing at all is silence. */
static void test_one_row(void **state)
{
	struct render_options o = { .format = FORMAT_TABLE };
	struct render_result r;

	(void)state;
	expect(o, columns, 1, &r,
	       "path  live  failed  owner\nfs       1       0  -\n----  ----  ------  -----\nsum      1       0  \n");
	assert_int_equal(r.wide_columns, 2);
	expect(o, columns, 0, &r, "");
	assert_int_equal(r.wide_columns, 0);
}

/* What nobody described is what the user asked for. */
static void test_undescribed(void **state)
{
	struct column plain[NCOLUMNS];
	struct render_result r;

	(void)state;
	memcpy(plain, columns, sizeof(plain));
	for (size_t i = 0; i < NCOLUMNS; i++)
		plain[i] = (struct column){ .name = columns[i].name };
	expect((struct render_options){ .format = FORMAT_TABLE }, plain, 2, &r,
	       "path  frees  live  failed  cache  owner\nfs        7     1       0      -  -\nmm        0     0       -      -  \n");
	assert_string_equal(r.empty_columns, "");
}

static void test_markdown(void **state)
{
	struct render_options o = { .format = FORMAT_MD };
	struct render_result r;

	(void)state;
	expect(o, columns, 2, &r,
	       "| path | live | failed | owner |\n|---|---:|---:|---|\n| fs | 1 | 0 | - |\n| mm | 0 |  |  |\n| **sum** | **1** | **0** |  |\n");
	assert_int_equal(r.wide_columns, 1);
	o.wide = true;
	expect(o, columns, 1, &r,
	       "| path | live | failed | owner | frees | cache |\n|---|---:|---:|---|---:|---|\n| fs | 1 | 0 | - | 7 |  |\n| **sum** | **1** | **0** |  | **7** |  |\n");
}

static void test_programs(void **state)
{
	struct render_result r;

	(void)state;
	for (int wide = 0; wide < 2; wide++)
		expect((struct render_options){ .format = FORMAT_CSV,
						.wide = wide },
		       columns, 2, &r,
		       "path,frees,live,failed,cache,owner\nfs,7,1,0,,-\nmm,0,0,,,\n");
	assert_int_equal(r.wide_columns, 0);
	assert_string_equal(r.empty_columns, "");
}

/* A table too long to be kept: no column goes when rows have gone out, and
 * what comes later has its place. */
static void test_long(void **state)
{
	enum { MANY = 80000 };
	struct cell(*many)[NCOLUMNS] = calloc(MANY, sizeof(*many));
	struct list l = { .rows = { .columns = columns,
				    .ncolumns = NCOLUMNS,
				    .next = next },
			  .at = many,
			  .left = MANY };
	struct render_options o = { .format = FORMAT_TABLE };
	struct render_result r;
	char *text = NULL;
	size_t len = 0;
	struct err e;

	(void)state;
	assert_non_null(many);
	for (size_t i = 0; i < MANY; i++)
		memcpy(many[i], rows[i + 1 == MANY ? 3 : 1], sizeof(*many));
	o.out = open_memstream(&text, &len);
	assert_non_null(o.out);
	assert_int_equal(render_rows(&l.rows, &o, &r, &e), 0);
	fclose(o.out);
	assert_int_equal(r.shown, MANY);
	assert_string_equal(r.empty_columns, "");
	assert_int_equal(strncmp(text, "path  live  failed  owner\n", 26), 0);
	assert_non_null(strstr(text, "lib      0       3  f\n"));
	free(text);
	free(many);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_hidden_row),
		cmocka_unit_test(test_one_row),
		cmocka_unit_test(test_undescribed),
		cmocka_unit_test(test_markdown),
		cmocka_unit_test(test_programs),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
