/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The dynamic reports on a trace that is added up by hand (fixtures/trace.sql):
 * rows, order, filters and sums.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report_rows.h"

static int setup(void **state)
{
	return report_setup(state, "trace.sql");
}

#define BOOT .trace = "boot"

static void test_waste(void **state)
{
	report_expect(
		state, "waste", (struct report_words){ BOOT }, 10,
		"ext4_io_end+0x1b|fs/ext4/inode.o|malloc|3|1|2|192|128|70|105\n"
		"rb_allocate+0x10|kernel/trace/ring_buffer.o|malloc|1|0|1|1024|1024|24|24\n"
		"init_once+0x8|(ambiguous)|malloc|2|0|2|128|128|16|16\n"
		"kvasprintf+0x50|lib/kasprintf.o|malloc|3|1|2|48|32|12|16\n"
		"mystery+0x0|(unknown)|cache|1|0|0|128|0|0|28\n");
	/* The founding example: two live ones of 29 bytes in 64. */
	report_expect(
		state, "waste", (struct report_words){ BOOT, .branch = "fs/" },
		REPORT_ALL,
		"ext4_io_end+0x1b|fs/ext4/inode.o|malloc|3|1|2|192|128|70|105|100.00|ext4_io_end|NULL|NULL|0\n");
	/* Without a build: by name, one row of 35 wasted bytes. */
	report_expect(
		state, "waste", (struct report_words){ .trace = "bare" }, 10,
		"getname_flags+0x29|(no-build)|malloc|1|0|1|64|64|35|35\n");
}

static void test_filters(void **state)
{
	report_expect(state, "waste",
		      (struct report_words){ BOOT, .cache = "1" }, 1,
		      "mystery+0x0\n");
	report_expect(state, "waste",
		      (struct report_words){ BOOT, .tracing = "1" }, 1,
		      "ext4_io_end+0x1b\n"
		      "init_once+0x8\n"
		      "kvasprintf+0x50\n"
		      "mystery+0x0\n");
	report_expect(state, "accounting",
		      (struct report_words){ BOOT, .malloc = "1",
					     .branch = "kernel" },
		      1, "rb_allocate+0x10\n");
	report_expect(state, "accounting",
		      (struct report_words){ BOOT, .tracing = "1",
					     .branch = "kernel" },
		      1, "");
	/* A build means its newest trace, although another is newer. */
	report_expect(state, "accounting",
		      (struct report_words){ .build = "1",
					     .branch = "fs/namei.o" },
		      1, "getname_flags+0x29\n");
}

static void test_order(void **state)
{
	static const struct {
		const char *word, *first;
	} words[] = {
		{ "total", "getname_flags+0x29\n" },
		/* A count, as the column of that name. */
		{ "live",
		  "ext4_io_end+0x1b\ninit_once+0x8\nkvasprintf+0x50\n" },
		{ "net", "getname_flags+0x29\n" },
		{ "waste", "ext4_io_end+0x1b\n" },
		{ "allocs", "getname_flags+0x29\n" },
		{ "frees:asc", "rb_allocate+0x10\ninit_once+0x8\n" },
		{ "total_dynamic:asc", "kvasprintf+0x50\n" },
		{ "current_dynamic:asc", "mystery+0x0\n" },
		{ "alloc_count", "getname_flags+0x29\n" },
		{ "free_count", "getname_flags+0x29\n" },
		{ "path", "init_once+0x8\n" },
	};
	char out[4096];

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const struct report_words w = { BOOT,
						.order_by = words[i].word };

		assert_int_equal(report_rows(*state, "accounting", w, 1, out,
					     sizeof(out)),
				 0);
		if (!report_begins(out, words[i].first))
			fail_msg("%s: %s", words[i].word, out);
	}
}

/* The five words mean something in every report of a branch. */
static void test_order_everywhere(void **state)
{
	static const char *const reports[] = {
		"waste",     "accounting", "dynamic",	"frequent",
		"combined",  "kinds",	   "unmatched", "malloc-vs-cache",
		"ambiguous", "peak",	   "owners",	"coverage",
		"traces",
	};
	static const char *const words[] = { "total", "live", "waste", "allocs",
					     "frees" };
	char out[8192];

	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		for (size_t j = 0; j < sizeof(words) / sizeof(words[0]); j++) {
			const struct report_words w = { .order_by = words[j],
							.branch = "fs" };

			/* traces takes no trace; the rest the newest. */
			report_rows(*state, reports[i], w, 1, out, sizeof(out));
			if (strstr(out, "no column"))
				fail_msg("%s: %s", reports[i], out);
		}
	}
}

