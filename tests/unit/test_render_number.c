/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers for people and for programs, and widths of tables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "render/column_widths.h"
#include "render/number.h"

static void expect(const struct cell *c, enum column_unit unit, bool exact,
		   const char *text)
{
	struct buffer b = BUFFER_INIT;

	number_for_table(&b, c, unit, exact);
	buffer_char(&b, '\0');
	assert_string_equal(b.at, text);
	buffer_release(&b);
}

static void integer(int64_t n, enum column_unit unit, const char *text)
{
	struct cell c = { .type = CELL_INTEGER, .integer = n };

	expect(&c, unit, false, text);
}

static void real(double x, enum column_unit unit, const char *text)
{
	struct cell c = { .type = CELL_REAL, .real = x };

	expect(&c, unit, false, text);
}

static void test_bytes(void **state)
{
	(void)state;
	integer(0, UNIT_BYTES, "0");
	integer(9999, UNIT_BYTES, "9999");
	integer(10000, UNIT_BYTES, "9.8K");
	integer(10240, UNIT_BYTES, "10.0K");
	integer(-10240, UNIT_BYTES, "-10.0K");
	integer(1048524, UNIT_BYTES, "1023.9K");
	/* Never "1024.0K". */
	integer(1048575, UNIT_BYTES, "1.0M");
	integer(1048576, UNIT_BYTES, "1.0M");
	integer(INT64_C(1) << 30, UNIT_BYTES, "1.0G");
	integer((INT64_C(1) << 30) * 3 / 2, UNIT_BYTES, "1.5G");
	integer(INT64_C(5) << 40, UNIT_BYTES, "5.0T");
	integer(INT64_MAX, UNIT_BYTES, "8.0E");
	integer(INT64_MIN, UNIT_BYTES, "-8.0E");
	real(2048.0 * 1024, UNIT_BYTES, "2.0M");
	real(12.4, UNIT_BYTES, "12");
	real(1e300, UNIT_BYTES, "1e+300");
}

__extension__ typedef unsigned __int128 u128;

/* Against long division, over every power of two and its neighbours. */
static void test_bytes_rounding(void **state)
{
	static const char units[] = "KMGTPE";

	(void)state;
	for (int shift = 14; shift < 63; shift++) {
		for (int64_t d = -3; d <= 3; d++) {
			int64_t n = (INT64_C(1) << shift) + d * 51;
			unsigned int bits = 10;
			u128 t;
			char text[32];
			int u = 0;

			/* Tenths of the unit, half a one added, cut off. */
			t = ((u128)n * 10 + ((u128)1 << (bits - 1))) >> bits;
			while (t >= 10240) {
				u++;
				bits += 10;
				t = ((u128)n * 10 + ((u128)1 << (bits - 1))) >>
				    bits;
			}
			snprintf(text, sizeof(text), "%d.%d%c", (int)(t / 10),
				 (int)(t % 10), units[u]);
			integer(n, UNIT_BYTES, text);
		}
	}
}

static void test_other_units(void **state)
{
	struct cell c = { .type = CELL_INTEGER, .integer = 1234567 };

	(void)state;
	expect(&c, UNIT_BYTES, true, "1234567");
	expect(&c, UNIT_NS, true, "1234567");
	integer(1234567, UNIT_COUNT, "1234567");
	integer(1234567, UNIT_ID, "1234567");
	integer(INT64_C(12345678901), UNIT_NS, "12.345678s");
	integer(-1500000000, UNIT_NS, "-1.500000s");
	integer(0, UNIT_DATE, "1970-01-01 00:00:00Z");
	integer(INT64_C(1700000000123456789), UNIT_DATE,
		"2023-11-14 22:13:20Z");
	integer(-1, UNIT_DATE, "1969-12-31 23:59:59Z");
	integer(50, UNIT_PERCENT, "50.0%");
	real(12.345, UNIT_PERCENT, "12.3%");
	real(1e300, UNIT_PERCENT, "1e+300");
	real(1.5, UNIT_RATIO, "1.50");
	real(1.5, UNIT_COUNT, "1.5");
	real(1.5, UNIT_NONE, "1.5");
}

static void test_exact(void **state)
{
	static const struct {
		struct cell cell;
		const char *text;
	} cases[] = {
		{ { .type = CELL_INTEGER, .integer = INT64_MIN },
		  "-9223372036854775808" },
		{ { .type = CELL_REAL, .real = 0.1 }, "0.1" },
		{ { .type = CELL_REAL, .real = 1.0 / 3 },
		  "0.33333333333333331" },
		{ { .type = CELL_REAL, .real = 100 }, "100" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buffer b = BUFFER_INIT;

		number_exact(&b, &cases[i].cell);
		buffer_char(&b, '\0');
		assert_string_equal(b.at, cases[i].text);
		buffer_release(&b);
	}
}

static void test_fit(void **state)
{
	struct column_width fits[] = { { 30, true }, { 6, false } };
	struct column_width wide[] = { { 60, true },
				       { 6, false },
				       { 40, true } };
	struct column_width equal[] = { { 50, true }, { 50, true } };
	struct column_width last[] = { { 60, true },
				       { 30, false },
				       { 40, false } };
	struct column_width one[] = { { 100, false } };

	(void)state;
	assert_int_equal(column_widths(fits, 2, 80), 2);
	assert_int_equal(fits[0].width, 30);
	/* The widest gives first: 60 + 6 + 40 + 4 is 30 too many. */
	assert_int_equal(column_widths(wide, 3, 80), 3);
	assert_int_equal(wide[0].width + wide[2].width, 70);
	assert_int_equal(wide[1].width, 6);
	assert_true(wide[0].width >= 35 && wide[2].width >= 35);
	assert_int_equal(column_widths(equal, 2, 81), 2);
	assert_int_equal(equal[0].width + equal[1].width, 79);
	assert_true(equal[0].width >= 39 && equal[1].width >= 39);
	/* Numbers are never cut: the last columns go. */
	assert_int_equal(column_widths(last, 3, 60), 2);
	assert_int_equal(last[0].width, 28);
	assert_int_equal(column_widths(one, 1, 20), 1);
	assert_int_equal(column_widths(one, 0, 20), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_bytes_rounding),
		cmocka_unit_test(test_other_units),
		cmocka_unit_test(test_exact),
		cmocka_unit_test(test_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
