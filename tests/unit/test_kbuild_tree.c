/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Roles and images in trees of 6.1 and later, and the older shapes that are
 * understood: every object is asked for.
 */
#include "kbuild_fixture.h"

/* A small tree in the shape of 6.1. */
static void put_tree(struct fixture *f)
{
	static const char *const objects[] = {
		"arch/x86/kernel/head_64.o",
		"init/main.o",
		"fs/open.o",
		"lib/sort.o",
		"init/version-timestamp.o",
		".vmlinux.export.o",
		".tmp_vmlinux.kallsyms1.o",
		".tmp_vmlinux.kallsyms2.o",
	};

	for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		put_object(f, objects[i]);
	put(f, "vmlinux", "\177ELF");
	put(f, "vmlinux.o", "\177ELF");
	put(f, "built-in.a", "!<arch>\n");
	put_thin(f, "vmlinux.a", "arch/x86/kernel/head_64.o", "init/main.o",
		 "fs/open.o", "lib/sort.o");
	put(f, "include/config/auto.conf",
	    "CONFIG_MODULES=y\nCONFIG_KALLSYMS=y\n");
}

static void vmlinux_in_link_order(void **state)
{
	struct fixture *f = *state;

	put_tree(f);
	put_object(f, "fs/stale.o");
	put(f, "fs/built-in.a", "!<arch>\n");
	read_tree(f);
	assert_string_equal(
		members_of(f, "vmlinux"),
		"arch/x86/kernel/head_64.o init/main.o fs/open.o lib/sort.o .vmlinux.export.o init/version-timestamp.o .tmp_vmlinux.kallsyms2.o");
	assert_true(image_of(f, "vmlinux")->present);
	assert_int_equal(image_of(f, "vmlinux")->stamp.size, 4);
	assert_int_equal(role_of(f, "fs/open.o"), ROLE_VMLINUX);
	assert_int_equal(role_of(f, ".vmlinux.export.o"), ROLE_LINKTIME);
	assert_int_equal(role_of(f, "init/version-timestamp.o"), ROLE_LINKTIME);
	assert_int_equal(role_of(f, ".tmp_vmlinux.kallsyms2.o"), ROLE_LINKTIME);
	assert_int_equal(role_of(f, ".tmp_vmlinux.kallsyms1.o"), ROLE_DERIVED);
	assert_int_equal(role_of(f, "vmlinux.o"), ROLE_DERIVED);
	assert_int_equal(role_of(f, "fs/stale.o"), ROLE_UNLINKED);
	assert_int_equal(f->tree.nskips, 0);
	assert_int_equal(remarks_count(&f->tree.remarks), 0);
	for (size_t i = 1; i < f->tree.nobjects; i++)
		assert_true(strcmp(f->tree.objects[i - 1].path,
				   f->tree.objects[i].path) < 0);
}

static void a_third_kallsyms_step(void **state)
{
	struct fixture *f = *state;
	struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
	char path[8192];

	put_tree(f);
	put_object(f, ".tmp_vmlinux.kallsyms3.o");
	read_tree(f);
	assert_int_equal(role_of(f, ".tmp_vmlinux.kallsyms3.o"), ROLE_LINKTIME);
	assert_int_equal(role_of(f, ".tmp_vmlinux.kallsyms2.o"), ROLE_DERIVED);
	tree_release(&f->tree);
	/* Left behind by an older link. */
	fixture_path(f, ".tmp_vmlinux.kallsyms3.o", path);
	assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
	read_tree(f);
	assert_int_equal(role_of(f, ".tmp_vmlinux.kallsyms3.o"), ROLE_DERIVED);
	assert_int_equal(role_of(f, ".tmp_vmlinux.kallsyms2.o"), ROLE_LINKTIME);
}

