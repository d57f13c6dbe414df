/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines that are no plain event: stacks of perf and function_graph, probes,
 * and what carries an event's values without being one.
 */
#include "trace_run.h"

#define KMALLOC1                                                               \
	"kmalloc: call_site=ffffffff810f1234 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL"
#define KMALLOC2                                                               \
	"kmalloc: call_site=ffffffff810f1250 ptr=ffff88003d5a3fc0 bytes_req=40 bytes_alloc=64 gfp_flags=GFP_KERNEL"
#define KFREE "kfree: call_site=ffffffff810f1300 ptr=ffff88003d5a3f80"

/* The stack of an event, with addresses of any length. */
static void test_perf_stacks(void **state)
{
	struct run r;

	(void)state;
	run_text(&r, "bash  1234 [001]   100.000007: kmem:" KMALLOC1 "\n"
		     "\tffffffff810f1234 foo+0x14 ([kernel.kallsyms])\n"
		     "\t           12a4 main+0x4 (/bin/bash)\n"
		     "\t              0 [unknown] ([unknown])\n"
		     "\n"
		     "dd  1234 [001]   100.000009: kmem:" KMALLOC2 "\n"
		     "\tffffffff810f1250 foo+0x30 ([kernel.kallsyms])\n"
		     "\t              4 [unknown] ([unknown])\n"
		     "\n"
		     "bash  1234 [001]   100.000011: kmem:" KFREE "\n");
	assert_int_equal(r.t->counts.unreadable, 0);
	assert_int_equal(r.t->names->stacks.count, 3);
	assert_int_equal(intern_get(&r.t->names->stacks, 1).len,
			 3 * sizeof(uint32_t));
	assert_int_equal(intern_get(&r.t->names->stacks, 2).len,
			 2 * sizeof(uint32_t));
	run_end(&r);
}

static void test_function_graph_pages(void **state)
{
	struct run r;

	(void)state;
	run_text(
		&r,
		" 24)               |  /* mm_page_alloc: page=ffffea000411b380 pfn=1066702 order=0 migratetype=0 gfp_flags=GFP_KERNEL */\n"
		" 24)               |  /* <stack trace>\n"
		" => __alloc_pages\n => foo\n */\n"
		" 24) @ 184015.2 us |  }\n");
	assert_int_equal(r.nallocs, 1);
	assert_int_equal(r.allocs[0].ptr, 1066702);
	assert_int_equal(r.allocs[0].cpu, 24);
	assert_int_equal(r.allocs[0].bytes_alloc, 4096);
	assert_int_equal(r.t->counts.stacks, 1);
	assert_int_equal(r.t->counts.unreadable, 0);
	run_end(&r);
}

/* ---- what carries a key of these events is never silent ---- */

#define COLUMNS "            bash-1234    [001] .....   100.000007: "

static void test_nothing_is_silent(void **state)
{
	static const struct {
		const char *line;
		size_t events, others, unreadable;
	} lines[] = {
		{ COLUMNS "     (+2) " KMALLOC1, 1, 0, 0 },
		{ COLUMNS "         " KMALLOC1, 1, 0, 0 },
		{ COLUMNS "1 K " KMALLOC1, 1, 0, 0 },
		{ COLUMNS "1 call_site=f+0x1 ptr=ffff88003d5a3f80", 0, 0, 1 },
		{ COLUMNS "kmallox: call_site=f+0x1 ptr=ffff88003d5a3f80", 0, 0,
		  1 },
		{ COLUMNS "1: ptr=ffff88003d5a3f80", 0, 0, 1 },
		{ COLUMNS "page=ffffea000411b380 pfn=12 order=0", 0, 0, 1 },
		{ "call_site=f+0x1 ptr=ffff88003d5a3f80", 0, 0, 1 },
		{ "x bytes_req=12", 0, 0, 1 },
		{ "x ptr=ffff88003d5a3f80", 0, 0, 1 },
		{ "x pfn=12", 0, 0, 1 },
		{ "x mypfn=12", 0, 0, 0 },
		/* an event next to what is no event's */
		{ "=> " COLUMNS KMALLOC1, 1, 0, 0 },
		{ COLUMNS "<stack trace> " KMALLOC1, 1, 0, 0 },
		{ "<user stack trace> " KMALLOC1, 1, 0, 0 },
		{ "x <stack trace\n => " COLUMNS KMALLOC1, 1, 0, 0 },
		{ "x <stack trace\n 81000000 x " KMALLOC1, 1, 0, 0 },
		{ "call_site=f+0x1 <stack trace>", 0, 0, 1 },
		{ "PERF_RECORD_LOST lost call_site=f+0x1", 0, 0, 1 },
		{ "\033]0;" KMALLOC1 "\a", 1, 0, 0 },
		{ KMALLOC1 " x   0 [001] 0: <user", 1, 0, 0 },
		{ COLUMNS
		  "mm_page_alloc_zone_locked: page=ffffea000411b380 pfn=12 order=0",
		  0, 1, 0 },
		{ COLUMNS "sched_wakeup: comm=bash pid=1 prio=120", 0, 1, 0 },
		/* a probe that is called like an event */
		{ " w.Thread 99877 [000] 200.707289: probe:kmem_cache_alloc: (ffffffff999fadc0) name=\"kmalloc-1024\"",
		  0, 1, 0 },
		{ COLUMNS
		  "kmem_cache_alloc: (kmem_cache_alloc+0x0/0x10) name=\"x\"",
		  0, 1, 0 },
		{ "99877 200.707289: probe:kmalloc: (ffffffff999fadc0) ptr=0x12",
		  0, 1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char buf[1024];
		struct run r;

		/* One that is read, so that there is a trace. */
		snprintf(buf, sizeof(buf), "%s\n%s%s\n", lines[i].line, COLUMNS,
			 KFREE);
		run_text(&r, buf);
		assert_int_equal(r.t->counts.events[EVENT_KMALLOC],
				 lines[i].events);
		assert_int_equal(r.t->counts.others, lines[i].others);
		assert_int_equal(r.t->counts.unreadable, lines[i].unreadable);
		run_end(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_perf_stacks),
		cmocka_unit_test(test_function_graph_pages),
		cmocka_unit_test(test_nothing_is_silent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
