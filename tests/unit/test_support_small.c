/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small ones that everything is built on: memory, arrays, errors, remarks,
 * digests.
 */
#include <errno.h>
#include <stdalign.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/arena.h"
#include "support/digest.h"
#include "support/err.h"
#include "support/grow.h"
#include "support/remarks.h"

/* ---- arena ---- */

static void test_arena(void **state)
{
	static const size_t sizes[] = { 1, 7, 16, 100, 40000, 3, 32768, 0 };
	unsigned char *p[200];
	struct arena a = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < 200; i++) {
		size_t size = sizes[i % 8];

		p[i] = arena_alloc(&a, size);
		assert_non_null(p[i]);
		assert_int_equal((uintptr_t)p[i] % alignof(max_align_t), 0);
		for (size_t k = 0; k < size; k++)
			assert_int_equal(p[i][k], 0);
		memset(p[i], (int)i + 1, size);
	}
	for (size_t i = 0; i < 200; i++) {
		for (size_t k = 0; k < sizes[i % 8]; k++)
			assert_int_equal(p[i][k], (unsigned char)(i + 1));
	}
	/* Large blocks leave the room of the small ones in use. */
	assert_true(a.bytes < 25 * (40000 + 32768 + 2 * 32768 + 200));
	arena_release(&a);
	assert_int_equal(a.bytes, 0);
	assert_null(a.head);
}

static void test_arena_bounds(void **state)
{
	struct arena a = ARENA_INIT;

	(void)state;
	assert_null(arena_alloc(&a, SIZE_MAX));
	assert_null(arena_alloc(&a, SIZE_MAX - 16));
	assert_null(arena_calloc(&a, SIZE_MAX / 2, 3));
	assert_null(arena_strndup(&a, "x", SIZE_MAX));
	assert_int_equal(a.bytes, 0);
	assert_non_null(arena_calloc(&a, 0, 8));
	arena_release(&a);
}

static void test_arena_texts(void **state)
{
	struct arena a = ARENA_INIT;
	char *s;

	(void)state;
	s = arena_strndup(&a, "hello world", 5);
	assert_string_equal(s, "hello");
	assert_string_equal(arena_strdup(&a, ""), "");
	assert_string_equal(arena_printf(&a, "%s/%d", "x", 42), "x/42");
	s = arena_printf(&a, "%070000d", 1);
	assert_int_equal(strlen(s), 70000);
	arena_release(&a);
}

/* ---- grow ---- */

static void test_grow(void **state)
{
	uint32_t *v = NULL;
	size_t capacity = 0, before;

	(void)state;
	for (uint32_t i = 0; i < 10000; i++) {
		assert_int_equal(
			grow_room((void **)&v, i, &capacity, sizeof(*v)), 0);
		assert_true(capacity > i);
		v[i] = i;
	}
	for (uint32_t i = 0; i < 10000; i++)
		assert_int_equal(v[i], i);
	/* No room for what cannot be: the array stays. */
	before = capacity;
	assert_int_equal(
		grow_room((void **)&v, capacity, &capacity, SIZE_MAX / 4), -1);
	assert_int_equal(capacity, before);
	assert_int_equal(v[9999], 9999);
	free(v);
	v = NULL;
	capacity = SIZE_MAX - 1;
	assert_int_equal(grow_room((void **)&v, SIZE_MAX - 1, &capacity, 1),
			 -1);
	assert_null(v);
}

/* ---- errors ---- */

static void test_err_codes(void **state)
{
	static const struct {
		enum err_code code;
		int exit;
	} all[] = {
		{ ERR_USAGE, 2 },  { ERR_IO, 3 }, { ERR_NOMEM, 3 },
		{ ERR_FORMAT, 3 }, { ERR_DB, 3 }, { ERR_CHECK, 4 },
		{ ERR_SIZE, 3 },
	};
	struct err unfilled = { ERR_NONE, "" }, e;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		assert_int_equal(err_set(&e, all[i].code, "no %s", "more"),
				 -(int)all[i].code);
		assert_int_equal(err_exit_code(&e), all[i].exit);
		assert_string_equal(e.text, "no more");
		/* A bare -1 is none of them. */
		assert_true(all[i].code > 1);
	}
	assert_int_equal(err_exit_code(&unfilled), 3);
	unfilled.code = (enum err_code)1;
	assert_int_equal(err_exit_code(&unfilled), 3);
	assert_int_equal(err_nomem(&e), -(int)ERR_NOMEM);
	assert_string_equal(e.text, "out of memory");
}

