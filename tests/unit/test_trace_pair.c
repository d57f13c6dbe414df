/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pairing: every way an allocation can begin and end.
 */
#include "trace_run.h"

static void test_freed_and_live(void **state)
{
	struct rollup row;
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("0 .000001 kmalloc: call_site=f+0x8/0x20 ptr=$1 bytes_req=40 bytes_alloc=64",
		       "0 .000002 kmalloc: call_site=f+0x8/0x20 ptr=$2 bytes_req=33 bytes_alloc=64",
		       "1 .000003 kfree: call_site=g+0x4/0x10 ptr=$1"));
	assert_int_equal(r.nallocs, 2);
	assert_int_equal(r.allocs[0].end, ALLOC_FREED);
	assert_int_equal(r.allocs[0].alloc_ns, 1000);
	assert_int_equal(r.allocs[0].free_ns, 3000);
	assert_string_equal(run_name(&r, sites, r.allocs[0].free_site),
			    "g+0x4/0x10");
	assert_int_equal(r.allocs[1].end, ALLOC_LIVE);
	row = run_row(&r, "f+0x8", KIND_MALLOC);
	assert_int_equal(row.allocs, 2);
	assert_int_equal(row.frees, 1);
	assert_int_equal(row.live, 1);
	assert_int_equal(row.total_bytes, 128);
	assert_int_equal(row.live_bytes, 64);
	assert_int_equal(row.waste_bytes, 31);
	assert_int_equal(row.total_waste_bytes, 24 + 31);
	assert_int_equal(row.peak_bytes, 128);
	assert_int_equal(r.t->peak_bytes, 128);
	assert_int_equal(r.t->peak_ns, 2000);
	/* Who frees is no one's statistics. */
	assert_int_equal(run_row(&r, "g+0x4", KIND_MALLOC).frees, 0);
	run_check_sums(&r);
	run_end(&r);
}

static void test_implicit(void **state)
{
	struct rollup a, b;
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("0 .000001 kmem_cache_alloc: call_site=a+0x1/0x2 ptr=$1 bytes_req=200 bytes_alloc=256",
		       "0 .000009 kmem_cache_alloc: call_site=b+0x1/0x2 ptr=$1 bytes_req=100 bytes_alloc=256"));
	a = run_row(&r, "a+0x1", KIND_CACHE);
	b = run_row(&r, "b+0x1", KIND_CACHE);
	assert_int_equal(r.allocs[0].end, ALLOC_IMPLICIT);
	assert_int_equal(r.allocs[0].free_ns, 9000);
	assert_int_equal(a.implicit, 1);
	assert_int_equal(a.implicit_bytes, 256);
	assert_int_equal(a.live_bytes, 0);
	assert_int_equal(b.live_bytes, 256);
	assert_int_equal(b.waste_bytes, 156);
	run_check_sums(&r);
	run_end(&r);
}

static void test_null(void **state)
{
	static const char *const nulls[] = {
		NIL,	    "          (null)", "(null)", "(nil)",
		"00000000", "0000000000000010", "0x10",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(nulls) / sizeof(nulls[0]); i++) {
		char free1[64], alloc[96], free2[64];
		struct run r;

		snprintf(free1, sizeof(free1),
			 "0 .000001 kfree: call_site=g+0x4/0x10 ptr=%s",
			 nulls[i]);
		snprintf(
			alloc, sizeof(alloc),
			"0 .000002 kmalloc: call_site=f+0x8/0x20 ptr=%s bytes_req=40 bytes_alloc=64",
			nulls[i]);
		snprintf(free2, sizeof(free2),
			 "0 .000003 kfree: call_site=g+0x4/0x10 ptr=%s",
			 nulls[i]);
		run_events(&r, RUN_NOW, EVENTS(free1, alloc, free2));
		assert_int_equal(r.nallocs, 0);
		assert_int_equal(r.t->counts.unreadable, 0);
		assert_int_equal(r.t->counts.null_free, 2);
		assert_int_equal(run_row(&r, "g+0x4", KIND_MALLOC).null_free,
				 2);
		assert_int_equal(run_row(&r, "f+0x8", KIND_MALLOC).failed, 1);
		assert_int_equal(run_row(&r, "f+0x8", KIND_MALLOC).allocs, 0);
		run_end(&r);
	}
}

static void test_unmatched(void **state)
{
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("0 .000001 kmem_cache_free: call_site=g+0x4/0x10 ptr=$1 name=filp",
		       "0 .000002 kfree: call_site=g+0x4/0x10 ptr=$1"));
	assert_int_equal(r.t->counts.unmatched_free, 2);
	assert_int_equal(run_row(&r, "g+0x4", KIND_CACHE).unmatched_free, 1);
	assert_int_equal(run_row(&r, "g+0x4", KIND_MALLOC).unmatched_free, 1);
	assert_int_equal(r.nallocs, 0);
	run_end(&r);
}

