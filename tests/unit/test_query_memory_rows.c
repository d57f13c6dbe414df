/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows that are kept in memory: as many as are wanted, all counted, and whole
 * when what they came from is gone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "query/memory_rows.h"

static struct err e;

static const struct column columns[] = {
	{ .name = "path", .unit = UNIT_TEXT, .help = "a path" },
	{ .name = "bytes", .unit = UNIT_BYTES, .help = "its size" },
};

static void fill(struct memory_rows *m, int n)
{
	memory_rows_init(m, columns, 2);
	for (int i = 0; i < n; i++) {
		char text[] = { (char)('a' + i), '\0', 'z' };
		const struct cell cells[] = {
			{ .type = CELL_TEXT, .text = text, .len = 3 },
			{ .type = CELL_INTEGER, .integer = 100 + i },
		};

		assert_int_equal(memory_rows_add(m, cells, &e), 0);
	}
}

static void assert_rows(struct memory_rows *m, int n)
{
	for (int i = 0; i < n; i++) {
		const char text[] = { (char)('a' + i), '\0', 'z' };

		assert_int_equal(rows_next(&m->rows, &e), 1);
		assert_int_equal(m->rows.cells[0].len, 3);
		assert_memory_equal(m->rows.cells[0].text, text, 3);
		assert_int_equal(m->rows.cells[1].integer, 100 + i);
	}
	assert_int_equal(rows_next(&m->rows, &e), 0);
}

static void load(size_t max, int want)
{
	struct memory_rows from, to;
	uint64_t total = 0;

	fill(&from, 5);
	assert_int_equal(memory_rows_init_like(&to, &from.rows, &e), 0);
	assert_int_equal(memory_rows_load(&to, &from.rows, max, &total, &e), 0);
	memory_rows_release(&from);
	assert_int_equal(total, 5);
	assert_rows(&to, want);
	memory_rows_rewind(&to);
	assert_rows(&to, want);
	assert_string_equal(to.rows.columns[1].name, "bytes");
	memory_rows_release(&to);
}

static void test_load(void **state)
{
	(void)state;
	load(0, 0);
	load(3, 3);
	load(5, 5);
	load(SIZE_MAX, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_load),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