static void newer_names_of_the_link(void **state)
{
	struct fixture *f = *state;

	put_tree(f);
	put_object(f, ".tmp_vmlinux1.kallsyms.o");
	put_object(f, ".tmp_vmlinux2.kallsyms.o");
	put_object(f, ".tmp_vmlinux1.btf.o");
	put_object(f, ".builtin-dtbs.o");
	put(f, "include/config/auto.conf",
	    "CONFIG_KALLSYMS=y\nCONFIG_DEBUG_INFO_BTF=y\n"
	    "CONFIG_GENERIC_BUILTIN_DTB=y\n");
	read_tree(f);
	assert_int_equal(role_of(f, ".tmp_vmlinux1.btf.o"), ROLE_LINKTIME);
	assert_int_equal(role_of(f, ".builtin-dtbs.o"), ROLE_LINKTIME);
	/* CONFIG_MODULES is off: it is of an older build. */
	assert_int_equal(role_of(f, ".vmlinux.export.o"), ROLE_UNLINKED);
}

static void modules(void **state)
{
	struct fixture *f = *state;

	put_tree(f);
	put_object(f, "fs/fuse/dev.o");
	put_object(f, "fs/fuse/shared.o");
	put_object(f, "fs/fuse/fuse.mod.o");
	put(f, "fs/fuse/fuse.o", "\177ELF");
	put_cmd(f, "fs/fuse/fuse.o",
		"ld -r -o fs/fuse/fuse.o @fs/fuse/fuse.mod");
	put(f, "fs/fuse/fuse.mod", "fs/fuse/dev.o\nfs/fuse/shared.o\n");
	put(f, "fs/fuse/fuse.ko", "\177ELFko");
	put_object(f, "fs/fuse/one.o");
	put_object(f, "fs/fuse/one.mod.o");
	put(f, "fs/fuse/one.mod", "fs/fuse/one.o\n");
	put_object(f, "kernel/two-b.o");
	put(f, "kernel/two-b.mod",
	    "kernel/two-b.o fs/fuse/shared.o \nsymbol\n");
	put_object(f, ".module-common.o");
	put(f, "modules.order",
	    "fs/fuse/fuse.ko\nfs/fuse/one.o\nkernel/two-b.ko\n");
	read_tree(f);
	assert_string_equal(
		members_of(f, "fs/fuse/fuse.ko"),
		"fs/fuse/dev.o fs/fuse/shared.o fs/fuse/fuse.mod.o .module-common.o");
	assert_string_equal(members_of(f, "fs/fuse/one.ko"),
			    "fs/fuse/one.o fs/fuse/one.mod.o .module-common.o");
	assert_string_equal(members_of(f, "kernel/two-b.ko"),
			    "kernel/two-b.o fs/fuse/shared.o .module-common.o");
	assert_int_equal(image_of(f, "fs/fuse/fuse.ko")->stamp.size, 6);
	assert_false(image_of(f, "fs/fuse/one.ko")->present);
	assert_string_equal(image_of(f, "kernel/two-b.ko")->name, "two-b");
	assert_int_equal(f->tree.images[1].kind, IMAGE_MODULE);
	assert_int_equal(role_of(f, "fs/fuse/fuse.o"), ROLE_DERIVED);
	assert_int_equal(role_of(f, "fs/fuse/shared.o"), ROLE_MODULE);
	assert_int_equal(role_of(f, "fs/fuse/one.o"), ROLE_MODULE);
	assert_int_equal(role_of(f, "fs/fuse/fuse.mod.o"), ROLE_LINKTIME);
	assert_int_equal(role_of(f, ".module-common.o"), ROLE_LINKTIME);
}

