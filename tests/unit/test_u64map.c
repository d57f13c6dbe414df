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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
