/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums of directories, what is gathered, and colours.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plot/figure.h"
#include "plot/ink.h"
#include "plot/tree.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static const struct plot_node *child(const struct plot_node *n,
				     const char *name)
{
	for (size_t i = 0; i < n->nchildren; i++)
		if (strcmp(n->children[i]->name, name) == 0)
			return n->children[i];
	return NULL;
}

static void test_sums(void **state)
{
	struct plot_item items[] = {
		{ "fs/ext4/inode.o", 40 }, { "fsnotify.o", 5 },
		{ "fs/open.o", 20 },	   { "fs-x/a.o", 7 },
		{ "fs/ext4/super.o", 2 },  { "(no-object)", 3 },
		{ "fs/gone.o", 0 },	   { "fs/ext4/inode.o", 1 },
	};
	struct arena a = ARENA_INIT;
	struct plot_node *root;
	const struct plot_node *fs;
	struct err e;

	(void)state;
	assert_int_equal(
		plot_tree_build(&a, items, COUNT(items), "", 2, &root, &e), 0);
	assert_int_equal(root->value, 78);
	assert_int_equal(root->nchildren, 4);
	/* Largest first. */
	fs = root->children[0];
	assert_string_equal(fs->path, "fs");
	assert_int_equal(fs->value, 63);
	assert_int_equal(fs->nchildren, 2);
	assert_int_equal(child(fs, "ext4")->value, 43);
	assert_string_equal(child(fs, "ext4")->path, "fs/ext4");
	assert_int_equal(child(fs, "ext4")->nchildren, 0);
	assert_null(child(fs, "gone.o"));
	assert_int_equal(child(root, "(no-object)")->value, 3);
	arena_release(&a);
}

static void test_branch(void **state)
{
	struct plot_item items[] = { { "fs/ext4/inode.o", 40 },
				     { "fs/open.o", 20 },
				     { "fsnotify.o", 5 } };
	struct arena a = ARENA_INIT;
	struct plot_node *root;
	struct err e;

	(void)state;
	assert_int_equal(plot_tree_build(&a, items, COUNT(items), "fs/", 9,
					 &root, &e),
			 0);
	assert_int_equal(root->value, 60);
	assert_string_equal(root->children[0]->name, "ext4");
	assert_string_equal(root->children[0]->children[0]->path,
			    "fs/ext4/inode.o");
	assert_int_equal(plot_tree_build(&a, NULL, 0, "fs", 9, &root, &e), 0);
	assert_int_equal(root->nchildren, 0);
	arena_release(&a);
}

static void test_overflow_is_refused(void **state)
{
	struct plot_item items[] = { { "a/b.o", INT64_MAX }, { "a/c.o", 1 } };
	struct arena a = ARENA_INIT;
	struct plot_node *root;
	struct err e;

	(void)state;
	assert_int_equal(plot_tree_build(&a, items, COUNT(items), "", 2, &root,
					 &e),
			 -ERR_FORMAT);
	arena_release(&a);
}

static void test_gather(void **state)
{
	struct plot_item items[] = { { "a.o", 100 },  { "b.o", 5 },
				     { "c.o", 4 },    { "d/x.o", 3 },
				     { "e/x.o", 50 }, { "e/y.o", 1 } };
	struct arena a = ARENA_INIT;
	struct plot_node *root;
	struct err e;

	(void)state;
	assert_int_equal(
		plot_tree_build(&a, items, COUNT(items), "", 2, &root, &e), 0);
	assert_int_equal(plot_tree_gather(&a, root, 10, &e), 0);
	assert_int_equal(root->nchildren, 3);
	assert_string_equal(root->children[2]->name, "other (3)");
	assert_int_equal(root->children[2]->value, 12);
	assert_int_equal(root->children[2]->gathered, 3);
	/* One alone keeps its name. */
	assert_string_equal(root->children[1]->children[1]->name, "y.o");
	arena_release(&a);
}

/* The same path, the same colour; text is readable on each of them. */
static void test_colours(void **state)
{
	static const char *const paths[] = {
		"fs",	       "fs/ext4",     "fs/ext4/inode.o",
		"drivers",     "drivers/net", "mm",
		"arch/x86",    "my-own-dir",  "my-own-dir/deep/er/a.o",
		"(no-object)", "sound",	      "rust",
		"block/bio.o",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(paths); i++) {
		for (int dark = 0; dark < 2; dark++) {
			struct ink c = ink_of_path(paths[i], strlen(paths[i]),
						   dark);
			struct ink d = ink_of_path(paths[i], strlen(paths[i]),
						   dark);

			assert_memory_equal(&c, &d, sizeof(c));
			assert_true(ink_contrast(c, ink_on(c)) >= 4.5);
		}
	}
	for (int dark = 0; dark < 2; dark++) {
		struct ink paper = ink_of_role(INK_PAPER, dark);

		assert_true(ink_contrast(ink_of_role(INK_TEXT, dark), paper) >=
			    7);
		assert_true(ink_contrast(ink_of_role(INK_FAINT, dark), paper) >=
			    4.5);
		assert_true(ink_contrast(ink_of_role(INK_GROWN, dark), paper) >=
			    3);
		assert_true(ink_contrast(ink_of_role(INK_SHRUNK, dark),
					 paper) >= 3);
	}
}

/* Every letter is as wide as half its size. */
static double fixed_width(void *ctx, const char *text, double size, bool bold)
{
	double n = 0;

	(void)ctx;
	(void)bold;
	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n * size / 2;
}

static void test_text_fits(void **state)
{
	const struct text_measure m = { .width = fixed_width };
	struct figure f;
	struct err e;

	(void)state;
	figure_init(&f, 100, 100, false, &m);
	figure_text(&f, 0, 10, 50, 10, false, ALIGN_LEFT, ink_of_role(0, 0),
		    "abcdefghijklmnopqrst");
	assert_string_equal(f.first->text, "abcd…qrst");
	assert_true(f.first->w <= 50);
	/* Not even three letters of each end. */
	figure_text(&f, 0, 10, 30, 10, false, ALIGN_LEFT, ink_of_role(0, 0),
		    "abcdefghijklmnopqrst");
	assert_int_equal(f.nshapes, 1);
	assert_string_equal(figure_clean(&f, "a\33[2J\xff\xe2\x80\xae", 9),
			    "a\\x1b[2J\\xff\\xe2\\x80\\xae");
	assert_string_equal(figure_bytes(&f, 20480), "20.0K");
	assert_int_equal(figure_done(&f, &e), 0);
	figure_release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_branch),
		cmocka_unit_test(test_overflow_is_refused),
		cmocka_unit_test(test_gather),
		cmocka_unit_test(test_colours),
		cmocka_unit_test(test_text_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