static void modules_before_5_3(void **state)
{
	struct fixture *f = *state;

	put_tree(f);
	put_object(f, "fs/fat/fat.o");
	put_object(f, "fs/fat/dir.o");
	put(f, ".tmp_versions/fat.mod", "fs/fat/fat.ko\nfs/fat/dir.o\n");
	put_object(f, "fs/nls/nls.o");
	put_cmd(f, "fs/nls/nls.o",
		"ld -r -o fs/nls/nls.o fs/nls/a.o fs/nls/b.o");
	put_object(f, "fs/nls/a.o");
	put(f, "modules.order",
	    "kernel/fs/fat/fat.ko\nkernel/fs/nls/nls.ko\n"
	    "kernel/gone.ko\n");
	read_tree(f);
	assert_string_equal(members_of(f, "fs/fat/fat.ko"), "fs/fat/dir.o");
	assert_string_equal(members_of(f, "fs/nls/nls.ko"), "fs/nls/a.o");
	assert_int_equal(role_of(f, "fs/fat/fat.o"), ROLE_DERIVED);
	assert_true(skipped(f, "fs/nls/b.o", "not there"));
	assert_true(skipped(f, "kernel/gone.o", "not there"));
}

static void stale_module_is_unlinked(void **state)
{
	struct fixture *f = *state;

	put_tree(f);
	put_object(f, "fs/old/part.o");
	put_object(f, "fs/old/old.mod.o");
	put(f, "fs/old/old.o", "\177ELF");
	put_cmd(f, "fs/old/old.o", "ld -r -o fs/old/old.o @fs/old/old.mod");
	put(f, "fs/old/old.mod", "fs/old/part.o\n");
	put(f, "modules.order", "");
	read_tree(f);
	assert_int_equal(role_of(f, "fs/old/part.o"), ROLE_UNLINKED);
	assert_int_equal(role_of(f, "fs/old/old.mod.o"), ROLE_UNLINKED);
	assert_int_equal(role_of(f, "fs/old/old.o"), ROLE_DERIVED);
}

static void boot_images(void **state)
{
	struct fixture *f = *state;

	put_tree(f);
	put_object(f, "arch/x86/boot/main.o");
	put_cmd(f, "arch/x86/boot/setup.elf",
		"ld -T s.ld arch/x86/boot/main.o -o arch/x86/boot/setup.elf");
	put(f, "arch/x86/boot/setup.elf", "\177ELF");
	put_object(f, "arch/x86/boot/compressed/misc.o");
	put_object(f, "drivers/firmware/efi/libstub/gop.o");
	put_thin(f, "drivers/firmware/efi/libstub/lib.a", "gop.o");
	put_cmd(f, "arch/x86/boot/compressed/vmlinux",
		"ld -o arch/x86/boot/compressed/vmlinux arch/x86/boot/compressed/misc.o drivers/firmware/efi/libstub/lib.a");
	put_object(f, "arch/x86/entry/vdso/vgetcpu.o");
	put_cmd(f, "arch/x86/entry/vdso/vdso64.so.dbg",
		"gcc -nostdlib -o arch/x86/entry/vdso/vdso64.so.dbg arch/x86/entry/vdso/vgetcpu.o && sh check 'x'; if x; then y; fi");
	put_object(f, "arch/x86/purgatory/purgatory.o");
	put_cmd(f, "arch/x86/purgatory/purgatory.ro",
		"ld -r -o arch/x86/purgatory/purgatory.ro arch/x86/purgatory/purgatory.o lib/sort.o");
	put_cmd(f, "arch/x86/purgatory/purgatory.chk",
		"ld -o arch/x86/purgatory/purgatory.chk arch/x86/purgatory/purgatory.ro");
	put(f, "arch/x86/tools/relocs.o", "\177ELF");
	put_cmd(f, "arch/x86/tools/relocs.o", "gcc -Wall -c -o x.o x.c");
	put_cmd(f, "arch/x86/tools/relocs",
		"gcc -o arch/x86/tools/relocs arch/x86/tools/relocs.o");
	read_tree(f);
	assert_string_equal(image_of(f, "arch/x86/boot/setup.elf")->name,
			    "setup");
	assert_true(image_of(f, "arch/x86/boot/setup.elf")->present);
	assert_string_equal(
		members_of(f, "arch/x86/boot/compressed/vmlinux"),
		"arch/x86/boot/compressed/misc.o drivers/firmware/efi/libstub/gop.o");
	assert_string_equal(
		image_of(f, "arch/x86/boot/compressed/vmlinux")->name,
		"compressed");
	assert_int_equal(image_of(f, "arch/x86/entry/vdso/vdso64.so.dbg")->kind,
			 IMAGE_VDSO);
	assert_int_equal(role_of(f, "arch/x86/entry/vdso/vgetcpu.o"),
			 ROLE_VDSO);
	assert_int_equal(role_of(f, "arch/x86/boot/main.o"), ROLE_BOOT);
	assert_int_equal(role_of(f, "drivers/firmware/efi/libstub/gop.o"),
			 ROLE_BOOT);
	/* In two images: vmlinux decides. */
	assert_int_equal(role_of(f, "lib/sort.o"), ROLE_VMLINUX);
	assert_string_equal(members_of(f, "arch/x86/purgatory/purgatory.ro"),
			    "arch/x86/purgatory/purgatory.o lib/sort.o");
	assert_null(image_of(f, "arch/x86/purgatory/purgatory.chk"));
	assert_null(image_of(f, "arch/x86/tools/relocs"));
	assert_int_equal(role_of(f, "arch/x86/tools/relocs.o"), ROLE_HOST);
}

