/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reports of static memory, on the build of fixtures/static.sql,
 * whose numbers were added by hand.
 */
#include "report_rows.h"

static int setup(void **state)
{
	return report_setup(state, "static.sql");
}

static const struct report_words none = { .build = "one" };

static void test_footprint(void **state)
{
	report_expect(state, "footprint", none, REPORT_ALL,
		      "(fill)|0|NULL|NULL|NULL|518|52.01|512|6|0|0|0\n"
		      "a|2|278|72|30|380|38.15|286|86|8|24|24\n"
		      "c|1|100|8|0|108|10.84|96|12|0|0|0\n"
		      "(merged)|0|NULL|NULL|NULL|-10|-1.00|-10|0|0|0|0\n");
	report_expect(state, "footprint",
		      (struct report_words){
			      .build = "one", .branch = "a", .cpus = "64" },
		      REPORT_ALL,
		      "a/one.o|1|178|64|30|272|71.58|190|74|8|24|1536\n"
		      "a/b|1|100|8|0|108|28.42|96|12|0|0|0\n");
	/* What is in no image of known layout has no life. */
	report_expect(state, "footprint",
		      (struct report_words){
			      .build = "one", .branch = "d", .image = "all" },
		      REPORT_ALL, "d/boot.o|1|100|8|0|108|100.00|0|0|0|0|0\n");
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
		      "a|2|4|86|87.76|50|0|24|8|4\n"
		      "c|1|2|12|12.24|0|0|0|8|4\n");
	report_expect(state, "init",
		      (struct report_words){ .build = "one", .depth = "9" },
		      REPORT_ALL,
		      "a/one.o|1|2|74|75.51|50|0|24|0|0\n"
		      "a/b/two.o|1|2|12|12.24|0|0|0|8|4\n"
		      "c/three.o|1|2|12|12.24|0|0|0|8|4\n");
}

static void test_boot_memory(void **state)
{
	report_expect(state, "boot-memory", none, 4,
		      "memory|kernel code|1000|0\n"
		      "memory|rwdata|2048|2\n"
		      "memory|rodata|4096|4\n"
		      "memory|init|4096|4\n"
		      "memory|bss|2048|2\n"
		      "freed|initmem|4096|4\n"
		      "freed|text/rodata gap|4096|4\n"
		      "freed|rodata/data gap|8192|8\n"
		      "percpu|s|24|0\n"
		      "init|in objects|98|0\n"
		      "init|added by the link|6|0\n"
		      "init|sections|104|0\n");
	report_expect(state, "boot-memory",
		      (struct report_words){ .build = "odd" }, 3,
		      "memory|kernel code|400\n"
		      "memory|rwdata|2000\n"
		      "memory|rodata|400\n"
		      "memory|init|1200\n"
		      "memory|bss|500\n"
		      "freed|initmem|1000\n");
	/* The symbols are no lines of the way to the image. */
	report_expect(state, "reconcile", none, 3,
		      "objects||488\n"
		      "merged|.rodata|-7\n"
		      "merged|__ksymtab_strings|-3\n"
		      "fill|.text|512\n"
		      "fill|.init.text|6\n"
		      "span||30720\n"
		      "init||4096\n");
}

static void test_strings(void **state)
{
	report_expect(state, "strings", none, REPORT_ALL,
		      "strings|a|2|32|72.73|32\n"
		      "strings|c|1|12|27.27|12\n"
		      "merged|.rodata|NULL|-7|NULL|-7\n");
	report_expect(state, "strings",
		      (struct report_words){ .build = "one", .branch = "a" }, 4,
		      "strings|a/one.o|1|20\nstrings|a/b|1|12\n");
}

static void test_duplicates(void **state)
{
	report_expect(state, "duplicates", none, REPORT_ALL,
		      "helper|func|text|30|2|2|60|30|a/b/two.o|a/one.o\n"
		      "only|func|text|30|2|2|60|30|a/b/two.o|c/three.o\n");
	report_expect(state, "duplicates",
		      (struct report_words){ .build = "one", .branch = "a" }, 8,
		      "helper|func|text|30|2|2|60|30\n");
}

static void test_alignment(void **state)
{
	report_expect(state, "alignment", none, REPORT_ALL,
		      "layout|.text|NULL|500|NULL|NULL|NULL|1024|48.83\n"
		      "between|a|1|14|10|4|0|320|4.38\n"
		      "fill|.text|NULL|12|NULL|NULL|NULL|1024|1.17\n"
		      "fill|.init.text|NULL|6|NULL|NULL|NULL|56|10.71\n"
		      "between|c|0|0|0|0|0|76|0.00\n");
	report_expect(state, "alignment",
		      (struct report_words){ .build = "one", .branch = "a" }, 4,
		      "between|a/one.o|1|14\nbetween|a/b|0|0\n");
}

static void test_symbols(void **state)
{
	report_expect(state, "symbols",
		      (struct report_words){ .build = "one", .branch = "a/b" },
		      REPORT_ALL,
		      "helper|a/b/two.o|.text|func|30|30|local|text\n"
		      "only|a/b/two.o|.text|func|30|30|local|text\n"
		      "table|a/b/two.o|.rodata|object|10|10|local|rodata\n"
		      "leave|a/b/two.o|.exit.text|func|8|8|global|text\n"
		      "state|a/b/two.o|.data|object|8|8|local|data\n"
		      "__func__.3|a/b/two.o|.rodata|object|6|6|local|rodata\n");
	report_expect(state, "largest",
		      (struct report_words){ .build = "one", .branch = "a/b" },
		      REPORT_ALL,
		      "helper|a/b/two.o|.text|text|30|27.78\n"
		      "only|a/b/two.o|.text|text|30|27.78\n"
		      "-|a/b/two.o|.rodata.str1.1|strings|12|11.11\n"
		      "table|a/b/two.o|.rodata|rodata|10|9.26\n"
		      "leave|a/b/two.o|.exit.text|text|8|7.41\n"
		      "state|a/b/two.o|.data|data|8|7.41\n"
		      "__func__.3|a/b/two.o|.rodata|rodata|6|5.56\n"
		      "-|a/b/two.o|.altinstructions|meta|4|3.70\n");
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
