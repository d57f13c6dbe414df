/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reports of static memory, on a build whose numbers were added by hand.
 *
 *	a/one.o		.text 100 (10 without a symbol), .init.text 50,
 *			.data 40 (4), .bss 30, strings 20, discarded 8,
 *			per-CPU 24, debug 1000
 *	a/b/two.o	.text 60, .rodata 16, strings 12, .exit.text 8,
 *	c/three.o	.altinstructions 4, .data 8: the same footprint
 *	d/boot.o	likewise, of a boot stage: without a placement set
 */
#include "report_rows.h"

static const char rows[] =
	"INSERT INTO name (id, text, norm) VALUES (1, '.text', NULL), (2, '.init.text', NULL), (3, '.data', NULL), (4, '.bss', NULL), (5, '.rodata.str1.1', NULL), (6, '.discard', NULL), (7, '.data..percpu', NULL), (8, '.debug_info', NULL), (9, '.rodata', NULL), (10, '.exit.text', NULL), (11, '.altinstructions', NULL), (12, 'vmlinux', NULL), (13, 'setup.elf', NULL), (20, 'helper', NULL), (21, 'big', NULL), (22, 'begin', NULL), (23, 'v', NULL), (24, 'b', NULL), (25, 'pc', NULL), (26, 'only', NULL), (27, 'table', NULL), (28, '__func__.#', NULL), (29, '__func__.3', 28), (30, 'leave', NULL), (31, 'state', NULL);"
	"INSERT INTO dir VALUES (1, NULL, ''), (2, 1, 'a'), (3, 2, 'a/b'), (4, 1, 'c'), (5, 1, 'd');"
	"INSERT INTO path VALUES (1, 2, 'one.o'), (2, 3, 'two.o'), (3, 4, 'three.o'), (4, 5, 'boot.o'), (5, 1, 'vmlinux'), (6, 5, 'setup.elf');"
	"INSERT INTO footprint VALUES (1, x'01', 2, 64, 0, 62, 0, 178, 64, 30, 0), (2, x'02', 2, 64, 0, 62, 0, 100, 8, 0, 0);"
	/* footprint, ordinal, name, class, type, flags, size, align, entsize,
	 * unattributed */
	"INSERT INTO section VALUES (1, 0, 1, 0, 1, 6, 100, 16, 0, 10), (1, 1, 2, 0, 1, 6, 50, 1, 0, 0), (1, 2, 3, 2, 1, 3, 40, 8, 0, 4), (1, 3, 4, 3, 8, 3, 30, 8, 0, 0), (1, 4, 5, 5, 1, 50, 20, 1, 1, 20), (1, 5, 6, 1, 1, 2, 8, 1, 0, 8), (1, 6, 7, 4, 1, 3, 24, 8, 0, 0), (1, 7, 8, 7, 1, 0, 1000, 1, 0, 0), (2, 0, 1, 0, 1, 6, 60, 16, 0, 0), (2, 1, 9, 1, 1, 2, 16, 8, 0, 0), (2, 2, 5, 5, 1, 50, 12, 1, 1, 12), (2, 3, 10, 0, 1, 6, 8, 1, 0, 0), (2, 4, 11, 6, 1, 2, 4, 1, 0, 4), (2, 5, 3, 2, 1, 3, 8, 8, 0, 0);"
	/* footprint, ordinal, name, section, info, value, size, own */
	"INSERT INTO symbol VALUES (1, 0, 20, 0, 2, 0, 30, NULL), (1, 1, 21, 0, 18, 32, 60, NULL), (1, 2, 22, 1, 2, 0, 50, NULL), (1, 3, 23, 2, 1, 0, 36, NULL), (1, 4, 24, 3, 1, 0, 30, NULL), (1, 5, 25, 6, 1, 0, 24, NULL), (2, 0, 20, 0, 2, 0, 30, NULL), (2, 1, 26, 0, 2, 30, 30, NULL), (2, 2, 27, 1, 1, 0, 10, NULL), (2, 3, 29, 1, 1, 10, 6, NULL), (2, 4, 30, 3, 18, 0, 8, NULL), (2, 5, 31, 5, 1, 0, 8, NULL);"
	"INSERT INTO placement_set VALUES (1, x'01'), (2, x'02');"
	"INSERT INTO section_placement VALUES (1, 0, 1, 0), (1, 1, 2, 1), (1, 2, 3, 0), (1, 3, 4, 0), (1, 4, 9, 0), (1, 5, NULL, 2), (1, 6, 7, 1), (2, 0, 1, 0), (2, 1, 9, 0), (2, 2, 9, 0), (2, 3, 10, 1), (2, 4, 11, 1), (2, 5, 3, 0);"
	"INSERT INTO build (id, identity, label, arch, tree, audited_ns, state) VALUES (1, 'x', 'one', 'x86_64', '/t', 2, x''), (2, 'y', 'odd', 'arm', '/t', 1, x'');"
	"INSERT INTO object VALUES (1, 1, 1, 0, 1), (1, 2, 2, 0, 2), (1, 3, 2, 0, 2), (1, 4, 2, 3, NULL);"
	"INSERT INTO member_list VALUES (1, x'01'), (2, x'02'), (3, x'03');"
	"INSERT INTO member_list_entry VALUES (1, 0, 1), (1, 1, 2), (1, 2, 3), (2, 0, 4);"
	"INSERT INTO linked_image VALUES (1, x'01', 62, 64, 0, 0, 0, 0);"
	"INSERT INTO linked_image_section VALUES (1, 0, 1, 0, 1, 6, 0, 1024, 16), (1, 1, 2, 0, 1, 6, 24576, 56, 16), (1, 2, 7, 4, 1, 3, 0, 24, 8), (1, 3, 10, 0, 1, 6, 24700, 16, 1), (1, 4, 11, 6, 1, 2, 24800, 8, 1);"
	"INSERT INTO image (id, build, path, name, kind, member_list, linked_image) VALUES (1, 1, 5, 12, 0, 1, 1), (2, 1, 6, 13, 2, 2, NULL), (3, 2, 5, 12, 0, 3, NULL);"
	/* image, ordinal, kind, subject, bytes: 3 merged, 5 fill, 10 span */
	"INSERT INTO link_line VALUES (1, 0, 0, '', 488), (1, 1, 3, '.rodata', -7), (1, 2, 3, '__ksymtab_strings', -3), (1, 3, 5, '.text', 512), (1, 4, 5, '.init.text', 6), (1, 5, 10, '', 30720), (1, 6, 10, '_stext', 0), (1, 7, 10, '_etext', 1000), (1, 8, 10, '_sdata', 20480), (1, 9, 10, '_edata', 22528), (1, 10, 10, '__start_rodata', 8192), (1, 11, 10, '__end_rodata', 12288), (1, 12, 10, '_sinittext', 24700), (1, 13, 10, '_einittext', 25700), (1, 14, 10, '__init_begin', 24576), (1, 15, 10, '__init_end', 28672), (1, 16, 10, '__bss_start', 28672), (1, 17, 10, '__bss_stop', 30720), (1, 18, 11, '', 4096),"
	/* Constants and code of init among the code, init among the data. */
	" (3, 0, 10, '_stext', 0), (3, 1, 10, '_etext', 1000), (3, 2, 10, '_sdata', 2000), (3, 3, 10, '_edata', 5000), (3, 4, 10, '__start_rodata', 600), (3, 5, 10, '__end_rodata', 1000), (3, 6, 10, '_sinittext', 100), (3, 7, 10, '_einittext', 300), (3, 8, 10, '__init_begin', 3000), (3, 9, 10, '__init_end', 4000), (3, 10, 10, '__bss_start', 5000), (3, 11, 10, '__bss_stop', 5500);";

