/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Call sites by the name that %pS prints.
 */
#include "symbols_fixture.h"

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
		f->places[i].returns_known = false;
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

/*
 * parse_options of vmlinux (object 0) is as long as that of module fat
 * (object 10), that of ext2 (object 11) is shorter; fuse_get_tree is in a
 * module only, in vmlinux and in fat a call returns at +0x20.
 */
static struct fix *with_modules(void)
{
	struct fix *f = fix_new(62, true);

	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	fix_place(f, BASE, 0x80, 0, RETURNS(0x20, 0x30, 0x50));
	fix_symbol(f, "parse_options", BASE, 0x40);
	fix_symbol(f, "own", BASE + 0x40, 0x40);
	fix_image(f, "fat");
	fix_space(f, ".text");
	fix_place(f, 0, 0x40, 10, RETURNS(0x20, 0x38));
	fix_symbol(f, "parse_options", 0, 0x40);
	fix_image(f, "ext2");
	fix_space(f, ".text");
	fix_place(f, 0, 0x10, 11, RETURNS(0x8));
	fix_symbol(f, "parse_options", 0, 0x10);
	fix_image(f, "fuse");
	fix_space(f, ".text");
	fix_place(f, 0, 0x40, 12, RETURNS(0x28));
	fix_symbol(f, "fuse_get_tree", 0, 0x40);
	fix_start(f);
	return f;
}

/* `trace-cmd report` and stacks name no modules. */
static void test_no_module_named(void **state)
{
	struct fix *f = with_modules();

	(void)state;
	ASSERT_OBJECT(f, "fuse_get_tree+0x28", 0, 12, "fuse_get_tree");
	assert_true(f->m.checked && f->m.agreed);
	assert_int_equal(f->m.space, 3);
	ASSERT_OBJECT(f, "fuse_get_tree", 0, 12, "fuse_get_tree");
	/* Both call there; the third does not reach so far. */
	assert_int_equal(fix_site(f, "parse_options+0x20", 0), SITE_AMBIGUOUS);
	assert_int_equal(f->m.ncandidates, 2);
	assert_int_equal(f->m.candidates[0].space, 0);
	assert_int_equal(f->m.candidates[1].space, 1);
	assert_int_equal(fix_site(f, "parse_options", 0), SITE_AMBIGUOUS);
	assert_int_equal(f->m.ncandidates, 3);
	/* Only one of them calls there. */
	ASSERT_OBJECT(f, "parse_options+0x38", 0, 10, "parse_options");
	assert_true(f->m.agreed);
	/* What has a size was printed with its module, if it had one. */
	ASSERT_OBJECT(f, "parse_options+0x20/0x40", 0, 0, "parse_options");
	assert_int_equal(fix_site(f, "fuse_get_tree+0x28/0x40", 0),
			 SITE_UNKNOWN);
	/* A module without a layout may be it, too. */
	f->images[1].placed = false;
	assert_int_equal(fix_site(f, "parse_options+0x30", 0), SITE_AMBIGUOUS);
	assert_int_equal(f->m.ncandidates, 2);
	assert_false(f->m.checked);
	fix_end(f);
}

static void test_modules_that_ran(void **state)
{
	struct fix *f = with_modules();
	bool usable;

	(void)state;
	resolver_modules(f->r, "ext2 81920 1 - Live 0x0\nsnd_pcm 1 0", 35);
	ASSERT_OBJECT(f, "parse_options+0x20", 0, 0, "parse_options");
	assert_int_equal(fix_site(f, "fuse_get_tree+0x28", 0), SITE_UNKNOWN);
	assert_int_equal(fix_site(f, "parse_options", 0), SITE_AMBIGUOUS);
	assert_int_equal(f->m.ncandidates, 2);
	/* kallsyms says so as well, even where it hides addresses. */
	assert_int_equal(
		resolver_kallsyms(f->r, "0000000000000000 t fat_init\t[fat]\n",
				  33, &usable, &f->e),
		0);
	assert_int_equal(fix_site(f, "parse_options+0x20", 0), SITE_AMBIGUOUS);
	/* No module at all. */
	resolver_free(f->r);
	fix_start(f);
	resolver_modules(f->r, "", 0);
	ASSERT_OBJECT(f, "parse_options", 0, 0, "parse_options");
	fix_end(f);
}