static void host_objects(void **state)
{
	struct fixture *f = *state;

	put_tree(f);
	put_object(f, "scripts/mod/empty.o");
	put(f, "tools/objtool/check.o", "\177ELF");
	put(f, "usr/gen_init_cpio.o", "\177ELF");
	put_cmd(f, "usr/gen_init_cpio.o", "gcc -Wall -c -o x.o x.c");
	put(f, "usr/no_cmd.o", "\177ELF");
	read_tree(f);
	assert_int_equal(role_of(f, "scripts/mod/empty.o"), ROLE_HOST);
	assert_int_equal(role_of(f, "tools/objtool/check.o"), ROLE_HOST);
	assert_int_equal(role_of(f, "usr/gen_init_cpio.o"), ROLE_HOST);
	assert_int_equal(role_of(f, "usr/no_cmd.o"), ROLE_UNLINKED);
}

/* arm64: what objcopy and ld -r made of it is in vmlinux. */
static void inputs_of_linked_objects(void **state)
{
	struct fixture *f = *state;

	put_tree(f);
	put_object(f, "k/cache.nvhe.o");
	put(f, "k/kvm_nvhe.tmp.o", "\177ELF");
	put_cmd(f, "k/kvm_nvhe.tmp.o",
		"ld -r -o k/kvm_nvhe.tmp.o k/cache.nvhe.o");
	put(f, "k/kvm_nvhe.o", "\177ELF");
	put_cmd(f, "k/kvm_nvhe.o",
		"objcopy --prefix-symbols=x k/kvm_nvhe.tmp.o k/kvm_nvhe.o");
	put_object(f, "k/gop.o");
	put(f, "k/gop.stub.o", "\177ELF");
	put_cmd(f, "k/gop.stub.o", "strip -o k/gop.stub.o k/gop.o; x");
	put_object(f, "k/go.o");
	put_object(f, "k/sub/gop.o");
	put_object(f, "fs/thin.o");
	put_object(f, "fs/thin.thinlto-native.o");
	put_thin(f, "vmlinux.a", "k/kvm_nvhe.o", "k/gop.stub.o",
		 "fs/thin.thinlto-native.o");
	read_tree(f);
	assert_int_equal(role_of(f, "k/kvm_nvhe.o"), ROLE_VMLINUX);
	assert_int_equal(role_of(f, "k/kvm_nvhe.tmp.o"), ROLE_DERIVED);
	assert_int_equal(role_of(f, "k/cache.nvhe.o"), ROLE_DERIVED);
	assert_int_equal(role_of(f, "k/gop.o"), ROLE_DERIVED);
	assert_int_equal(role_of(f, "k/go.o"), ROLE_UNLINKED);
	assert_int_equal(role_of(f, "k/sub/gop.o"), ROLE_UNLINKED);
	assert_int_equal(role_of(f, "fs/thin.o"), ROLE_DERIVED);
}

