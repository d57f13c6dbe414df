/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which symbol is which, across two builds: each pass on its own, and that
 * on random builds every symbol is in one pair.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "compare/clone_name.h"
#include "compare/symbols.h"

#define FUNC 2
#define OBJECT 1
enum { A_O = 1, B_O, C_O };
enum { TEXT = 1, INIT_TEXT, DATA };

#define LENGTH(v) (sizeof(v) / sizeof(*(v)))

struct result {
	struct compare_pair *v;
	size_t n;
};

static struct result compare(const struct compare_symbol *b, size_t nb,
			     const struct compare_symbol *a, size_t na)
{
	struct result r;
	struct err e;

	assert_int_equal(compare_symbols(b, nb, a, na, &r.v, &r.n, &e), 0);
	return r;
}

/* Symbol i of before is with symbol j of after. */
static void assert_pair(const struct result *r, uint32_t i, uint32_t j,
			enum compare_what what)
{
	for (size_t k = 0; k < r->n; k++) {
		if (r->v[k].before == i && r->v[k].after == j) {
			assert_int_equal(r->v[k].what, what);
			return;
		}
	}
	fail_msg("%u is not with %u", i, j);
}

static void test_base_names(void **state)
{
	static const struct {
		const char *name, *base;
		bool cold;
	} v[] = {
		{ "foo", "foo", false },
		{ "foo.isra.0", "foo", false },
		{ "foo.constprop.12.isra.3", "foo", false },
		{ "foo.part.0.cold", "foo", true },
		{ "foo.cold", "foo", true },
		{ "foo.cold.17", "foo", true },
		{ "foo.llvm.1234567890123", "foo", false },
		{ "foo.lto_priv.0", "foo", false },
		{ "foo.isra.#", "foo", false },
		{ "foo.coldest", "foo.coldest", false },
		{ "__func__.12", "__func__.12", false },
		{ "foo.isra", "foo.isra", false },
		{ "a.b.c", "a.b.c", false },
		{ ".isra.0", ".isra.0", false },
		{ "", "", false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(v); i++) {
		assert_int_equal(clone_base_length(v[i].name),
				 strlen(v[i].base));
		assert_int_equal(clone_is_cold(v[i].name), v[i].cold);
	}
}

static void test_within_object(void **state)
{
	const struct compare_symbol b[] = {
		{ A_O, TEXT, "grows", 0, 10, FUNC, 0 },
		{ A_O, TEXT, "f", 16, 20, FUNC, 0 },
		{ A_O, TEXT, "f.cold", 40, 5, FUNC, 0 },
		{ A_O, DATA, "x.#", 0, 4, OBJECT, 0 },
		{ A_O, DATA, "x.#", 8, 8, OBJECT, 0 },
		{ A_O, TEXT, "to_init", 64, 30, FUNC, 0 },
	};
	const struct compare_symbol a[] = {
		{ A_O, DATA, "x.#", 0, 8, OBJECT, 0 },
		{ A_O, DATA, "x.#", 8, 4, OBJECT, 0 },
		{ A_O, TEXT, "f.isra.#", 16, 18, FUNC, 0 },
		{ A_O, TEXT, "f.isra.#.cold", 40, 6, FUNC, 0 },
		{ A_O, TEXT, "grows", 0, 14, FUNC, 0 },
		{ A_O, INIT_TEXT, "to_init", 64, 30, FUNC, 0 },
	};
	struct result r = compare(b, LENGTH(b), a, LENGTH(a));

	(void)state;
	assert_int_equal(r.n, 6);
	assert_pair(&r, 0, 4, COMPARE_SAME);
	assert_pair(&r, 1, 2, COMPARE_SAME);
	assert_pair(&r, 2, 3, COMPARE_SAME);
	/* Two variables of one name: by size first, whatever their place. */
	assert_pair(&r, 3, 1, COMPARE_SAME);
	assert_pair(&r, 4, 0, COMPARE_SAME);
	assert_pair(&r, 5, 5, COMPARE_SAME);
	free(r.v);
}

static void test_moved(void **state)
{
	const struct compare_symbol b[] = {
		{ A_O, TEXT, "went", 0, 10, FUNC, 0 },
		{ A_O, TEXT, "went_too.constprop.#", 16, 50, FUNC, 0 },
		{ A_O, TEXT, "init_once", 80, 9, FUNC, 0 },
		{ B_O, TEXT, "init_once", 0, 9, FUNC, 0 },
	};
	const struct compare_symbol a[] = {
		{ B_O, TEXT, "went", 0, 12, FUNC, 0 },
		{ B_O, TEXT, "went_too", 16, 55, FUNC, 0 },
		/* Two of one name went, two came: nobody knows which. */
		{ C_O, TEXT, "init_once", 0, 9, FUNC, 0 },
		{ C_O, INIT_TEXT, "init_once", 0, 9, FUNC, 0 },
	};
	struct result r = compare(b, LENGTH(b), a, LENGTH(a));

	(void)state;
	assert_int_equal(r.n, 6);
	assert_pair(&r, 0, 0, COMPARE_MOVED);
	assert_pair(&r, 1, 1, COMPARE_MOVED);
	assert_pair(&r, 2, COMPARE_NONE, COMPARE_REMOVED);
	assert_pair(&r, 3, COMPARE_NONE, COMPARE_REMOVED);
	assert_pair(&r, COMPARE_NONE, 2, COMPARE_ADDED);
	assert_pair(&r, COMPARE_NONE, 3, COMPARE_ADDED);
	free(r.v);
}

static void test_renamed(void **state)
{
	const struct compare_symbol b[] = {
		{ A_O, TEXT, "first", 0, 16, FUNC, 0 },
		{ A_O, TEXT, "old_name", 16, 32, FUNC, 0 },
		{ A_O, TEXT, "last", 48, 16, FUNC, 0 },
		{ A_O, TEXT, "bye", 64, 20, FUNC, 0 },
		{ B_O, TEXT, "alone", 0, 24, FUNC, 0 },
	};
	const struct compare_symbol a[] = {
		{ A_O, TEXT, "first", 0, 16, FUNC, 0 },
		{ A_O, TEXT, "new_name", 16, 32, FUNC, 0 },
		{ A_O, TEXT, "last", 48, 16, FUNC, 0 },
		/* After the same neighbour, but another size: not it. */
		{ A_O, TEXT, "hello", 64, 28, FUNC, 0 },
		/* Of the same size, but a variable. */
		{ B_O, TEXT, "solo", 0, 24, OBJECT, 0 },
	};
	struct result r = compare(b, LENGTH(b), a, LENGTH(a));

	(void)state;
	assert_int_equal(r.n, 7);
	assert_pair(&r, 1, 1, COMPARE_RENAMED);
	assert_pair(&r, 3, COMPARE_NONE, COMPARE_REMOVED);
	assert_pair(&r, COMPARE_NONE, 3, COMPARE_ADDED);
	assert_pair(&r, 4, COMPARE_NONE, COMPARE_REMOVED);
	free(r.v);
}

static void test_nothing(void **state)
{
	struct result r = compare(NULL, 0, NULL, 0);

	(void)state;
	assert_int_equal(r.n, 0);
	free(r.v);
}

static void fill_random(struct compare_symbol *v, size_t n, unsigned int *seed)
{
	static const char *const names[] = { "a", "b.isra.#", "b", "c.cold",
					     "c", "x.#",      "y" };

	for (size_t i = 0; i < n; i++)
		v[i] = (struct compare_symbol){
			.path = rand_r(seed) % 3,
			.section = rand_r(seed) % 2,
			.name = names[(size_t)rand_r(seed) % LENGTH(names)],
			.value = (uint64_t)rand_r(seed) % 50,
			.size = (uint64_t)rand_r(seed) % 5,
			.type = (uint8_t)(1 + rand_r(seed) % 2),
		};
}

/* Whatever comes in: each symbol is in one pair, pairs are mutual, and the
 * same build on both sides differs by nothing. */
static void test_random(void **state)
{
	unsigned int seed = 20261125;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct compare_symbol b[40], a[40];
		size_t nb = (size_t)rand_r(&seed) % 41;
		size_t na = (size_t)rand_r(&seed) % 41;
		unsigned int seen_b[40] = { 0 }, seen_a[40] = { 0 };
		struct result r;

		fill_random(b, nb, &seed);
		fill_random(a, na, &seed);
		r = compare(b, nb, a, na);
		for (size_t k = 0; k < r.n; k++) {
			if (r.v[k].before != COMPARE_NONE)
				seen_b[r.v[k].before]++;
			if (r.v[k].after != COMPARE_NONE)
				seen_a[r.v[k].after]++;
		}
		for (size_t i = 0; i < nb; i++)
			assert_int_equal(seen_b[i], 1);
		for (size_t i = 0; i < na; i++)
			assert_int_equal(seen_a[i], 1);
		free(r.v);
		r = compare(b, nb, b, nb);
		assert_int_equal(r.n, nb);
		for (size_t k = 0; k < r.n; k++) {
			assert_int_equal(r.v[k].what, COMPARE_SAME);
			assert_int_equal(b[r.v[k].before].size,
					 b[r.v[k].after].size);
		}
		free(r.v);
	}
}

