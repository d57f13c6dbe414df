/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of another notation, and values that no kernel prints.
 */
#include "trace_run.h"

#define COLUMNS "            bash-1234  (-----) [001] .... 100.00000"

/* Perfetto prints addresses in decimal, and keys by the alphabet. */
static void test_decimal(void **state)
{
	struct trace_site site;
	struct run r;

	(void)state;
	run_text(
		&r, COLUMNS
		"7: kmalloc: bytes_alloc=64 bytes_req=29 call_site=18446744071579832884 gfp_flags=GFP_KERNEL ptr=18446612133343543168\n" COLUMNS
		"8: kmalloc: bytes_alloc=64 bytes_req=40 call_site=18446744071579832912 gfp_flags=GFP_KERNEL ptr=18446612133343543232\n" COLUMNS
		"9: percpu_alloc_percpu: align=8 base_addr=18446683600570023936 bytes_alloc=16 call_site=18446744071579832912 gfp_flags=GFP_KERNEL is_atomic=0 off=80 ptr=106652606922832 reserved=0 size=8\n" COLUMNS
		"9: mm_page_alloc: gfp_flags=GFP_KERNEL migratetype=0 order=1 page=18446719884454840192 pfn=2037514\n" COLUMNS
		"9: kfree: call_site=18446744071579833088 ptr=18446612133343543168\n" COLUMNS
		"9: kfree: call_site=18446744071579833088 ptr=0\n");
	assert_int_equal(r.t->counts.unreadable, 0);
	assert_int_equal(r.nallocs, 4);
	assert_true(r.allocs[0].ptr == 0xffff88003d5a3f80);
	assert_int_equal(r.allocs[0].end, ALLOC_FREED);
	assert_true(r.allocs[1].ptr == 0xffff88003d5a3fc0);
	assert_true(r.allocs[2].ptr == 0x60fffec00050);
	assert_int_equal(r.allocs[3].bytes_alloc, 8192);
	assert_int_equal(r.t->counts.null_free, 1);
	assert_int_equal(r.t->counts.pointer_bits, 64);
	assert_false(r.t->counts.hashed);
	site = trace_names_site(r.t->names, r.allocs[0].site);
	assert_true(site.addr == 0xffffffff810f1234);
	run_end(&r);
	/* The same sites as those that another tool prints in hex. */
	run_text(
		&r, COLUMNS
		"7: kmalloc: call_site=ffffffff810f1234 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n" COLUMNS
		"8: kmalloc: call_site=18446744071579832884 ptr=18446612133343543232 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n");
	assert_int_equal(r.allocs[0].site, r.allocs[1].site);
	run_end(&r);
}

#define KMALLOC(site, ptr, req, alloc)                                         \
	COLUMNS "7: kmalloc: call_site=" site " ptr=" ptr " bytes_req=" req    \
		" bytes_alloc=" alloc " gfp_flags=GFP_KERNEL\n"

static void test_absurd(void **state)
{
	static const char *const lines[] = {
		KMALLOC("f+0x1", P1, "9223372036854775807",
			"9223372036854775807"),
		KMALLOC("f+0x1", P1, "18446744073709551615",
			"18446744073709551615"),
		/* 2^64 + 29, and more digits than any number has */
		KMALLOC("f+0x1", P1, "18446744073709551645", "64"),
		KMALLOC("f+0x1", P1, "29", "18446744073709551680"),
		KMALLOC("f+0x1", P1, "100000000000000000000000000029", "64"),
		KMALLOC("f+0x1", P1, "0x10000000000000000000000000000001d",
			"64"),
		KMALLOC("f+0x1", P1, "1", "1099511627777"),
		KMALLOC("f+0x1", P1, "-5", "64"),
		KMALLOC("f+0x1", P1, "-5", "-5"),
		KMALLOC("f+0x1", "ffff8880010000401", "29", "64"),
		KMALLOC("f+0x1", "99999999999999999999", "29", "64"),
		KMALLOC("f+0x1", "18446744073709551616", "29", "64"),
		COLUMNS
		"7: mm_page_alloc: page=ffffea0007c5c280 pfn=12 order=21 migratetype=0 gfp_flags=GFP_KERNEL\n",
		COLUMNS
		"7: percpu_alloc_percpu: reserved=0 is_atomic=0 size=9223372036854775807 align=8 base_addr=ffffe8ffffc00000 off=72 ptr=000060fffec00048\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char text[1024];
		struct run r;

		snprintf(text, sizeof(text), "%s%s", lines[i],
			 KMALLOC("g+0x1", P2, "29", "64"));
		run_text(&r, text);
		if (r.t->counts.unreadable != 1)
			print_message("%s", lines[i]);
		assert_int_equal(r.t->counts.unreadable, 1);
		assert_int_equal(r.nallocs, 1);
		assert_int_equal(r.t->peak_bytes, 64);
		run_end(&r);
	}
}

