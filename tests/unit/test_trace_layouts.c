/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every layout of a trace line, from 2.6.31 to 6.19.  The lines are written
 * from the kernel's format strings.
 */
#include "trace_run.h"

/* What a single allocation of 29 bytes in 64 looks like in any layout. */
struct layout {
	const char *what;
	const char *line;
	const char *comm;
	int32_t pid;
	uint16_t cpu;
	uint64_t time_ns;
	const char *site; /* text, or NULL */
	uint64_t addr;
	const char *gfp;
	int32_t node;
};

#define NO_CPU EVENT_CPU_NONE
#define NO_PID EVENT_PID_NONE

static const struct layout
	layouts
		[] = {
			{ "2.6.31",
			  "            bash-1234  [001]   100.000007: kmalloc: call_site=ffffffff810f1234 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL|GFP_ZERO",
			  "bash", 1234, 1, 100000007000, NULL,
			  0xffffffff810f1234, "GFP_KERNEL|GFP_ZERO", -1 },
			{ "2.6.39 node, 32 bits",
			  "     kworker/0:1-7     [000]     0.500000: kmalloc_node: call_site=c01f1234 ptr=c7a01000 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_NOWAIT node=1",
			  "kworker/0:1", 7, 0, 500000000, NULL, 0xc01f1234,
			  "GFP_NOWAIT", 1 },
			{ "3.6",
			  "          <idle>-0     [000] d.h2    12.345678: kmalloc: call_site=ffffffff810f1234 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_ATOMIC",
			  "<idle>", 0, 0, 12345678000, NULL, 0xffffffff810f1234,
			  "GFP_ATOMIC", -1 },
			{ "4.14 tgid",
			  "           <...>-1234  (-----) [003] .... 1.000001: kmalloc: call_site=ffffffff810f1234 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL",
			  "<...>", 1234, 3, 1000001000, NULL,
			  0xffffffff810f1234, "GFP_KERNEL", -1 },
			{ "4.19 hashed",
			  "            bash-1234  ( 1230) [001] d..1 1.000001: kmalloc: call_site=ffffffff810f1234 ptr=00000000e7f3a2b1 bytes_req=29 bytes_alloc=64 gfp_flags=none",
			  "bash", 1234, 1, 1000001000, NULL, 0xffffffff810f1234,
			  "none", -1 },
			{ "5.4",
			  "            bash-1234  [001] ....     1.000001: kmalloc: call_site=load_elf+0x1c/0x20 ptr=00000000e7f3a2b1 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL",
			  "bash", 1234, 1, 1000001000, "load_elf+0x1c/0x20", 0,
			  "GFP_KERNEL", -1 },
			{ "5.10 preempt count of two digits",
			  "            bash-1234    [001] d.h10     1.000001: kmalloc: call_site=f+0x0/0x20 [snd_hda] ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL",
			  "bash", 1234, 1, 1000001000, "f+0x0/0x20 [snd_hda]",
			  0, "GFP_KERNEL", -1 },
			{ "6.1",
			  "            bash-1234    [001] .....     1.000001: kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL|0x1000000 node=0 accounted=false",
			  "bash", 1234, 1, 1000001000, "f+0x8/0x20", 0,
			  "GFP_KERNEL|0x1000000", 0 },
			{ "counter clock",
			  "            bash-1234    [001] .....           42: kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "bash", 1234, 1, 42, "f+0x8/0x20", 0, "GFP_KERNEL",
			  -1 },
			{ "no irq column",
			  "            bash-1234    [001]     1.000001: kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "bash", 1234, 1, 1000001000, "f+0x8/0x20", 0,
			  "GFP_KERNEL", -1 },
			{ "no context",
			  "kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "", NO_PID, NO_CPU, 0, "f+0x8/0x20", 0, "GFP_KERNEL",
			  -1 },
			{ "latency",
			  "    bash-1234      1d..2. 2669749us!: kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "bash", 1234, 1, 2669749000, "f+0x8/0x20", 0,
			  "GFP_KERNEL", -1 },
			{ "latency, a blank mark",
			  "    bash-1234      1..... 2669749us : kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "bash", 1234, 1, 2669749000, "f+0x8/0x20", 0,
			  "GFP_KERNEL", -1 },
			{ "verbose",
			  "            bash    1234   1 0 00000000 0000000a [9f2124c5] 2669749.445ms (+0.287ms): kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "bash", 1234, 1, 2669749445000, "f+0x8/0x20", 0,
			  "GFP_KERNEL", -1 },
			{ "fields",
			  "            bash-1234    [001] .....     1.000001: kmalloc: call_site=f+0x8/0x20 (-2125993171) ptr=0xffff88003d5a3f80 (-131386099860928) bytes_req=0x1d (29) bytes_alloc=0x40 (64) gfp_flags=0xcc0 (3264) node=0xffffffff (-1)",
			  "bash", 1234, 1, 1000001000, "f+0x8/0x20",
			  0xffffffff8147eb2d, "0xcc0", -1 },
			{ "fields, 32 bits",
			  "            bash-1234    [001] .....     1.000001: kmalloc: call_site=f+0x8/0x20 (-1073664460) ptr=0xc7a01000 (-945811456) bytes_req=0x1d (29) bytes_alloc=0x40 (64) gfp_flags=0xcc0 (3264) node=0x0 (0)",
			  "bash", 1234, 1, 1000001000, "f+0x8/0x20", 0xc0012e34,
			  "0xcc0", 0 },
			{ "trace-cmd report",
			  "            bash-1234  [001]     1.000001: kmalloc:              (f+0x8) call_site=f+0x8 ptr=0xffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "bash", 1234, 1, 1000001000, "f+0x8", 0, "GFP_KERNEL",
			  -1 },
			{ "trace-cmd report of an instance",
			  "boot:            bash-1234  [001]     1.000001: kmalloc:              (f+0x8) call_site=f+0x8 ptr=0xffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "bash", 1234, 1, 1000001000, "f+0x8", 0, "GFP_KERNEL",
			  -1 },
			{ "trace-cmd report -l, -t",
			  "boot:     bash-1234    1..... 1.000001234: kmalloc:  call_site=f+0x8 ptr=0xffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=0xcc0 node=-1",
			  "bash", 1234, 1, 1000001234, "f+0x8", 0, "0xcc0",
			  -1 },
			{ "perf script",
			  "            bash  1234 [001]     1.000001:          kmem:kmalloc: call_site=f+0x8 ptr=0xffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1 accounted=false",
			  "bash", 1234, 1, 1000001000, "f+0x8", 0, "GFP_KERNEL",
			  -1 },
			{ "perf script, pid and tid",
			  "            bash  1234/1234  [001]     1.000001234: kmem:kmalloc: call_site=f+0x8 ptr=0xffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "bash", 1234, 1, 1000001234, "f+0x8", 0, "GFP_KERNEL",
			  -1 },
			{ "console dump",
			  "<4>[   99.000000] [    T1]     bash-1234      1d..2. 2669749us : kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "bash", 1234, 1, 2669749000, "f+0x8/0x20", 0,
			  "GFP_KERNEL", -1 },
			{ "blanks lost",
			  "bash-1234 [001] .... 1.000001: kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "bash", 1234, 1, 1000001000, "f+0x8/0x20", 0,
			  "GFP_KERNEL", -1 },
			{ "latency, blanks lost",
			  "bash-1234 1d..2. 2669749us : kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "bash", 1234, 1, 2669749000, "f+0x8/0x20", 0,
			  "GFP_KERNEL", -1 },
			{ "a slide",
			  "# bash-1234 [001] 1.000001: kmalloc: call_site=ffffffff810f1234 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL",
			  "bash", 1234, 1, 1000001000, NULL, 0xffffffff810f1234,
			  "GFP_KERNEL", -1 },
			{ "a slide without context",
			  "# kmalloc: call_site=ffffffff810f1234 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL",
			  "", NO_PID, NO_CPU, 0, NULL, 0xffffffff810f1234,
			  "GFP_KERNEL", -1 },
			{ "a comm made to confuse",
			  "  a b:[c]-9 d: x-17019   [001] .....  2712.657970: kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "a b:[c]-9 d: x", 17019, 1, 2712657970000,
			  "f+0x8/0x20", 0, "GFP_KERNEL", -1 },
			{ "a comm like a head, blanks lost",
			  "a-1 [0] 1: b: -1234 [001] .... 1.000001: kmalloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1",
			  "a-1 [0] 1: b: ", 1234, 1, 1000001000, "f+0x8/0x20",
			  0, "GFP_KERNEL", -1 },
			{ "6.18 with a name that has blanks",
			  "            bash-1234    [001] .....     1.000001: kmem_cache_alloc: call_site=f+0x8/0x20 ptr=ffff88003d5a3f80 name=my cache bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1 accounted=true",
			  "bash", 1234, 1, 1000001000, "f+0x8/0x20", 0,
			  "GFP_KERNEL", -1 },
			{ "unresolved %pS",
			  "            bash-1234    [001] .....     1.000001: kmalloc: call_site=0xffffffffc0101234 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1 accounted=true",
			  "bash", 1234, 1, 1000001000, NULL, 0xffffffffc0101234,
			  "GFP_KERNEL", -1 },
		};

