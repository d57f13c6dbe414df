/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: layouts of small links whose numbers are known by construction.
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

/* 10 + pad 6 + 20 + pad to 64 + jump 16 + 4 data; 5 discarded. */
static void test_padding_and_jumps(void **state)
{
	struct link_fixture f;
	struct fixture_object *a, *b;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_section(a, ".text", 0, 10, 4);
	link_section(a, ".gone", 0, 5, 1);
	b = link_object(&f, "b.o");
	link_section(b, ".text", 0, 20, 16);
	link_global(b, "b_start", 0, 4);
	link_section(&f.image, ".text", 0x1000, 84, 16);
	link_global(&f.image, "b_start", 0, 0x1014);
	link_run(
		&f,
		"SECTIONS { .text : { *(.text) . = ALIGN(64); . += 16; LONG(0) } /DISCARD/ : { *(.gone) } }",
		NULL);
	assert_closes(&f);
	assert_line(&f, LINE_OBJECTS, "", 35);
	assert_line(&f, LINE_DISCARD, "", -5);
	assert_line(&f, LINE_FILL, ".text", 6 + 28);
	assert_line(&f, LINE_SCRIPT, ".text", 20);
	assert_int_equal(f.layout.source, LAYOUT_SCRIPT);
	assert_int_equal(f.layout.checked, 1);
	assert_int_equal(link_place(&f, 1, ".text")->addr, 0x1010);
	assert_int_equal(link_place(&f, 0, ".gone")->lifetime,
			 LIFETIME_DISCARD);
	assert_int_equal(link_place(&f, 0, ".gone")->output, PLACED_NOWHERE);
	assert_int_equal(remarks_count(&f.layout.remarks), 0);
	link_end(&f);
}

/* A number is an offset in its section; a symbol is an address. */
static void test_numbers_and_symbols(void **state)
{
	struct link_fixture f;
	struct fixture_object *a;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_section(a, ".d", 0, 8, 8);
	link_section(&f.image, ".data", 0x2000, 0x60, 8);
	link_global(&f.image, "late", SYM_SECTION_ABS, 0x40);
	link_run(
		&f,
		"SECTIONS { .data : { s = .; *(.d) . = 0x20; . = s + late; . = . + (late - 0x20); } }",
		NULL);
	assert_closes(&f);
	assert_line(&f, LINE_SCRIPT, ".data", 0x58);
	link_end(&f);
}

static void test_first_statement_wins(void **state)
{
	struct link_fixture f;
	struct fixture_object *a, *b;

	(void)state;
	link_start(&f);
	a = link_object(&f, "lib/a.o");
	link_section(a, ".text.hot", 0, 4, 1);
	link_section(a, ".text", 0, 8, 1);
	b = link_object(&f, "lib/b.o");
	link_section(b, ".text", 0, 16, 1);
	link_section(b, ".text.x", 0, 32, 1);
	link_section(&f.image, ".one", 0x100, 48, 1);
	link_section(&f.image, ".two", 0x200, 12, 1);
	link_run(
		&f,
		"SECTIONS { .one : { *b.o(.text .text.*) } .two : { EXCLUDE_FILE(*b.o) *(.text) *(.text*) } }",
		NULL);
	assert_closes(&f);
	assert_int_equal(link_place(&f, 1, ".text")->addr, 0x100);
	assert_int_equal(link_place(&f, 1, ".text.x")->addr, 0x110);
	assert_int_equal(link_place(&f, 0, ".text")->addr, 0x200);
	assert_int_equal(link_place(&f, 0, ".text.hot")->addr, 0x208);
	link_end(&f);
}

static void test_sorting(void **state)
{
	struct link_fixture f;
	struct fixture_object *a, *b;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_section(a, "s+zz", 0, 4, 4);
	link_section(a, "t", 0, 1, 1);
	b = link_object(&f, "b.o");
	link_section(b, "s+aa", 0, 4, 4);
	link_section(b, "t", 0, 8, 8);
	link_section(&f.image, ".s", 0x100, 17, 8);
	link_run(
		&f,
		"SECTIONS { .s : { KEEP(*(SORT(s+*))) *(SORT_BY_ALIGNMENT(t)) } }",
		NULL);
	assert_closes(&f);
	assert_int_equal(link_place(&f, 1, "s+aa")->addr, 0x100);
	assert_int_equal(link_place(&f, 0, "s+zz")->addr, 0x104);
	assert_int_equal(link_place(&f, 1, "t")->addr, 0x108);
	assert_int_equal(link_place(&f, 0, "t")->addr, 0x110);
	link_end(&f);
}

