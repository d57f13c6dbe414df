/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: scripts and maps that mean harm.  Nothing may crash, hang, or read
 * beyond its end (run under the sanitizers by `make san`).
 */
#include "link_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char script[] =
	"SECTIONS { . = ALIGN(16);\n"
	".text : AT(ADDR(.text) - 4) SUBALIGN(4) {\n"
	" *(.text .text.[a-z]*) KEEP(*(SORT(s+*))) . += (1 << 3) / 2;\n"
	" EXCLUDE_FILE(*a.o) *(.data) *(COMMON) LONG(1) . = ALIGN(8);\n"
	"} :text =0xcc\n"
	"/DISCARD/ : { *(.d) }\n"
	"OVERLAY 0 : AT(x) { .o { *(.o) } }\n"
	"y = DEFINED(z) ? MAX(1, 2) : SIZEOF(.text);\n"
	"ASSERT(1, \"no\") }";

static const char map[] =
	"Discarded input sections\n\n .d             0x0        0x5 b.o\n"
	"Linker script and memory map\n\n"
	".text           0x1000       0x30 load address 0x9000\n"
	" .text          0x1000        0x8 a.o\n"
	" *fill*         0x1008        0x8 cccc\n"
	" .text          0x1010       0x10 lib.a(b.o)\n"
	"                0x1028                . = ALIGN (0x8)\n"
	" *fill*         0x1020        0x8 \n"
	"                0x102c        0x4 LONG 0x0\n"
	" .rodata.str1.1\n                0x2000        0x6 vmlinux.o\n";

static const char lld[] =
	"     VMA      LMA     Size Align Out     In      Symbol\n"
	"    1000     9000       30    16 .text\n"
	"    1000     9000        8     4         a.o:(.text)\n"
	"    1010     9010       10    16         <internal>:(.str)\n"
	"    1028     9028        4     1         . = ALIGN ( 4 )\n";

static void start(struct link_fixture *f)
{
	struct fixture_object *a, *b;

	link_start(f);
	a = link_object(f, "a.o");
	link_section(a, ".text", 0, 8, 4);
	link_section(a, "s+x", 0, 4, 3);
	link_strings(a, ".str", "aa\0a", 5, 1);
	link_global(a, "c", SYM_SECTION_COMMON, 8);
	b = link_object(f, "b.o");
	link_section(b, ".text", 0, 16, 16);
	link_section(b, ".d", 0, 5, 0);
	link_strings(b, ".str", "no terminator", 2, 1);
	link_global(b, "b", 0, 4);
	link_section(&f->image, ".text", 0x1000, 48, 16);
	link_section(&f->image, ".str", 0x2000, 8, 1);
	link_global(&f->image, "b", 0, 0x1014);
	link_global(&f->image, "c", 0, 0x1020);
}

static void run(const char *s, size_t slen, const char *m, size_t mlen)
{
	struct link_fixture f;

	start(&f);
	f.job.script = s;
	f.job.script_len = slen;
	f.job.map = m;
	f.job.map_len = mlen;
	assert_int_equal(link_layout_compute(&f.job, &f.layout, &f.err), 0);
	assert_int_equal(f.layout.nplacements, 6);
	link_end(&f);
}

/* On the heap and of exact size, so that a sanitizer sees its end. */
static char *exact(const char *text, size_t len)
{
	char *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memcpy(copy, text, len);
	return copy;
}

static void run_as(const char *text, size_t len, bool is_map)
{
	char *copy = exact(text, len);

	if (is_map)
		run(script, sizeof(script) - 1, copy, len);
	else
		run(copy, len, NULL, 0);
	free(copy);
}

static void cut_everywhere(const char *text, bool is_map)
{
	for (size_t len = 0; len <= strlen(text); len++)
		run_as(text, len, is_map);
}

static void mutate(const char *text, bool is_map)
{
	static const char bytes[] = "(){};:=.*\"[]?\\,/# \n\t09xA-+~<>|&\xff";
	size_t len = strlen(text);
	unsigned int seed = 1;

	for (int n = 0; n < 1500; n++) {
		char *copy = exact(text, len);

		for (int k = 0; k < 1 + n % 4; k++)
			copy[(size_t)rand_r(&seed) % len] =
				bytes[(size_t)rand_r(&seed) % sizeof(bytes)];
		run_as(copy, len, is_map);
		free(copy);
	}
}

static void test_cut(void **state)
{
	(void)state;
	cut_everywhere(script, false);
	cut_everywhere(map, true);
	cut_everywhere(lld, true);
}

static void test_mutated(void **state)
{
	(void)state;
	mutate(script, false);
	mutate(map, true);
	mutate(lld, true);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* unit, many times over. */
static void run_many(const char *before, const char *unit, size_t times,
		     bool is_map)
{
	size_t head = strlen(before), len = strlen(unit);
	char *text = malloc(head + len * times);
	double t = seconds();

	assert_non_null(text);
	memcpy(text, before, head);
	for (size_t i = 0; i < times; i++)
		memcpy(text + head + i * len, unit, len);
	run_as(text, head + len * times, is_map);
	free(text);
	/* Linear work takes milliseconds; quadratic would take minutes. */
	assert_true(seconds() - t < 10);
}

static void test_long(void **state)
{
	static const char head[] = "SECTIONS { .text : { ";

	(void)state;
	run_many("", "(", 200000, false);
	run_many("", "{", 200000, false);
	run_many("", "SECTIONS {", 50000, false);
	run_many("SECTIONS { a = ", "(1+", 100000, false);
	run_many("SECTIONS { a = ", "1+", 100000, false);
	run_many("SECTIONS { a = ", "1?", 100000, false);
	run_many("SECTIONS { a = ", "-", 100000, false);
	run_many(head, "*(*a*b*c*d*e) ", 50000, false);
	run_many(head, "*x.o(.text) ", 50000, false);
	run_many(head, "EXCLUDE_FILE(*b.o) *(.text) ", 30000, false);
	run_many(head, "*(SORT(", 50000, false);
	run_many(head, ". = ALIGN(8); ", 50000, false);
	run_many(head, "/* ", 100000, false);
	run_many("SECTIONS { ", ".text : { *(.text) } ", 30000, false);
	run_many("Linker script and memory map\n",
		 " .text          0x1000        0x8 a.o\n", 50000, true);
	run_many("Linker script and memory map\n"
		 ".text           0x1000       0x30\n",
		 " .x             0x1000        0x8 y.o\n", 50000, true);
	run_many("     VMA      LMA     Size Align Out     In      Symbol\n"
		 "    1000     9000       30    16 .text\n",
		 "    1000     9000        1     1         <internal>:(.str)\n",
		 50000, true);
}

/* Many strings that end alike, and one of a million bytes. */
static void test_long_strings(void **state)
{
	static const char text[] = "SECTIONS { .text : { *(.str) } }";
	size_t n = 1 << 20;
	struct link_fixture f;
	double t = seconds();
	char *bytes = malloc(2 * n);

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'a', 2 * n);
	bytes[n - 1] = bytes[2 * n - 1] = '\0';
	bytes[n] = 'b';
	for (size_t i = 64; i < n / 2; i += 64)
		bytes[i] = '\0';
	link_start(&f);
	link_strings(link_object(&f, "a.o"), ".str", bytes, 2 * n, 1);
	link_section(&f.image, ".text", 0x1000, 48, 16);
	link_run(&f, text, NULL);
	link_end(&f);
	free(bytes);
	assert_true(seconds() - t < 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_mutated),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_long_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