static void check_layout(const struct layout *l, const char *ending,
			 size_t step)
{
	struct trace_site site;
	char text[1024];
	struct run r;

	snprintf(text, sizeof(text), "%s%s", l->line, ending);
	run_bytes(&r, text, strlen(text), step);
	if (r.failed || r.nallocs != 1)
		print_message("layout: %s\n", l->what);
	assert_int_equal(r.failed, 0);
	assert_int_equal(r.nallocs, 1);
	assert_int_equal(r.allocs[0].bytes_req, 29);
	assert_int_equal(r.allocs[0].bytes_alloc, 64);
	assert_int_equal(r.allocs[0].pid, l->pid);
	assert_int_equal(r.allocs[0].cpu, l->cpu);
	assert_int_equal(r.allocs[0].alloc_ns, l->time_ns);
	assert_int_equal(r.allocs[0].node, l->node);
	assert_string_equal(run_name(&r, comms, r.allocs[0].comm), l->comm);
	assert_string_equal(run_name(&r, gfps, r.allocs[0].gfp), l->gfp);
	site = trace_names_site(r.t->names, r.allocs[0].site);
	assert_int_equal(site.addr, l->addr);
	assert_int_equal(site.len, l->site ? strlen(l->site) : 0);
	if (l->site)
		assert_memory_equal(site.text, l->site, site.len);
	assert_int_equal(r.t->counts.unreadable, 0);
	run_end(&r);
}

static void test_layouts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
		check_layout(&layouts[i], "\n", 0);
		check_layout(&layouts[i], "\r\n", 1);
		check_layout(&layouts[i], "\r\r\n", 7);
		check_layout(&layouts[i], "", 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layouts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