static void test_hidden(void **state)
{
	struct rollup row;
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("0 .000001 kmalloc: call_site=f+0x8/0x20 ptr=(____ptrval____) bytes_req=40 bytes_alloc=64",
		       "0 .000002 kmalloc: call_site=f+0x8/0x20 ptr=(ptrval) bytes_req=40 bytes_alloc=64",
		       "0 .000003 kfree: call_site=g+0x4/0x10 ptr=(ptrval)"));
	row = run_row(&r, "f+0x8", KIND_MALLOC);
	assert_int_equal(row.allocs, 2);
	assert_int_equal(row.unknown, 2);
	assert_int_equal(row.total_bytes, 128);
	assert_int_equal(row.live_bytes, 0);
	assert_int_equal(r.allocs[1].end, ALLOC_UNKNOWN);
	assert_int_equal(r.t->counts.hidden_alloc, 2);
	assert_int_equal(r.t->counts.hidden_free, 1);
	assert_int_equal(r.t->counts.unmatched_free, 1);
	run_check_sums(&r);
	run_end(&r);
}

static void test_spaces(void **state)
{
	struct run r;

	(void)state;
	/* kfree of a cache's object is legal; percpu is another world. */
	run_events(
		&r, RUN_NOW,
		EVENTS("0 .000001 percpu_alloc_percpu: call_site=p+0x1/0x2 reserved=0 is_atomic=0 size=8 align=8 base_addr=$2 off=72 ptr=$1 bytes_alloc=8 gfp_flags=GFP_KERNEL",
		       "0 .000002 kmem_cache_alloc: call_site=a+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		       "0 .000003 mm_page_alloc: page=$2 pfn=0xffff888001000040 order=0 migratetype=0 gfp_flags=GFP_KERNEL",
		       "0 .000004 kfree: call_site=g+0x1/0x2 ptr=$1"));
	assert_int_equal(run_row(&r, "a+0x1", KIND_CACHE).frees, 1);
	assert_int_equal(run_row(&r, "p+0x1", KIND_PERCPU).live, 1);
	assert_int_equal(run_row(&r, "-", KIND_PAGE).live, 1);
	assert_int_equal(r.t->counts.unmatched_free, 0);
	run_end(&r);
}

static void test_cache_names(void **state)
{
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("0 .000001 kmem_cache_alloc: call_site=a+0x1/0x2 ptr=$1 bytes_req=64 bytes_alloc=64",
		       "0 .000002 kmem_cache_alloc: call_site=b+0x1/0x2 ptr=$2 name=pid bytes_req=64 bytes_alloc=64",
		       "0 .000003 kmem_cache_free: call_site=c+0x1/0x2 ptr=$1 name=filp"));
	assert_string_equal(run_name(&r, caches, r.allocs[0].cache), "filp");
	assert_int_equal(r.allocs[0].flags, ALLOC_CACHE_INFERRED);
	assert_string_equal(run_name(&r, caches, r.allocs[1].cache), "pid");
	assert_int_equal(r.allocs[1].flags, 0);
	run_end(&r);
}

/* What each site held at the highest point, not at its own. */
static void test_peak(void **state)
{
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("0 .000001 kmalloc: call_site=a+0x1/0x2 ptr=$1 bytes_req=1000 bytes_alloc=1024",
		       "0 .000002 kfree: call_site=a+0x1/0x2 ptr=$1",
		       "0 .000003 kmalloc: call_site=b+0x1/0x2 ptr=$2 bytes_req=2000 bytes_alloc=2048",
		       "0 .000004 kfree: call_site=a+0x1/0x2 ptr=$2",
		       "0 .000005 kmalloc: call_site=a+0x1/0x2 ptr=$1 bytes_req=1000 bytes_alloc=1024"));
	assert_int_equal(r.t->peak_bytes, 2048);
	assert_int_equal(r.t->peak_ns, 3000);
	assert_int_equal(run_row(&r, "a+0x1", KIND_MALLOC).peak_bytes, 0);
	assert_int_equal(run_row(&r, "b+0x1", KIND_MALLOC).peak_bytes, 2048);
	run_end(&r);
}

/* The stack of the allocation that makes the peak comes after it: the row of
 * that stack has it in the composition, the one without a stack has not. */
