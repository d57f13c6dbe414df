/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: what the symbols of the image say against the script.
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

/* The script is wrong: symbols put the section right, and it is said. */
static void test_symbols_overrule(void **state)
{
	struct link_fixture f;
	struct fixture_object *a, *b;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_section(a, ".text", 0, 4, 1);
	b = link_object(&f, "b.o");
	link_section(b, ".text", 0, 4, 1);
	link_global(b, "b", 0, 0);
	link_section(&f.image, ".text", 0x100, 24, 1);
	link_global(&f.image, "b", 0, 0x114);
	link_run(&f, "SECTIONS { .text : { *(.text) } }", NULL);
	assert_int_equal(link_place(&f, 1, ".text")->addr, 0x114);
	assert_int_equal(f.layout.checked, 1);
	assert_int_equal(f.layout.agreed, 0);
	assert_int_equal(remarks_count(&f.layout.remarks), 1);
	assert_line(&f, LINE_UNEXPLAINED, NULL, 16);
	link_end(&f);
}

/* Nothing of c.o is in the image, so neither is its section without
 * symbols; of b.o one section is there. */
static void test_not_linked(void **state)
{
	struct link_fixture f;
	struct fixture_object *b, *c;

	(void)state;
	link_start(&f);
	b = link_object(&f, "b.o");
	link_section(b, ".text", 0, 4, 1);
	link_section(b, ".text.gc", 0, 64, 1);
	link_global(b, "b", 0, 0);
	link_global(b, "b_gc", 1, 0);
	c = link_object(&f, "c.o");
	link_section(c, ".text", 0, 128, 1);
	link_section(c, ".data", 0, 256, 1);
	link_global(c, "c", 0, 0);
	link_section(&f.image, ".text", 0x100, 4, 1);
	link_global(&f.image, "b", 0, 0x100);
	link_run(
		&f,
		"SECTIONS { .text : { *(.text .text.*) } .data : { *(.data) } }",
		NULL);
	assert_closes(&f);
	assert_line(&f, LINE_DISCARD, NULL, -(64 + 128 + 256));
	assert_int_equal(remarks_count(&f.layout.remarks), 1);
	link_end(&f);
}

/* RISC-V: the image says that the first section lost 6 bytes. */
static void test_relaxed_code(void **state)
{
	struct link_fixture f;
	struct fixture_object *a, *b;

	(void)state;
	link_start(&f);
	f.image.record.machine = EM_RISCV;
	a = link_object(&f, "a.o");
	link_section(a, ".text", 0, 30, 2);
	b = link_object(&f, "b.o");
	link_section(b, ".text", 0, 10, 2);
	link_global(b, "b", 0, 0);
	link_section(&f.image, ".text", 0x100, 32, 2);
	link_global(&f.image, "b", 0, 0x118);
	link_run(&f, "SECTIONS { .text : { *(.text) } }", NULL);
	assert_closes(&f);
	assert_line(&f, LINE_MERGE, ".text", -8);
	assert_int_equal(link_place(&f, 0, ".text")->size, 24);
	assert_int_equal(link_place(&f, 1, ".text")->size, 8);
	link_end(&f);
}

static void test_no_script_no_map(void **state)
{
	struct link_fixture f;
	struct fixture_object *a;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_section(a, ".text", 0, 4, 1);
	link_section(a, ".data", 0, 4, 1);
	link_global(a, "a", 0, 2);
	link_section(&f.image, ".text", 0x100, 8, 1);
	link_global(&f.image, "a", 0, 0x106);
	link_run(&f, NULL, NULL);
	assert_int_equal(f.layout.source, LAYOUT_NONE);
	assert_int_equal(link_place(&f, 0, ".text")->addr, 0x104);
	assert_int_equal(link_place(&f, 0, ".data")->lifetime,
			 LIFETIME_DISCARD);
	assert_true(remarks_count(&f.layout.remarks) > 0);
	link_end(&f);
}

/* --gc-sections: of b.o one section is collected, and c.o, a member that
 * nobody needed, was not linked at all. */
static void test_garbage(void **state)
{
	struct link_fixture f;
	struct fixture_object *o;

	(void)state;
	link_start(&f);
	o = link_object(&f, "a.o");
	link_section(o, ".text.a", 0, 16, 1);
	o = link_object(&f, "b.o");
	link_section(o, ".text.b", 0, 8, 1);
	link_section(o, ".text.gone", 0, 4, 1);
	link_global(o, "b", 0, 0);
	o = link_object(&f, "c.o");
	link_section(o, ".text.c", 0, 32, 1);
	link_section(o, ".text.d", 0, 32, 1);
	for (size_t i = 0; i < 3; i++)
		f.objects[i].record.references_known = true;
	link_section(&f.image, ".text", 0x100, 24, 1);
	link_global(&f.image, "b", 0, 0x110);
	f.inputs[2].on_demand = true;
	f.job.gc_sections = true;
	link_run(&f, "SECTIONS { .text : { KEEP(*(.text.a)) *(.text.*) } }",
		 NULL);
	assert_closes(&f);
	assert_line(&f, LINE_DISCARD, "", -68);
	assert_int_equal(remarks_count(&f.layout.remarks), 1);
	assert_string_equal(
		remarks_text(&f.layout.remarks, 0),
		"1 sections were garbage-collected (--gc-sections): nothing refers to them");
	link_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_symbols_overrule),
		cmocka_unit_test(test_not_linked),
		cmocka_unit_test(test_relaxed_code),
		cmocka_unit_test(test_no_script_no_map),
		cmocka_unit_test(test_garbage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
