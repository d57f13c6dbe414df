/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which build a trace is joined with.
 */
#include "store_build.h"

#include "import/choose_build.h"

#define ID_LEN 20

/* Two builds of one object, 1 labelled old, 2 labelled new; build N has the
 * build-id NN NN ... */
static struct store *two_builds(const struct place *p)
{
	struct store *s = open_store(p);
	struct obj_section sections[] = { code(".text", 16, 16) };
	struct obj_symbol symbols[] = { function("f", 0, 0, STB_GLOBAL) };
	struct object_record a = record(sections, 1, symbols, 1, 1);
	const struct object_record *const records[] = { &a };
	const char *const paths[] = { "a.o" };
	struct tree_image image = { .path = "vmlinux",
				    .name = "vmlinux",
				    .kind = IMAGE_VMLINUX };
	struct layout layout = { .source = LAYOUT_NONE };
	int64_t id;

	for (int i = 0; i < 2; i++) {
		put_build(s, paths, records, 1, &image, &a, &layout, &id);
		OK(store_commit(s, &e));
		/* Another one, not the same again. */
		run_sql(p, "UPDATE build SET identity = zeroblob(id)");
	}
	store_close(s);
	run_sql(p,
		"UPDATE build SET label = 'old', audited_ns = 5 WHERE id = 1;\n"
		"UPDATE build SET label = 'new', audited_ns = 9 WHERE id = 2;\n"
		"UPDATE image SET build_id = CASE build\n"
		" WHEN 1 THEN x'0101010101010101010101010101010101010101'\n"
		" ELSE x'0202020202020202020202020202020202020202' END");
	return open_store(p);
}

struct note {
	uint32_t name_len, id_len, type;
	char name[4];
	unsigned char id[ID_LEN];
};

/* What a capture holds of a kernel whose build-id is all `byte`. */
static struct capture_info captured(struct note *n, unsigned char byte)
{
	*n = (struct note){ 4, ID_LEN, 3, "GNU", { 0 } };
	memset(n->id, byte, ID_LEN);
	return (struct capture_info){ .notes = { (char *)n, sizeof(*n) } };
}

struct answer {
	struct trace_row row;
	struct arena arena;
	struct remarks notes;
	int r;
	struct err e;
};

static struct answer ask_build(struct store *s, const struct capture_info *c,
			       const char *ref)
{
	struct answer a = { .r = 0 };

	a.r = choose_build(s, c, ref, &a.row, &a.arena, &a.notes, &a.e);
	return a;
}

/* note: a part of the one note that is wanted, NULL: there is none. */
static void check(struct answer a, int64_t build, enum build_choice chosen,
		  const char *note)
{
	assert_int_equal(a.r, 0);
	assert_int_equal(a.row.build, build);
	assert_int_equal(a.row.chosen, chosen);
	assert_int_equal(remarks_count(&a.notes), note != NULL);
	if (note)
		assert_non_null(strstr(remarks_text(&a.notes, 0), note));
	remarks_release(&a.notes);
	arena_release(&a.arena);
}

static void test_by_build_id(void **state)
{
	struct store *s = two_builds(*state);
	struct capture_info c;
	struct note n;

	c = captured(&n, 1);
	check(ask_build(s, &c, NULL), 1, BUILD_BY_ID, NULL);
	/* Whoever names the same one need not be told. */
	check(ask_build(s, &c, "old"), 1, BUILD_NAMED, NULL);
	check(ask_build(s, &c, "new"), 2, BUILD_NAMED,
	      "is that of build 1, but --build says 2");
	c = captured(&n, 7);
	check(ask_build(s, &c, NULL), 2, BUILD_NEWEST,
	      "no audited build has the build-id");
	check(ask_build(s, &c, "1"), 1, BUILD_NAMED, NULL);
	store_close(s);
}

static void test_without_capture(void **state)
{
	struct capture_info none = { .tar = false };
	struct store *s = open_store(*state);
	struct answer a;

	check(ask_build(s, &none, NULL), 0, BUILD_NONE, NULL);
	store_close(s);
	s = two_builds(*state);
	check(ask_build(s, &none, NULL), 2, BUILD_NEWEST, NULL);
	check(ask_build(s, &none, "1"), 1, BUILD_NAMED, NULL);
	a = ask_build(s, &none, "nothing");
	assert_int_equal(a.r, -ERR_USAGE);
	assert_non_null(strstr(a.e.text, "'nothing'"));
	assert_int_equal(a.row.build, 0);
	store_close(s);
}

static void test_what_the_capture_says(void **state)
{
	struct store *s = open_store(*state);
	char cmdline[] = "quiet nokaslr";
	char version[] = "Linux version 6.1.99 (a@b) #1 SMP";
	struct note n;
	struct capture_info c = captured(&n, 3);
	struct answer a;

	c.cmdline = (struct capture_part){ cmdline, sizeof(cmdline) - 1 };
	c.version = (struct capture_part){ version, sizeof(version) - 1 };
	a = ask_build(s, &c, NULL);
	assert_string_equal(a.row.command_line, "quiet nokaslr");
	assert_string_equal(a.row.release, "6.1.99");
	assert_int_equal(a.row.build_id_len, ID_LEN);
	assert_memory_equal(a.row.build_id, n.id, ID_LEN);
	check(a, 0, BUILD_NONE, NULL);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_by_build_id, make_place,
						remove_place),
		cmocka_unit_test_setup_teardown(test_without_capture,
						make_place, remove_place),
		cmocka_unit_test_setup_teardown(test_what_the_capture_says,
						make_place, remove_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
