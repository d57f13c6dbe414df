/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: what older kernels' links need; each was wrong on a real tree once.
 */
#include "link_fixture.h"

static void assert_closes(const struct link_fixture *f)
{
	assert_int_equal(link_line(f, LINE_UNEXPLAINED, NULL), 0);
	assert_int_equal(f->layout.agreed, f->layout.checked);
	assert_int_equal(remarks_count(&f->layout.remarks), 0);
}

/* 5.4: "} :text = 0x9090 /DISCARD/ : {", which is no division. */
static void test_discard_behind_fill(void **state)
{
	struct link_fixture f;
	struct fixture_object *a;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_section(a, ".text", 0, 10, 1);
	link_section(a, ".gone", 0, 5, 1);
	link_section(a, ".data", 0, 7, 1);
	link_section(&f.image, ".text", 0x1000, 10, 1);
	link_section(&f.image, ".data", 0x2000, 7, 1);
	link_run(&f,
		 "SECTIONS { .text : { *(.text) } :text = 0x9090\n"
		 "/DISCARD/ : { *(.gone) } .data : { *(.data) } :data }",
		 NULL);
	assert_closes(&f);
	assert_int_equal(link_line(&f, LINE_DISCARD, NULL), -5);
	assert_int_equal(link_place(&f, 0, ".data")->addr, 0x2000);
	link_end(&f);
}

/* 4.x, 5.x: "init_stack = .;", where an object has an init_stack, too. */
static void test_symbol_of_the_script(void **state)
{
	struct link_fixture f;
	struct fixture_object *a;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_section(a, ".first", 0, 8, 1);
	link_section(a, ".data", 0, 16, 1);
	link_global(a, "stack", 1, 4);
	link_section(&f.image, ".data", 0x1000, 24, 1);
	link_global(&f.image, "stack", 0, 0x1000);
	link_run(&f, "SECTIONS { .data : { stack = .; *(.first) *(.data) } }",
		 NULL);
	assert_closes(&f);
	assert_int_equal(f.layout.checked, 0);
	assert_int_equal(link_place(&f, 0, ".data")->addr, 0x1008);
	/* PROVIDE gives way to the object's. */
	link_end(&f);
	f.image.symbols[0].value = 0x100c;
	link_run(
		&f,
		"SECTIONS { .data : { *(.first) *(.data) PROVIDE(stack = .); } }",
		NULL);
	assert_closes(&f);
	assert_int_equal(f.layout.checked, 1);
	link_end(&f);
}

/* 3.x: a.o and b.o are one object of "ld -r", in which sections of a name
 * are together; c.o is another's. */
static void test_joined_objects(void **state)
{
	static const char *const paths[] = { "a.o", "b.o", "c.o" };
	struct link_fixture f;

	(void)state;
	link_start(&f);
	for (int i = 0; i < 3; i++) {
		struct fixture_object *o = link_object(&f, paths[i]);

		link_section(o, ".rodata", 0, 8, 1);
		link_section(o, ".rodata.str", 0, 4, 1);
		f.inputs[i].partial_link_group = i < 2 ? 7 : 0;
	}
	link_global(&f.objects[1], "b", 0, 0);
	link_global(&f.objects[2], "c", 0, 0);
	link_section(&f.image, ".rodata", 0x1000, 36, 1);
	link_global(&f.image, "b", 0, 0x1008);
	link_global(&f.image, "c", 0, 0x1018);
	link_run(&f, "SECTIONS { .rodata : { *(.rodata .rodata.*) } }", NULL);
	assert_closes(&f);
	assert_int_equal(f.layout.checked, 2);
	assert_int_equal(link_place(&f, 0, ".rodata")->addr, 0x1000);
	assert_int_equal(link_place(&f, 0, ".rodata.str")->addr, 0x1010);
	assert_int_equal(link_place(&f, 1, ".rodata.str")->addr, 0x1014);
	assert_int_equal(link_place(&f, 2, ".rodata.str")->addr, 0x1020);
	link_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_discard_behind_fill),
		cmocka_unit_test(test_symbol_of_the_script),
		cmocka_unit_test(test_joined_objects),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
