/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What counts as a difference between the database and libbfd, and that what
 * a child writes is read as it was, or refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <elf.h>

#include "audit/verify_compare.h"
#include "audit/verify_wire.h"

static const struct stored_symbol stored_symbols[] = {
	{ "f", ".text", 0, 16 },
	{ "__func__.#", ".rodata", 8, 4 },
	{ "shared", "*COM*", 32, 64 },
	{ "absolute", "*ABS*", 7, 0 },
};

static const struct second_symbol second_symbols[] = {
	{ "absolute", "*ABS*", 7, 0 },
	{ "shared", "*COM*", 64, 64 },
	{ "__func__.17", ".rodata", 8, 4 },
	{ "f", ".text", 0, 16 },
};

static struct stored_reading stored_of(void)
{
	return (struct stored_reading){
		16, 4, 0, EM_X86_64, 1, (void *)(uintptr_t)stored_symbols, 4
	};
}

static struct second_reading second_of(struct second_symbol *copy)
{
	memcpy(copy, second_symbols, sizeof(second_symbols));
	return (struct second_reading){ 16, 4, 0, true, copy, 4 };
}

static const char *difference(const struct stored_reading *x,
			      const struct second_reading *y, struct arena *a)
{
	const char *text = "not set";

	assert_int_equal(verify_compare(x, y, a, &text), 0);
	return text;
}

static void assert_holds(const char *text, const char *part)
{
	assert_non_null(text);
	if (!strstr(text, part))
		fail_msg("'%s' does not hold '%s'", text, part);
}

static void test_agree(void **state)
{
	struct second_symbol copy[4];
	struct stored_reading x = stored_of();
	struct second_reading y = second_of(copy);
	struct arena a = ARENA_INIT;

	(void)state;
	assert_null(difference(&x, &y, &a));
	/* Sizes that libbfd hides are not compared. */
	copy[3].size = 99;
	y.sizes_known = false;
	assert_null(difference(&x, &y, &a));
	arena_release(&a);
}

static void test_differ(void **state)
{
	struct second_symbol copy[4];
	struct stored_reading x = stored_of();
	struct second_reading y = second_of(copy);
	struct arena a = ARENA_INIT;

	(void)state;
	copy[3].size = 24;
	assert_holds(difference(&x, &y, &a),
		     "'f' in .text: 16 bytes in the database, 24 read");
	y = second_of(copy);
	copy[2].value = 12;
	assert_holds(difference(&x, &y, &a), "__func__.#");
	y = second_of(copy);
	y.nsymbols = 3;
	assert_holds(difference(&x, &y, &a), "'f' in .text at 0 is in the");
	y = second_of(copy);
	y.data = 5;
	assert_holds(difference(&x, &y, &a), "16, 4, 0 in the database, 16, 5");
	/* Of an object whose sections alone were measured. */
	x.has_symbols = false;
	x.nsymbols = 0;
	y = second_of(copy);
	assert_null(difference(&x, &y, &a));
	arena_release(&a);
}

static void test_arm(void **state)
{
	static const struct stored_symbol mine[] = { { "f", ".text", 4, 8 } };
	struct second_symbol his[] = { { "$t", ".text", 4, 0 },
				       { "f", ".text", 5, 8 } };
	struct stored_reading x = { 8, 0, 0, EM_ARM, 1, (void *)(uintptr_t)mine,
				    1 };
	struct second_reading y = { 8, 0, 0, true, his, 2 };
	struct arena a = ARENA_INIT;

	(void)state;
	assert_null(difference(&x, &y, &a));
	/* On x86 neither is special. */
	x.machine = EM_X86_64;
	assert_non_null(difference(&x, &y, &a));
	arena_release(&a);
}

static void test_wire(void **state)
{
	struct second_symbol copy[4];
	struct second_reading y = second_of(copy), got;
	struct arena a = ARENA_INIT;
	const char *error = NULL;
	FILE *f = tmpfile();
	long end;

	(void)state;
	assert_non_null(f);
	assert_int_equal(verify_send(f, &y), 0);
	end = ftell(f);
	assert_int_equal(verify_send_error(f, "no such format"), 0);
	rewind(f);
	assert_int_equal(verify_receive(f, &a, &got, &error), 1);
	assert_int_equal(got.nsymbols, 4);
	assert_string_equal(got.symbols[2].name, "__func__.17");
	assert_int_equal(got.symbols[3].size, 16);
	assert_int_equal(verify_receive(f, &a, &got, &error), 0);
	assert_string_equal(error, "no such format");
	assert_int_equal(verify_receive(f, &a, &got, &error), -1);
	/* Cut short anywhere, it is refused. */
	for (long len = 0; len < end; len += 7) {
		rewind(f);
		assert_int_equal(ftruncate(fileno(f), len), 0);
		assert_int_equal(verify_receive(f, &a, &got, &error), -1);
		rewind(f);
		verify_send(f, &y);
		fflush(f);
	}
	fclose(f);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_agree),
		cmocka_unit_test(test_differ),
		cmocka_unit_test(test_arm),
		cmocka_unit_test(test_wire),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
