/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Call sites by the name that %pS prints.
 */
#include "symbols_fixture.h"
#include "symbols/kaslr.h"

/*
 *	object 0: alpha 0x000..0x040   init_once 0x040..0x080
 *	object 1: beta  0x080..0x0a0   init_once 0x0a0..0x0e0
 *	object 2: gamma 0x0e0..0x100   init_once 0x100..0x160
 */
static struct fix *three_objects(void)
{
	struct fix *f = fix_new(62, true);

	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	fix_symbol_of(f, "_stext", BASE, 0, T_NOTYPE, B_GLOBAL, MAP_NONE);
	fix_place(f, BASE, 0x80, 0, RETURNS(0x10, 0x40, 0x50, 0x70));
	fix_symbol(f, "alpha", BASE, 0x40);
	fix_symbol(f, "init_once", BASE + 0x40, 0x3c);
	/* An object without code lies between, as many do. */
	fix_place(f, BASE + 0x80, 0, 9, RETURNS(0));
	fix_place(f, BASE + 0x80, 0x60, 1, RETURNS(0x15, 0x40, 0x50, 0x60));
	fix_symbol(f, "beta", BASE + 0x80, 0x20);
	fix_symbol(f, "init_once", BASE + 0xa0, 0x3f);
	fix_place(f, BASE + 0xe0, 0x80, 2, RETURNS(0x18, 0x30));
	fix_symbol(f, "gamma", BASE + 0xe0, 0x20);
	fix_symbol(f, "init_once", BASE + 0x100, 0x60);
	fix_symbol_of(f, "_etext", BASE + 0x160, 0, T_NOTYPE, B_GLOBAL,
		      MAP_NONE);
	fix_start(f);
	return f;
}

static void test_unique(void **state)
{
	struct fix *f = three_objects();

	(void)state;
	ASSERT_OBJECT(f, "alpha+0x10/0x40", 0, 0, "alpha");
	assert_true(f->m.checked && f->m.agreed && f->m.exact);
	assert_int_equal(f->m.address, BASE + 0x10);
	assert_int_equal(f->m.symbol, MAP_NONE);
	ASSERT_OBJECT(f, "beta+0x15", 0, 1, "beta");
	assert_true(f->m.agreed);
	/* No call there: the build is another one, but the name is plain. */
	ASSERT_OBJECT(f, "alpha+0x11/0x40", 0, 0, "alpha");
	assert_true(f->m.checked && !f->m.agreed);
	/* Another size is another function: it is only listed. */
	assert_int_equal(fix_site(f, "alpha+0x10/0x50", 0), SITE_AMBIGUOUS);
	assert_int_equal(f->m.ncandidates, 1);
	assert_int_equal(f->m.candidates[0].object, 0);
	assert_true(f->m.checked && !f->m.agreed);
	/* Stacks name functions only. */
	ASSERT_OBJECT(f, "gamma", 0, 2, "gamma");
	assert_false(f->m.exact);
	assert_false(f->m.checked);
	assert_int_equal(fix_site(f, "init_once", 0), SITE_AMBIGUOUS);
	assert_int_equal(f->m.ncandidates, 3);
	fix_end(f);
}

static void test_namesakes(void **state)
{
	struct fix *f = three_objects();

	(void)state;
	/* By its size, as the kernel counts it: to the next symbol. */
	ASSERT_OBJECT(f, "init_once+0x11/0x60", 0, 2, "init_once");
	assert_false(f->m.agreed);
	/* Two have 0x40: by the call. */
	ASSERT_OBJECT(f, "init_once+0x20/0x40", 0, 1, "init_once");
	assert_true(f->m.agreed);
	assert_int_equal(f->m.address, BASE + 0xc0);
	ASSERT_OBJECT(f, "init_once+0x10/0x40", 0, 0, "init_once");
	/* Both call there: nothing is guessed. */
	assert_int_equal(fix_site(f, "init_once+0x30/0x40", 0), SITE_AMBIGUOUS);
	assert_int_equal(f->m.ncandidates, 2);
	assert_int_equal(f->m.candidates[0].object, 0);
	assert_int_equal(f->m.candidates[0].address, BASE + 0x70);
	assert_int_equal(f->m.candidates[1].object, 1);
	assert_true(f->m.checked && f->m.agreed);
	/* Neither does. */
	assert_int_equal(fix_site(f, "init_once+0x31/0x40", 0), SITE_AMBIGUOUS);
	assert_int_equal(f->m.ncandidates, 2);
	assert_true(f->m.checked && !f->m.agreed);
	/* Offsets that only the longest reaches. */
	ASSERT_OBJECT(f, "init_once+0x50", 0, 2, "init_once");
	assert_false(f->m.agreed);
	/* A size of none of them: another build, whose calls tell nothing. */
	assert_int_equal(fix_site(f, "init_once+0x10/0x44", 0), SITE_AMBIGUOUS);
	assert_int_equal(f->m.ncandidates, 3);
	assert_true(f->m.checked && !f->m.agreed);
	fix_end(f);
}

