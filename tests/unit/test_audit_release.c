/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * audit/: the release in the banner of a linked file, wherever it is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/steps.h"
#include "audit/release.h"

#define MIB ((off_t)1 << 20)

static char dir[64];

static int make_dir(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/kmemdb-release-XXXXXX");
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
	char path[96];

	(void)state;
	snprintf(path, sizeof(path), "%s/image", dir);
	unlink(path);
	return rmdir(dir);
}

/* What a linked file of that kind with text at that place tells. */
static void assert_release(enum image_kind kind, const char *text, off_t at,
			   const char *expected)
{
	struct tree_image image = { .path = "image", .kind = kind };
	struct audit_input in = {
		.tree = { .images = &image, .nimages = 1, .linked_only = true }
	};
	struct arena arena = ARENA_INIT;
	const char *got;
	char path[96];
	int fd;

	snprintf(path, sizeof(path), "%s/image", dir);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, text, strlen(text), at), strlen(text));
	assert_int_equal(ftruncate(fd, at + MIB), 0);
	close(fd);
	in.root = open(dir, O_RDONLY | O_DIRECTORY);
	assert_true(in.root >= 0);
	got = audit_find_release(&in, &arena);
	if (expected) {
		assert_non_null(got);
		assert_string_equal(got, expected);
	} else {
		assert_null(got);
	}
	/* A tree of objects has a file that says it. */
	in.tree.linked_only = false;
	assert_null(audit_find_release(&in, &arena));
	close(in.root);
	arena_release(&arena);
}

static void test_found(void **state)
{
	(void)state;
	assert_release(IMAGE_VMLINUX, "Linux version 6.1.0-rc2+ (gcc) #1", 0,
		       "6.1.0-rc2+");
	assert_release(IMAGE_MODULE, "vermagic=5.4.286 SMP mod_unload", 3,
		       "5.4.286");
	/* A word that the file has for printing it is none. */
	assert_release(IMAGE_VMLINUX, "Linux version %s|Linux version 3.10.1 ",
		       77, "3.10.1");
}

/* Chunks are a MiB: on every side of their border. */
static void test_borders(void **state)
{
	(void)state;
	for (off_t at = MIB - 40; at <= MIB + 2; at++)
		assert_release(IMAGE_VMLINUX, "Linux version 6.6.6 x", at,
			       "6.6.6");
	for (off_t at = MIB - 200; at <= MIB - 140; at += 3)
		assert_release(IMAGE_VMLINUX, "Linux version 6.6.7 x", at,
			       "6.6.7");
}

static void test_not_found(void **state)
{
	(void)state;
	assert_release(IMAGE_VMLINUX, "Linux version unknown", 0, NULL);
	assert_release(IMAGE_VMLINUX, "vermagic=6.1.0 ", 0, NULL);
	assert_release(IMAGE_MODULE, "Linux version 6.1.0 ", 0, NULL);
	/* After what is searched: that file is sparse. */
	assert_release(IMAGE_VMLINUX, "Linux version 6.1.0 ", 200 * MIB, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_borders),
		cmocka_unit_test(test_not_found),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