/* LTO_CLANG's kernels print names shorter than the objects have them. */
static void test_lto_names(void **state)
{
	struct fix *f = fix_new(62, true);

	(void)state;
	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	fix_place(f, BASE, 0x200, 0, RETURNS(0x10, 0x50, 0x90, 0xd0, 0x110));
	fix_symbol(f, "create.llvm.10133695243223489424", BASE, 0x40);
	fix_symbol(f, "foo$707af9a22804d33c81801f27dcfe489b", BASE + 0x40,
		   0x40);
	fix_symbol(f, "bar.707af9a22804d33c81801f27dcfe489b.cfi", BASE + 0x80,
		   0x40);
	fix_symbol(f, "baz.part.0.llvm.7", BASE + 0xc0, 0x40);
	fix_symbol(f, "plain", BASE + 0x100, 0x40);
	fix_symbol(f, "late.lto_priv.3", BASE + 0x140, 0x20);
	fix_symbol(f, "late.llvm.4", BASE + 0x160, 0x20);
	fix_symbol(f, "cut.constprop.0", BASE + 0x180, 0x80);
	fix_start(f);
	ASSERT_OBJECT(f, "create+0x10/0x40", 0, 0,
		      "create.llvm.10133695243223489424");
	assert_true(f->m.agreed);
	ASSERT_OBJECT(f, "foo+0x10/0x40", 0, 0,
		      "foo$707af9a22804d33c81801f27dcfe489b");
	ASSERT_OBJECT(f, "bar+0x10/0x40", 0, 0,
		      "bar.707af9a22804d33c81801f27dcfe489b.cfi");
	/* Since 6.5 only from .llvm. on. */
	ASSERT_OBJECT(f, "baz.part.0+0x10/0x40", 0, 0, "baz.part.0.llvm.7");
	ASSERT_OBJECT(f, "baz+0x10/0x40", 0, 0, "baz.part.0.llvm.7");
	/* Before, all from the dot on. */
	ASSERT_OBJECT(f, "cut+0x10/0x80", 0, 0, "cut.constprop.0");
	/* The other way round: the object's name is the short one. */
	ASSERT_OBJECT(f, "plain.lto_priv.0+0x10/0x40", 0, 0, "plain");
	ASSERT_OBJECT(f, "plain+0x10/0x40", 0, 0, "plain");
	ASSERT_OBJECT(f, "create.llvm.10133695243223489424+0x10/0x40", 0, 0,
		      "create.llvm.10133695243223489424");
	/* Two of one object, but not of one function. */
	assert_int_equal(fix_site(f, "late", 0), SITE_AMBIGUOUS);
	assert_int_equal(f->m.ncandidates, 2);
	assert_int_equal(fix_site(f, "crea+0x10/0x40", 0), SITE_UNKNOWN);
	fix_end(f);
}

/* Without LTO nothing is cut: another function than the printed one. */
static void test_clones_are_no_lto(void **state)
{
	struct fix *f = fix_new(62, true);

	(void)state;
	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	fix_place(f, BASE, 0x80, 0, RETURNS(0x10, 0x50));
	fix_symbol(f, "foo.isra.0", BASE, 0x40);
	fix_symbol(f, "bar.constprop.0.cold", BASE + 0x40, 0x40);
	fix_start(f);
	assert_int_equal(fix_site(f, "foo+0x10/0x40", 0), SITE_UNKNOWN);
	assert_int_equal(fix_site(f, "bar+0x10/0x40", 0), SITE_UNKNOWN);
	ASSERT_OBJECT(f, "foo.isra.0+0x10/0x40", 0, 0, "foo.isra.0");
	fix_end(f);
}

static void test_ppc64_dots(void **state)
{
	struct fix *f = fix_new(21, true);

	(void)state;
	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	fix_place(f, BASE, 0x80, 0, RETURNS(0x10, 0x50));
	fix_symbol(f, ".foo", BASE, 0x40);
	fix_symbol(f, "bar", BASE + 0x40, 0x40);
	fix_start(f);
	ASSERT_OBJECT(f, ".foo+0x10/0x40", 0, 0, ".foo");
	ASSERT_OBJECT(f, "foo+0x10/0x40", 0, 0, ".foo");
	ASSERT_OBJECT(f, ".bar+0x10/0x40", 0, 0, "bar");
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
		cmocka_unit_test(test_no_module_named),
		cmocka_unit_test(test_modules_that_ran),
		cmocka_unit_test(test_lto_names),
		cmocka_unit_test(test_clones_are_no_lto),
		cmocka_unit_test(test_ppc64_dots),
		cmocka_unit_test(test_damaged_map),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
