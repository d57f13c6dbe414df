/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text traces beyond the single line: noise, cuts, stacks, refusals.
 */
#include "trace_run.h"

/* The line that the project's founding KASLR offsets show. */
static void test_founding_example(void **state)
{
	struct rollup row;
	struct run r;

	(void)state;
	run_text(
		&r,
		"  linuxrc-1  [000]  0.310577: kmalloc: call_site=c00a0d7c ptr=c7c92c40 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n");
	row = run_row(&r, "c00a0d7c", KIND_MALLOC);
	assert_int_equal(row.waste_bytes, 35);
	assert_int_equal(row.live_bytes, 64);
	assert_int_equal(r.t->counts.pointer_bits, 32);
	run_end(&r);
}

#define HEAD "            bash-1234    [001] .....     1.000001: "

static void test_pages_and_percpu(void **state)
{
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("1 .000001 mm_page_alloc: page=ffffea0007c5c280 pfn=0x1f170a order=2 migratetype=1 gfp_flags=GFP_KERNEL",
		       "1 .000001 mm_page_free: page=ffffea0007c5c280 pfn=0x1f170a order=2",
		       "1 .000001 mm_page_alloc: page=ffffea0007c5c280 pfn=2037514 order=0 migratetype=0 gfp_flags=GFP_KERNEL",
		       "1 .000001 mm_pagevec_free: page=ffffea0007c5c280 pfn=2037514 order=0 cold=0",
		       "1 .000001 mm_page_alloc: page=          (null) pfn=0 order=9 migratetype=0 gfp_flags=GFP_KERNEL",
		       "1 .000001 percpu_alloc_percpu: reserved=0 is_atomic=0 size=8 align=8 base_addr=ffffe8ffffc00000 off=72 ptr=000060fffec00048",
		       "1 .000001 percpu_alloc_percpu: call_site=g+0x1/0x2 reserved=0 is_atomic=0 size=8 align=8 base_addr=ffffe8ffffc00000 off=80 ptr=000060fffec00050 bytes_alloc=16 gfp_flags=GFP_KERNEL",
		       "1 .000001 percpu_free_percpu: base_addr=ffffe8ffffc00000 off=72 ptr=000060fffec00048"));
	run_check_sums(&r);
	assert_int_equal(r.t->counts.unreadable, 0);
	assert_int_equal(run_row(&r, "-", KIND_PAGE).allocs, 2);
	assert_int_equal(run_row(&r, "-", KIND_PAGE).frees, 2);
	assert_int_equal(run_row(&r, "-", KIND_PAGE).failed, 1);
	assert_int_equal(run_row(&r, "-", KIND_PAGE).total_bytes, 5 * 4096);
	assert_int_equal(run_row(&r, "-", KIND_PERCPU).frees, 1);
	assert_int_equal(run_row(&r, "g+0x1", KIND_PERCPU).waste_bytes, 8);
	assert_int_equal(r.t->peak_bytes, 0);
	run_end(&r);
}

#define ALLOC(ptr)                                                             \
	"kmalloc: call_site=f+0x8/0x20 ptr=" ptr                               \
	" bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1\n"

static void test_noise_is_counted(void **state)
{
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("# tracer: nop", "#",
		       "# entries-in-buffer/entries-written: 100/250   #P:2",
		       "[    1.000000] usb 1-1: new device\r",
		       "##### CPU 1 buffer started ####",
		       "CPU:1 [LOST 12 EVENTS]", "CPU:0 [LOST EVENTS]",
		       "CPU:1 [30 EVENTS DROPPED]", "CPU:0 [EVENTS DROPPED]",
		       "1 .000001 kmalloc: call_site=f+0x8/0x20 ptr=$1 bytes_req=29 bytes_alloc=64",
		       "1 .000001 rss_stat: mm_id=1 curr=0 type=MM_ANONPAGES size=4B",
		       "1 .000001 kmalloc: call_site=f+0x8/0x20 ptr=$2 bytes_req=29 byt[    1.000000] usb 1-1: torn",
		       ""));
	assert_int_equal(r.t->counts.lines, 13);
	assert_int_equal(r.t->counts.noise, 10);
	assert_int_equal(r.t->counts.others, 1);
	assert_int_equal(r.t->counts.unreadable, 1);
	assert_int_equal(r.t->counts.overwritten, 150);
	assert_int_equal(r.t->counts.lost, 42);
	assert_int_equal(r.t->counts.lost_unknown, 2);
	assert_int_equal(r.nallocs, 1);
	assert_int_equal(r.t->names->other_counts[1], 1);
	assert_string_equal(run_name(&r, others, 1), "rss_stat");
	run_end(&r);
}