/* per-CPU data is linked at 0 and loaded into the init range. */
static void test_lifetime_by_load_address(void **state)
{
	struct link_fixture f;
	struct fixture_object *a;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_section(a, ".text", 0, 0x100, 1);
	link_section(a, ".pcpu", 0, 0x10, 1);
	link_section(a, ".init", 0, 0x20, 1);
	link_section(&f.image, ".text", 0x81000, 0x100, 1);
	link_section(&f.image, ".pcpu", 0, 0x10, 1);
	link_section(&f.image, ".init", 0x82010, 0x20, 1);
	link_global(&f.image, "_text", 0, 0x81000);
	link_global(&f.image, "_end", SYM_SECTION_ABS, 0x83000);
	link_global(&f.image, "__init_begin", 2, 0x82000);
	link_global(&f.image, "__init_end", 2, 0x82030);
	link_global(&f.image, "__load", SYM_SECTION_ABS, 0x82000);
	link_run(&f,
		 "SECTIONS {\n"
		 " .text : AT(ADDR(.text) - 0x80000) { *(.text) }\n"
		 " .pcpu 0 : AT(__load - 0x80000) { *(.pcpu) }\n"
		 " .init : AT(ADDR(.init) - 0x80000) { *(.init) }\n"
		 "}",
		 NULL);
	assert_closes(&f);
	assert_int_equal(link_place(&f, 0, ".text")->lifetime,
			 LIFETIME_RESIDENT);
	assert_int_equal(link_place(&f, 0, ".pcpu")->lifetime, LIFETIME_INIT);
	assert_int_equal(link_place(&f, 0, ".init")->lifetime, LIFETIME_INIT);
	assert_line(&f, LINE_SPAN, "", 0x2000);
	assert_line(&f, LINE_SPAN, "__init_end", 0x1030);
	assert_line(&f, LINE_INIT, NULL, 0x30);
	link_end(&f);
}

static void test_made_by_linker(void **state)
{
	struct link_fixture f;
	struct fixture_object *a;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_section(a, ".note.x", 0, 8, 4);
	f.image.record.build_id_len = 20;
	link_section(&f.image, ".notes", 0x100, 44, 4);
	link_section(&f.image, ".got", 0x200, 24, 8);
	link_run(&f, "SECTIONS { .notes : { *(.note.*) } .got : { *(.got) } }",
		 NULL);
	assert_closes(&f);
	assert_line(&f, LINE_LINKER, ".note.gnu.build-id", 36);
	assert_line(&f, LINE_LINKER, ".got", 24);
	assert_int_equal(link_place(&f, 0, ".note.x")->addr, 0x100);
	link_end(&f);
}

static void test_commons_and_orphans(void **state)
{
	struct link_fixture f;
	struct fixture_object *a;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_section(a, ".bss", 0, 8, 8);
	link_section(a, ".orphan", 0, 4, 4);
	link_global(a, "c", SYM_SECTION_COMMON, 8);
	/* In bytes that a section has already: they count once. */
	link_global(a, "d", SYM_SECTION_COMMON, 4);
	link_section(&f.image, ".bss", 0x100, 26, 8);
	link_section(&f.image, ".orphan", 0x200, 4, 4);
	link_global(&f.image, "c", 0, 0x110);
	f.image.symbols[0].size = 10;
	link_global(&f.image, "d", 0, 0x104);
	f.image.symbols[1].size = 4;
	link_run(&f, "SECTIONS { .bss : { *(.bss) *(COMMON) } }", NULL);
	assert_closes(&f);
	assert_line(&f, LINE_COMMON, ".bss", 10);
	assert_line(&f, LINE_FILL, ".bss", 8);
	assert_int_equal(link_place(&f, 0, ".orphan")->addr, 0x200);
	link_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_padding_and_jumps),
		cmocka_unit_test(test_numbers_and_symbols),
		cmocka_unit_test(test_first_statement_wins),
		cmocka_unit_test(test_sorting),
		cmocka_unit_test(test_lifetime_by_load_address),
		cmocka_unit_test(test_made_by_linker),
		cmocka_unit_test(test_commons_and_orphans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
