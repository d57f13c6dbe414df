/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trees of older kernels that were made to harm or to mislead, and trees of
 * linked files alone.  The usual shapes are in tests/cli/eras.bats, with
 * objects that are real.
 */
#include "kbuild_fixture.h"

/* ld -r of inputs made path. */
static void put_composite(const struct fixture *f, const char *path,
			  const char *inputs)
{
	char command[2048];

	snprintf(command, sizeof(command), "ld -m elf_x86_64 -r -o %s %s", path,
		 inputs);
	put(f, path, "\177ELF");
	put_cmd(f, path, command);
}

static const char *vmlinux(const struct fixture *f)
{
	return members_of(f, "vmlinux");
}

static void lists_that_name_themselves(void **state)
{
	struct fixture *f = *state;

	put_object(f, "fs/open.o");
	put_composite(f, "init/built-in.o", "init/built-in.o init/ring.o");
	put_composite(f, "init/ring.o", "init/built-in.o fs/open.o");
	put_composite(f, "fs/built-in.o", "fs/open.o ../outside.o /etc/x.o");
	read_tree(f);
	assert_string_equal(vmlinux(f), "fs/open.o");
	assert_int_equal(role_of(f, "init/ring.o"), ROLE_DERIVED);
	assert_true(skipped(f, "fs/built-in.o", "points outside"));
}

static void lists_nested_deep(void **state)
{
	struct fixture *f = *state;
	char path[64], input[64];

	put_object(f, "fs/open.o");
	put_composite(f, "init/built-in.o", "init/n0.o fs/open.o");
	for (int i = 0; i < 40; i++) {
		snprintf(path, sizeof(path), "init/n%d.o", i);
		snprintf(input, sizeof(input), "init/n%d.o", i + 1);
		put_composite(f, path, input);
	}
	put_object(f, "init/n40.o");
	read_tree(f);
	assert_string_equal(vmlinux(f), "fs/open.o");
	assert_int_equal(f->tree.nskips, 1);
	assert_non_null(strstr(f->tree.skips[0].reason, "nested too deep"));
}

/* Each is one object, and the image says where ld -r joined them. */
static void groups_of_what_was_joined(void **state)
{
	struct fixture *f = *state;
	const struct tree_image *img;

	put_object(f, "arch/x86/kernel/head_64.o");
	put_object(f, "init/main.o");
	put_object(f, "fs/a.o");
	put_object(f, "fs/b.o");
	put_object(f, "fs/c.o");
	put_composite(f, "init/built-in.o", "init/main.o");
	put_composite(f, "fs/ab.o", "fs/a.o fs/b.o");
	put_composite(f, "fs/built-in.o", "fs/ab.o fs/c.o");
	put(f, "lib/built-in.o", "!<arch>\n");
	read_tree(f);
	assert_string_equal(
		vmlinux(f),
		"arch/x86/kernel/head_64.o fs/a.o fs/b.o fs/c.o init/main.o");
	img = image_of(f, "vmlinux");
	assert_int_equal(img->ngroups, 2);
	assert_int_equal(img->groups[0].first, 1);
	assert_int_equal(img->groups[0].count, 2);
	assert_int_equal(img->groups[1].first, 1);
	assert_int_equal(img->groups[1].count, 3);
	/* An empty list is no object. */
	assert_int_equal(role_of(f, "lib/built-in.o"), -1);
	/* Which parts were linked is still open. */
	for (size_t i = 0; i < img->nmembers; i++)
		assert_int_not_equal(f->tree.objects[img->members[i]].dir_list,
				     0);
}

static void mod_of_another_module(void **state)
{
	struct fixture *f = *state;

	put_object(f, "init/main.o");
	put_composite(f, "init/built-in.o", "init/main.o");
	put_object(f, "fs/dup.o");
	put_object(f, "net/x.o");
	put_object(f, "net/y.o");
	put_composite(f, "net/dup.o", "net/x.o net/y.o");
	put(f, ".tmp_versions/dup.mod", "sound/dup.ko\nfs/dup.o\n");
	put(f, "modules.order", "kernel/fs/dup.ko\nkernel/net/dup.ko\n");
	read_tree(f);
	assert_string_equal(members_of(f, "fs/dup.ko"), "fs/dup.o");
	assert_string_equal(members_of(f, "net/dup.ko"), "net/x.o net/y.o");
	assert_int_equal(role_of(f, "net/dup.o"), ROLE_DERIVED);
}

static void linked_files_alone(void **state)
{
	struct fixture *f = *state;
	char path[8192];

	put(f, "kernel/a/a.ko", "\177ELF");
	put(f, "kernel/a/a.ko.xz", "\3757zXZ");
	put(f, "kernel/b.ko.zst", "x");
	put(f, "kernel/.ko", "x");
	put(f, "kernel/c.ko.lz4", "x");
	read_tree(f);
	assert_true(f->tree.linked_only);
	assert_int_equal(f->tree.nimages, 2);
	assert_string_equal(members_of(f, "kernel/a/a.ko"), "kernel/a/a.ko");
	assert_string_equal(image_of(f, "kernel/b.ko.zst")->name, "b");
	assert_int_equal(role_of(f, "kernel/b.ko.zst"), ROLE_MODULE);
	assert_true(skipped(f, "kernel/a/a.ko.xz", "in another form"));
	assert_true(remarked(f, "no vmlinux"));
	tree_release(&f->tree);
	/* One file, and not what is beside it. */
	put(f, "vmlinux-1", "\177ELF");
	fixture_path(f, "vmlinux-1", path);
	assert_int_equal(kbuild_tree_read(path, &f->tree, &f->err), 0);
	assert_int_equal(f->tree.nobjects, 1);
	assert_string_equal(members_of(f, "vmlinux-1"), "vmlinux-1");
	assert_string_equal(f->tree.images[0].name, "vmlinux");
	tree_release(&f->tree);
	/* An object turns it into a tree again, of which nothing is known. */
	put_object(f, "x.o");
	f->tree = (struct tree){ 0 };
	fixture_path(f, ".", path);
	assert_int_equal(kbuild_tree_read(path, &f->tree, &f->err),
			 -ERR_FORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(lists_that_name_themselves),
		tree_test(lists_nested_deep),
		tree_test(groups_of_what_was_joined),
		tree_test(mod_of_another_module),
		tree_test(linked_files_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
