/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Call sites whose text says less, or other, than the objects: without a
 * module, or by a name that was cut.
 */
#include "symbols_fixture.h"
#include "symbols/kallsyms.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_module_named),
		cmocka_unit_test(test_modules_that_ran),
		cmocka_unit_test(test_lto_names),
		cmocka_unit_test(test_clones_are_no_lto),
		cmocka_unit_test(test_ppc64_dots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
