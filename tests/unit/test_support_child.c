/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A child: what it writes, how it ends, what it may not do or keep.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/child.h"

static const struct child_limits limits = { .seconds = 1, .memory_bytes = 0 };

static int hello(int out, void *arg)
{
	const char *text = arg;

	return write(out, text, strlen(text)) != (ssize_t)strlen(text);
}

static int crash(int out, void *arg)
{
	(void)out;
	(void)arg;
	raise(SIGSEGV);
	return 0;
}

static int loop(int out, void *arg)
{
	(void)out;
	for (volatile int *x = arg; *x; x = arg)
		;
	return 0;
}

static int fill(int out, void *arg)
{
	(void)arg;
	while (write(out, "xxxxxxxxxxxxxxxx", 16) > 0)
		;
	return 0;
}

/* Which of the two descriptors of arg are open, and what 0 is. */
static int report(int out, void *arg)
{
	const int *fds = arg;
	char buf[3];

	buf[0] = fcntl(fds[0], F_GETFD) < 0 ? '-' : 'a';
	buf[1] = fcntl(fds[1], F_GETFD) < 0 ? '-' : 'b';
	buf[2] = read(0, buf + 2, 1) == 0 ? '0' : '?';
	return write(out, buf, 3) != 3;
}

static void test_says(void **state)
{
	char text[] = "hello", why[64] = "", *data;
	struct child c;
	struct err e;
	size_t len;
	bool late;

	(void)state;
	assert_int_equal(child_start(&c, &limits, NULL, 0, hello, text, &e), 0);
	assert_int_equal(child_read(&c, 10, 100, &data, &len, &late, &e), 0);
	assert_int_equal(len, 5);
	assert_memory_equal(data, "hello", 5);
	assert_false(late);
	assert_int_equal(child_end(&c, false, why, sizeof(why)), 0);
	assert_int_equal(c.pid, -1);
	free(data);
}

static void run_badly(child_function *run, unsigned int seconds, size_t max,
		      bool expect_late, const char *words)
{
	int one = 1;
	char why[64] = "", *data = NULL;
	struct child c;
	struct err e;
	size_t len;
	bool late;

	assert_int_equal(child_start(&c, &limits, NULL, 0, run, &one, &e), 0);
	assert_int_equal(child_read(&c, seconds, max, &data, &len, &late, &e),
			 0);
	assert_int_equal(late, expect_late);
	assert_int_equal(child_end(&c, late, why, sizeof(why)), 1);
	if (!strstr(why, words))
		fail_msg("'%s' does not hold '%s'", why, words);
	free(data);
}

static void test_ends_badly(void **state)
{
	(void)state;
	run_badly(crash, 10, 100, false, "crashed");
	/* Its processor time ends it; then the clock does. */
	run_badly(loop, 10, 100, false, "did not come to an end");
	run_badly(loop, 0, 100, true, "did not come to an end");
	run_badly(fill, 10, 1000, true, "did not come to an end");
}

/* Nothing more is wanted of it: it is ended, but a crash is not hidden. */
static void give_up(child_function *run, const char *words)
{
	int one = 1;
	char why[64] = "", byte;
	struct child c;
	struct err e;

	assert_int_equal(child_start(&c, &limits, NULL, 0, run, &one, &e), 0);
	if (run == crash)
		assert_int_equal(read(c.pipe, &byte, 1), 0);
	assert_int_equal(child_give_up(&c, why, sizeof(why)), 1);
	assert_int_equal(c.pid, -1);
	if (!strstr(why, words))
		fail_msg("'%s' does not hold '%s'", why, words);
}

static void test_given_up(void **state)
{
	(void)state;
	give_up(loop, "broke off");
	give_up(fill, "broke off");
	give_up(crash, "crashed");
}

static void test_keeps(void **state)
{
	int fds[2] = { open("/dev/null", O_RDONLY),
		       open("/dev/null", O_RDONLY) };
	char why[64] = "", *data;
	struct child c;
	struct err e;
	size_t len;
	bool late;

	(void)state;
	assert_true(fds[0] > 0 && fds[1] > 0);
	assert_int_equal(child_start(&c, &limits, &fds[1], 1, report, fds, &e),
			 0);
	assert_int_equal(child_read(&c, 10, 100, &data, &len, &late, &e), 0);
	assert_int_equal(len, 3);
	assert_memory_equal(data, "-b0", 3);
	assert_int_equal(child_end(&c, false, why, sizeof(why)), 0);
	free(data);
	close(fds[0]);
	close(fds[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_says),
		cmocka_unit_test(test_ends_badly),
		cmocka_unit_test(test_given_up),
		cmocka_unit_test(test_keeps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
