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
	assert_int_equal(f.layout.nremarks, 0);
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
	link_section(&f.image, ".bss", 0x100, 26, 8);
	link_section(&f.image, ".orphan", 0x200, 4, 4);
	link_global(&f.image, "c", 0, 0x110);
	f.image.symbols[0].size = 10;
	link_run(&f, "SECTIONS { .bss : { *(.bss) *(COMMON) } }", NULL);
	assert_closes(&f);
	assert_line(&f, LINE_COMMON, ".bss", 10);
	assert_line(&f, LINE_FILL, ".bss", 8);
	assert_int_equal(link_place(&f, 0, ".orphan")->addr, 0x200);
	link_end(&f);
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
	assert_int_equal(f.layout.nremarks, 1);
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
	assert_int_equal(f.layout.nremarks, 1);
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
	assert_true(f.layout.nremarks > 0);
	link_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_padding_and_jumps),
		cmocka_unit_test(test_numbers_and_symbols),
		cmocka_unit_test(test_first_statement_wins),
		cmocka_unit_test(test_sorting),
		cmocka_unit_test(test_merged_strings),
		cmocka_unit_test(test_merge_alignment),
		cmocka_unit_test(test_unterminated_string),
		cmocka_unit_test(test_newer_merge),
		cmocka_unit_test(test_lifetime_by_load_address),
		cmocka_unit_test(test_made_by_linker),
		cmocka_unit_test(test_commons_and_orphans),
		cmocka_unit_test(test_symbols_overrule),
		cmocka_unit_test(test_not_linked),
		cmocka_unit_test(test_relaxed_code),
		cmocka_unit_test(test_no_script_no_map),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
