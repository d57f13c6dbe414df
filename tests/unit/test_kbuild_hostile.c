/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trees that were made to do harm, or are merely broken: what cannot be used
 * is a skip with its reason, and the rest goes on.
 */
#include "kbuild_fixture.h"

#include "support/safe_open.h"

static void link_to(const struct fixture *f, const char *target,
		    const char *path)
{
	char full[8192];

	fixture_parents(f, path);
	fixture_path(f, path, full);
	assert_int_equal(symlink(target, full), 0);
}

static void put_base(struct fixture *f)
{
	put_object(f, "init/main.o");
	put_thin(f, "vmlinux.a", "init/main.o");
}

static void names(void **state)
{
	static const char *const odd[] = {
		"a\nb.o",
		"quote'\".o",
		"\033[31mred.o",
		"\377\376.o",
		"'; DROP TABLE objects; --.o",
		"sp ace.o",
		"-rf.o",
		"$(x).o",
		".o",
	};
	struct fixture *f = *state;
	char path[512];

	put_base(f);
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		snprintf(path, sizeof(path), "odd\n'dir/%s", odd[i]);
		put(f, path, "x");
	}
	put_thin(f, "vmlinux.a", "init/main.o", "odd\n'dir/x.o",
		 "odd/'; DROP TABLE objects; --.o");
	read_tree(f);
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		snprintf(path, sizeof(path), "odd\n'dir/%s", odd[i]);
		assert_int_equal(role_of(f, path), ROLE_UNLINKED);
	}
	assert_string_equal(members_of(f, "vmlinux"), "init/main.o");
}

static void symbolic_links(void **state)
{
	struct fixture *f = *state;

	put_base(f);
	link_to(f, ".", "loop");
	link_to(f, "..", "fs/up");
	link_to(f, "/", "root");
	link_to(f, "init/main.o", "linked.o");
	link_to(f, "nowhere", "dangling.o");
	put(f, "outside/x.o", "x");
	link_to(f, "outside", "dir");
	put_thin(f, "vmlinux.a", "init/main.o", "dir/x.o", "linked.o",
		 "loop/init/main.o");
	read_tree(f);
	assert_string_equal(members_of(f, "vmlinux"), "init/main.o");
	assert_int_equal(f->tree.nobjects, 2);
	assert_true(skipped(f, "linked.o", "symbolic link"));
	assert_true(skipped(f, "dangling.o", "symbolic link"));
	assert_true(skipped(f, "dir/x.o", "not there"));
}

static void linked_lists_are_not_followed(void **state)
{
	struct fixture *f = *state;

	put_base(f);
	put(f, "real.order", "fs/a.ko\n");
	link_to(f, "real.order", "modules.order");
	read_tree(f);
	assert_int_equal(f->tree.nimages, 1);
	assert_true(skipped(f, "modules.order", ""));
}

static void special_files(void **state)
{
	struct fixture *f = *state;
	char path[8192];

	put_base(f);
	fixture_path(f, "fifo.o", path);
	assert_int_equal(mkfifo(path, 0644), 0);
	fixture_path(f, "modules.order", path);
	assert_int_equal(mkfifo(path, 0644), 0);
	fixture_path(f, "dir.o", path);
	assert_int_equal(mkdir(path, 0755), 0);
	put(f, "dir.o/inner.o", "x");
	read_tree(f);
	assert_true(skipped(f, "fifo.o", "not a regular file"));
	assert_int_equal(role_of(f, "fifo.o"), -1);
	assert_int_equal(role_of(f, "dir.o/inner.o"), ROLE_UNLINKED);
	assert_true(skipped(f, "modules.order", ""));
}

static void unreadable_folder(void **state)
{
	struct fixture *f = *state;
	char path[8192];

	put_base(f);
	put(f, "closed/x.o", "x");
	fixture_path(f, "closed", path);
	assert_int_equal(chmod(path, 0), 0);
	read_tree(f);
	if (geteuid() != 0)
		assert_true(skipped(f, "closed", "cannot be opened"));
	chmod(path, 0755);
	assert_int_equal(role_of(f, "init/main.o"), ROLE_VMLINUX);
}

