/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The archive reader on buffers: archives made by hand, by ar, and damaged.
 */
#include "kbuild_fixture.h"

#include "kbuild/archive.h"

/* All names, a space between; "!problem" where the archive is damaged. */
static const char *names_in(const void *data, size_t len)
{
	static char text[65536];
	struct archive_reader r;
	struct archive_member m;
	size_t n = 0;
	int more;

	text[0] = '\0';
	if (!archive_start(&r, data, len))
		return "no archive";
	while ((more = archive_next(&r, &m)) > 0)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%.*s%s",
				      n ? " " : "", (int)m.name_len, m.name,
				      m.nested ? "*" : "");
	if (more < 0)
		snprintf(text + n, sizeof(text) - n, "!%s", r.problem);
	return text;
}

static void empty_is_eight_bytes(void **state)
{
	(void)state;
	assert_string_equal(names_in("!<arch>\n", 8), "");
	assert_string_equal(names_in("!<thin>\n", 8), "");
}

static void others_are_none(void **state)
{
	(void)state;
	assert_string_equal(names_in("", 0), "no archive");
	assert_string_equal(names_in("!<arch>", 7), "no archive");
	assert_string_equal(names_in("\177ELF....", 8), "no archive");
	assert_string_equal(names_in("!<arcH>\n", 8), "no archive");
}

static void short_names(void **state)
{
	struct bytes b = { .n = 0 };

	(void)state;
	add_bytes(&b, "!<arch>\n", 8);
	add_header(&b, "gnu.o/", 3);
	add_bytes(&b, "abc\n", 4); /* odd: filled up */
	add_header(&b, "bsd.o", 2);
	add_bytes(&b, "ab", 2);
	add_header(&b, "sixteen_bytes_.o", 0);
	assert_string_equal(names_in(b.v, b.n), "gnu.o bsd.o sixteen_bytes_.o");
}

static void long_names_are_digits_only(void **state)
{
	struct bytes b = { .n = 0 };

	(void)state;
	add_bytes(&b, "!<thin>\n", 8);
	add_header(&b, "/", 4);
	add_bytes(&b, "\0\0\0\0", 4);
	add_header(&b, "/SYM64/", 8);
	add_bytes(&b, "\0\0\0\0\0\0\0\0", 8);
	add_header(&b, "//", 20);
	add_bytes(&b, "fs/open.o/\nfs/dup.o\n", 20);
	add_header(&b, "/0", 5000);
	add_header(&b, "/11          /", 6000); /* as GNU ar 2.40 does */
	assert_string_equal(names_in(b.v, b.n), "fs/open.o fs/dup.o");
}

static void bsd_names(void **state)
{
	struct bytes b = { .n = 0 };

	(void)state;
	add_bytes(&b, "!<arch>\n", 8);
	add_header(&b, "#1/20", 24);
	add_bytes(&b, "__.SYMDEF SORTED\0\0\0\0", 20);
	add_bytes(&b, "\0\0\0\0", 4);
	add_header(&b, "__.SYMDEF", 0);
	add_header(&b, "#1/24", 26);
	add_bytes(&b, "a_name_of_22_bytes__.o\0\0", 24);
	add_bytes(&b, "ab", 2);
	assert_string_equal(names_in(b.v, b.n), "a_name_of_22_bytes__.o");
}

static void nested_reference(void **state)
{
	struct bytes b = { .n = 0 };

	(void)state;
	add_bytes(&b, "!<thin>\n", 8);
	add_header(&b, "//", 10);
	add_bytes(&b, "lib/li.a/\n", 10);
	add_header(&b, "/0:180", 840);
	assert_string_equal(names_in(b.v, b.n), "lib/li.a*");
}