static void test_accounting(void **state)
{
	report_expect(
		state, "accounting", (struct report_words){ BOOT }, 16,
		"getname_flags+0x29|fs/namei.o|cache|10|8|1|40960|4096|0|1|0|0|4576|names_cache|getname_flags|fs/namei.c\n"
		"rb_allocate+0x10|kernel/trace/ring_buffer.o|malloc|1|0|1|1024|1024|24|0|0|0|1024|NULL|rb_allocate|NULL\n"
		"ext4_io_end+0x1b|fs/ext4/inode.o|malloc|3|1|2|192|128|70|0|0|0|192|NULL|ext4_io_end|NULL\n"
		"init_once+0x8|(ambiguous)|malloc|2|0|2|128|128|16|0|0|0|128|NULL|init_once|NULL\n"
		"mystery+0x0|(unknown)|cache|1|0|0|128|0|0|0|1|2|0|NULL|mystery|NULL\n"
		"kvasprintf+0x50|lib/kasprintf.o|malloc|3|1|2|48|32|12|0|0|0|80|NULL|kvasprintf|NULL\n");
}

static void test_directories(void **state)
{
	/* Sites in no object close the sums of the whole only. */
	report_expect(state, "dynamic", (struct report_words){ BOOT }, 8,
		      "fs|2|13|9|3|41152|4224|70\n"
		      "kernel|1|1|0|1|1024|1024|24\n"
		      "(ambiguous)|1|2|0|2|128|128|16\n"
		      "lib|1|3|1|2|48|32|12\n"
		      "(unknown)|1|1|0|0|128|0|0\n");
	report_expect(state, "dynamic",
		      (struct report_words){ BOOT, .branch = "fs" }, 8,
		      "fs/namei.o|1|10|8|1|40960|4096|0\n"
		      "fs/ext4|1|3|1|2|192|128|70\n");
	report_expect(
		state, "dynamic",
		(struct report_words){ BOOT, .depth = "2", .malloc = "1" }, 1,
		"kernel/trace\n"
		"fs/ext4\n"
		"(ambiguous)\n"
		"lib/kasprintf.o\n");
	/* resident + live_bytes = current_bytes: nothing is freed of these. */
	report_expect(state, "combined", (struct report_words){ BOOT }, 9,
		      "fs|2|3000|300|30|3330|4224|70|7554\n"
		      "lib|2|2000|200|20|2220|32|12|2252\n"
		      "drivers|2|2000|200|20|2220|0|0|2220\n"
		      "kernel|1|1000|100|10|1110|1024|24|2134\n"
		      "(ambiguous)|0|0|0|0|0|128|16|128\n"
		      "(unknown)|0|0|0|0|0|0|0|0\n");
}

static void test_kinds(void **state)
{
	report_expect(
		state, "malloc-vs-cache", (struct report_words){ BOOT },
		REPORT_ALL,
		"cache|2|11|8|1|41088|4096|0|75.74|28|4576|4900|1600000000\n"
		"malloc|4|9|2|7|1392|1312|122|24.26|161|1424|2000|1500000000\n");
	report_expect(
		state, "malloc-vs-cache",
		(struct report_words){ BOOT, .malloc = "1", .tracing = "1" },
		REPORT_ALL,
		"malloc|3|8|2|6|368|288|98|100.00|137|400|1200|1100000000\n");
	report_expect(state, "kinds", (struct report_words){ BOOT }, REPORT_ALL,
		      "page|1|4|1|3|16384|12288|0|0|0|0|0|0\n"
		      "cache|2|11|8|1|41088|4096|0|1|1|2|0|0\n"
		      "malloc|4|9|2|7|1392|1312|122|0|0|0|5|2\n"
		      "percpu|1|1|0|1|8|8|0|0|0|0|0|0\n");
}

