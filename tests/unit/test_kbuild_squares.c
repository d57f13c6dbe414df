/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trees whose lists name each other, or one thing, again and again: each
 * counts once, and the rest ends with a clear word.
 */
#include "kbuild_fixture.h"
#include "work_unit.h"

static size_t count_images(const struct fixture *f, const char *path)
{
	size_t n = 0;

	for (size_t i = 0; i < f->tree.nimages; i++)
		n += strcmp(f->tree.images[i].path, path) == 0;
	return n;
}

/* Two images of one path were refused by the database, and with them all. */
static void module_spelt_in_several_ways(void **state)
{
	struct fixture *f = *state;

	put_object(f, "init/main.o");
	put_thin(f, "vmlinux.a", "init/main.o");
	put_object(f, "fs/fuse/fuse.o");
	put(f, "fs/fuse/fuse.mod", "fs/fuse/fuse.o\n");
	put(f, "modules.order",
	    "fs/fuse/fuse.ko\n./fs/fuse/fuse.ko\nfs//fuse/fuse.o\n"
	    "fs/x/../fuse/fuse.ko\nkernel/fs/fuse/fuse.ko\n");
	read_tree(f);
	assert_int_equal(count_images(f, "fs/fuse/fuse.ko"), 1);
	assert_int_equal(f->tree.nimages, 2);
	assert_string_equal(members_of(f, "fs/fuse/fuse.ko"), "fs/fuse/fuse.o");
}

/* An archive that holds its members, named by every module. */
static void remark_once(void **state)
{
	static const char archive[] =
		"!<arch>\n"
		"x.o/            0           0     0     644     4         `\n"
		"abcd";
	struct fixture *f = *state;
	char path[64], order[4096] = "";
	size_t n = 0;

	put_object(f, "init/main.o");
	put_object(f, "init/built-in.o");
	put(f, "include/config/kernel.release", "3.10.0\n");
	put_bytes(f, "lib/x.a", archive, sizeof(archive) - 1);
	for (int i = 0; i < 50; i++) {
		snprintf(path, sizeof(path), "m/m%d.mod", i);
		put(f, path, "lib/x.a\n");
		snprintf(path, sizeof(path), "m/m%d.ko\n", i);
		strcat(order, path);
	}
	put(f, "modules.order", order);
	read_tree(f);
	for (size_t i = 0; i < remarks_count(&f->tree.remarks); i++)
		n += strstr(remarks_text(&f->tree.remarks, i),
			    "only inside of it") != NULL;
	assert_int_equal(n, 1);
}

/* 1 MiB of names in one list, which 600 commands read. */
static void lists_of_lists(void **state)
{
	struct fixture *f = *state;
	char path[64];
	size_t room = 1 << 20, at = 0;
	char *list = malloc(room);
	double t;

	assert_non_null(list);
	while (at + 16 < room)
		at += (size_t)sprintf(list + at, "init/main.o\n");
	put_object(f, "init/main.o");
	put_thin(f, "vmlinux.a", "init/main.o");
	put_bytes(f, "list", list, at);
	free(list);
	for (int i = 0; i < 600; i++) {
		snprintf(path, sizeof(path), "arch/x86/y/.i%d.elf.cmd", i);
		put(f, path,
		    "savedcmd_x := ld -m elf_x86_64 -o x @list init/main.o\n");
	}
	t = cpu_seconds();
	read_tree(f);
	assert_units(t, 400);
	assert_true(remarked(f, "name each other too often"));
}

/* Objects and directories by turns: each was a search of all. */
static void leftovers_by_turns(void **state)
{
	struct fixture *f = *state;
	char path[64];
	double t;

	put_object(f, "init/main.o");
	put_thin(f, "vmlinux.a", "init/main.o");
	for (int i = 0; i < 10000; i++) {
		snprintf(path, sizeof(path), "d/a%05d.o", 2 * i);
		put(f, path, "x");
		snprintf(path, sizeof(path), "d/a%05d/x.o", 2 * i + 1);
		put(f, path, "x");
	}
	t = cpu_seconds();
	read_tree(f);
	assert_units(t, 100);
	assert_int_equal(role_of(f, "d/a00000.o"), ROLE_UNLINKED);
}

#define WITH_FIXTURE(test)                                                     \
	cmocka_unit_test_setup_teardown(test, with_fixture, end_fixture)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FIXTURE(module_spelt_in_several_ways),
		WITH_FIXTURE(remark_once),
		WITH_FIXTURE(lists_of_lists),
		WITH_FIXTURE(leftovers_by_turns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