static void damage_is_told(void **state)
{
	struct bytes b = { .n = 0 };

	(void)state;
	add_bytes(&b, "!<arch>\n", 8);
	add_header(&b, "a.o/", 2);
	add_bytes(&b, "ab", 2);
	add_bytes(&b, "\n\n", 2);
	assert_string_equal(names_in(b.v, b.n), "a.o");
	assert_string_equal(names_in(b.v, 40),
			    "!ends inside a member's header");
	assert_string_equal(names_in(b.v, 69), "!ends inside a member");
	b.n = 70;
	add_header(&b, "/7", 0);
	assert_string_equal(names_in(b.v, b.n),
			    "a.o!has a member without a name");
	b.n = 70;
	add_header(&b, "x.o/", 0);
	b.v[b.n - 1] = 'x';
	assert_string_equal(names_in(b.v, b.n),
			    "a.o!has a damaged member header");
	b.n = 70;
	add_header(&b, "#1/99", 4);
	add_bytes(&b, "abcd", 4);
	assert_string_equal(names_in(b.v, b.n),
			    "a.o!has a member without a name");
	b.n = 70;
	add_header(&b, "", 0);
	assert_string_equal(names_in(b.v, b.n),
			    "a.o!has a member without a name");
}

/* Every prefix, and every bit flipped: no crash, and an end. */
static void any_damage_is_survived(void **state)
{
	static const char *const names[] = {
		"fs/open.o",
		"mm/slub.o",
		"lib/lib.a",
		"../x.o",
	};
	static struct bytes b;
	char *copy;

	(void)state;
	make_thin(&b, names, 4);
	for (size_t len = 0; len <= b.n; len++) {
		copy = malloc(len + 1);
		assert_non_null(copy);
		memcpy(copy, b.v, len);
		names_in(copy, len);
		free(copy);
	}
	copy = malloc(b.n);
	assert_non_null(copy);
	for (size_t bit = 0; bit < b.n * 8; bit++) {
		memcpy(copy, b.v, b.n);
		copy[bit / 8] = (char)(copy[bit / 8] ^ (1 << bit % 8));
		names_in(copy, b.n);
	}
	free(copy);
}

/* What ar itself makes, where there is one. */
static void what_ar_makes(void **state)
{
	struct fixture *f = *state;
	char cmd[512], path[8192];
	static char data[8192];
	size_t len;
	FILE *file;

	put(f, "d/a.o", "not empty");
	put(f, "d/exactly_15ch.o", "x");
	put(f, "d/a_name_that_is_long.o", "y");
	snprintf(cmd, sizeof(cmd),
		 "set -e; cd %s; command -v ar >/dev/null\n"
		 "ar cDPrST thin.a d/a.o d/exactly_15ch.o\n"
		 "ar cDPrST more.a thin.a d/a_name_that_is_long.o\n"
		 "cd d; ar cDrS reg.a a.o exactly_15ch.o a_name_that_is_long.o",
		 f->dir);
	if (system(cmd) != 0) {
		print_message("skipped: no ar\n");
		skip();
	}
	fixture_path(f, "more.a", path);
	file = fopen(path, "r");
	assert_non_null(file);
	len = fread(data, 1, sizeof(data), file);
	fclose(file);
	assert_string_equal(names_in(data, len),
			    "d/a.o d/exactly_15ch.o d/a_name_that_is_long.o");
	fixture_path(f, "d/reg.a", path);
	file = fopen(path, "r");
	assert_non_null(file);
	len = fread(data, 1, sizeof(data), file);
	fclose(file);
	assert_string_equal(names_in(data, len),
			    "a.o exactly_15ch.o a_name_that_is_long.o");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_is_eight_bytes),
		cmocka_unit_test(others_are_none),
		cmocka_unit_test(short_names),
		cmocka_unit_test(long_names_are_digits_only),
		cmocka_unit_test(bsd_names),
		cmocka_unit_test(nested_reference),
		cmocka_unit_test(damage_is_told),
		cmocka_unit_test(any_damage_is_survived),
		tree_test(what_ar_makes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