static void test_next_function(void **state)
{
	struct fix *f = three_objects();

	(void)state;
	/* The call ended the function before, of the object before. */
	ASSERT_OBJECT(f, "gamma+0x0/0x20", 0, 1, "init_once");
	assert_int_equal(f->m.address, BASE + 0xe0);
	assert_true(f->m.agreed);
	ASSERT_OBJECT(f, "init_once+0x0/0x40", 0, 0, "alpha");
	assert_true(f->m.agreed);
	/* Nothing is before the first one. */
	assert_int_equal(fix_site(f, "alpha+0x0/0x40", 0), SITE_NO_OBJECT);
	assert_int_equal(f->m.object, MAP_NONE);
	assert_true(f->m.checked && !f->m.agreed);
	fix_end(f);
}

static void test_unknown(void **state)
{
	struct fix *f = three_objects();

	(void)state;
	assert_int_equal(fix_site(f, "delta+0x10/0x40", 0), SITE_UNKNOWN);
	assert_true(f->m.checked && !f->m.agreed);
	assert_int_equal(fix_site(f, "alpha+0x10/0x40 [fuse]", 0),
			 SITE_UNKNOWN);
	assert_false(f->m.checked);
	assert_int_equal(fix_site(f, NULL, 0), SITE_NO_CALLER);
	assert_int_equal(fix_site(f, "", 0), SITE_NO_CALLER);
	/* Further than the function reaches. */
	assert_int_equal(fix_site(f, "alpha+0x41", 0), SITE_UNKNOWN);
	assert_int_equal(fix_site(f, "alpha+0x41/0x40", 0), SITE_UNKNOWN);
	assert_int_equal(fix_site(f, "_etext+0x1", 0), SITE_UNKNOWN);
	assert_true(f->m.checked && !f->m.agreed);
	fix_end(f);
}

static void test_hostile(void **state)
{
	static const char *const texts[] = {
		"+",
		"+0x10",
		"alpha+",
		"alpha+0x",
		"alpha+0xg",
		"alpha+10",
		"alpha+0x10/",
		"alpha+0x10/0x",
		"alpha+0x10/0x0",
		"alpha+0xffffffffffffffff",
		"alpha+0xffffffffffffffff/0xffffffffffffffff",
		"alpha+0x10000000000000000/0x40",
		"alpha+0x10/0x40 [",
		"alpha+0x10/0x40 []",
		"alpha+0x10/0x40 [fuse",
		"alpha+0x10/0x40 fuse]",
		"alpha+0x10/0x40]",
		"alpha+-0x10/0x40",
		" ",
		"[fuse]",
		"(____ptrval____)",
		"0xffffffff81000010",
		"\n",
		"alpha\n+0x10/0x40",
	};
	struct fix *f = three_objects();

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(fix_site(f, texts[i], 0), SITE_UNKNOWN);
	fix_end(f);
}

static void test_aliases_and_twins(void **state)
{
	struct fix *f = fix_new(62, true);

	(void)state;
	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	fix_place(f, BASE, 0x100, 3, RETURNS(0x10, 0x50, 0x90, 0xd0));
	/* One name, one address: one. */
	fix_symbol(f, "sys_read", BASE, 0x40);
	fix_symbol_of(f, "sys_read", BASE, 0x40, T_FUNC, B_WEAK, 0);
	fix_symbol(f, "do_read", BASE, 0x40);
	/* A file that is included twice: one object, whichever it is. */
	fix_symbol(f, "twin", BASE + 0x40, 0x40);
	fix_symbol(f, "twin", BASE + 0x80, 0x40);
	/* A label in assembler code, and its function. */
	fix_symbol(f, "entry", BASE + 0xc0, 0x40);
	fix_symbol_of(f, "entry_after_hwframe", BASE + 0xc8, 0, T_NOTYPE,
		      B_GLOBAL, 0);
	fix_start(f);
	ASSERT_OBJECT(f, "sys_read+0x10/0x40", 0, 3, "sys_read");
	assert_true(f->m.agreed);
	ASSERT_OBJECT(f, "do_read+0x10/0x40", 0, 3, "do_read");
	ASSERT_OBJECT(f, "twin+0x10/0x40", 0, 3, "twin");
	assert_true(f->m.agreed);
	ASSERT_OBJECT(f, "entry_after_hwframe+0x8/0x38", 0, 3, "entry");
	assert_true(f->m.agreed);
	fix_end(f);
}

static void test_unknown_calls(void **state)
{
	struct fix *f = three_objects();

	(void)state;
	/* A machine whose calls are not known: only sizes tell. */
	for (size_t i = 0; i < f->map.nplaces; i++)
		f->places[i].return_sites_known = false;
	ASSERT_OBJECT(f, "init_once+0x11/0x60", 0, 2, "init_once");
	assert_true(f->m.checked && f->m.agreed);
	assert_int_equal(fix_site(f, "init_once+0x10/0x40", 0), SITE_AMBIGUOUS);
	ASSERT_OBJECT(f, "alpha+0x11", 0, 0, "alpha");
	assert_false(f->m.checked);
	fix_end(f);
}

