/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files of a stranger's tree: by openat2 and by steps the same answers.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/safe_open.h"

struct tree {
	char path[64];
	int fd;
};

static void put(const struct tree *t, const char *name, const char *text)
{
	int fd = openat(t->fd, name, O_WRONLY | O_CREAT, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static int make_tree(void **state)
{
	struct tree *t = calloc(1, sizeof(*t));

	assert_non_null(t);
	strncpy(t->path, "/tmp/kmemdb-test-XXXXXX", sizeof(t->path) - 1);
	assert_non_null(mkdtemp(t->path));
	t->fd = open(t->path, O_RDONLY | O_DIRECTORY);
	assert_true(t->fd >= 0);
	assert_int_equal(mkdirat(t->fd, "root", 0700), 0);
	assert_int_equal(mkdirat(t->fd, "root/fs", 0700), 0);
	put(t, "secret", "secret");
	put(t, "root/fs/open.o", "0123456789");
	put(t, "root/empty", "");
	assert_int_equal(symlinkat("../secret", t->fd, "root/link"), 0);
	assert_int_equal(symlinkat("fs", t->fd, "root/dirlink"), 0);
	assert_int_equal(symlinkat("..", t->fd, "root/uplink"), 0);
	assert_int_equal(mkfifoat(t->fd, "root/fifo", 0600), 0);
	close(t->fd);
	strncat(t->path, "/root", sizeof(t->path) - strlen(t->path) - 1);
	t->fd = open(t->path, O_RDONLY | O_DIRECTORY);
	assert_true(t->fd >= 0);
	*state = t;
	return 0;
}

static int remove_tree(void **state)
{
	static const char *const names[] = { "fs/open.o", "empty",  "link",
					     "dirlink",	  "uplink", "fifo",
					     "../secret" };
	struct tree *t = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlinkat(t->fd, names[i], 0);
	unlinkat(t->fd, "fs", AT_REMOVEDIR);
	close(t->fd);
	rmdir(t->path);
	*strrchr(t->path, '/') = '\0';
	assert_int_equal(rmdir(t->path), 0);
	free(t);
	return 0;
}

static void test_both_ways(void **state)
{
	static const struct {
		const char *path;
		bool opens;
	} all[] = {
		{ "fs/open.o", true },
		{ "./fs/open.o", true },
		{ "fs//open.o", true },
		{ "empty", true },
		{ "fs", true },
		{ "fs/open.o/x", false },
		{ "missing", false },
		{ "link", false },
		{ "dirlink/open.o", false },
		{ "uplink/secret", false },
		{ "../secret", false },
		{ "fs/../../secret", false },
		{ "/etc/passwd", false },
		{ "", false },
	};
	const struct tree *t = *state;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		int a = safe_open(t->fd, all[i].path, O_RDONLY);
		int b = safe_open_by_steps(t->fd, all[i].path, O_RDONLY);

		assert_int_equal(a >= 0, all[i].opens);
		assert_int_equal(b >= 0, all[i].opens);
		if (a >= 0) {
			assert_int_equal(fcntl(a, F_GETFD), FD_CLOEXEC);
			assert_int_equal(fcntl(b, F_GETFD), FD_CLOEXEC);
			close(a);
			close(b);
		}
	}
}

static void test_long_name(void **state)
{
	const struct tree *t = *state;
	char name[400];

	memset(name, 'a', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	errno = 0;
	assert_int_equal(safe_open_by_steps(t->fd, name, O_RDONLY), -1);
	assert_int_equal(errno, ENAMETOOLONG);
}

static void test_read(void **state)
{
	const struct tree *t = *state;
	char *data = NULL;
	size_t len = 99;

	assert_int_equal(safe_read(t->fd, "fs/open.o", 10, &data, &len), 0);
	assert_int_equal(len, 10);
	assert_string_equal(data, "0123456789");
	free(data);
	assert_int_equal(safe_read(t->fd, "empty", 10, &data, &len), 0);
	assert_int_equal(len, 0);
	assert_string_equal(data, "");
	free(data);
	assert_int_equal(safe_read_start(t->fd, "fs/open.o", 4, &data, &len),
			 0);
	assert_int_equal(len, 4);
	assert_string_equal(data, "0123");
	free(data);
	/* A refusal leaves the outputs as they were; a FIFO blocks nobody. */
	data = NULL;
	len = 99;
	assert_int_equal(safe_read(t->fd, "fs/open.o", 9, &data, &len), -1);
	assert_int_equal(errno, EFBIG);
	assert_int_equal(safe_read(t->fd, "fifo", 9, &data, &len), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(safe_read(t->fd, "fs", 9, &data, &len), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(safe_read(t->fd, "link", 9, &data, &len), -1);
	assert_int_equal(safe_read(t->fd, "missing", 9, &data, &len), -1);
	assert_int_equal(errno, ENOENT);
	assert_null(data);
	assert_int_equal(len, 99);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_ways),
		cmocka_unit_test(test_long_name),
		cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