static void libraries_on_demand(void **state)
{
	struct fixture *f = *state;

	put_tree(f);
	put_object(f, "lib/memcpy.o");
	put_thin(f, "lib/lib.a", "memcpy.o", "sort.o");
	put_cmd(f, "vmlinux.o",
		"ld -r -o vmlinux.o --whole-archive vmlinux.a --no-whole-archive --start-group lib/lib.a --end-group ; x");
	read_tree(f);
	assert_string_equal(
		members_of(f, "vmlinux"),
		"arch/x86/kernel/head_64.o init/main.o fs/open.o lib/sort.o .vmlinux.export.o init/version-timestamp.o lib/memcpy.o .tmp_vmlinux.kallsyms2.o");
	assert_int_equal(role_of(f, "lib/memcpy.o"), ROLE_VMLINUX);
	for (size_t i = 0; i < f->tree.nobjects; i++)
		assert_int_equal(f->tree.objects[i].lib_member,
				 strcmp(f->tree.objects[i].path,
					"lib/memcpy.o") == 0);
	assert_true(remarked(f, "1 objects are members of libraries"));
}

static void before_6_1(void **state)
{
	struct fixture *f = *state;
	char path[8192];

	put_object(f, "arch/x86/kernel/head_64.o");
	put_object(f, "arch/x86/kernel/ebda.o");
	put_object(f, "init/main.o");
	put_object(f, "lib/lib.o");
	put_thin(f, "built-in.a", "init/main.o");
	put_thin(f, "init/built-in.a", "main.o");
	put_thin(f, "lib/lib.a", "lib.o");
	put(f, ".config", "CONFIG_MODULES=y\n");
	put(f, "include/config/kernel.release", "5.10.0\n");
	read_tree(f);
	assert_string_equal(
		members_of(f, "vmlinux"),
		"arch/x86/kernel/head_64.o arch/x86/kernel/ebda.o init/main.o lib/lib.o");
	assert_false(f->tree.objects[f->tree.nobjects - 1].lib_member);
	tree_release(&f->tree);
	/* Without the top one, and with a release that links on demand. */
	fixture_path(f, "built-in.a", path);
	assert_int_equal(remove(path), 0);
	put(f, "include/config/kernel.release", "4.19.3\n");
	read_tree(f);
	assert_true(f->tree.objects[f->tree.nobjects - 1].lib_member);
	assert_int_equal(role_of(f, "init/main.o"), ROLE_VMLINUX);
	assert_true(remarked(f, "its symbols say it"));
}

static void not_a_tree(void **state)
{
	struct fixture *f = *state;
	struct tree t;

	assert_int_equal(kbuild_tree_read(f->dir, &t, &f->err), -ERR_FORMAT);
	assert_non_null(strstr(f->err.text, "modules.order"));
	put(f, "Kbuild", "");
	assert_int_equal(kbuild_tree_read(f->dir, &t, &f->err), -ERR_FORMAT);
	assert_non_null(strstr(f->err.text, "not built"));
	assert_int_equal(kbuild_tree_read("/nonexistent", &t, &f->err),
			 -ERR_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(vmlinux_in_link_order),
		tree_test(a_third_kallsyms_step),
		tree_test(newer_names_of_the_link),
		tree_test(modules),
		tree_test(modules_before_5_3),
		tree_test(stale_module_is_unlinked),
		tree_test(boot_images),
		tree_test(host_objects),
		tree_test(inputs_of_linked_objects),
		tree_test(libraries_on_demand),
		tree_test(before_6_1),
		tree_test(not_a_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
