/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One story, after every prefix and in every layout that a tool can make of
 * it: the numbers are always the same.
 */
#include "trace_run.h"

#define KMALLOC1                                                               \
	"kmalloc: call_site=ffffffff810f1234 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL"
#define KMALLOC2                                                               \
	"kmalloc: call_site=ffffffff810f1250 ptr=ffff88003d5a3fc0 bytes_req=40 bytes_alloc=64 gfp_flags=GFP_KERNEL"
#define KFREE "kfree: call_site=ffffffff810f1300 ptr=ffff88003d5a3f80"

static const char *const story[] = { KMALLOC1, KMALLOC2, KFREE };
static const uint64_t when_us[] = { 100000007, 100000009, 100000011 };

/* What the story's text must have said beside the numbers. */
enum knows {
	COMM = 1 << 0,
	PID = 1 << 1,
	CPU = 1 << 2,
	TIME = 1 << 3,
	TASK = COMM | PID,
	ALL = COMM | PID | CPU | TIME,
};

static bool alloc_is_told(const struct run *r, size_t i, unsigned int knows,
			  const char *comm)
{
	const struct allocation *a = &r->allocs[i];

	return !strcmp(run_name(r, comms, a->comm), knows & COMM ? comm : "") &&
	       !strcmp(run_name(r, gfps, a->gfp), "GFP_KERNEL") &&
	       a->pid == (knows & PID ? 1234 : EVENT_PID_NONE) &&
	       a->cpu == (knows & CPU ? 1 : EVENT_CPU_NONE) &&
	       a->alloc_ns == (knows & TIME ? when_us[i] * 1000 : 0);
}

static bool story_is_told(const struct run *r, unsigned int knows,
			  const char *comm)
{
	const struct trace_counts *c = &r->t->counts;
	struct rollup one = run_row(r, "ffffffff810f1234", KIND_MALLOC);
	struct rollup two = run_row(r, "ffffffff810f1250", KIND_MALLOC);

	return c->unreadable == 0 && c->others == 0 && c->unmatched_free == 0 &&
	       c->events[EVENT_KMALLOC] == 2 && c->events[EVENT_KFREE] == 1 &&
	       c->no_time == !(knows & TIME) && r->nallocs == 2 &&
	       one.frees == 1 && one.total_waste_bytes == 35 &&
	       two.live_bytes == 64 && two.waste_bytes == 24 &&
	       alloc_is_told(r, 0, knows, comm) &&
	       alloc_is_told(r, 1, knows, comm);
}

/* Runs the text: is it the story, and does it say what it knows? */
static void check_story(const char *text, unsigned int knows, const char *comm)
{
	struct run r;
	bool told;

	run_text(&r, text);
	told = story_is_told(&r, knows, comm);
	if (!told)
		print_message("not the story:\n%s", text);
	assert_true(told);
	run_end(&r);
}

/* ---- consoles and collectors ---- */

