/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * -o FILE: whole or not at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "render/output.h"

struct place {
	char dir[64];
	char file[80], link[80];
};

static int make_place(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	if (!p)
		return -1;
	snprintf(p->dir, sizeof(p->dir), "/tmp/kmemdb-test-XXXXXX");
	if (!mkdtemp(p->dir))
		return -1;
	snprintf(p->file, sizeof(p->file), "%s/out", p->dir);
	snprintf(p->link, sizeof(p->link), "%s/link", p->dir);
	*state = p;
	return 0;
}

static int remove_place(void **state)
{
	struct place *p = *state;

	unlink(p->file);
	unlink(p->link);
	/* Fails where a temporary was left behind. */
	if (rmdir(p->dir))
		return -1;
	free(p);
	return 0;
}

static void write_to(const char *path, const char *text, bool commit)
{
	struct output o;
	struct err e;

	if (output_open(path, &o, &e))
		fail_msg("%s", e.text);
	assert_false(o.terminal);
	fputs(text, o.file);
	if (commit)
		assert_int_equal(output_commit(&o, &e), 0);
	else
		output_discard(&o);
	assert_null(o.temp);
}

static void expect(const char *path, const char *text)
{
	char found[64] = "";
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	found[fread(found, 1, sizeof(found) - 1, f)] = '\0';
	fclose(f);
	assert_string_equal(found, text);
}

static void test_commit(void **state)
{
	struct place *p = *state;
	struct stat st;
	mode_t mask = umask(027);

	write_to(p->file, "one", true);
	expect(p->file, "one");
	assert_int_equal(stat(p->file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	/* A file that is there keeps its rights. */
	assert_int_equal(chmod(p->file, 0604), 0);
	write_to(p->file, "two", true);
	expect(p->file, "two");
	assert_int_equal(stat(p->file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0604);
	umask(mask);
}

static void test_discard(void **state)
{
	struct place *p = *state;
	struct stat st;

	write_to(p->file, "new", false);
	assert_int_not_equal(stat(p->file, &st), 0);
	write_to(p->file, "old", true);
	write_to(p->file, "new", false);
	expect(p->file, "old");
}

static void test_link(void **state)
{
	struct place *p = *state;
	struct stat st;

	write_to(p->file, "old", true);
	assert_int_equal(symlink("out", p->link), 0);
	write_to(p->link, "new", true);
	expect(p->file, "new");
	assert_int_equal(lstat(p->link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
}

static void test_device(void **state)
{
	struct output o;
	struct err e;

	(void)state;
	write_to("/dev/null", "x", true);
	assert_int_equal(output_open("/dev/full", &o, &e), 0);
	fputs("x", o.file);
	assert_int_equal(output_commit(&o, &e), -ERR_IO);
	assert_non_null(strstr(e.text, "'/dev/full'"));
	assert_non_null(strstr(e.text, "No space left"));
}

static void test_nowhere(void **state)
{
	struct place *p = *state;
	char path[96];
	struct output o;
	struct err e;

	snprintf(path, sizeof(path), "%s/none/out", p->dir);
	assert_int_equal(output_open(path, &o, &e), -ERR_IO);
	assert_non_null(strstr(e.text, path));
	assert_int_equal(output_open(p->dir, &o, &e), -ERR_IO);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_commit), TEST(test_discard), TEST(test_link),
		TEST(test_device), TEST(test_nowhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