static void test_unplaced(void **state)
{
	struct fix *f = three_objects();

	(void)state;
	f->images[0].placed = false;
	resolver_free(f->r);
	fix_start(f);
	ASSERT_OBJECT(f, "alpha+0x10/0x40", 0, 0, "alpha");
	assert_false(f->m.checked);
	assert_false(f->m.exact);
	assert_int_equal(fix_site(f, "init_once+0x20/0x40", 0), SITE_AMBIGUOUS);
	assert_int_equal(f->m.ncandidates, 3);
	/* Which function is before is not known. */
	assert_int_equal(fix_site(f, "beta+0x0/0x20", 0), SITE_UNKNOWN);
	assert_int_equal(resolver_find_kaslr_offset(f->r, (uint64_t[]){ 1 }, 1),
			 0);
	fix_end(f);
}

static void test_last_symbol(void **state)
{
	struct fix *f = three_objects();

	(void)state;
	/* What follows a place may be a symbol that is no code. */
	f->symbols[f->map.nsymbols - 1].addr += 0x1000;
	ASSERT_OBJECT(f, "init_once+0x10/0x60", 0, 2, "init_once");
	ASSERT_OBJECT(f, "init_once+0x10/0x800", 0, 2, "init_once");
	assert_true(f->m.agreed);
	fix_end(f);
}

/* The kernel's list has only the definition that the linker took: the other
 * code belongs to the function before it. */
static void test_overridden(void **state)
{
	struct fix *f = fix_new(62, true);

	(void)state;
	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	fix_place(f, BASE, 0x40, 0, RETURNS(0x8, 0x28));
	fix_symbol(f, "caller", BASE, 0x20);
	fix_symbol_of(f, "arch_setup", BASE + 0x20, 0x10, T_FUNC, B_WEAK, 0);
	fix_symbol_of(f, "arch_exit", BASE + 0x30, 0x10, T_FUNC, B_WEAK, 0);
	fix_place(f, BASE + 0x40, 0x40, 1, RETURNS(0x8, 0x28));
	fix_symbol(f, "arch_setup", BASE + 0x40, 0x20);
	fix_symbol_of(f, "arch_exit", BASE + 0x60, 0x20, T_FUNC, B_WEAK, 1);
	fix_start(f);
	ASSERT_OBJECT(f, "arch_setup+0x8/0x40", 0, 1, "arch_setup");
	assert_true(f->m.agreed);
	ASSERT_OBJECT(f, "arch_setup", 0, 1, "arch_setup");
	/* Of two weak ones the first object's. */
	ASSERT_OBJECT(f, "arch_exit", 0, 0, "arch_exit");
	ASSERT_OBJECT(f, "caller+0x28/0x30", 0, 0, "caller");
	assert_true(f->m.agreed);
	ASSERT_OBJECT(f, "arch_setup+0x28/0x40", 0, 1, "arch_setup");
	assert_true(f->m.agreed);
	fix_end(f);
}

static void test_damaged_map(void **state)
{
	struct fix *f = three_objects();
	struct name_numbers n = { f, fix_number, fix_text };
	struct resolver *r = NULL;
	struct symbol_map m;

	(void)state;
	f->places[0].object = 64;
	assert_int_equal(resolver_new(&f->map, n, &r, &f->e), -ERR_DB);
	f->places[0].object = 0;
	f->symbols[1].place = (uint32_t)f->map.nplaces;
	assert_int_equal(resolver_new(&f->map, n, &r, &f->e), -ERR_DB);
	f->symbols[1].place = 0;
	f->places[0].size = UINT64_MAX;
	assert_int_equal(resolver_new(&f->map, n, &r, &f->e), -ERR_DB);
	f->places[0].size = 0x80;
	f->spaces[0].nsymbols++;
	assert_int_equal(resolver_new(&f->map, n, &r, &f->e), -ERR_DB);
	f->spaces[0].nsymbols--;
	f->images[0].first_space = UINT32_MAX;
	assert_int_equal(resolver_new(&f->map, n, &r, &f->e), -ERR_DB);
	f->images[0].first_space = 0;
	f->symbols[2].addr = 1;
	assert_int_equal(resolver_new(&f->map, n, &r, &f->e), -ERR_DB);
	assert_null(r);
	/* Nothing at all is a map, too. */
	m = (struct symbol_map){ .is_64bit = true };
	assert_int_equal(resolver_new(&m, n, &r, &f->e), 0);
	assert_int_equal(resolver_site(r, &(struct trace_site){ "a+0x1", 5, 9 },
				       &f->m, &f->e),
			 0);
	assert_int_equal(f->m.state, SITE_UNKNOWN);
	resolver_free(r);
	fix_end(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unique),
		cmocka_unit_test(test_namesakes),
		cmocka_unit_test(test_next_function),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_aliases_and_twins),
		cmocka_unit_test(test_unknown_calls),
		cmocka_unit_test(test_unplaced),
		cmocka_unit_test(test_last_symbol),
		cmocka_unit_test(test_overridden),
		cmocka_unit_test(test_damaged_map),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
