/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Printed call sites, taken apart.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/site_text.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* In memory of its exact size, so that reading on is seen. */
static char *exact(const char *text)
{
	size_t len = strlen(text);
	char *copy = malloc(len + !len);

	assert_non_null(copy);
	memcpy(copy, text, len);
	return copy;
}

static void test_split(void **state)
{
	static const struct {
		const char *printed, *text;
		uint64_t addr;
		unsigned int bits;
	} cases[] = {
		{ "f+0x8/0x20", "f+0x8/0x20", 0, 64 },
		{ "f+0x8/0x20 [fuse]", "f+0x8/0x20 [fuse]", 0, 64 },
		{ "f+0x8 (0xffffffff81000010)", "f+0x8",
		  UINT64_C(0xffffffff81000010), 64 },
		{ "f+0x8 [m] (-2130706416)", "f+0x8 [m]",
		  UINT64_C(0xffffffff81000010), 64 },
		{ "f (-2130706416)", "f", 0x81000010, 32 },
		{ "ffffffff81000010", NULL, UINT64_C(0xffffffff81000010), 64 },
		{ "0xffffffff81000010", NULL, UINT64_C(0xffffffff81000010),
		  64 },
		/* A name of hex digits, with its address. */
		{ "dead (0x1000)", "dead", 0x1000, 64 },
		{ "0xdead (0x1000)", NULL, 0x1000, 64 },
		{ "f (fuse)", "f (fuse)", 0, 64 },
		{ "f()", "f()", 0, 64 },
		{ "(0x10)", NULL, 0x10, 64 },
		{ "", NULL, 0, 64 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *p = exact(cases[i].printed);
		struct trace_site s = site_text_split(p,
						      strlen(cases[i].printed),
						      cases[i].bits);
		const char *want = cases[i].text;

		assert_int_equal(s.addr, cases[i].addr);
		assert_int_equal(s.len, want ? strlen(want) : 0);
		if (want)
			assert_memory_equal(s.text, want, s.len);
		else
			assert_null(s.text);
		free(p);
	}
}

static void check(const char *text, const char *name, const char *module,
		  int64_t offset, uint64_t size)
{
	char *p = exact(text);
	struct site_text t;

	assert_true(site_text_parse(p, strlen(text), &t));
	assert_int_equal(t.name_len, strlen(name));
	assert_memory_equal(t.name, name, t.name_len);
	assert_int_equal(t.has_offset, offset >= 0);
	assert_int_equal(t.offset, offset >= 0 ? (uint64_t)offset : 0);
	assert_int_equal(t.size, size);
	if (module) {
		assert_int_equal(t.module_len, strlen(module));
		assert_memory_equal(t.module, module, t.module_len);
	} else {
		assert_null(t.module);
	}
	free(p);
}

static void test_parse(void **state)
{
	(void)state;
	check("f", "f", NULL, -1, 0);
	check("f+0x8", "f", NULL, 8, 0);
	check("f+0x8/0x20", "f", NULL, 8, 0x20);
	check("f.isra.0+0xAb/0x20 [snd_pcm]", "f.isra.0", "snd_pcm", 0xab,
	      0x20);
	check("f [m]", "f", "m", -1, 0);
	check("f+0x8/0x20\t[m 0123456789abcdef]", "f", "m", 8, 0x20);
}

static void test_refused(void **state)
{
	static const char *const texts[] = {
		"",	  "+0x8",      "f+8",	    "f+0x",
		"f+0x8/", "f+0x8/0x0", "f+0x8/20",  "f+0x10000000000000000",
		"f [",	  "f []",      "f [m",	    "f m]",
		"[m]",	  " f",	       "fs/open.c", "f+0x8 x",
	};
	struct site_text t = { .name = "untouched" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		char *p = exact(texts[i]);

		assert_false(site_text_parse(p, strlen(texts[i]), &t));
		assert_string_equal(t.name, "untouched");
		free(p);
	}
}

static void test_lengths(void **state)
{
	static const struct {
		const char *text;
		size_t function, caller;
	} cases[] = {
		{ "", 0, 0 },
		{ "f", 1, 1 },
		{ "f+0x8", 1, 5 },
		{ "f+0x8/0x20", 1, 5 },
		{ "f+0x8/0x20 [m]", 1, 5 },
		{ "f [m]", 1, 1 },
		{ "fs/open.c", 2, 2 },
		{ "f+", 1, 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *p = exact(cases[i].text);
		size_t len = strlen(cases[i].text);

		assert_int_equal(site_text_function(p, len), cases[i].function);
		assert_int_equal(site_text_caller(p, len), cases[i].caller);
		free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
