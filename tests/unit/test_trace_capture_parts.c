/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the small members of a capture say: ELF notes, /proc/version,
 * per-CPU statistics, /proc/slabinfo.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "trace/capture/parts.h"

/* As a 6.1 kernel on x86-64 has it: the build-id, then two of Linux. */
static const char little[] =
	"\4\0\0\0\x14\0\0\0\3\0\0\0GNU\0"
	"\x29\xea\x68\x14\xd5\x49\xc6\x52\xf0\x95\xfe\xd5\xa0\xb5\xcd\x75"
	"\xbc\x11\xaa\x51"
	"\6\0\0\0\4\0\0\0\1\1\0\0Linux\0\0\0\0\0\0\0";
static const char big[] = "\0\0\0\6\0\0\0\1\0\0\1\0Linux\0\0\0\0\0\0\0"
			  "\0\0\0\0"
			  "\0\0\0\4\0\0\0\x10\0\0\0\3GNU\0"
			  "0123456789abcdef";

static void test_build_id(void **state)
{
	const unsigned char *id = NULL;
	size_t len = 0;

	(void)state;
	assert_true(capture_build_id(little, sizeof(little) - 1, &id, &len));
	assert_int_equal(len, 20);
	assert_ptr_equal(id, little + 16);
	assert_true(capture_build_id(big, sizeof(big) - 1, &id, &len));
	assert_int_equal(len, 16);
	assert_memory_equal(id, "0123456789abcdef", 16);
}

/* Each way to cut them, and bytes of no meaning, in blocks of exact size so
 * that a sanitizer sees one byte too far. */
static void test_build_id_hostile(void **state)
{
	static const char lies[][17] = {
		"\4\0\0\0\xff\xff\xff\xff\3\0\0\0GNU",
		"\xff\xff\xff\xff\4\0\0\0\3\0\0\0GNU",
		"\xfd\xff\xff\xff\xfd\xff\xff\xff\3\0\0\0GNU",
		"\4\0\0\0\0\0\0\0\3\0\0\0GNU",
		"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
	};
	const unsigned char *id;
	size_t len;

	(void)state;
	for (size_t n = 0; n < sizeof(little); n++) {
		char *p = malloc(n + 1);

		assert_non_null(p);
		p = realloc(p, n ? n : 1);
		assert_non_null(p);
		memcpy(p, little, n);
		assert_int_equal(capture_build_id(p, n, &id, &len), n >= 36);
		free(p);
	}
	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++)
		assert_false(capture_build_id(lies[i], 16, &id, &len));
	srandom(1);
	for (int i = 0; i < 20000; i++) {
		size_t n = (size_t)random() % 64;
		char *p = malloc(n ? n : 1);

		assert_non_null(p);
		for (size_t k = 0; k < n; k++)
			p[k] = (char)(random() % (k % 4 ? 2 : 40));
		if (capture_build_id(p, n, &id, &len))
			assert_true(len <= CAPTURE_BUILD_ID_MAX &&
				    (const char *)id + len <= p + n);
		free(p);
	}
}

static void test_release(void **state)
{
	static const char good[] = "Linux version 6.1.0-37-amd64 (debian-k";
	const char *p = NULL;
	size_t len = 0;

	(void)state;
	assert_true(capture_release(good, sizeof(good) - 1, &p, &len));
	assert_int_equal(len, strlen("6.1.0-37-amd64"));
	assert_memory_equal(p, "6.1.0-37-amd64", len);
	assert_false(capture_release("Linux version ", 14, &p, &len));
	assert_false(capture_release("Darwin", 6, &p, &len));
	assert_false(capture_release("", 0, &p, &len));
}