static void test_sizes(void **state)
{
	/* 128 of ALIGN(29, 8) bytes in a page: two of them save nothing. */
	report_expect(
		state, "frequent",
		(struct report_words){ BOOT, .branch = "fs" }, REPORT_ALL,
		"getname_flags+0x29|fs/namei.o|cache|10|8|1|40960|4096|0|5.00|4096|4096|4096.00|NULL|getname_flags|names_cache|NULL|NULL|NULL|NULL|NULL\n"
		"ext4_io_end+0x1b|fs/ext4/inode.o|malloc|3|1|2|192|128|70|1.50|29|29|64.00|NULL|ext4_io_end|NULL|32|128|1|1|computed\n");
	/* Two sizes: no cache of its own. */
	report_expect(
		state, "frequent",
		(struct report_words){ BOOT, .branch = "lib" }, 14,
		"kvasprintf+0x50|lib/kasprintf.o|malloc|3|1|2|48|32|12|1.50|10|12|16.00|NULL\n");
	/* Caches of one size are one row: 10 + 2 of 64 bytes. */
	report_expect(state, "slabs", (struct report_words){ BOOT }, REPORT_ALL,
		      "192|dentry|100|0|100|0.00|19200|0|19200\n"
		      "64|kmalloc-64 kmalloc-cg-64|12|4|8|33.33|768|256|512\n"
		      "4096|names_cache|1|1|0|100.00|4096|4096|0\n"
		      "1024|-|0|1|0|NULL|0|1024|0\n"
		      "16|-|0|2|0|NULL|0|32|0\n");
}

static void test_unpaired(void **state)
{
	report_expect(
		state, "unmatched", (struct report_words){ BOOT }, 16,
		"free_only+0x4|fs/namei.o|malloc|0|0|0|0|0|0|0|2|0|0|0|0|NULL\n"
		"getname_flags+0x29|fs/namei.o|cache|10|8|1|40960|4096|0|0|0|1|4096|0|0|names_cache\n"
		"mystery+0x0|(unknown)|cache|1|0|0|128|0|0|0|0|0|0|1|2|NULL\n"
		"(frees of NULL)|-|-|NULL|NULL|NULL|NULL|NULL|NULL|5|0|0|NULL|0|0|NULL\n");
	report_expect(
		state, "ambiguous", (struct report_words){ BOOT }, REPORT_ALL,
		"init_once+0x8|drivers/a.o|vmlinux|2|2|0|2|128|128|16|4|0000000000000100\n"
		"init_once+0x8|drivers/b.o|vmlinux|2|2|0|2|128|128|16|4|0000000000000200\n");
}

static void test_owners(void **state)
{
	/* Stack 1 leads past kvasprintf and kobject_set_name_vargs; stack 2
	 * ends at the wrapper. */
	report_expect(
		state, "owners", (struct report_words){ BOOT, .malloc = "1" },
		9,
		"rb_allocate|kernel/trace/ring_buffer.o|1|1|0|1|1024|1024|24\n"
		"ext4_io_end|fs/ext4/inode.o|1|3|1|2|192|128|70\n"
		"init_once|(ambiguous)|1|2|0|2|128|128|16\n"
		"ext4_register|fs/ext4/inode.o|1|2|0|2|32|32|12\n"
		"kvasprintf|lib/kasprintf.o|1|1|1|0|16|0|0\n");
}

static void test_time(void **state)
{
	report_expect(
		state, "peak", (struct report_words){ BOOT }, 4,
		"getname_flags+0x29|fs/namei.o|cache|4576\n"
		"rb_allocate+0x10|kernel/trace/ring_buffer.o|malloc|1024\n"
		"ext4_io_end+0x1b|fs/ext4/inode.o|malloc|192\n"
		"init_once+0x8|(ambiguous)|malloc|128\n"
		"kvasprintf+0x50|lib/kasprintf.o|malloc|80\n");
	report_expect(state, "timeline", (struct report_words){ BOOT },
		      REPORT_ALL,
		      "1000000000|300|100|200|6000|4096|0|30\n"
		      "2000000000|5408|1312|4096|5500|12288|8|122\n");
}

static void test_traces(void **state)
{
	report_expect(
		state, "traces", (struct report_words){ .trace = NULL }, 15,
		"1|boot|1|build-id|6.1.0|685068|0|2000000000|20|10|8|42480|5408|122|6000\n"
		"2|bare|NULL|none|NULL|1|9|10|1|0|1|64|64|35|64\n");
	report_expect(
		state, "traces", (struct report_words){ .branch = "fs" }, 14,
		"1|boot|1|build-id|6.1.0|685068|0|2000000000|13|9|3|41152|4224|70\n"
		"2|bare|NULL|none|NULL|1|9|10|0|0|0|0|0|0\n");
}

