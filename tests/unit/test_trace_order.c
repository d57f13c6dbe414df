/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Logs whose times run backwards: the files of several CPUs in a row, two
 * boots, and lines that somebody mixed.
 */
#include "trace_run.h"
#include "trace/trace_reader.h"

#define CPU(n, time) "            bash-1234    [00" #n "] .....   " time ": "
#define KMALLOC(req, ptr)                                                      \
	"kmalloc: call_site=fun+0x1 ptr=" ptr " bytes_req=" req                \
	" bytes_alloc=64 gfp_flags=GFP_KERNEL\n"
#define KFREE(ptr) "kfree: call_site=g+0x1 ptr=" ptr "\n"

static void start(struct run *r, const char *text, bool can_rerun, bool merge)
{
	struct trace_options options = {
		.can_rerun = can_rerun,
		.merge = merge,
	};

	*r = (struct run){ .text = text, .left = strlen(text) };
	assert_int_equal(trace_reader_open_source(
				 "log", (struct input_source){ r, run_read },
				 &options, &r->reader, &r->e),
			 0);
	r->failed = trace_reader_run(r->reader,
				     (struct trace_sink){ r, run_take }, &r->e);
	r->t = trace_reader_result(r->reader);
}

/* As an import does: once, and again where it must be. */
static void run_order(struct run *r, const char *text)
{
	start(r, text, true, false);
	if (!r->failed)
		return;
	assert_true(trace_reader_wants_merge(r->reader));
	run_end(r);
	start(r, text, true, true);
	assert_int_equal(r->failed, 0);
	for (size_t i = 0; i < r->nallocs && i < RUN_ALLOCS; i++) {
		if (r->allocs[i].end != ALLOC_LIVE &&
		    r->allocs[i].end != ALLOC_UNKNOWN)
			assert_true(r->allocs[i].free_ns >=
				    r->allocs[i].alloc_ns);
	}
	run_check_sums(r);
}

/* cat per_cpu/cpu?/trace: a free on one CPU of what another allocated. */
#define CPU0                                                                   \
	"# tracer: nop\n" CPU(0, "100.000011") KFREE(                          \
		P1) CPU(0, "100.000015") KMALLOC("20", P1)                     \
		CPU(0, "100.000016") "<stack trace>\n => fun\n => top\n"
#define CPU1                                                                    \
	"# tracer: nop\n" CPU(1, "100.000007") KMALLOC("29", P1)                \
		CPU(1, "100.000007") "<stack trace>\n => fun\n => other\n" CPU( \
			1, "100.000020") KFREE(P1)

static void test_cpus(void **state)
{
	static const char *const orders[] = { CPU0 CPU1, CPU1 CPU0 };
	struct run r;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		run_order(&r, orders[i]);
		assert_int_equal(r.nallocs, 2);
		assert_int_equal(r.allocs[0].bytes_req, 29);
		assert_int_equal(r.allocs[0].free_ns - r.allocs[0].alloc_ns,
				 4000);
		assert_int_equal(r.allocs[1].bytes_req, 20);
		assert_int_equal(r.allocs[1].free_ns - r.allocs[1].alloc_ns,
				 5000);
		assert_int_equal(r.allocs[1].end, ALLOC_FREED);
		assert_int_equal(r.t->counts.unmatched_free, 0);
		assert_int_equal(r.t->counts.lines, 12);
		assert_int_equal(r.t->counts.stacks, 2);
		assert_int_equal(r.t->counts.stray_stacks, 0);
		assert_int_not_equal(r.allocs[0].stack, r.allocs[1].stack);
		assert_int_equal(r.t->counts.begin_ns, 100000007000);
		assert_false(r.t->counts.disordered);
		run_end(&r);
	}
}

/* One that comes from a pipe cannot be read again. */
static void test_pipe(void **state)
{
	struct run r;

	(void)state;
	start(&r, CPU0 CPU1, false, false);
	assert_int_equal(r.failed, 0);
	assert_true(r.t->counts.disordered);
	assert_non_null(strstr(r.t->counts.remark, "import it from a file"));
	for (size_t i = 0; i < r.nallocs; i++)
		assert_true(r.allocs[i].end == ALLOC_LIVE ||
			    r.allocs[i].free_ns >= r.allocs[i].alloc_ns);
	run_end(&r);
}