static int setup(void **state)
{
	return report_setup(state, rows);
}

static const struct report_words none = { .build = "one" };

static void test_footprint(void **state)
{
	report_expect(
		state, "footprint", none, REPORT_ALL,
		"a|2|278|72|30|380|77.87|286|86|8|24|24;c|1|100|8|0|108|22.13|96|12|0|0|0;");
	report_expect(
		state, "footprint",
		(struct report_words){
			.build = "one", .branch = "a", .cpus = "64" },
		REPORT_ALL,
		"a/one.o|1|178|64|30|272|71.58|190|74|8|24|1536;a/b|1|100|8|0|108|28.42|96|12|0|0|0;");
	/* What is in no image of known layout has no life. */
	report_expect(state, "footprint",
		      (struct report_words){
			      .build = "one", .branch = "d", .image = "all" },
		      REPORT_ALL, "d/boot.o|1|100|8|0|108|100.00|0|0|0|0|0;");
}

static void test_cpus(void **state)
{
	static const char *const bad[] = { "0", "-1", "x", "2x", "", "65537" };
	char out[2048];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const struct report_words w = { .build = "one",
						.cpus = bad[i] };

		assert_int_equal(report_rows(*state, "footprint", w, REPORT_ALL,
					     out, sizeof(out)),
				 -ERR_USAGE);
		assert_non_null(strstr(
			out, "is no number of CPUs: give one from 1 to 65536"));
	}
	report_rows(*state, "objects",
		    (struct report_words){ .build = "one", .cpus = "2" },
		    REPORT_ALL, out, sizeof(out));
	assert_string_equal(out, "report 'objects' takes no --cpus");
}