/* As put_filled takes them. */
static const char *const prefixes[] = {
	"",
	"<4>",
	"[   99.00000%T] ",
	"<6>[   99.00000%T] ",
	"[   99.00000%T] [    T1] ",
	"[   99.00000%T][    T1] ",
	"[   99.00000%T][ C1] ",
	"<4>[   99.00000%T][  T123] ",
	"2024-01-01T10:00:00.12%T [   99.00000%T] ",
	"2024-01-01T10:00:00.12%TZ [   99.00000%T] ",
	"2024-01-01T10:00:00+00:00 board kernel: [   99.00000%T] ",
	"2024-01-01 10:00:00.12%T [   99.00000%T] ",
	"Jan 01 10:00:00 board kernel: [   99.00000%T] ",
	"Jan  1 10:00:00 board kernel: ",
	"Jan  1 10:00:00 board kernel[12]: ",
	"Jan 01 10:00:00 my-board-7 kernel: <4>",
	"4,100%T,99000000,-;",
	"4,100%T,99000000,-,caller=T1;",
	"<6>[   99.00000%T] -(1)[1234:bash]",
	"<6>[   99.00000%T]  (0)[1234:bash]",
	"[   99.00000%T] <1>.(1)[1234:bash]",
	"[   99.00000%T]  [1:           bash: 1234] ",
	"[   99.00000%T] I[1:bash: 1234] ",
	"<6>[   99.00000%T][1:bash: 1234] ",
	"[   99.00000%T] c1   1234 (bash) ",
	"01-01 10:00:00.12%T  1234  1234 I kernel  : ",
	"01-01 10:00:00.12%T I/kernel  ( 1234): ",
	"01-01 10:00:00.12%T root  1234  1234 E KERNEL: ",
	"D/kernel(    0): ",
	"[10:00:00.12%T] ",
	"[10:00:00] [   99.00000%T] ",
	"[2024-01-01 10:00:00] ",
	"[Mon Jan  1 10:00:00 2024] ",
	"[+0.00000%T] ",
	"10:00:00 | ",
	"10:00:00.12%T -> ",
	"1704103200.12%T ",
	"1704103200.12%T: ",
	"(1704103200.12%T) ",
	"00000%T.12%T> ",
	"> ",
	">> ",
	"> > | ",
	"| ",
	"    ",
	"\t",
	"console_0: ",
	"qemu-system-x86_64: ",
	"ttyS0: [   99.00000%T] ",
	"board-1 login: [   99.00000%T] ",
	"root@board:~# [   99.00000%T] ",
	"kern  :warn  : [   99.00000%T] ",
	"kern  :info  : [Mon Jan  1 10:00:00 2024] ",
	"node-3/dmesg:12%T: ",
	"log.txt-12%T-",
	"log.txt:12%T:",
	"  12%T\t",
	"// ",
	" * ",
	"- {\"dt\": \"2024-01-01T10:00:00\", \"lvl\": \"target\", \"msg\": \"",
	"{\"log\":\"",
	"{\"time\":1704103200.12%T,\"message\":\"[   99.00000%T] ",
	"MESSAGE=",
	"<13>1 2024-01-01T10:00:00.12%TZ board kernel - - - ",
	"\033[32m[   99.00000%T] \033[0m",
	"\033[1;31m",
	"10.0.0.7 UDP 6666: 4,100%T,99000000,-;",
	"(XEN) [2024-01-01 10:00:00] ",
	"[    0.0] hvc0 01/01 10:00 ",
};

/* Columns of the task, the CPU and the time, and what they say. */
static const struct {
	const char *what, *columns;
	unsigned int knows;
} layouts[] = {
	{ "dump", "    bash-1234      1d..2. %Uus : ", ALL },
	{ "dump of 5.4", "    bash-1234    1d..2 %Uus : ", ALL },
	{ "latency", "    bash-1234    1d..2. %Uus!: ", ALL },
	{ "latency, long", "    bash-1234    1d..2. %Uus+: ", ALL },
	{ "tp_printk", "", 0 },
	{ "trace", "            bash-1234    [001] d..2.   %S: ", ALL },
	{ "trace, tgid",
	  "            bash-1234    ( 1230) [001] d..2.   %S: ", ALL },
	{ "trace-cmd", "            bash-1234  [001]   %S: ", ALL },
};

/* %T is the line's number, %U the time in microseconds, %S in seconds. */
static void put_filled(struct run_buffer *b, const char *s, size_t i)
{
	unsigned long long us = when_us[i];
	char text[32];

	for (; *s; s++) {
		if (*s != '%') {
			run_put_n(b, s, 1);
			continue;
		}
		switch (*++s) {
		case 'T':
			snprintf(text, sizeof(text), "%zu", i + 1);
			break;
		case 'U':
			snprintf(text, sizeof(text), "%llu", us);
			break;
		default:
			snprintf(text, sizeof(text), "%llu.%06llu",
				 us / 1000000, us % 1000000);
			break;
		}
		run_put(b, text);
	}
}

static void check_layout(const char *prefix, size_t layout, const char *tail)
{
	char buf[4096];
	struct run_buffer b = { buf, buf + sizeof(buf), RUN_NOW };

	for (size_t i = 0; i < 3; i++) {
		put_filled(&b, prefix, i);
		put_filled(&b, layouts[layout].columns, i);
		run_put(&b, story[i]);
		run_put(&b, tail);
		run_put(&b, "\n");
	}
	check_story(buf, layouts[layout].knows, "bash");
}