static void git_is_not_entered(void **state)
{
	struct fixture *f = *state;

	put_base(f);
	put(f, ".git/objects/ab.o", "x");
	put(f, "sub/.git/x.o", "x");
	read_tree(f);
	assert_int_equal(f->tree.nobjects, 1);
}

static void climbing_members(void **state)
{
	struct fixture *f = *state;

	put_base(f);
	put_thin(f, "vmlinux.a", "../outside.o", "/etc/passwd", "init/main.o",
		 "init/../../x.o", "gone.o");
	put(f, "modules.order", "../up.ko\n/abs/x.ko\nfs/m.ko\n");
	put(f, "fs/m.mod", "../../../m.o\nfs/m.o\n");
	put_object(f, "fs/m.o");
	put_cmd(f, "arch/x86/boot/setup.elf",
		"ld -o x /etc/x.o ../y.o init/main.o @../list");
	read_tree(f);
	assert_string_equal(members_of(f, "vmlinux"), "init/main.o");
	assert_string_equal(members_of(f, "fs/m.ko"), "fs/m.o");
	assert_true(skipped(f, "vmlinux.a", "'../outside.o' points outside"));
	assert_true(skipped(f, "vmlinux.a", "'/etc/passwd' points outside"));
	assert_true(skipped(f, "vmlinux.a", "'init/../../x.o' points outside"));
	assert_true(skipped(f, "gone.o", "named by 'vmlinux.a'"));
	assert_true(skipped(f, "modules.order", "'../up' points outside"));
	assert_true(skipped(f, "fs/m.mod", "'../../../m.o' points outside"));
	assert_true(skipped(f, "arch/x86/boot/setup.elf", "'/etc/x.o'"));
	assert_true(skipped(f, "arch/x86/boot/setup.elf", "'../list'"));
}

static void nested_archives(void **state)
{
	struct fixture *f = *state;

	put_base(f);
	put_object(f, "fs/open.o");
	put_object(f, "fs/dup.o");
	/* A cycle, a repetition, and something that only looks like one. */
	put_thin(f, "fs/built-in.a", "open.o", "../vmlinux.a", "built-in.a",
		 "open.o");
	put(f, "fs/false.a", "\177ELF");
	put_thin(f, "vmlinux.a", "fs/built-in.a", "init/main.o",
		 "fs/built-in.a", "fs/dup.o", "fs/false.a");
	read_tree(f);
	assert_string_equal(members_of(f, "vmlinux"),
			    "fs/open.o init/main.o fs/dup.o fs/false.a");
}

static void deep_nesting_ends(void **state)
{
	static struct bytes b;
	struct fixture *f = *state;
	char path[32], next[32];

	put_base(f);
	for (int i = 0; i < 40; i++) {
		const char *name = next;

		snprintf(path, sizeof(path), "a%d.a", i);
		snprintf(next, sizeof(next), "a%d.a", i + 1);
		make_thin(&b, &name, 1);
		put_bytes(f, path, b.v, b.n);
	}
	put(f, "a40.a", "!<arch>\n");
	put_thin(f, "vmlinux.a", "init/main.o", "a0.a");
	read_tree(f);
	assert_string_equal(members_of(f, "vmlinux"), "init/main.o");
	assert_true(skipped(f, "a15.a", "nested too deep"));
}

static void damaged_archive(void **state)
{
	static const char *const names_[] = { "init/main.o", "fs/open.o" };
	static struct bytes b;
	struct fixture *f = *state;

	put_base(f);
	put_object(f, "fs/open.o");
	make_thin(&b, names_, 2);
	put_bytes(f, "vmlinux.a", b.v, b.n - 30);
	read_tree(f);
	assert_string_equal(members_of(f, "vmlinux"), "init/main.o");
	assert_true(skipped(f, "vmlinux.a", "ends inside a member's header"));
}