/* Cuts that are certain, and cuts that are not. */
static void test_wrapped_lines(void **state)
{
	static const struct {
		const char *text;
		size_t allocs, joined, unreadable;
	} cases[] = {
		/* at a blank, by an editor */
		{ HEAD "kmalloc: call_site=f+0x8/0x20 ptr=" P1 "\n"
		       "bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n",
		  1, 1, 0 },
		{ HEAD "kmalloc: call_site=f+0x8/0x20\n#   ptr=" P1 "\n"
		       "#   bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n",
		  1, 1, 0 },
		/* before the event's name */
		{ HEAD "\n" ALLOC(P1), 1, 1, 0 },
		/* within a key, by a terminal */
		{ HEAD "kmalloc: call_site=f+0x8/0x20 ptr=" P1 " bytes_re\n"
		       "q=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n",
		  1, 1, 0 },
		/* within a value that a known key follows */
		{ HEAD "kmalloc: call_site=f+0x8/0x20 ptr=" P1 " bytes_req=2\n"
		       "9 bytes_alloc=64 gfp_flags=GFP_KERNEL\n",
		  1, 1, 0 },
		{ HEAD
		  "kmalloc: call_site=f+0x8/0x20 ptr=ffff88800100\n"
		  "0040 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n",
		  1, 1, 0 },
		/* complete, but followed by the rest of its last number */
		{ HEAD "kmalloc: call_site=f+0x8/0x20 ptr=" P1
		       " bytes_req=4 bytes_alloc=6\n4 gfp_flags=GFP_KERNEL\n",
		  1, 1, 0 },
		/* complete, and only the flags were cut */
		{ HEAD "kmalloc: call_site=f+0x8/0x20 ptr=" P1
		       " bytes_req=29 bytes_alloc=64\n[    1.0] usb\n",
		  1, 0, 0 },
		/* something else comes next */
		{ HEAD "kmalloc: call_site=f+0x8/0x20 ptr=" P1
		       " bytes_req=2\n" HEAD ALLOC(P2),
		  1, 0, 1 },
		{ HEAD "kmalloc: call_site=f+0x8/0x20 ptr=" P1 " bytes_req=2\n"
		       "9 lives\n" HEAD ALLOC(P2),
		  1, 0, 1 },
		/* the input ends within the last line */
		{ HEAD ALLOC(P1) HEAD "kmalloc: call_site=f+0x8/0x20 ptr=" P2
				      " bytes_req=29 bytes_alloc=6",
		  1, 0, 1 },
		{ HEAD ALLOC(P1) HEAD
		  "kfree: call_site=f+0x8/0x20 ptr=ffff8880",
		  1, 0, 1 },
		/* two lines printed into one */
		{ HEAD ALLOC(P1) HEAD "kmalloc: call_site=f+0x8/0x20 ptr=" P2
				      " bytes_req=2" HEAD ALLOC(P2),
		  1, 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r;

		run_text(&r, cases[i].text);
		if (r.nallocs != cases[i].allocs ||
		    r.t->counts.unreadable != cases[i].unreadable)
			print_message("case %zu: %s\n", i, cases[i].text);
		assert_int_equal(r.nallocs, cases[i].allocs);
		assert_int_equal(r.t->counts.joined, cases[i].joined);
		assert_int_equal(r.t->counts.unreadable, cases[i].unreadable);
		assert_int_equal(r.allocs[0].bytes_alloc, 64);
		run_end(&r);
	}
}

static void test_carriage_returns(void **state)
{
	struct run r;

	(void)state;
	run_text(&r, "booting...\r" HEAD "kfree: call_site=g+0x1/0x2 ptr=" P2
		     "\rlogin: \n\r" HEAD ALLOC(P1) "\n");
	assert_int_equal(r.nallocs, 1);
	assert_int_equal(r.t->counts.unmatched_free, 1);
	run_end(&r);
}

static void test_stacks(void **state)
{
	const uint32_t *frames;
	struct rollup row;
	struct run r;
	size_t n;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("1 .000001 kmalloc: call_site=f+0x8/0x20 ptr=$1 bytes_req=29 bytes_alloc=64",
		       "1 .000001 <stack trace>",
		       " => trace_event_raw_event_kmalloc",
		       " => f <ffffffff815c6c21>", " => g+0x10/0x20 [mod]",
		       "1 .000001 <user stack trace>",
		       " =>  <00007f1234567890>",
		       "1 .000001 mm_page_alloc: page=ffffea0007c5c280 pfn=0x1f170a order=0 migratetype=1 gfp_flags=GFP_KERNEL",
		       "1 .000001 kernel_stack:         <stack trace >",
		       "=> __alloc_pages (ffffffff8113a64b)",
		       "=> pipe_write (ffffffff8113f72e)",
		       "1 .000001 rss_stat: mm_id=1 curr=0 type=MM_ANONPAGES size=4B",
		       "1 .000001 <stack trace>", " => not_of_an_allocation"));
	assert_int_equal(r.nallocs, 2);
	assert_int_equal(r.t->counts.unreadable, 0);
	frames = trace_names_stack(r.t->names, r.allocs[0].stack, &n);
	assert_int_equal(n, 3);
	assert_int_equal(trace_names_site(r.t->names, frames[1]).addr,
			 0xffffffff815c6c21);
	assert_string_equal(run_name(&r, sites, frames[2]),
			    "g+0x10/0x20 [mod]");
	assert_int_equal(run_row(&r, "f+0x8", KIND_MALLOC).allocs, 1);
	row = run_row(&r, "pipe_write", KIND_PAGE);
	assert_int_equal(row.live_bytes, 4096);
	assert_int_equal(run_row(&r, "-", KIND_PAGE).allocs, 0);
	run_check_sums(&r);
	run_end(&r);
}