static bool one_key(const struct compare_symbol *x,
		    const struct compare_symbol *y)
{
	return x->path == y->path && x->section == y->section &&
	       x->size == y->size && x->type == y->type &&
	       strcmp(x->name, y->name) == 0;
}

static size_t count_key(const struct compare_symbol *v, size_t n,
			const struct compare_symbol *like, size_t *ret)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		if (!one_key(&v[i], like))
			continue;
		found++;
		*ret = i;
	}
	return found;
}

/* What has a key of its own is said to be the same, of some of them. */
static void settle(struct compare_symbol *b, size_t nb,
		   struct compare_symbol *a, size_t na, unsigned int *seed)
{
	for (size_t i = 0; i < nb; i++) {
		size_t at = 0, mate = 0;

		if (count_key(b, nb, &b[i], &at) != 1 ||
		    count_key(a, na, &b[i], &mate) != 1 ||
		    rand_r(seed) % 4 == 0)
			continue;
		b[i].same = (uint32_t)mate + 1;
		a[mate].same = (uint32_t)i + 1;
	}
}

/* Who says beforehand what is the same gets the pairs that he would get. */
static void test_settled(void **state)
{
	unsigned int seed = 20261201;
	size_t settled = 0;

	(void)state;
	for (int round = 0; round < 1000; round++) {
		struct compare_symbol b[40], a[40];
		size_t nb = (size_t)rand_r(&seed) % 41;
		size_t na = (size_t)rand_r(&seed) % 41;
		struct result all, rest;

		fill_random(b, nb, &seed);
		fill_random(a, na, &seed);
		for (size_t i = 0; i < nb && i < na; i++)
			if (rand_r(&seed) % 2)
				a[i] = b[i];
		all = compare(b, nb, a, na);
		settle(b, nb, a, na, &seed);
		for (size_t i = 0; i < nb; i++) {
			settled += b[i].same != 0;
			/* Nor is its name looked at. */
			if (b[i].same)
				b[i].name = a[b[i].same - 1].name = "";
		}
		rest = compare(b, nb, a, na);
		assert_int_equal(rest.n, all.n);
		for (size_t k = 0; k < all.n; k++) {
			assert_int_equal(rest.v[k].before, all.v[k].before);
			assert_int_equal(rest.v[k].after, all.v[k].after);
			assert_int_equal(rest.v[k].what, all.v[k].what);
		}
		free(all.v);
		free(rest.v);
	}
	assert_true(settled > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_base_names),
		cmocka_unit_test(test_within_object),
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_renamed),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_settled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
