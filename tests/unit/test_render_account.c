/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The slab-accounting layout, byte by byte: widths, totals over rows that a
 * limit hides, hostile names, and columns that do not fit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/render.h"

#define N 9
#define NUMBER(word)                                                           \
	{                                                                      \
		.name = word, .unit = UNIT_BYTES, .sum = true                  \
	}

static const struct column columns[N] = {
	{ .name = "caller", .unit = UNIT_TEXT },
	{ .name = "path", .unit = UNIT_TEXT },
	{ .name = "kind", .unit = UNIT_TEXT },
	NUMBER("allocs"),
	NUMBER("frees"),
	NUMBER("live"),
	NUMBER("total_bytes"),
	NUMBER("live_bytes"),
	NUMBER("waste_bytes"),
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

/* The first is a line of the slab-accounting patches' own example. */
static const struct cell three[][N] = {
	{ TEXT("sysfs_new_dirent+0x50"), TEXT("fs/sysfs/dir.o"), TEXT("cache"),
	  INTEGER(6349), INTEGER(242), INTEGER(6107), INTEGER(507920),
	  INTEGER(488560), INTEGER(0) },
	{ TEXT("a\n12345678"), TEXT("-"), TEXT("malloc"), INTEGER(1234567),
	  INTEGER(1234567), INTEGER(0), INTEGER(123456789012), INTEGER(64),
	  INTEGER(35) },
	{ NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING,
	  NOTHING, NOTHING },
};

struct list {
	struct rows rows;
	const struct cell (*at)[N];
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

static int render(const struct column *c, size_t ncolumns, size_t n,
		  uint64_t limit, char **ret_text, struct err *e)
{
	struct list l = {
		.rows = { .columns = c, .ncolumns = ncolumns, .next = next },
		.at = three,
		.left = n
	};
	struct render_options o = { .format = FORMAT_ACCOUNT, .limit = limit };
	struct render_result res;
	size_t len = 0;
	int rc;

	o.out = open_memstream(ret_text, &len);
	assert_non_null(o.out);
	rc = render_rows(&l.rows, &o, &res, e);
	fclose(o.out);
	return rc;
}

static void expect(size_t n, uint64_t limit, const char *want)
{
	char *text = NULL;
	struct err e;

	assert_int_equal(render(columns, N, n, limit, &text, &e), 0);
	assert_string_equal(text, want);
	free(text);
}

#define HEAD                                                                   \
	"\n   total    waste      net alloc/free  caller\n"                    \
	"---------------------------------------------\n"

static void test_layout(void **state)
{
	(void)state;
	expect(1, 0,
	       "current bytes allocated:     488560\n"
	       "current bytes requested:     488560\n"
	       "current wasted bytes:             0\n"
	       "number of allocs:              6349\n"
	       "number of frees:                242\n"
	       "number of callers:                1\n" HEAD
	       "  507920        0   488560  6349/242   sysfs_new_dirent+0x50\n");
	expect(0, 0,
	       "current bytes allocated:          0\n"
	       "current bytes requested:          0\n"
	       "current wasted bytes:             0\n"
	       "number of allocs:                 0\n"
	       "number of frees:                  0\n"
	       "number of callers:                0\n" HEAD);
}

static void test_hostile(void **state)
{
	(void)state;
	/* Wide numbers widen their line; a name stays in its own; NULL is 0;
	 * a limit hides rows, not sums. */
	expect(3, 0,
	       "current bytes allocated:     488624\n"
	       "current bytes requested:     488589\n"
	       "current wasted bytes:            35\n"
	       "number of allocs:           1240916\n"
	       "number of frees:            1234809\n"
	       "number of callers:                3\n" HEAD
	       "  507920        0   488560  6349/242   sysfs_new_dirent+0x50\n"
	       "123456789012       35       64 1234567/1234567 a\\x0a12345678\n"
	       "       0        0        0     0/0     \n");
	expect(3, 1,
	       "current bytes allocated:     488624\n"
	       "current bytes requested:     488589\n"
	       "current wasted bytes:            35\n"
	       "number of allocs:           1240916\n"
	       "number of frees:            1234809\n"
	       "number of callers:                3\n" HEAD
	       "  507920        0   488560  6349/242   sysfs_new_dirent+0x50\n");
}

static void test_fits(void **state)
{
	struct column other[N];
	char *text = NULL;
	struct err e;

	(void)state;
	assert_true(render_format_fits(FORMAT_ACCOUNT, columns, N));
	assert_false(render_format_fits(FORMAT_ACCOUNT, columns, N - 1));
	assert_true(render_format_fits(FORMAT_CSV, columns, 1));
	memcpy(other, columns, sizeof(other));
	other[N - 1].sum = false;
	assert_false(render_format_fits(FORMAT_ACCOUNT, other, N));
	other[N - 1] = columns[0];
	assert_false(render_format_fits(FORMAT_ACCOUNT, other, N));
	/* A user's own report finds out when it runs. */
	assert_int_equal(render(other, N, 1, 0, &text, &e), -ERR_USAGE);
	assert_string_equal(text, "");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