/* An interrupt's allocation and its stack come between an allocation and its
 * own stack; a free without a stack, too. */
static void test_nested_stacks(void **state)
{
	static const char *const nested[] = {
		"1 .000001 kmalloc: call_site=task+0x8/0x20 ptr=$1 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
		"1 .000001 kmalloc: call_site=irq+0x8/0x20 ptr=$2 bytes_req=100 bytes_alloc=128 gfp_flags=GFP_ATOMIC node=-1",
		"1 .000001 <stack trace>",
		" => irq",
		" => handler",
		" => task",
		" => main",
		"1 .000001 kfree: call_site=irq+0x18/0x20 ptr=0000000000000000",
		"1 .000001 <stack trace>",
		" => task",
		" => main",
		"1 .000001 <stack trace>",
		" => somebody_else",
		NULL,
	};
	struct run r;
	size_t n;

	(void)state;
	run_events(&r, RUN_NOW, nested);
	assert_int_equal(r.nallocs, 2);
	for (size_t i = 0; i < 2; i++) {
		bool task = r.allocs[i].bytes_req == 29;
		const uint32_t *frames =
			trace_names_stack(r.t->names, r.allocs[i].stack, &n);

		assert_int_equal(n, task ? 2 : 4);
		assert_string_equal(run_name(&r, sites, frames[0]),
				    task ? "task" : "irq");
	}
	assert_int_equal(r.t->counts.stacks, 3);
	assert_int_equal(r.t->counts.stray_stacks, 1);
	run_check_sums(&r);
	run_end(&r);
}

