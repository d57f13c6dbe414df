/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which call site is which, across two traces: what moves offsets, orders,
 * names and sizes, and that on random traces every site is in one pair.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "compare/sites.h"

#define NONE COMPARE_SITE_NONE
#define LENGTH(v) (sizeof(v) / sizeof(*(v)))

struct result {
	struct compare_site_pair *v;
	size_t n;
};

static struct result compare(const struct compare_site *b, size_t nb,
			     const struct compare_site *a, size_t na)
{
	struct result r;
	struct err e;

	assert_int_equal(compare_sites(b, nb, a, na, &r.v, &r.n, &e), 0);
	return r;
}

static void assert_pair(const struct result *r, uint32_t i, uint32_t j)
{
	for (size_t k = 0; k < r->n; k++)
		if (r->v[k].before == i && r->v[k].after == j)
			return;
	fail_msg("%u is not with %u", i, j);
}

static struct compare_site site(const char *function, const char *owner,
				uint64_t offset, uint64_t size)
{
	return (struct compare_site){ "a.o", function, owner, "",
				      "",    offset,   size,  0 };
}

/* Everything moved, and one came between: the order and the sizes tell. */
static void test_offsets_move(void **state)
{
	const struct compare_site b[] = { site("f", "f", 10, 64),
					  site("f", "f", 20, 192),
					  site("f", "f", 30, 64) };
	const struct compare_site a[] = { site("f", "f", 15, 64),
					  site("f", "f", 18, 4096),
					  site("f", "f", 40, 192),
					  site("f", "f", 44, 64) };
	struct result r = compare(b, LENGTH(b), a, LENGTH(a));

	(void)state;
	assert_int_equal(r.n, 4);
	assert_pair(&r, 0, 0);
	assert_pair(&r, 1, 2);
	assert_pair(&r, 2, 3);
	assert_pair(&r, NONE, 1);
	free(r.v);
}

/* One grew, and a new one came before it: the flags tell which. */
static void test_flags(void **state)
{
	struct compare_site b[] = { site("f", "f", 10, 900) };
	struct compare_site a[] = { site("f", "f", 10, 200),
				    site("f", "f", 20, 3900) };
	struct result r;

	(void)state;
	b[0].flags = a[1].flags = "GFP_KERNEL|__GFP_ZERO";
	a[0].flags = "GFP_KERNEL";
	r = compare(b, 1, a, 2);
	assert_pair(&r, 0, 1);
	assert_pair(&r, NONE, 0);
	free(r.v);
}

/* Kinds and caches are never mixed; two of another order are still two. */
static void test_kinds_and_caches(void **state)
{
	struct compare_site b[] = { site("f", "f", 10, 64),
				    site("f", "f", 20, 64),
				    site("f", "f", 30, 64) };
	struct compare_site a[] = { site("f", "f", 10, 64),
				    site("f", "f", 20, 64),
				    site("f", "f", 30, 64) };
	struct result r;

	(void)state;
	b[0].kind = a[1].kind = 1;
	b[1].cache = "dentry";
	b[2].cache = a[0].cache = "inode";
	b[1].kind = b[2].kind = a[0].kind = a[2].kind = 2;
	a[2].cache = "dentry";
	r = compare(b, 3, a, 3);
	assert_pair(&r, 0, 1);
	assert_pair(&r, 1, 2);
	assert_pair(&r, 2, 0);
	free(r.v);
}

/* A clone is its function; an owner that is inlined elsewhere is the same;
 * functions of one name in two objects are two. */
static void test_names(void **state)
{
	struct compare_site b[] = { site("f.isra.0", "f", 10, 64),
				    site("g", "asks", 20, 32),
				    site("same", "same", 5, 8),
				    site("gone", "gone", 5, 8) };
	struct compare_site a[] = { site("f", "f", 90, 64),
				    site("h", "asks", 20, 32),
				    site("same", "same", 5, 8),
				    site("came", "came", 5, 8) };
	struct result r;

	(void)state;
	a[2].path = "b.o";
	r = compare(b, 4, a, 4);
	assert_pair(&r, 0, 0);
	assert_pair(&r, 1, 1);
	assert_pair(&r, 2, NONE);
	assert_pair(&r, NONE, 2);
	assert_pair(&r, 3, NONE);
	assert_pair(&r, NONE, 3);
	free(r.v);
}

static void assert_each_once(const struct result *r, size_t nb, size_t na)
{
	unsigned char *seen = calloc(nb + na + 1, 1);

	assert_non_null(seen);
	for (size_t k = 0; k < r->n; k++) {
		if (r->v[k].before != NONE)
			assert_int_equal(seen[r->v[k].before]++, 0);
		if (r->v[k].after != NONE)
			assert_int_equal(seen[nb + r->v[k].after]++, 0);
		assert_true(r->v[k].before != NONE || r->v[k].after != NONE);
	}
	for (size_t i = 0; i < nb + na; i++)
		assert_int_equal(seen[i], 1);
	free(seen);
}

static void test_random(void **state)
{
	static const char *const names[] = { "f", "g", "f.part.0", "h.cold" };
	static const char *const texts[] = { "", "x", "y" };
	struct compare_site v[2][60];

	(void)state;
	srand(20261130);
	for (int round = 0; round < 300; round++) {
		size_t n[2] = { (size_t)rand() % 60, (size_t)rand() % 60 };
		struct result r;

		for (int s = 0; s < 2; s++)
			for (size_t i = 0; i < n[s]; i++)
				v[s][i] = (struct compare_site){
					texts[rand() % 3],
					names[rand() % 4],
					texts[rand() % 3],
					texts[rand() % 3],
					texts[rand() % 3],
					(uint64_t)rand() % 40,
					(uint64_t)rand() % 5 * 32,
					rand() % 2,
				};
		r = compare(v[0], n[0], v[1], n[1]);
		assert_each_once(&r, n[0], n[1]);
		free(r.v);
		/* A trace beside itself is itself. */
		r = compare(v[0], n[0], v[0], n[0]);
		assert_each_once(&r, n[0], n[0]);
		assert_int_equal(r.n, n[0]);
		free(r.v);
	}
}

/* One function of 200,000 sites costs no square. */
static void test_many(void **state)
{
	enum { N = 200000 };
	struct compare_site *v = calloc(N, sizeof(*v));
	struct result r;

	(void)state;
	assert_non_null(v);
	for (size_t i = 0; i < N; i++)
		v[i] = site("f", "f", i, 64);
	r = compare(v, N, v, N - 7);
	assert_each_once(&r, N, N - 7);
	assert_int_equal(r.n, N);
	free(r.v);
	free(v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_offsets_move),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_kinds_and_caches),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
