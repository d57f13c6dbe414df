/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The SQL functions of reports, called from SQL.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "query/distance.h"
#include "query/sql_functions.h"

static int open_db(void **state)
{
	sqlite3 *db;

	if (sqlite3_open(":memory:", &db) || sql_functions_register(db))
		return -1;
	*state = db;
	return 0;
}

static int close_db(void **state)
{
	return sqlite3_close(*state);
}

/* The value of an expression as text; NULL is "NULL". */
static void expect(sqlite3 *db, const char *expression, const char *value)
{
	char sql[512];
	sqlite3_stmt *st;
	const char *text;

	snprintf(sql, sizeof(sql), "SELECT %s", expression);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	text = (const char *)sqlite3_column_text(st, 0);
	if (strcmp(text ? text : "NULL", value) != 0)
		fail_msg("%s is '%s', not '%s'", expression,
			 text ? text : "NULL", value);
	sqlite3_finalize(st);
}

static void test_dir_level(void **state)
{
	static const struct {
		const char *expression, *value;
	} cases[] = {
		{ "dir_level('fs/ext4/inode.o', '', 1)", "fs" },
		{ "dir_level('fs/ext4/inode.o', 'fs', 1)", "fs/ext4" },
		{ "dir_level('fs/ext4/inode.o', '', 2)", "fs/ext4" },
		{ "dir_level('fs/ext4/inode.o', '', 3)", "fs/ext4/inode.o" },
		{ "dir_level('fs/ext4/inode.o', '', 99)", "fs/ext4/inode.o" },
		{ "dir_level('fs/ext4/inode.o', 'fs/ext4', 1)",
		  "fs/ext4/inode.o" },
		{ "dir_level('fs/open.o', 'fs', 1)", "fs/open.o" },
		{ "dir_level('init/main.o', '', 2)", "init/main.o" },
		{ "dir_level('main.o', '', 1)", "main.o" },
		/* A branch may be an object. */
		{ "dir_level('fs/open.o', 'fs/open.o', 1)", "fs/open.o" },
		{ "dir_level('fs/ext4/inode.o', 'fs', 0)", "fs" },
		{ "dir_level('fs/ext4/inode.o', '', 0)", "" },
		{ "dir_level('fs/ext4/inode.o', '', -5)", "" },
		{ "dir_level('fsfoo/a.o', 'fs', 1)", "NULL" },
		{ "dir_level('mm/slab.o', 'fs', 1)", "NULL" },
		{ "dir_level(NULL, '', 1)", "NULL" },
		{ "dir_level('a/b', NULL, 1)", "NULL" },
		{ "dir_level('a/b', '', NULL)", "NULL" },
		{ "dir_level('', '', 1)", "" },
		{ "dir_level(42, '', 1)", "42" },
		{ "length(dir_level('a' || char(0) || 'b/c', '', 1))", "1" },
		{ "hex(dir_level('a' || char(0) || 'b/c', '', 1))", "610062" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect(*state, cases[i].expression, cases[i].value);
}

static void test_in_branch(void **state)
{
	static const struct {
		const char *expression, *value;
	} cases[] = {
		{ "in_branch('fs/open.o', 'fs')", "1" },
		{ "in_branch('fs/ext4/inode.o', 'fs')", "1" },
		{ "in_branch('fs', 'fs')", "1" },
		{ "in_branch('fsnotify.o', 'fs')", "0" },
		{ "in_branch('fsfoo/a.o', 'fs')", "0" },
		{ "in_branch('f', 'fs')", "0" },
		{ "in_branch('mm/slab.o', 'fs')", "0" },
		{ "in_branch('drivers/fs/a.o', 'fs')", "0" },
		{ "in_branch('mm/slab.o', '')", "1" },
		{ "in_branch('', 'fs')", "0" },
		{ "in_branch('', '')", "1" },
		{ "in_branch(NULL, '')", "NULL" },
		{ "in_branch('a', NULL)", "NULL" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect(*state, cases[i].expression, cases[i].value);
}

static void test_edit_distance(void **state)
{
	static const struct {
		const char *expression, *value;
	} cases[] = {
		{ "edit_distance('', '')", "0" },
		{ "edit_distance('fs', 'fs')", "0" },
		{ "edit_distance('', 'fs')", "2" },
		{ "edit_distance('kitten', 'sitting')", "3" },
		{ "edit_distance('sitting', 'kitten')", "3" },
		{ "edit_distance('footprnt', 'footprint')", "1" },
		{ "edit_distance(NULL, 'x')", "NULL" },
		/* Bounded, whatever it is given. */
		{ "edit_distance(hex(zeroblob(1000000)), '')", "255" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect(*state, cases[i].expression, cases[i].value);
}

/* sum() gives a number for whatever it is given. */
static void test_sum(void **state)
{
	static const struct {
		const char *expression, *value;
	} cases[] = {
		{ "sum(x) FROM (SELECT 2 AS x UNION ALL SELECT 3)", "5" },
		{ "typeof(sum(x)) FROM (SELECT 2 AS x UNION ALL SELECT 3)",
		  "integer" },
		{ "sum(x) FROM (SELECT NULL AS x)", "NULL" },
		{ "sum(x) FROM (SELECT 1 AS x WHERE 0)", "NULL" },
		{ "sum(x) FROM (SELECT 2 AS x UNION ALL SELECT NULL)", "2" },
		{ "sum(x) FROM (SELECT 2 AS x UNION ALL SELECT 0.5)", "2.5" },
		{ "sum(x) FROM (SELECT '7' AS x UNION ALL SELECT 'no')",
		  "7.0" },
		/* The greatest integer, one more, and back again. */
		{ "sum(x) FROM (SELECT 9223372036854775806 AS x UNION ALL SELECT 1)",
		  "9223372036854775807" },
		{ "sum(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1)",
		  "9.22337203685478e+18" },
		{ "sum(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1 UNION ALL SELECT -1)",
		  "9223372036854775807" },
		{ "sum(-9223372036854775807 - y) FROM (SELECT 1 AS y UNION ALL SELECT 0)",
		  "-1.84467440737096e+19" },
		/* As a window, which takes rows back. */
		{ "group_concat(s) FROM (SELECT sum(x) OVER (ORDER BY x ROWS 1 PRECEDING) AS s FROM (SELECT 1 AS x UNION ALL SELECT 2 UNION ALL SELECT 9223372036854775807))",
		  "1,3,9.22337203685478e+18" },
		{ "group_concat(s) FROM (SELECT sum(x) OVER (ORDER BY x ROWS 1 PRECEDING) AS s FROM (SELECT 1 AS x UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4))",
		  "1,3,5,7" },
		{ "group_concat(s) FROM (SELECT sum(x) OVER (ORDER BY x ROWS 1 PRECEDING) AS s FROM (SELECT 0.5 AS x UNION ALL SELECT 1.25 UNION ALL SELECT 2 UNION ALL SELECT NULL))",
		  "0.5,1.75,3.25" },
		{ "sum(x) FILTER (WHERE x < 3) FROM (SELECT 2 AS x UNION ALL SELECT 3)",
		  "2" },
		{ "sum(DISTINCT x) FROM (SELECT 2 AS x UNION ALL SELECT 2)",
		  "2" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect(*state, cases[i].expression, cases[i].value);
}

/* As /proc/slabinfo of 6.1 has them, booted with one CPU, 2 and 4. */
static void test_slab_pages(void **state)
{
	static const struct {
		const char *expression, *value;
	} cases[] = {
		{ "slab_pages(8, 4096, 1)", "1" },
		{ "slab_pages(192, 4096, 1)", "1" },
		{ "slab_pages(512, 4096, 1)", "1" },
		{ "slab_pages(512, 4096, 2)", "2" },
		{ "slab_pages(512, 4096, 4)", "2" },
		{ "slab_pages(1024, 4096, 2)", "4" },
		{ "slab_pages(1024, 4096, 3)", "4" },
		{ "slab_pages(1024, 4096, 8)", "8" },
		{ "slab_pages(448, 4096, 2)", "2" },
		/* A rest of just a 16th: calculate_order takes it. */
		{ "slab_pages(320, 4096, 2)", "1" },
		{ "slab_pages(640, 4096, 2)", "2" },
		/* 13 of 2432 leave 1152 of 8 pages. */
		{ "slab_pages(2432, 4096, 2)", "8" },
		{ "slab_pages(4096, 4096, 2)", "8" },
		{ "slab_pages(8192, 4096, 2)", "8" },
		/* One object, whatever is left. */
		{ "slab_pages(20000, 4096, 2)", "8" },
		{ "slab_pages(40000, 4096, 2)", "16" },
		/* Pages of 64 KiB, and more objects than SLUB can count. */
		{ "slab_pages(4096, 65536, 2)", "1" },
		{ "slab_pages(1, 65536, 2)", "1" },
		{ "slab_pages(0, 4096, 2)", "NULL" },
		{ "slab_pages(-8, 4096, 2)", "NULL" },
		{ "slab_pages(8, 0, 2)", "NULL" },
		{ "slab_pages(8, 4096, 0)", "NULL" },
		{ "slab_pages(8, NULL, 2)", "NULL" },
		{ "slab_pages(9223372036854775807, 4096, 2)", "NULL" },
		{ "slab_pages(8, 4096, 9223372036854775807)", "1" },
		{ "slab_pages('x', 4096, 1)", "NULL" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect(*state, cases[i].expression, cases[i].value);
}

/* Levenshtein's definition, a whole table of it. */
static size_t by_definition(const char *a, size_t alen, const char *b,
			    size_t blen)
{
	static size_t t[200][200];

	for (size_t i = 0; i <= alen; i++)
		for (size_t j = 0; j <= blen; j++) {
			size_t best = i + j;

			if (i && t[i - 1][j] + 1 < best)
				best = t[i - 1][j] + 1;
			if (j && t[i][j - 1] + 1 < best)
				best = t[i][j - 1] + 1;
			if (i && j &&
			    t[i - 1][j - 1] + (a[i - 1] != b[j - 1]) < best)
				best = t[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			t[i][j] = best;
		}
	return t[alen][blen];
}

/* Words of each length, around 64 bytes above all, where the way of reckoning
 * changes; of few letters, so that they are alike, and of all bytes. */
static void test_distance_by_definition(void **state)
{
	uint64_t seed = 1;
	char words[2][200];

	(void)state;
	for (int n = 0; n < 4000; n++) {
		unsigned int letters = n % 3 ? 3 : 256;
		size_t len[2];

		for (int w = 0; w < 2; w++) {
			seed = seed * 6364136223846793005 + 1442695040888963407;
			len[w] = n % 2 ? (size_t)(seed >> 40) % 140
				       : 62 + (size_t)(seed >> 40) % 5;
			for (size_t i = 0; i < len[w]; i++) {
				seed = seed * 6364136223846793005 +
				       1442695040888963407;
				words[w][i] = (char)((seed >> 33) % letters);
			}
		}
		assert_int_equal(
			edit_distance(words[0], len[0], words[1], len[1]),
			by_definition(words[0], len[0], words[1], len[1]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sum),
		cmocka_unit_test(test_dir_level),
		cmocka_unit_test(test_in_branch),
		cmocka_unit_test(test_edit_distance),
		cmocka_unit_test(test_slab_pages),
		cmocka_unit_test(test_distance_by_definition),
	};

	return cmocka_run_group_tests(tests, open_db, close_db);
}