/* However many of the largest there are, no sum leaves 63 bits. */
static void test_sums(void **state)
{
	static const char line[] = KMALLOC("f+0x1", P1, "1099511627776",
					   "1099511627776");
	size_t lines = (1 << 18) + 100, len = sizeof(line) - 1;
	char *text = malloc(lines * len);
	struct rollup x;
	struct run r;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < lines; i++)
		memcpy(text + i * len, line, len);
	run_bytes(&r, text, lines * len, 0);
	assert_int_equal(r.failed, 0);
	x = run_row(&r, "f+0x1", KIND_MALLOC);
	assert_int_equal(x.allocs, 1 << 18);
	assert_int_equal(r.t->counts.unreadable, 100);
	assert_true(x.total_bytes == (uint64_t)1 << 58);
	run_check_sums(&r);
	run_end(&r);
	free(text);
}

/* A 32-bit kernel's: ten digits.  Not where other pointers are 64 bits wide. */
static void test_short_decimal(void **state)
{
	struct run r;

	(void)state;
	run_text(
		&r,
		"            bash-1234  (-----) [001] .... 100.000007: kmalloc: bytes_alloc=64 bytes_req=29 call_site=2151742832 gfp_flags=GFP_KERNEL ptr=2214592576\n"
		"            bash-1234  (-----) [001] .... 100.000011: kfree: call_site=2151743000 ptr=2214592576\n");
	assert_int_equal(r.nallocs, 1);
	assert_int_equal(r.allocs[0].end, ALLOC_FREED);
	assert_int_equal(r.allocs[0].ptr, 2214592576u);
	assert_string_equal(run_name(&r, sites, r.allocs[0].site), "8040fd70");
	assert_int_equal(r.t->counts.pointer_bits, 32);
	assert_non_null(strstr(r.t->counts.remark, "32-bit kernel"));
	run_end(&r);
	run_text(
		&r,
		"            bash-1234  [001] .... 100.000007: kmalloc: call_site=f+0x1/0x2 ptr=0000002151742800 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n"
		"            bash-1234  [001] .... 100.000011: kfree: call_site=2151743000 ptr=0000002151742800\n");
	assert_int_equal(r.allocs[0].end, ALLOC_FREED);
	assert_string_equal(run_name(&r, sites, r.allocs[0].free_site),
			    "2151743000");
	assert_string_equal(r.t->counts.remark, "");
	run_end(&r);
}

/* A log with more call sites than any kernel has. */
static void test_many_sites(void **state)
{
	const size_t n = SITE_NAMES_MAX + 1000, line = 160;
	char *text = malloc(n * line + 1);
	uint64_t bytes = 0, rest = 0;
	size_t at = 0;
	struct run r;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(
			text + at, line,
			"  a-1 [001] .... 1.%06zu: kmalloc: call_site=f%zu+0x1/0x2 ptr=ffff8880%08zx bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n",
			i, i, i * 64);
	run_text(&r, text);
	free(text);
	assert_int_equal(r.t->names->sites.count, SITE_NAMES_MAX + 2);
	for (size_t i = 0; i < r.t->nrollups; i++) {
		const struct rollup *x = &r.t->rollups[i];

		bytes += x->live_bytes;
		if (x->site == SITE_NAMES_MAX + 1)
			rest += x->live_bytes;
	}
	assert_int_equal(bytes, n * 64);
	assert_int_equal(rest, 1000 * 64);
	assert_non_null(strstr(r.t->counts.remark, "different call sites"));
	run_end(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decimal),
		cmocka_unit_test(test_short_decimal),
		cmocka_unit_test(test_many_sites),
		cmocka_unit_test(test_absurd),
		cmocka_unit_test(test_sums),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
