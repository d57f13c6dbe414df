/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: strings that the linker merges; sizes are known by construction.
 */
#include "link_fixture.h"

#define assert_line(f, kind, subject, bytes)                                   \
	assert_int_equal(link_line((f), (kind), (subject)), (bytes))

static void assert_closes(const struct link_fixture *f)
{
	assert_line(f, LINE_UNEXPLAINED, NULL, 0);
	assert_line(f, LINE_IMAGE, NULL, f->image.record.text);
	assert_int_equal(f->layout.agreed, f->layout.checked);
}

/* "bar" is the end of "foobar"; "same" is there twice: 4 + 5 of 21. */
static void test_merged_strings(void **state)
{
	struct link_fixture f;
	struct fixture_object *a, *b, *c;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_strings(a, ".str", "same\0bar", 9, 1);
	b = link_object(&f, "b.o");
	link_strings(b, ".str", "foobar\0same", 12, 1);
	c = link_object(&f, "c.o");
	link_strings(c, ".str", "same", 5, 1);
	link_section(&f.image, ".rodata", 0x100, 12, 1);
	link_run(&f, "SECTIONS { .rodata : { *(.str) } }", NULL);
	assert_closes(&f);
	assert_line(&f, LINE_MERGE, ".rodata", -14);
	assert_int_equal(link_place(&f, 0, ".str")->size, 5);
	assert_int_equal(link_place(&f, 1, ".str")->size, 7);
	assert_int_equal(link_place(&f, 2, ".str")->size, 0);
	link_end(&f);
}

/* Strings keep the alignment of their place: "ab" at 8 is not found in "ab"
 * at an odd place, and is no end of "xab". */
static void test_merge_alignment(void **state)
{
	static const char one[] = "xab\0\0\0\0\0ab\0\0\0\0\0";
	struct link_fixture f;
	struct fixture_object *a, *b;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_strings(a, ".str", one, 16, 8);
	b = link_object(&f, "b.o");
	link_strings(b, ".str", "ab\0\0\0\0\0", 8, 8);
	link_section(&f.image, ".rodata", 0x100, 16, 8);
	link_run(&f, "SECTIONS { .rodata : { *(.str) } }", NULL);
	assert_closes(&f);
	assert_line(&f, LINE_MERGE, ".rodata", -8);
	link_end(&f);
}

/* "b" and "c" without their NUL get one; "b" then ends "ab". */
static void test_unterminated_string(void **state)
{
	struct link_fixture f;

	(void)state;
	link_start(&f);
	link_strings(link_object(&f, "a.o"), ".str", "ab\0b", 4, 1);
	link_strings(link_object(&f, "b.o"), ".str", "ab\0c", 4, 1);
	link_section(&f.image, ".rodata", 0x100, 5, 1);
	link_run(&f, "SECTIONS { .rodata : { *(.str) } }", NULL);
	assert_closes(&f);
	assert_line(&f, LINE_MERGE, ".rodata", -3);
	assert_int_equal(link_place(&f, 1, ".str")->size, 2);
	link_end(&f);
}

/* From 2.41 the first section has all: here 4 + 3, padded once. */
static void test_newer_merge(void **state)
{
	struct link_fixture f;
	struct fixture_object *a, *b;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_strings(a, ".str", "aaa", 4, 1);
	link_section(a, ".tail", 0, 8, 4);
	b = link_object(&f, "b.o");
	link_section(b, ".mid", 0, 1, 1);
	link_strings(b, ".str", "bb", 3, 1);
	link_global(b, "mid", 0, 0);
	link_section(&f.image, ".rodata", 0x100, 16, 4);
	link_global(&f.image, "mid", 0, 0x107);
	link_run(&f, "SECTIONS { .rodata : { *(.str .mid) *(.tail) } }", NULL);
	assert_closes(&f);
	assert_int_equal(link_place(&f, 0, ".str")->size, 7);
	assert_int_equal(link_place(&f, 1, ".mid")->addr, 0x107);
	link_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merged_strings),
		cmocka_unit_test(test_merge_alignment),
		cmocka_unit_test(test_unterminated_string),
		cmocka_unit_test(test_newer_merge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
