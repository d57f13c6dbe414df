/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The map of pointers, against a plain array, with keys that collide.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/u64map.h"

#define KEYS 5000
#define STEPS 400000

static void test_random(void **state)
{
	static uint32_t plain[KEYS];
	struct u64map m = U64MAP_INIT;
	uint64_t seed = 1;
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < KEYS; i++)
		plain[i] = U64MAP_NONE;
	for (uint32_t i = 0; i < STEPS; i++) {
		size_t k;
		uint64_t key;

		seed = seed * UINT64_C(6364136223846793005) + 1;
		k = (size_t)(seed >> 33) % KEYS;
		key = k % 3 ? k * 64 : (uint64_t)k << 52;
		assert_int_equal(u64map_get(&m, key), plain[k]);
		if (seed >> 63) {
			assert_int_equal(u64map_take(&m, key), plain[k]);
			count -= plain[k] != U64MAP_NONE;
			plain[k] = U64MAP_NONE;
		} else {
			assert_int_equal(u64map_put(&m, key, i), 0);
			count += plain[k] == U64MAP_NONE;
			plain[k] = i;
		}
		assert_int_equal(m.count, count);
	}
	u64map_release(&m);
	assert_int_equal(u64map_get(&m, 1), U64MAP_NONE);
	assert_int_equal(u64map_take(&m, 1), U64MAP_NONE);
}

/* Keys that a stranger chose: apart only in their high bits, in their low
 * ones, or in steps.  No long run of slots may be full. */
static void test_flood(void **state)
{
	(void)state;
	for (unsigned int shift = 0; shift <= 49; shift += 7) {
		struct u64map m = U64MAP_INIT;
		size_t run = 0, longest = 0;

		for (uint32_t i = 0; i < 30000; i++)
			assert_int_equal(
				u64map_put(&m, (uint64_t)i << shift, i), 0);
		for (size_t i = 0; i < m.capacity; i++) {
			run = m.slots[i].value == U64MAP_NONE ? 0 : run + 1;
			longest = run > longest ? run : longest;
		}
		assert_in_range(longest, 1, 1000);
		u64map_release(&m);
	}
}

static void test_seeded(void **state)
{
	struct u64map m = U64MAP_INIT, n = U64MAP_INIT;

	(void)state;
	u64map_put(&m, 1, 1);
	u64map_put(&n, 1, 1);
	assert_memory_not_equal(m.seed, n.seed, sizeof(m.seed));
	u64map_release(&m);
	u64map_release(&n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_flood),
		cmocka_unit_test(test_seeded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