static void test_err_texts(void **state)
{
	char longer[3000];
	struct err e;

	(void)state;
	errno = ENOENT;
	assert_int_equal(err_set_errno(&e, ERR_IO, "cannot open '%s'", "x"),
			 -(int)ERR_IO);
	assert_string_equal(e.text,
			    "cannot open 'x': No such file or directory");
	assert_int_equal(err_prefix(&e, "build %d", 3), -(int)ERR_IO);
	assert_string_equal(
		e.text, "build 3: cannot open 'x': No such file or directory");
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	err_set(&e, ERR_IO, "%s", longer);
	assert_int_equal(strlen(e.text), sizeof(e.text) - 1);
	err_prefix(&e, "%s", longer);
	assert_int_equal(strlen(e.text), sizeof(e.text) - 1);
	errno = ENOENT;
	err_set_errno(&e, ERR_IO, "%s", longer);
	assert_int_equal(strlen(e.text), sizeof(e.text) - 1);
}

/* ---- remarks ---- */

static void test_remarks_once(void **state)
{
	struct remarks r = { 0 };
	size_t bytes;
	struct err e;

	(void)state;
	assert_int_equal(remarks_count(&r), 0);
	assert_int_equal(remarks_add(&r, &e, "list '%s' is odd", "a"), 0);
	assert_int_equal(remarks_add(&r, &e, "another"), 0);
	bytes = r.texts.arena.bytes;
	for (int i = 0; i < 200000; i++)
		assert_int_equal(remarks_add(&r, &e, "list '%s' is odd", "a"),
				 0);
	assert_int_equal(remarks_count(&r), 2);
	assert_int_equal(r.texts.arena.bytes, bytes);
	assert_string_equal(remarks_text(&r, 0), "list 'a' is odd");
	assert_string_equal(remarks_text(&r, 1), "another");
	remarks_release(&r);
	assert_int_equal(remarks_count(&r), 0);
}

static void test_remarks_bound(void **state)
{
	struct remarks r = { 0 };
	char longer[5000];
	size_t bytes = 0;
	struct err e;

	(void)state;
	memset(longer, 'a', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(remarks_add(&r, &e, "%s", longer), 0);
	assert_int_equal(strlen(remarks_text(&r, 0)), REMARK_TEXT_MAX - 1);
	for (int i = 1; i < 3 * REMARKS_MAX; i++) {
		/* All there is room for, and one of them again. */
		if (i == REMARKS_MAX) {
			remarks_add(&r, &e, "number %d", 5);
			assert_int_equal(remarks_count(&r), REMARKS_MAX);
		}
		assert_int_equal(remarks_add(&r, &e, "number %d", i), 0);
		if (i == REMARKS_MAX)
			bytes = r.texts.arena.bytes;
	}
	assert_int_equal(remarks_count(&r), REMARKS_MAX + 1);
	assert_int_equal(r.texts.arena.bytes, bytes);
	assert_string_equal(remarks_text(&r, REMARKS_MAX - 1), "number 999");
	assert_string_equal(remarks_text(&r, REMARKS_MAX),
			    "there are more remarks than are listed");
	remarks_release(&r);
}

/* ---- digests: what is stored must stay what it is ---- */

static void test_digest(void **state)
{
	/* printf abc | xxh128sum */
	static const unsigned char abc[DIGEST_LEN] = {
		0x06, 0xb0, 0x5a, 0xb6, 0x73, 0x3a, 0x61, 0x85,
		0x78, 0xaf, 0x5f, 0x94, 0x89, 0x2f, 0x39, 0x50,
	};
	unsigned char whole[DIGEST_LEN], parts[DIGEST_LEN];
	struct digest d;
	struct err e;

	(void)state;
	digest_of("abc", 3, whole);
	assert_memory_equal(whole, abc, DIGEST_LEN);
	assert_int_equal(digest_begin(&d, &e), 0);
	digest_add(&d, "a", 1);
	digest_add(&d, "bc", 2);
	digest_end(&d, parts);
	assert_memory_equal(parts, abc, DIGEST_LEN);
	assert_null(d.state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arena),
		cmocka_unit_test(test_arena_bounds),
		cmocka_unit_test(test_arena_texts),
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_err_codes),
		cmocka_unit_test(test_err_texts),
		cmocka_unit_test(test_remarks_once),
		cmocka_unit_test(test_remarks_bound),
		cmocka_unit_test(test_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