static void test_init(void **state)
{
	report_expect(state, "init", none, REPORT_ALL,
		      "a|2|4|86|87.76|50|0|24|8|4;c|1|2|12|12.24|0|0|0|8|4;");
	report_expect(
		state, "init",
		(struct report_words){ .build = "one", .depth = "9" },
		REPORT_ALL,
		"a/one.o|1|2|74|75.51|50|0|24|0|0;a/b/two.o|1|2|12|12.24|0|0|0|8|4;c/three.o|1|2|12|12.24|0|0|0|8|4;");
}

static void test_boot_memory(void **state)
{
	report_expect(
		state, "boot-memory", none, 4,
		"memory|kernel code|1000|0;memory|rwdata|2048|2;memory|rodata|4096|4;memory|init|4096|4;memory|bss|2048|2;freed|initmem|4096|4;freed|text/rodata gap|4096|4;freed|rodata/data gap|8192|8;percpu|s|24|0;init|in objects|98|0;init|added by the link|6|0;init|sections|104|0;");
	report_expect(
		state, "boot-memory", (struct report_words){ .build = "odd" },
		3,
		"memory|kernel code|400;memory|rwdata|2000;memory|rodata|400;memory|init|1200;memory|bss|500;freed|initmem|1000;");
	/* The symbols are no lines of the way to the image. */
	report_expect(
		state, "reconcile", none, 3,
		"objects||488;merged|.rodata|-7;merged|__ksymtab_strings|-3;fill|.text|512;fill|.init.text|6;span||30720;init||4096;");
}

static void test_strings(void **state)
{
	report_expect(
		state, "strings", none, REPORT_ALL,
		"strings|a|2|32|72.73|32;strings|c|1|12|27.27|12;merged|.rodata|NULL|-7|NULL|NULL;");
	report_expect(state, "strings",
		      (struct report_words){ .build = "one", .branch = "a" }, 4,
		      "strings|a/one.o|1|20;strings|a/b|1|12;");
}

static void test_duplicates(void **state)
{
	report_expect(
		state, "duplicates", none, REPORT_ALL,
		"helper|func|text|30|3|3|90|60|a/b/two.o|c/three.o;only|func|text|30|2|2|60|30|a/b/two.o|c/three.o;table|object|rodata|10|2|2|20|10|a/b/two.o|c/three.o;");
	report_expect(state, "duplicates",
		      (struct report_words){ .build = "one", .branch = "a" }, 8,
		      "helper|func|text|30|2|2|60|30;");
}

static void test_alignment(void **state)
{
	report_expect(
		state, "alignment", none, REPORT_ALL,
		"fill|.text|NULL|512|NULL|NULL|NULL|1024|50.00;between|a|1|14|10|4|0|320|4.38;fill|.init.text|NULL|6|NULL|NULL|NULL|56|10.71;between|c|0|0|0|0|0|76|0.00;");
	report_expect(state, "alignment",
		      (struct report_words){ .build = "one", .branch = "a" }, 4,
		      "between|a/one.o|1|14;between|a/b|0|0;");
}

static void test_symbols(void **state)
{
	report_expect(
		state, "symbols",
		(struct report_words){ .build = "one", .branch = "a/b" },
		REPORT_ALL,
		"helper|a/b/two.o|.text|func|30|30|local|text;only|a/b/two.o|.text|func|30|30|local|text;table|a/b/two.o|.rodata|object|10|10|local|rodata;leave|a/b/two.o|.exit.text|func|8|8|global|text;state|a/b/two.o|.data|object|8|8|local|data;__func__.3|a/b/two.o|.rodata|object|6|6|local|rodata;");
	report_expect(
		state, "largest",
		(struct report_words){ .build = "one", .branch = "a/b" },
		REPORT_ALL,
		"helper|a/b/two.o|.text|text|30|27.78;only|a/b/two.o|.text|text|30|27.78;-|a/b/two.o|.rodata.str1.1|strings|12|11.11;table|a/b/two.o|.rodata|rodata|10|9.26;leave|a/b/two.o|.exit.text|text|8|7.41;state|a/b/two.o|.data|data|8|7.41;__func__.3|a/b/two.o|.rodata|rodata|6|5.56;-|a/b/two.o|.altinstructions|meta|4|3.70;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_footprint),
		cmocka_unit_test(test_cpus),
		cmocka_unit_test(test_init),
		cmocka_unit_test(test_boot_memory),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_duplicates),
		cmocka_unit_test(test_alignment),
		cmocka_unit_test(test_symbols),
	};

	return cmocka_run_group_tests(tests, setup, report_teardown);
}