/* Words of a stack before an event, an arrow after its values. */
static void test_event_with_arrow(void **state)
{
	struct run r;

	(void)state;
	run_events(
		&r, RUN_NOW,
		EVENTS("1 .000001 <stack trace>",
		       "kmalloc: call_site=f+0x8/0x20 ptr=$1 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL => x",
		       "1 .000001 <stack trace>",
		       "=> kmalloc: call_site=f+0x8/0x20 ptr=$2 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL"));
	assert_int_equal(r.nallocs + r.t->counts.unreadable, 2);
	run_end(&r);
}

static void test_perf_stack(void **state)
{
	struct run r;

	(void)state;
	run_text(
		&r,
		"            bash  1234 [001]     1.000001: kmem:" ALLOC(
			"0x" P1) "\tffffffff8a2b1234 __kmalloc+0x10 ([kernel.kallsyms])\n"
				 "\tffffffff8a2b5678 f+0x8 ([kernel.kallsyms])\n"
				 "\n");
	assert_int_equal(r.nallocs, 1);
	assert_int_not_equal(r.allocs[0].stack, 0);
	assert_int_equal(r.t->counts.unreadable, 0);
	run_end(&r);
}

static void test_refusals(void **state)
{
	static const struct {
		const char *text, *word;
	} cases[] = {
		{ "", "is empty" },
		{ "# tracer: nop\n13970 1 2669749444540 type: 658\n"
		  "13970 1 2669749444541 type: 658\n",
		  "noraw" },
		{ "# tracer: nop\n00003692 00000001 0000026d99779fbc type: 658\n\n00003692 00000001 0000026d99779fbc type: 658\n",
		  "nohex" },
		{ "# tracer: nop\n\1\2\3\4\5\6\a\b", "nobin" },
		{ "PERFILE2", "perf script" },
		{ "\177ELF\2\1\1", "ELF" },
		{ "\1\2\3\4\5\6", "neither text" },
		{ "ffffffff81000000 T _text\n", "--kallsyms" },
		{ "hello\n", "no trace event" },
		{ HEAD "rss_stat: mm_id=1 curr=0\n", "without kmem events" },
		{ "\x17\x08\x44tracing7", "libtracecmd" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r;

		run_bytes(&r, cases[i].text, strlen(cases[i].text), 0);
		assert_int_equal(r.failed, -(int)ERR_FORMAT);
		if (!strstr(r.e.text, cases[i].word))
			print_message("%s\n", r.e.text);
		assert_non_null(strstr(r.e.text, cases[i].word));
		run_end(&r);
	}
}

/* A line without end must not become memory without end. */
static void test_endless_line(void **state)
{
	size_t len = 1024 * 1024;
	char *text = malloc(len);
	struct run r;

	(void)state;
	assert_non_null(text);
	memset(text, 'x', len);
	memcpy(text + len - 300, "\n" HEAD ALLOC(P1),
	       sizeof("\n" HEAD ALLOC(P1)) - 1);
	run_bytes(&r, text, len, 4096);
	assert_int_equal(r.failed, 0);
	assert_int_equal(r.nallocs, 1);
	assert_int_equal(r.t->counts.unreadable, 1);
	run_end(&r);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_founding_example),
		cmocka_unit_test(test_pages_and_percpu),
		cmocka_unit_test(test_noise_is_counted),
		cmocka_unit_test(test_wrapped_lines),
		cmocka_unit_test(test_carriage_returns),
		cmocka_unit_test(test_stacks),
		cmocka_unit_test(test_nested_stacks),
		cmocka_unit_test(test_event_with_arrow),
		cmocka_unit_test(test_perf_stack),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_endless_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
