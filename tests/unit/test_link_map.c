/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: the maps of GNU ld and lld.
 */
#include "link_fixture.h"

#define assert_line(f, kind, subject, bytes)                                   \
	assert_int_equal(link_line((f), (kind), (subject)), (bytes))

/* b.o's string is a.o's, and b.o(.gone) is discarded. */
static void two_objects(struct link_fixture *f)
{
	struct fixture_object *a, *b;

	link_start(f);
	a = link_object(f, "dir/a.o");
	link_section(a, ".text", 0, 8, 4);
	link_strings(a, ".rodata.str1.1", "sevenup", 8, 1);
	b = link_object(f, "b.o");
	f->inputs[1].archive = "lib.a";
	link_section(b, ".text", 0, 16, 16);
	link_section(b, ".gone", 0, 5, 1);
	link_strings(b, ".rodata.str1.1", "sevenup", 8, 1);
	link_global(b, "b", 0, 4);
	f->image.record.build_id_len = 20;
	link_section(&f->image, ".text", 0x1000, 48, 16);
	link_section(&f->image, ".rodata", 0x2000, 44, 4);
	link_global(&f->image, "b", 0, 0x1014);
}

static const char gnu[] =
	"Archive member included\n\nDiscarded input sections\n\n"
	" .gone          0x0000000000000000        0x5 lib.a(b.o)\n"
	"Memory Configuration\n\nName Origin\n"
	"Linker script and memory map\n\n"
	"                0x0000000000001000                . = 0x1000\n\n"
	".text           0x0000000000001000       0x30 load address 0x9000\n"
	" *(.text .text.*)\n"
	" .text          0x0000000000001000        0x8 ./dir/a.o\n"
	"                0x0000000000001000                a\n"
	" *fill*         0x0000000000001008        0x8 cccc\n"
	" .text          0x0000000000001010       0x10 lib.a(b.o)\n"
	"                0x0000000000001014                b\n"
	"                0x0000000000001028                . = (. + 0x8)\n"
	" *fill*         0x0000000000001020        0x8 \n"
	"                0x000000000000102c                . = ALIGN (0x4)\n"
	" *fill*         0x0000000000001028        0x4 \n"
	"                0x000000000000102c        0x4 LONG 0x0\n\n"
	".rodata         0x0000000000002000       0x2c\n"
	" .rodata.str1.1\n"
	"                0x0000000000002000        0x8 dir/a.o\n"
	" .rodata.str1.1\n"
	"                0x0000000000002008        0x8 lib.a(b.o)\n"
	" .note.gnu.build-id\n"
	"                0x0000000000002008       0x24 dir/a.o\n"
	"LOAD dir/a.o\n";

static void test_gnu_map(void **state)
{
	struct link_fixture f;

	(void)state;
	two_objects(&f);
	link_run(&f, NULL, gnu);
	assert_int_equal(f.layout.source, LAYOUT_MAP);
	assert_line(&f, LINE_UNEXPLAINED, NULL, 0);
	assert_line(&f, LINE_DISCARD, NULL, -5);
	assert_line(&f, LINE_FILL, ".text", 12);
	assert_line(&f, LINE_SCRIPT, ".text", 12);
	assert_line(&f, LINE_LINKER, ".note.gnu.build-id", 36);
	/* The map prints b's string though it was merged into a's. */
	assert_line(&f, LINE_MERGE, ".rodata", -8);
	assert_int_equal(link_place(&f, 1, ".rodata.str1.1")->size, 0);
	assert_int_equal(link_place(&f, 1, ".text")->addr, 0x1010);
	assert_int_equal(f.layout.checked, 1);
	assert_int_equal(f.layout.agreed, 1);
	assert_int_equal(remarks_count(&f.layout.remarks), 0);
	link_end(&f);
}

static const char lld[] =
	"     VMA      LMA     Size Align Out     In      Symbol\n"
	"    1000     9000       30    16 .text\n"
	"    1000     9000        8     4         dir/a.o:(.text)\n"
	"    1000     9000        0     1                 a\n"
	"    1010     9010       10    16         lib.a(b.o):(.text)\n"
	"    1020     9020        8     1         . = . + 8\n"
	"    1028     9028        4     1         . = ALIGN ( 4 )\n"
	"    102c     902c        4     1         LONG ( 0 )\n"
	"    2000     a000       2c     4 .rodata\n"
	"    2000     a000        8     1         <internal>:(.rodata)\n"
	"    2008     a008       24     4         <internal>:(.note.gnu.build-id)\n";

static void test_lld_map(void **state)
{
	struct link_fixture f;

	(void)state;
	two_objects(&f);
	link_run(&f, NULL, lld);
	assert_int_equal(f.layout.source, LAYOUT_MAP);
	assert_line(&f, LINE_UNEXPLAINED, NULL, 0);
	assert_line(&f, LINE_DISCARD, NULL, -5);
	assert_line(&f, LINE_FILL, ".text", 12);
	assert_line(&f, LINE_SCRIPT, ".text", 12);
	assert_line(&f, LINE_LINKER, ".note.gnu.build-id", 36);
	assert_line(&f, LINE_MERGE, ".rodata", -8);
	assert_int_equal(link_place(&f, 1, ".text")->addr, 0x1010);
	link_end(&f);
}

/* The map speaks of vmlinux.o; objtool made its .orc and 4 bytes of .text. */
static void test_composite_map(void **state)
{
	static const char map[] =
		"Linker script and memory map\n"
		".text           0x1000       0x24\n"
		" .text          0x1000       0x24 vmlinux.o\n"
		".orc            0x2000       0x10\n"
		" .orc           0x2000       0x10 vmlinux.o\n";
	struct link_fixture f;
	struct fixture_object *a, *b;

	(void)state;
	link_start(&f);
	a = link_object(&f, "a.o");
	link_section(a, ".text", 0, 8, 4);
	b = link_object(&f, "b.o");
	link_section(b, ".text", 0, 16, 16);
	link_section(&f.image, ".text", 0x1000, 36, 16);
	link_section(&f.image, ".orc", 0x2000, 16, 1);
	link_run(&f, NULL, map);
	assert_int_equal(f.layout.source, LAYOUT_MAP);
	assert_line(&f, LINE_UNEXPLAINED, NULL, 0);
	assert_line(&f, LINE_FILL, ".text", 8);
	assert_line(&f, LINE_LINKER, ".text", 4);
	assert_line(&f, LINE_LINKER, ".orc", 16);
	assert_int_equal(link_place(&f, 1, ".text")->addr, 0x1010);
	assert_int_equal(remarks_count(&f.layout.remarks), 1);
	link_end(&f);
}

/* Of another link: said, and the script is used. */
static void test_foreign_map(void **state)
{
	struct link_fixture f;

	(void)state;
	two_objects(&f);
	f.image.sections[0].addr = 0x4000;
	f.image.symbols[0].value = 0x4014;
	link_run(
		&f,
		"SECTIONS { .text : { *(.text) . = 0x2c; LONG(0) } .rodata : { *(.rodata.*) *(.note.*) } /DISCARD/ : { *(.gone) } }",
		gnu);
	assert_int_equal(f.layout.source, LAYOUT_SCRIPT);
	assert_int_equal(remarks_count(&f.layout.remarks), 1);
	assert_int_equal(link_place(&f, 1, ".text")->addr, 0x4010);
	link_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gnu_map),
		cmocka_unit_test(test_lld_map),
		cmocka_unit_test(test_composite_map),
		cmocka_unit_test(test_foreign_map),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
