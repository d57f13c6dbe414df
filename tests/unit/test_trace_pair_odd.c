/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pairing where the kernel's events mislead: each case with the versions
 * that do so.
 */
#include "trace_run.h"

/* 5.2 to 5.7: kfree(NULL) prints a hash, always the same. */
static void test_hashed_null(void **state)
{
	char text[8192] = "";
	struct run r;

	(void)state;
	for (int i = 0; i < 20; i++) {
		char line[512];

		snprintf(
			line, sizeof(line),
			"            bash-1234  [000] ....     0.0000%02d: kfree: call_site=%c+0x4/0x10 ptr=00000000deadbeef\n"
			"            bash-1234  [000] ....     0.0000%02d: kfree: call_site=h+0x4/0x10 ptr=00000000%08x\n",
			i, i % 2 ? 'g' : 'k', i, 0x1000 + i);
		strcat(text, line);
	}
	strcat(text,
	       "            bash-1234  [000] ....     0.000099: kmalloc: call_site=f+0x8/0x20 ptr=00000000deadbeef bytes_req=40 bytes_alloc=64 gfp_flags=GFP_KERNEL\n");
	run_text(&r, text);
	assert_true(r.t->counts.hashed);
	assert_true(r.t->counts.hashed_null);
	assert_int_equal(r.t->counts.null_free, 20);
	assert_int_equal(r.t->counts.unmatched_free, 20);
	assert_int_equal(run_row(&r, "g+0x4", KIND_MALLOC).null_free, 10);
	assert_int_equal(run_row(&r, "k+0x4", KIND_MALLOC).null_free, 10);
	assert_int_equal(run_row(&r, "f+0x8", KIND_MALLOC).failed, 1);
	run_end(&r);
}

/* 6.11 to 6.19: a large kmalloc is traced twice, the caller's last. */
static void test_doubled(void **state)
{
	struct rollup row;
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("1 .000001 kmalloc: call_site=__kmalloc_noprof+0x8/0x20 ptr=$1 bytes_req=20000 bytes_alloc=32768",
		       "0 .000001 kfree: call_site=g+0x4/0x10 ptr=$2",
		       "1 .000002 kmalloc: call_site=f+0x8/0x20 ptr=$1 bytes_req=20000 bytes_alloc=32768",
		       /* small ones are just reused */
		       "1 .000003 kmalloc: call_site=f+0x8/0x20 ptr=$2 bytes_req=40 bytes_alloc=64",
		       "1 .000004 kmalloc: call_site=f+0x8/0x20 ptr=$2 bytes_req=40 bytes_alloc=64"));
	assert_int_equal(r.t->counts.doubled, 1);
	assert_int_equal(run_row(&r, "__kmalloc", KIND_MALLOC).allocs, 0);
	row = run_row(&r, "f+0x8", KIND_MALLOC);
	assert_int_equal(row.allocs, 3);
	assert_int_equal(row.implicit, 1);
	assert_int_equal(row.live_bytes, 32768 + 64);
	assert_int_equal(r.t->peak_bytes, 32768 + 64);
	run_check_sums(&r);
	run_end(&r);
}

/* To 5.12 kmem_cache_free was traced when the object was free already, so
 * that another CPU's next use of it can be before it. */
static void test_late_free(void **state)
{
	struct run r;

	(void)state;
	run_events(
		&r, RUN_OLD,
		EVENTS("0 .000001 kmem_cache_alloc: call_site=a+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		       "1 .000020 kmem_cache_alloc: call_site=b+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		       "0 .000021 kmem_cache_free: call_site=c+0x1/0x2 ptr=$1",
		       "1 .000022 kmem_cache_free: call_site=d+0x1/0x2 ptr=$1"));
	assert_int_equal(r.t->counts.late_free, 1);
	assert_int_equal(r.t->counts.unmatched_free, 0);
	assert_int_equal(run_row(&r, "a+0x1", KIND_CACHE).frees, 1);
	assert_int_equal(run_row(&r, "a+0x1", KIND_CACHE).implicit, 0);
	assert_int_equal(run_row(&r, "b+0x1", KIND_CACHE).frees, 1);
	assert_true(r.allocs[0].flags & ALLOC_LATE_FREE);
	run_check_sums(&r);
	run_end(&r);
}

/* Too late, by the CPU that owns it now, or on a kernel that traces before
 * it frees: the free is the new owner's. */
static void test_not_late(void **state)
{
	static const struct {
		enum run_era era;
		const char *events[5];
	} cases[] = {
		/* too late */
		{ RUN_OLD,
		  { "0 .000001 kmem_cache_alloc: call_site=a+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		    "1 .000020 kmem_cache_alloc: call_site=b+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		    "0 .000921 kmem_cache_free: call_site=c+0x1/0x2 ptr=$1" } },
		/* the owner's CPU */
		{ RUN_OLD,
		  { "0 .000001 kmem_cache_alloc: call_site=a+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		    "1 .000020 kmem_cache_alloc: call_site=b+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		    "1 .000021 kmem_cache_free: call_site=c+0x1/0x2 ptr=$1" } },
		/* a kernel that traces first */
		{ RUN_NOW,
		  { "0 .000001 kmem_cache_alloc: call_site=a+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		    "1 .000020 kmem_cache_alloc: call_site=b+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		    "0 .000021 kmem_cache_free: call_site=c+0x1/0x2 ptr=$1 name=filp" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r;

		run_events(&r, cases[i].era, cases[i].events);
		assert_int_equal(r.t->counts.late_free, 0);
		assert_int_equal(run_row(&r, "a+0x1", KIND_CACHE).implicit, 1);
		assert_int_equal(run_row(&r, "b+0x1", KIND_CACHE).frees, 1);
		run_check_sums(&r);
		run_end(&r);
	}
}

/* A stack that comes when its allocation is gone already, or replaced. */
static void test_stack_of_the_dead(void **state)
{
	struct run r;

	(void)state;
	run_events(
		&r, RUN_OLD,
		EVENTS("0 .000001 kmem_cache_alloc: call_site=a+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		       "1 .000002 kmem_cache_alloc: call_site=b+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		       "0 .000003 <stack trace>", " => a", " => entry",
		       "1 .000004 kmem_cache_free: call_site=b+0x1/0x2 ptr=$1",
		       "1 .000005 <stack trace>", " => b", " => entry"));
	assert_int_equal(r.nallocs, 2);
	assert_int_equal(r.allocs[0].stack, 0);
	assert_int_equal(r.allocs[1].stack, 0);
	run_check_sums(&r);
	run_end(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hashed_null),
		cmocka_unit_test(test_doubled),
		cmocka_unit_test(test_late_free),
		cmocka_unit_test(test_not_late),
		cmocka_unit_test(test_stack_of_the_dead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