/* In order nothing is read twice. */
static void test_in_order(void **state)
{
	struct run r;

	(void)state;
	start(&r,
	      CPU(1, "1.000001") KMALLOC("1", P1) CPU(0, "1.000001") KFREE(P1),
	      true, false);
	assert_int_equal(r.failed, 0);
	assert_string_equal(r.t->counts.remark, "");
	run_end(&r);
}

/* Of equal times the earlier file's comes first: a free after its allocation. */
static void test_equal_times(void **state)
{
	struct run r;

	(void)state;
	run_order(&r, "# tracer: nop\n" CPU(0, "100.000011") KMALLOC(
			      "29", P1) "# tracer: nop\n" CPU(1, "100.000007")
			      KMALLOC("20", P2) CPU(1, "100.000011") KFREE(P1));
	assert_int_equal(r.t->counts.unmatched_free, 0);
	assert_int_equal(r.nallocs, 2);
	assert_int_equal(r.allocs[0].bytes_req, 29);
	assert_int_equal(r.allocs[0].end, ALLOC_FREED);
	run_end(&r);
}

/* The pointer of the first boot is not that of the second. */
#define BOOT1                                                                  \
	CPU(0, "50.000001")                                                    \
	KMALLOC("29", P1)                                                      \
	CPU(0, "60.000001") KMALLOC("30", P2) CPU(1, "60.000002") KFREE(P2)
#define BOOT2(t)                                                               \
	CPU(0, t ".000001")                                                    \
	KFREE(P1)                                                              \
	CPU(0, t ".000002") KMALLOC("40", P1) CPU(1, t ".000003") KFREE(P1)

static void check_boots(const char *text)
{
	struct run r;

	run_order(&r, text);
	assert_int_equal(r.nallocs, 3);
	assert_int_equal(r.allocs[0].bytes_req, 30);
	assert_int_equal(r.allocs[0].end, ALLOC_FREED);
	assert_int_equal(r.allocs[1].bytes_req, 29);
	assert_int_equal(r.allocs[1].end, ALLOC_UNKNOWN);
	assert_int_equal(r.allocs[2].bytes_req, 40);
	assert_int_equal(r.allocs[2].end, ALLOC_FREED);
	assert_int_equal(r.t->counts.unmatched_free, 1);
	assert_int_equal(run_row(&r, "fun+0x1", KIND_MALLOC).unknown, 1);
	assert_int_equal(run_row(&r, "fun+0x1", KIND_MALLOC).live_bytes, 0);
	assert_false(r.t->counts.disordered);
	assert_non_null(strstr(r.t->counts.remark, "2 boots"));
	run_end(&r);
}

static void test_boots(void **state)
{
	(void)state;
	check_boots(BOOT1
		    "[    0.000000] Linux version 6.1.0 (gcc)\n" BOOT2("55"));
	/* No word of it, but the clock began anew. */
	check_boots(BOOT1 BOOT2("3"));
}

/* Lines of one CPU that changed places belong to no run. */
static void test_mixed(void **state)
{
	struct run r;

	(void)state;
	run_order(&r, CPU(0, "100.000009") KFREE(P1) CPU(0, "100.000007")
			      KMALLOC("29", P1) CPU(0, "100.000010") KFREE(P2));
	assert_true(r.t->counts.disordered);
	assert_non_null(strstr(r.t->counts.remark, "run backwards"));
	run_end(&r);
}

/* More runs than are merged: read as it is, in bounded memory. */
static void test_too_many(void **state)
{
	size_t lines = 5000, room = lines * 200, len = 0;
	char *text = malloc(room);
	struct run r;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < lines; i++)
		len += (size_t)snprintf(
			text + len, room - len,
			"            bash-1234    [%03zu] .....   1.%06zu: " KFREE(
				P1),
			i, lines - i);
	run_order(&r, text);
	assert_true(r.t->counts.disordered);
	assert_int_equal(r.t->counts.events[EVENT_KFREE], lines);
	run_end(&r);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cpus),
		cmocka_unit_test(test_pipe),
		cmocka_unit_test(test_in_order),
		cmocka_unit_test(test_equal_times),
		cmocka_unit_test(test_boots),
		cmocka_unit_test(test_mixed),
		cmocka_unit_test(test_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