/* The last two columns: the own peak, and when. */
static void test_own_peaks(void **state)
{
	static const struct {
		struct report_words words;
		const char *end;
	} cases[] = {
		{ { BOOT }, "|6000|1500000000\n" },
		{ { BOOT, .tracing = "1" }, "|5900|1500000000\n" },
		{ { BOOT, .malloc = "1" }, "|2000|1500000000\n" },
		{ { BOOT, .branch = "fs" }, "|4800|1600000000\n" },
		/* nothing of tracing is there: no row of its own */
		{ { BOOT, .branch = "fs", .tracing = "1" },
		  "|4800|1600000000\n" },
		{ { BOOT, .branch = "fs", .cache = "1" },
		  "|4700|1600000000\n" },
		/* an older version imported it */
		{ { .trace = "bare" }, "|NULL|NULL\n" },
	};
	char out[8192];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct report_words w = cases[i].words;
		const char *first = w.trace[1] == 'o' ? "1|" : "\n2|", *at;

		w.trace = NULL;
		assert_int_equal(report_rows(*state, "traces", w, REPORT_ALL,
					     out, sizeof(out)),
				 0);
		at = strstr(out, first);
		assert_non_null(at);
		at = strchr(at + 1, '\n') + 1 - strlen(cases[i].end);
		if (strncmp(at, cases[i].end, strlen(cases[i].end)) != 0)
			fail_msg("case %zu: %s", i, out);
	}
	report_expect(state, "dynamic", (struct report_words){ BOOT },
		      REPORT_ALL,
		      "fs|2|13|9|3|41152|4224|70|78.11|4768|4800|1600000000\n"
		      "kernel|1|1|0|1|1024|1024|24|18.93|1024|1024|1200000000\n"
		      "(ambiguous)|1|2|0|2|128|128|16|2.37|128|NULL|NULL\n"
		      "lib|1|3|1|2|48|32|12|0.59|80|NULL|NULL\n"
		      "(unknown)|1|1|0|0|128|0|0|0.00|0|NULL|NULL\n");
	report_rows(*state, "peak", (struct report_words){ BOOT }, REPORT_ALL,
		    out, sizeof(out));
	assert_non_null(strstr(out, "|getname_flags|4700|1600000000\n"));
	assert_non_null(strstr(out, "|rb_allocate|NULL|NULL\n"));
}

static void test_timeline(void **state)
{
	report_expect(state, "timeline",
		      (struct report_words){ BOOT, .resolution = "1" },
		      REPORT_ALL,
		      "1000000000|5408|1312|4096|6000|12288|8|122\n");
	report_expect(state, "timeline",
		      (struct report_words){ BOOT, .branch = "fs" }, REPORT_ALL,
		      "1000000000|1000|200|800|1000|NULL|NULL|NULL\n"
		      "1500000000|4800|300|4500|4800|NULL|NULL|NULL\n"
		      "2000000000|4800|300|4500|4800|NULL|NULL|NULL\n"
		      "2500000000|4224|128|4096|4900|NULL|NULL|NULL\n");
	report_expect(state, "timeline",
		      (struct report_words){ BOOT, .branch = "fs",
					     .resolution = "2" },
		      REPORT_ALL,
		      "1000000000|4800|300|4500|4800|NULL|NULL|NULL\n"
		      "2000000000|4224|128|4096|4900|NULL|NULL|NULL\n");
	report_expect(state, "timeline",
		      (struct report_words){ BOOT, .tracing = "1",
					     .resolution = "3" },
		      REPORT_ALL,
		      "1000000000|3500|500|3000|5900|NULL|NULL|NULL\n"
		      "2000000000|3500|500|3000|3500|NULL|NULL|NULL\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_waste),
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_order_everywhere),
		cmocka_unit_test(test_accounting),
		cmocka_unit_test(test_directories),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_unpaired),
		cmocka_unit_test(test_owners),
		cmocka_unit_test(test_time),
		cmocka_unit_test(test_traces),
		cmocka_unit_test(test_own_peaks),
		cmocka_unit_test(test_timeline),
	};

	return cmocka_run_group_tests(tests, setup, report_teardown);
}
