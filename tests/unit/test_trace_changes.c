/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes of live memory: what is put comes back, however much it is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "trace/pair/changes.h"

struct sums {
	uint64_t changes, site_sum, bytes, freed, last_ns;
};

/* -1: they are not complete. */
static int read_back(struct changes *c, struct sums *ret)
{
	struct changes_reader reader = { .at = 0 };
	const struct change_record *r;
	uint64_t bytes = 0, ticks = 0;
	size_t count;

	*ret = (struct sums){ 0 };
	do {
		if (changes_next(c, &reader, &r, &count))
			return -1;
		for (size_t i = 0; i < count; i++) {
			bytes = bytes << 32 | r[i].bytes;
			ticks = ticks << 32 | r[i].ticks;
			if (r[i].what == CHANGE_WIDE)
				continue;
			ret->changes++;
			ret->site_sum += r[i].what >> 2;
			*(r[i].what & 1 ? &ret->freed : &ret->bytes) += bytes;
			ret->last_ns += ticks;
			bytes = ticks = 0;
		}
	} while (count);
	return 0;
}

/* Of a buffer, of exactly one, and of several. */
static void test_all_come_back(void **state)
{
	static const size_t counts[] = { 1, CHANGES_BUFFER - 1, CHANGES_BUFFER,
					 CHANGES_BUFFER + 1, 200000 };

	(void)state;
	for (size_t k = 0; k < sizeof(counts) / sizeof(counts[0]); k++) {
		struct changes c = { .count = 0 };
		struct sums s, want = { 0 };

		for (size_t i = 0; i < counts[k]; i++) {
			uint64_t bytes = i % 1000 ? i : UINT64_C(5) << 32 | i;
			uint64_t at = 7 * i +
				      (i >= 500 ? UINT64_C(9) << 33 : 0);
			bool freed = i % 3 == 0;

			changes_put(&c, (uint32_t)i, i % 2, freed, bytes, at);
			want.changes++;
			want.site_sum += i;
			*(freed ? &want.freed : &want.bytes) += bytes;
			want.last_ns = at;
		}
		assert_int_equal(read_back(&c, &s), 0);
		assert_memory_equal(&s, &want, sizeof(s));
		/* and once more */
		assert_int_equal(read_back(&c, &s), 0);
		assert_memory_equal(&s, &want, sizeof(s));
		changes_release(&c);
	}
}

/* In the buffer, and when it has gone to the file. */
static void test_corrected(void **state)
{
	struct changes c = { .count = 0 };
	uint64_t first, last;
	struct sums s;

	(void)state;
	changes_put(&c, 5, false, false, 64, 0);
	first = changes_last(&c);
	for (size_t i = 0; i < 2 * CHANGES_BUFFER; i++)
		changes_put(&c, 0, false, true, 1, 1);
	changes_put(&c, 7, false, false, UINT64_C(1) << 33, 2);
	last = changes_last(&c);
	changes_correct(&c, first, 100, false);
	changes_correct(&c, last, 1000, false);
	assert_int_equal(read_back(&c, &s), 0);
	assert_int_equal(s.site_sum, 1100);
	assert_int_equal(s.bytes, 64 + (UINT64_C(1) << 33));
	assert_int_equal(s.freed, 2 * CHANGES_BUFFER);
	changes_release(&c);
}

/* Times that run backwards a little. */
static void test_backwards(void **state)
{
	struct changes c = { .count = 0 };
	struct sums s;

	(void)state;
	changes_put(&c, 1, false, false, 64, 1000);
	changes_put(&c, 1, false, true, 64, 990);
	assert_int_equal(read_back(&c, &s), 0);
	assert_int_equal(s.last_ns, 990);
	changes_release(&c);
}

/* Where there is no room they are not known, and nothing else happens. */
static void test_no_room(void **state)
{
	struct changes c = { .count = 0 };
	struct sums s;

	(void)state;
	setenv("TMPDIR", "/nowhere/at/all", 1);
	for (size_t i = 0; i < 3 * CHANGES_BUFFER; i++)
		changes_put(&c, 1, false, false, 64, i);
	unsetenv("TMPDIR");
	assert_true(c.failed != 0);
	assert_int_equal(read_back(&c, &s), -1);
	changes_correct(&c, 0, 2, false);
	changes_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_come_back),
		cmocka_unit_test(test_corrected),
		cmocka_unit_test(test_backwards),
		cmocka_unit_test(test_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
