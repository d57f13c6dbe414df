/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The KASLR offset by trying.
 */
#include "symbols_fixture.h"
#include "symbols/kaslr.h"

#define PLACES 100
#define CALLS 30 /* a place */
#define SITES 400
#define SLIDE UINT64_C(0x1a000000)

static uint64_t next(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return *seed >> 33;
}

/* 3,000 returns at random distances; their addresses go to returns. */
static struct fix *many_calls(uint64_t base, bool is_64bit, uint64_t *returns)
{
	struct fix *f = fix_new(is_64bit ? 62 : 3, is_64bit);
	uint64_t seed = 7, addr = base, offsets[CALLS + 1];

	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	for (size_t i = 0; i < PLACES; i++) {
		uint64_t at = 0;

		for (size_t k = 0; k < CALLS; k++) {
			at += 5 + next(&seed) % 60;
			offsets[k] = at;
			returns[i * CALLS + k] = addr + at;
		}
		offsets[CALLS] = 0;
		fix_place(f, addr, at + 1, (uint32_t)(i % 64), offsets);
		addr += (at + 16) & ~UINT64_C(15);
	}
	fix_start(f);
	return f;
}

static size_t take_sites(const uint64_t *returns, uint64_t kaslr_offset,
			 size_t of20, uint64_t *sites)
{
	uint64_t seed = 99;

	for (size_t i = 0; i < SITES; i++) {
		sites[i] = returns[next(&seed) % (PLACES * CALLS)] +
			   kaslr_offset;
		if (i % 20 < of20)
			sites[i] += 1 + next(&seed) % 3;
	}
	return SITES;
}

static void test_found(void **state)
{
	uint64_t returns[PLACES * CALLS], sites[SITES + 60];
	struct fix *f = many_calls(BASE, true, returns);
	size_t n = take_sites(returns, SLIDE, 1, sites);
	int64_t kaslr_offset;

	(void)state;
	/* Modules are passed over. */
	for (size_t i = 0; i < 60; i++)
		sites[n++] = UINT64_C(0xffffffffc0000000) + i * 77;
	assert_int_equal(resolver_find_kaslr_offset(f->r, sites, n), 1);
	assert_true(resolver_kaslr_offset(f->r, &kaslr_offset));
	assert_int_equal(kaslr_offset, SLIDE);
	assert_int_equal(fix_site(f, NULL, sites[5]), SITE_OBJECT);
	assert_true(f->m.agreed);
	/* 15 % of garbage is too much. */
	n = take_sites(returns, SLIDE, 3, sites);
	assert_int_equal(resolver_find_kaslr_offset(f->r, sites, n), 0);
	fix_end(f);
}

static void test_zero_first(void **state)
{
	uint64_t returns[PLACES * CALLS], sites[SITES];
	struct fix *f = many_calls(BASE, true, returns);
	int64_t kaslr_offset = 1;

	(void)state;
	take_sites(returns, 0, 1, sites);
	assert_int_equal(resolver_find_kaslr_offset(f->r, sites, 10), 1);
	assert_true(resolver_kaslr_offset(f->r, &kaslr_offset));
	assert_int_equal(kaslr_offset, 0);
	fix_end(f);
}

static void test_not_found(void **state)
{
	uint64_t returns[PLACES * CALLS], sites[SITES], seed = 3;
	struct fix *f = many_calls(BASE, true, returns);
	int64_t kaslr_offset;

	(void)state;
	take_sites(returns, SLIDE, 0, sites);
	assert_int_equal(resolver_find_kaslr_offset(f->r, sites, 7), 0);
	assert_int_equal(resolver_find_kaslr_offset(f->r, sites, 0), 0);
	/* One site, often. */
	for (size_t i = 0; i < SITES; i++)
		sites[i] = returns[1] + SLIDE;
	assert_int_equal(resolver_find_kaslr_offset(f->r, sites, SITES), 0);
	for (size_t i = 0; i < SITES; i++)
		sites[i] = BASE + SLIDE + next(&seed) % 0x18000;
	assert_int_equal(resolver_find_kaslr_offset(f->r, sites, SITES), 0);
	memset(sites, 0, sizeof(sites));
	assert_int_equal(resolver_find_kaslr_offset(f->r, sites, SITES), 0);
	memset(sites, 0xff, sizeof(sites));
	assert_int_equal(resolver_find_kaslr_offset(f->r, sites, SITES), 0);
	assert_false(resolver_kaslr_offset(f->r, &kaslr_offset));
	fix_end(f);
}

static void test_32_bits(void **state)
{
	uint64_t returns[PLACES * CALLS], sites[SITES];
	struct fix *f = many_calls(0xc1000000, false, returns);
	int64_t kaslr_offset;

	(void)state;
	/* Sign-extended, and moved past the end of the address space. */
	take_sites(returns, UINT64_C(0xffffffff00000000) - 0x600000, 1, sites);
	assert_int_equal(resolver_find_kaslr_offset(f->r, sites, SITES), 1);
	assert_true(resolver_kaslr_offset(f->r, &kaslr_offset));
	assert_int_equal(kaslr_offset, -0x600000);
	fix_end(f);
}

/* A return every 8 bytes: every page looks like the next. */
static void test_periodic(void **state)
{
	struct fix *f = fix_new(62, true);
	uint64_t offsets[2049], sites[100];

	(void)state;
	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	for (uint64_t i = 0; i < 2048; i++)
		offsets[i] = (i + 1) * 8;
	offsets[2048] = 0;
	for (uint64_t i = 0; i < 20; i++)
		fix_place(f, BASE + i * 0x4000, 0x4000, 0, offsets);
	fix_start(f);
	for (uint64_t i = 0; i < 100; i++)
		sites[i] = BASE + SLIDE + 8 * (i * i + 1);
	assert_int_equal(resolver_find_kaslr_offset(f->r, sites, 100), 0);
	fix_end(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_zero_first),
		cmocka_unit_test(test_not_found),
		cmocka_unit_test(test_32_bits),
		cmocka_unit_test(test_periodic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