static void test_peak_with_stacks(void **state)
{
	uint64_t with = 0, without = 0;
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("0 .000001 kmalloc: call_site=make+0x1/0x2 ptr=$1 bytes_req=100 bytes_alloc=128",
		       "0 .000002 <stack trace>", " => __kmalloc", " => make",
		       "0 .000003 kmalloc: call_site=make+0x1/0x2 ptr=$2 bytes_req=500 bytes_alloc=512",
		       "0 .000004 <stack trace>", " => __kmalloc", " => make",
		       "0 .000005 kfree: call_site=make+0x1/0x2 ptr=$2"));
	for (size_t i = 0; i < r.t->nrollups; i++) {
		const struct rollup *x = &r.t->rollups[i];

		*(x->stack ? &with : &without) += x->peak_bytes;
	}
	assert_int_equal(r.t->peak_bytes, 640);
	assert_int_equal(with, 640);
	assert_int_equal(without, 0);
	run_end(&r);
}

/* Nor one that had been freed when the peak came. */
static void test_peak_moves_once(void **state)
{
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("0 .000001 kmalloc: call_site=make+0x1/0x2 ptr=$1 bytes_req=500 bytes_alloc=512",
		       "0 .000002 kfree: call_site=make+0x1/0x2 ptr=$1",
		       "0 .000003 kmalloc: call_site=make+0x1/0x2 ptr=$2 bytes_req=100 bytes_alloc=128",
		       "0 .000004 <stack trace>", " => __kmalloc", " => make"));
	for (size_t i = 0; i < r.t->nrollups; i++)
		assert_int_equal(r.t->rollups[i].peak_bytes,
				 r.t->rollups[i].stack ? 0 : 512);
	assert_int_equal(r.t->peak_bytes, 512);
	run_end(&r);
}

static void test_timeline(void **state)
{
	static char text[600 * 1000];
	const struct timeline_point *p;
	size_t at = 0;
	struct run r;

	(void)state;
	for (int i = 0; i < 3000; i++)
		at += (size_t)snprintf(
			text + at, sizeof(text) - at,
			"            bash-1234    [000] .....  %4d.000000: kmalloc: call_site=f+0x8/0x20 ptr=ffff8880%08x bytes_req=40 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1 accounted=false\n",
			i, 0x1000 + i * 64);
	run_text(&r, text);
	assert_in_range(r.t->ntimeline, 500, 1024);
	p = &r.t->timeline[r.t->ntimeline - 1];
	assert_int_equal(p->live[KIND_MALLOC], 3000 * 64);
	assert_int_equal(p->top_bytes, 3000 * 64);
	assert_int_equal(p->waste_bytes, 3000 * 24);
	for (size_t i = 1; i < r.t->ntimeline; i++) {
		p = &r.t->timeline[i];
		assert_true(p->start_ns > p[-1].start_ns);
		assert_true(p->live[KIND_MALLOC] >= p[-1].live[KIND_MALLOC]);
		assert_int_equal(p->waste_bytes * 64,
				 p->live[KIND_MALLOC] * 24);
	}
	run_end(&r);
}

/* Rostedt's d1a291437f75: 979 live objects of 56 bytes in slots of 64 and
 * 2,301 of 48: what a cache of their own would save is their waste, less the
 * slots such a cache would keep empty. */
static void test_published_numbers(void **state)
{
	static char text[3280 * 180];
	struct rollup a, b;
	size_t at = 0;
	struct run r;

	(void)state;
	for (int i = 0; i < 979 + 2301; i++)
		at += (size_t)snprintf(
			text + at, sizeof(text) - at,
			"            bash-1234    [000] .....     0.000001: kmalloc: call_site=%s ptr=ffff8880%08x bytes_req=%d bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1 accounted=false\n",
			i < 979 ? "a+0x1/0x2" : "b+0x1/0x2", 0x1000 + i * 64,
			i < 979 ? 56 : 48);
	run_text(&r, text);
	a = run_row(&r, "a+0x1", KIND_MALLOC);
	b = run_row(&r, "b+0x1", KIND_MALLOC);
	assert_int_equal(a.waste_bytes - (1005 - 979) * 56, 6376);
	assert_int_equal(b.waste_bytes - (2310 - 2301) * 48, 36384);
	run_end(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_freed_and_live),
		cmocka_unit_test(test_implicit),
		cmocka_unit_test(test_null),
		cmocka_unit_test(test_unmatched),
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_spaces),
		cmocka_unit_test(test_cache_names),
		cmocka_unit_test(test_peak),
		cmocka_unit_test(test_peak_with_stacks),
		cmocka_unit_test(test_peak_moves_once),
		cmocka_unit_test(test_timeline),
		cmocka_unit_test(test_published_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
