/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The string table and the map on it, against plain arrays; and that two
 * tables do not put the same strings into the same slots.
 */
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/intern.h"
#include "support/seed.h"
#include "support/strmap.h"

#define MANY 100000

/* Different for each i, of lengths from 1 to 400, with NULs. */
static size_t make_text(char *buf, uint32_t i)
{
	static const size_t lens[] = { 4,   5,	 8,   9,   16, 17,
				       128, 129, 240, 241, 400 };
	size_t len = lens[i % (sizeof(lens) / sizeof(lens[0]))];

	memset(buf, (int)(i % 3), len);
	memcpy(buf + len - 4, &i, 4);
	return len;
}

static void test_ids(void **state)
{
	struct intern t = INTERN_INIT;
	char buf[400];

	(void)state;
	assert_int_equal(intern_find(&t, "a", 1), INTERN_NONE);
	for (int round = 0; round < 2; round++) {
		for (uint32_t i = 0; i < MANY; i++) {
			size_t len = make_text(buf, i);

			assert_int_equal(intern_add(&t, buf, len), i);
		}
		assert_int_equal(t.count, MANY);
	}
	for (uint32_t i = 0; i < MANY; i++) {
		size_t len = make_text(buf, i);
		struct intern_text x = intern_get(&t, i);

		assert_int_equal(intern_find(&t, buf, len), i);
		assert_int_equal(x.len, len);
		assert_memory_equal(x.text, buf, len);
		assert_int_equal(x.text[len], '\0');
		buf[0] ^= 4;
		assert_int_equal(intern_find(&t, buf, len), INTERN_NONE);
	}
	assert_int_equal(intern_get(&t, MANY).len, 0);
	intern_release(&t);
	assert_int_equal(t.count, 0);
	assert_int_equal(intern_add(&t, "again", 5), 0);
	intern_release(&t);
}

/* The empty text is one like others to intern_add, and none to intern_id. */
static void test_empty(void **state)
{
	struct intern t = INTERN_INIT, u = INTERN_INIT;

	(void)state;
	assert_int_equal(intern_add(&t, "a", 1), 0);
	assert_int_equal(intern_add(&t, "", 0), 1);
	assert_int_equal(intern_find(&t, "", 0), 1);
	assert_int_equal(intern_id(&u, "", 0), 0);
	assert_int_equal(intern_id(&u, "a", 1), 1);
	assert_int_equal(intern_id(&u, "", 0), 0);
	assert_int_equal(intern_id(&u, "b", 1), 2);
	assert_string_equal(intern_get(&u, 0).text, "");
	assert_string_equal(intern_get(&u, 2).text, "b");
	intern_release(&t);
	intern_release(&u);
}

static void test_borrow(void **state)
{
	static const char *const names[] = { ".text", ".data", ".text.f" };
	struct intern t = INTERN_INIT;

	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(intern_borrow(&t, names[i], strlen(names[i])),
				 i);
		assert_ptr_equal(intern_get(&t, i).text, names[i]);
	}
	assert_int_equal(intern_add(&t, ".data.old", 5), 1);
	assert_int_equal(t.arena.bytes, 0);
	intern_release(&t);
}

static size_t slot_of(const struct intern *t, uint32_t id)
{
	for (size_t i = 0; i < t->capacity; i++)
		if (t->slots[i].id1 == id + 1)
			return i;
	fail();
	return 0;
}

static void test_seeded(void **state)
{
	struct intern t = INTERN_INIT, u = INTERN_INIT;
	uint64_t a[2] = { 0, 0 }, b[2] = { 0, 0 };
	size_t same = 0;
	char buf[400];

	(void)state;
	for (uint32_t i = 0; i < 1000; i++) {
		size_t len = make_text(buf, i);

		intern_add(&t, buf, len);
		intern_add(&u, buf, len);
	}
	for (uint32_t i = 0; i < 1000; i++)
		same += slot_of(&t, i) == slot_of(&u, i);
	/* By chance: one in 2048 of them. */
	assert_true(same < 50);
	intern_release(&t);
	intern_release(&u);
	seed_fill(a, sizeof(a));
	seed_fill(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
}

static void test_map(void **state)
{
	struct strmap m = STRMAP_INIT;
	uint64_t value = 7, *at;
	char buf[400];
	bool added;

	(void)state;
	assert_false(strmap_get(&m, "", 0, &value));
	assert_int_equal(value, 7);
	for (uint32_t i = 0; i < MANY; i++) {
		at = strmap_put(&m, buf, make_text(buf, i), i * 3ull, &added);
		assert_true(added);
		assert_int_equal(*at, i * 3ull);
	}
	for (uint32_t i = 0; i < MANY; i++) {
		size_t len = make_text(buf, i);

		assert_true(strmap_get(&m, buf, len, &value));
		assert_int_equal(value, i * 3ull);
		at = strmap_put(&m, buf, len, 1, &added);
		assert_false(added);
		assert_int_equal(*at, i * 3ull);
		*at = i;
		assert_true(strmap_get(&m, buf, len, &value));
		assert_int_equal(value, i);
	}
	strmap_release(&m);
	assert_false(strmap_get(&m, buf, 4, &value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ids),    cmocka_unit_test(test_empty),
		cmocka_unit_test(test_borrow), cmocka_unit_test(test_seeded),
		cmocka_unit_test(test_map),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