static void embedded_members(void **state)
{
	struct fixture *f = *state;
	struct bytes b = { .n = 0 };

	put_base(f);
	put_object(f, "lib/beside.o");
	add_bytes(&b, "!<arch>\n", 8);
	add_header(&b, "beside.o/", 4);
	add_bytes(&b, "\177ELF", 4);
	add_header(&b, "inside.o/", 4);
	add_bytes(&b, "\177ELF", 4);
	put_bytes(f, "lib/lib.a", b.v, b.n);
	put_thin(f, "vmlinux.a", "init/main.o", "lib/lib.a");
	read_tree(f);
	assert_string_equal(members_of(f, "vmlinux"),
			    "init/main.o lib/beside.o");
	assert_true(skipped(f, "lib/inside.o", "only inside of 'lib/lib.a'"));
	assert_true(remarked(f, "1 members of 'lib/lib.a'"));
}

static void huge_list_is_refused(void **state)
{
	struct fixture *f = *state;
	char path[8192];

	put_base(f);
	fixture_path(f, "vmlinux.a", path);
	assert_int_equal(truncate(path, (off_t)5 << 30), 0);
	fixture_path(f, "init/main.o", path);
	assert_int_equal(truncate(path, (off_t)4 << 30), 0);
	read_tree(f);
	assert_true(skipped(f, "vmlinux.a", "too large"));
	assert_int_equal(f->tree.objects[0].stamp.size, (uint64_t)4 << 30);
}

/* Deeper than a path can be: told, not followed, and no descriptor lost. */
static void deep_directories(void **state)
{
	struct fixture *f = *state;
	char name[201];
	int at, top;

	put_base(f);
	memset(name, 'd', 200);
	name[200] = '\0';
	at = top = open(f->dir, O_RDONLY | O_DIRECTORY);
	for (int i = 0; i < 25; i++) {
		int next;

		assert_int_equal(mkdirat(at, name, 0755), 0);
		next = openat(at, name, O_RDONLY | O_DIRECTORY);
		assert_true(next >= 0);
		if (at != top)
			close(at);
		at = next;
	}
	close(at);
	read_tree(f);
	assert_int_equal(f->tree.nskips, 1);
	assert_non_null(strstr(f->tree.skips[0].reason, "cannot be opened"));
	close(top);
}

static void beneath_stays_beneath(void **state)
{
	struct fixture *f = *state;
	int (*const open_fn[])(int, const char *, int) = {
		safe_open,
		safe_open_by_steps,
	};
	int top;

	put(f, "a/b/c.o", "x");
	link_to(f, "a", "l");
	link_to(f, "c.o", "a/b/l.o");
	top = open(f->dir, O_RDONLY | O_DIRECTORY);
	for (size_t i = 0; i < 2; i++) {
		int fd = open_fn[i](top, "a/b/c.o", O_RDONLY);

		assert_true(fd >= 0);
		close(fd);
		assert_int_equal(open_fn[i](top, "l/b/c.o", O_RDONLY), -1);
		assert_int_equal(open_fn[i](top, "a/b/l.o", O_RDONLY), -1);
		assert_int_equal(open_fn[i](top, "../x", O_RDONLY), -1);
		assert_int_equal(open_fn[i](top, "/etc/passwd", O_RDONLY), -1);
		assert_int_equal(open_fn[i](top, "", O_RDONLY), -1);
		assert_int_equal(open_fn[i](top, "a/none", O_RDONLY), -1);
		assert_int_equal(errno, ENOENT);
		fd = open_fn[i](top, "a//b/", O_RDONLY | O_DIRECTORY);
		assert_true(fd >= 0);
		close(fd);
	}
	close(top);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(names),
		tree_test(symbolic_links),
		tree_test(linked_lists_are_not_followed),
		tree_test(special_files),
		tree_test(unreadable_folder),
		tree_test(git_is_not_entered),
		tree_test(climbing_members),
		tree_test(nested_archives),
		tree_test(deep_nesting_ends),
		tree_test(damaged_archive),
		tree_test(embedded_members),
		tree_test(huge_list_is_refused),
		tree_test(deep_directories),
		tree_test(beneath_stays_beneath),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