static void test_prefixes(void **state)
{
	(void)state;
	assert_true(sizeof(prefixes) / sizeof(prefixes[0]) >= 50);
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		for (size_t k = 0; k < sizeof(layouts) / sizeof(layouts[0]);
		     k++)
			check_layout(prefixes[i], k, "");
	}
}

/* ---- what comes after an event ---- */

static void test_tails(void **state)
{
	static const char *const tails[] = {
		"\"}",
		"\"},",
		"\", \"lvl\": \"target\"}",
		"\\n\"}",
		"\\r\\n\",\"stream\":\"stdout\"}",
		"\033[0m",
		"\033[0m\033[K",
		"\r",
		" \r",
		"   ",
		";",
		"'",
		" [0:0x10:56]",
		"</span>",
		"<br>",
		"`",
		" |",
		"$",
		"^M$",
		"', ns: foo}",
		"\f",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		for (size_t k = 0; k < sizeof(layouts) / sizeof(layouts[0]);
		     k++)
			check_layout("\"msg\": \"", k, tails[i]);
	}
}

/* ---- perf script -F with any of its fields ---- */

static void put_perf(struct run_buffer *b, unsigned int fields, size_t i,
		     const char *comm)
{
	char text[128];
	unsigned long long us = when_us[i];

	if (fields & COMM) {
		snprintf(text, sizeof(text), "%16s ", comm);
		run_put(b, text);
	}
	if (fields & PID)
		run_put(b, fields & 32 ? "   1234/1234    " : "   1234 ");
	if (fields & CPU)
		run_put(b, "[001] ");
	if (fields & TIME) {
		snprintf(text, sizeof(text), "%5llu.%06llu: ", us / 1000000,
			 us % 1000000);
		run_put(b, text);
	}
	if (fields & 16) {
		snprintf(text, sizeof(text), "%10d ", 1);
		run_put(b, text);
	}
	run_put(b, fields & 64 ? "        kmem:" : "kmem:");
	run_put(b, story[i]);
	run_put(b,
		fields & 128
			? "  ffffffff810f1234 kmem_foo+0x12 ([kernel.kallsyms])\n"
			: "\n");
}

static void test_perf(void **state)
{
	static const char *const comms[] = { "bash", "Web Content", "a-1:b c",
					     "fifteen-letters" };
	char buf[4096];

	(void)state;
	for (unsigned int fields = 0; fields < 256 * 4; fields++) {
		struct run_buffer b = { buf, buf + sizeof(buf), RUN_NOW };
		const char *comm = comms[fields / 256];

		for (size_t i = 0; i < 3; i++)
			put_perf(&b, fields, i, comm);
		check_story(buf, fields & ALL, comm);
	}
}

/* ---- function_graph ---- */

static void put_graph(struct run_buffer *b, unsigned int fields, size_t i)
{
	char text[128];
	unsigned long long us = when_us[i];

	if (fields & TIME) {
		snprintf(text, sizeof(text), "%5llu.%06llu |  ", us / 1000000,
			 us % 1000000);
		run_put(b, text);
	}
	if (fields & CPU)
		run_put(b, " 1) ");
	if (fields & TASK)
		run_put(b, "  bash-1234    | ");
	if (fields & 16)
		run_put(b, " d..1. | ");
	if (fields & 32)
		run_put(b, "              |  ");
	run_put(b, fields & 64 ? "        /* " : "/* ");
	run_put(b, story[i]);
	run_put(b, " */\n");
}

static void test_function_graph(void **state)
{
	static const char *const before[] = {
		"", "[   99.000000] ", "Jan 01 10:00:00 board kernel: ", "> "
	};
	char buf[4096];

	(void)state;
	for (unsigned int fields = 0; fields < 128 * 4; fields++) {
		struct run_buffer b = { buf, buf + sizeof(buf), RUN_NOW };

		if ((fields & TASK) != 0 && (fields & TASK) != TASK)
			continue;
		run_put(&b, "# tracer: function_graph\n#\n");
		run_put(&b, " 1)               |  foo() {\n");
		for (size_t i = 0; i < 3; i++) {
			run_put(&b, before[fields / 128]);
			put_graph(&b, fields, i);
		}
		run_put(&b, " 1)   3.328 us    |  }\n");
		check_story(buf, fields & ALL, "bash");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_tails),
		cmocka_unit_test(test_perf),
		cmocka_unit_test(test_function_graph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