static void test_stats(void **state)
{
	static const char text[] = "cpu0\nentries: 719846\noverrun: 7\n"
				   "commit overrun: 1\nbytes: 38418856\n"
				   "oldest event ts:     0.401639\n"
				   "dropped events: 2\nread events: 0\n"
				   "cpu1\nentries: 10\noverrun: 3\n"
				   "dropped events: 99";
	struct capture_stats s;

	(void)state;
	capture_stats(text, sizeof(text) - 1, &s);
	assert_int_equal(s.entries, 719856);
	assert_int_equal(s.overrun, 10);
	assert_int_equal(s.commit_overrun, 1);
	assert_int_equal(s.dropped, 101);
	capture_stats("overrun: ", 9, &s);
	assert_int_equal(s.overrun, 0);
	capture_stats("overrun: 18446744073709551615\noverrun: 9", 39, &s);
	assert_true(s.overrun == UINT64_MAX);
	capture_stats(NULL, 0, &s);
	assert_int_equal(s.entries, 0);
}

static void check_row(struct slabinfo *s, const char *name, uint64_t active,
		      uint64_t objects, uint64_t size, uint64_t per_slab,
		      uint64_t pages)
{
	struct capture_slab r;

	assert_true(slabinfo_next(s, &r));
	assert_int_equal(r.name_len, strlen(name));
	assert_memory_equal(r.name, name, r.name_len);
	assert_int_equal(r.active_objects, active);
	assert_int_equal(r.objects, objects);
	assert_int_equal(r.object_bytes, size);
	assert_int_equal(r.objects_per_slab, per_slab);
	assert_int_equal(r.pages_per_slab, pages);
}

static void test_slabinfo(void **state)
{
	static const char text[] =
		"slabinfo - version: 2.1\n"
		"# name            <active_objs> <num_objs> <objsize>\n"
		"fuse_inode            19     20    832   19    4 : tunables    0    0    0 : slabdata      1      1      0\n"
		"no numbers here\n"
		"size-64(DMA) x     1 2 64 59 1 : tunables 1 2 3 : slabdata 1\r\n"
		"\n"
		"kmalloc-8  512 512 8 512 1";
	static const char old[] =
		"slabinfo - version: 1.1 (SMP)\n"
		"kmem_cache            80     80    248    4    5    1 : 252 1\n"
		"ip_conntrack           0      0    288    0    0    1\n";
	struct slabinfo s = { .p = text, .end = text + sizeof(text) - 1 };
	struct capture_slab row;

	(void)state;
	check_row(&s, "fuse_inode", 19, 20, 832, 19, 4);
	check_row(&s, "size-64(DMA) x", 1, 2, 64, 59, 1);
	check_row(&s, "kmalloc-8", 512, 512, 8, 512, 1);
	assert_false(slabinfo_next(&s, &row));
	assert_int_equal(s.bad, 1);

	s = (struct slabinfo){ .p = old, .end = old + sizeof(old) - 1 };
	check_row(&s, "kmem_cache", 80, 80, 248, 16, 1);
	check_row(&s, "ip_conntrack", 0, 0, 288, 0, 1);
	assert_false(slabinfo_next(&s, &row));
}

static void test_slabinfo_hostile(void **state)
{
	static const char *const bad[] = {
		"",
		" ",
		"a",
		" : ",
		"a 1 2 3 4",
		" 1 2 3 4 5",
		"1 2 3 4 5",
		"a 1 2 3 4 99999999999999999999 : tunables",
		"a 1 2 3 4 -5",
		"a : tunables 1 2 3 4 5",
	};
	struct capture_slab row;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		size_t n = strlen(bad[i]);
		char *p = malloc(n ? n : 1);
		struct slabinfo s = { .p = p, .end = p + n };

		assert_non_null(p);
		memcpy(p, bad[i], n);
		assert_false(slabinfo_next(&s, &row));
		free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_build_id),
		cmocka_unit_test(test_build_id_hostile),
		cmocka_unit_test(test_release),
		cmocka_unit_test(test_stats),
		cmocka_unit_test(test_slabinfo),
		cmocka_unit_test(test_slabinfo_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
