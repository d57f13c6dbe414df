/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /proc/vmallocinfo as kernels print it, and the table of /sys/kernel/slab.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "trace/capture/parts.h"
#include "trace/capture/proc_files.h"

/* One row as `bytes pages caller use`. */
static void check_vmalloc(struct vmallocinfo *s, const char *want)
{
	struct vmalloc_row r;
	char got[256];

	assert_true(vmallocinfo_next(s, &r));
	snprintf(got, sizeof(got), "%llu %llu %.*s %s",
		 (unsigned long long)r.bytes, (unsigned long long)r.pages,
		 r.caller ? (int)r.caller_len : 1, r.caller ? r.caller : "-",
		 r.use);
	assert_string_equal(got, want);
}

static void test_vmallocinfo(void **state)
{
	static const char text[] =
		/* 6.1; a module's; of an address */
		"0xffffc90000000000-0xffffc90000002000    8192 vp_modern_map+0x1a8/0x207 phys=0x00000000fe000000 ioremap\n"
		"0xffffc90000033000-0xffffc90000037000   16384 n_tty_open+0x14/0x8e pages=3 vmalloc N0=3\n"
		"0xffffffffa0000000-0xffffffffa0009000   36864 fuse_dev+0x9b0/0x1994 [fuse] pages=8 vmalloc vpages\n"
		"0xffffc90000073000-0xffffc90000077000   16384 dma_map+0x1/0x2 pages=3 vmalloc user\n"
		/* hidden addresses, and no caller */
		"0x(____ptrval____)-0x(____ptrval____) 8392704 vm_map_ram\n"
		"0x(____ptrval____)-0x(____ptrval____)    4096 unpurged vm_area\n"
		"\n"
		/* none */
		"ip6-frags              0      0    184   22    1\n"
		"0xffffc90000000000-0xffffc90000002000 many f+0x1/0x2\n"
		"0xffffc90000000000-0xffffc90000002000 999999999999999999 f+0x1/0x2\n"
		/* the last one without an end */
		"0xffffc90000000000-0xffffc90000002000    8192 f+0x1/0x2 pages=1 vmap";
	struct vmallocinfo s = { .p = text, .end = text + sizeof(text) - 1 };
	struct vmalloc_row row;

	(void)state;
	check_vmalloc(&s, "8192 0 vp_modern_map+0x1a8/0x207 ioremap");
	check_vmalloc(&s, "16384 3 n_tty_open+0x14/0x8e vmalloc");
	check_vmalloc(&s, "36864 8 fuse_dev+0x9b0/0x1994 [fuse] vmalloc");
	check_vmalloc(&s, "16384 3 dma_map+0x1/0x2 vmalloc user");
	check_vmalloc(&s, "8392704 0 - vm_map_ram");
	check_vmalloc(&s, "4096 0 - unpurged");
	check_vmalloc(&s, "8192 1 f+0x1/0x2 vmap");
	assert_false(vmallocinfo_next(&s, &row));
	assert_int_equal(s.bad, 3);
}

/* Cut anywhere nothing beyond the end is read. */
static void test_cut_vmallocinfo(void **state)
{
	static const char text[] =
		"0xffffffffa0000000-0xffffffffa0009000 36864 fuse_dev+0x9b0/0x1994 [fuse] pages=8 vmalloc\n";
	struct vmalloc_row row;

	(void)state;
	for (size_t n = 0; n < sizeof(text); n++) {
		struct vmallocinfo s = { .p = text, .end = text + n };

		while (vmallocinfo_next(&s, &row))
			assert_true(!row.caller ||
				    row.caller + row.caller_len <= text + n);
	}
}

static void test_aliases(void **state)
{
	static const char text[] =
		"name\ttarget\tobject_size\tslab_size\tobjs_per_slab\torder\n"
		"pid\t:0000128\t128\t128\t32\t0\n"
		"dentry\t-\t192\t192\t21\t0\n"
		"odd\t?\t1\t1\t1\t0\n"
		"nothing\n"
		"kmalloc-128\t:0000128";
	struct slab_aliases s = { .p = text, .end = text + sizeof(text) - 1 };
	struct slab_alias row;

	(void)state;
	assert_true(slab_aliases_next(&s, &row));
	assert_int_equal(row.name_len, 3);
	assert_memory_equal(row.name, "pid", 3);
	assert_int_equal(row.target_len, 8);
	assert_memory_equal(row.target, ":0000128", 8);
	assert_true(slab_aliases_next(&s, &row));
	assert_memory_equal(row.name, "kmalloc-128", 11);
	assert_int_equal(row.target_len, 8);
	assert_false(slab_aliases_next(&s, &row));
	assert_int_equal(s.bad, 1);
}

/* Slabs that there are: of both versions, and where they are not printed. */
static void test_slabs_of_slabinfo(void **state)
{
	static const char text[] =
		"slabinfo - version: 2.1\n"
		"dentry 12545 12621 192 21 1 : tunables 0 0 0 : slabdata 600 601 0\n"
		"short 10 50 64 20 1 : tunables 0 0 0\n"
		"slabinfo - version: 1.1\n"
		"old 10 40 64 3 4 1\n";
	struct slabinfo s = { .p = text, .end = text + sizeof(text) - 1 };
	struct capture_slab row;

	(void)state;
	assert_true(slabinfo_next(&s, &row));
	assert_int_equal(row.slabs, 601);
	assert_int_equal(row.active_objects, 12545);
	assert_true(slabinfo_next(&s, &row));
	assert_int_equal(row.slabs, 3);
	assert_true(slabinfo_next(&s, &row));
	assert_int_equal(row.slabs, 4);
}

static void test_modules(void **state)
{
	static const char text[] =
		"fuse 118784 2 - Live 0xffffffffa001c000\n"
		"crypto_algapi 32768 1 crypto_hash, Loading 0xffffffffa0000000 (OE+)\r\n"
		"x 7 - - Unloading 0x0000000000000000\n"
		/* none */
		"\n"
		"fuse 118784\n"
		"fuse -1 2 - Live 0x0\n"
		"fuse 99999999999999 2 - Live 0x0\n"
		"fuse 12a 2 - Live 0x0\n"
		"fuse 118784 2 - Dead 0x0\n"
		/* the last one without an end */
		"last 4096 0 - Live";
	static const char *const want[] = { "fuse 118784 Live",
					    "crypto_algapi 32768 Loading",
					    "x 7 Unloading", "last 4096 Live" };
	struct loaded_modules s = { .p = text, .end = text + sizeof(text) - 1 };
	struct loaded_module row;
	char got[128];

	(void)state;
	for (size_t i = 0; i < sizeof(want) / sizeof(*want); i++) {
		assert_true(loaded_modules_next(&s, &row));
		snprintf(got, sizeof(got), "%.*s %llu %.*s", (int)row.name_len,
			 row.name, (unsigned long long)row.bytes,
			 (int)row.state_len, row.state);
		assert_string_equal(got, want[i]);
	}
	assert_false(loaded_modules_next(&s, &row));
	assert_int_equal(s.bad, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_vmallocinfo),
		cmocka_unit_test(test_cut_vmallocinfo),
		cmocka_unit_test(test_aliases),
		cmocka_unit_test(test_slabs_of_slabinfo),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
