/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: objects that "ld -r" had joined before; alignment and numbers by
 * hand, and places against ld.
 */
#include "link_fixture.h"
#include "link_files.h"

#include "link/partial_link.h"

struct joined {
	struct link_fixture f;
	struct partial_link_group groups[4];
	size_t ngroups;
	struct arena arena;
};

/* Objects with .text and .data aligned as said; a.o, b.o, c.o, d.o. */
static void start(struct joined *x, const uint64_t aligns[][2], size_t n)
{
	static const char *const paths[] = { "a.o", "b.o", "c.o", "d.o" };

	memset(x, 0, sizeof(*x));
	link_start(&x->f);
	for (size_t i = 0; i < n; i++) {
		struct fixture_object *o = link_object(&x->f, paths[i]);

		link_section(o, ".text", 0, 4, aligns[i][0]);
		link_section(o, ".data", 0, 4, aligns[i][1]);
	}
}

static void apply(struct joined *x)
{
	assert_int_equal(partial_link_apply(x->f.inputs, x->f.job.ninputs,
					    x->groups, x->ngroups, &x->arena,
					    &x->f.err),
			 0);
}

/* As "text/data group" of each input. */
static void assert_inputs(const struct joined *x, const char *expected)
{
	char got[256] = "";

	for (size_t i = 0; i < x->f.job.ninputs; i++) {
		const struct link_input *in = &x->f.inputs[i];
		size_t len = strlen(got);

		if (!in->record)
			continue;
		snprintf(got + len, sizeof(got) - len, "%s%d/%d %u",
			 len ? ", " : "",
			 (int)(in->aligns ? in->aligns[0]
					  : in->record->sections[0].align),
			 (int)(in->aligns ? in->aligns[1]
					  : in->record->sections[1].align),
			 in->partial_link_group);
	}
	assert_string_equal(got, expected);
}

static void test_no_groups(void **state)
{
	static const uint64_t aligns[][2] = { { 1, 2 }, { 16, 4 } };
	struct joined x;

	(void)state;
	start(&x, aligns, 2);
	apply(&x);
	assert_inputs(&x, "1/2 0, 16/4 0");
	assert_null(x.f.inputs[0].aligns);
	arena_release(&x.arena);
}

/* The first of each name is aligned as the strictest; records stay. */
static void test_strictest_first(void **state)
{
	static const uint64_t aligns[][2] = {
		{ 1, 8 }, { 16, 4 }, { 32, 64 }, { 1, 1 }
	};
	struct joined x;

	(void)state;
	start(&x, aligns, 4);
	x.groups[x.ngroups++] = (struct partial_link_group){ 0, 3 };
	apply(&x);
	assert_inputs(&x, "32/64 1, 16/4 1, 32/64 1, 1/1 0");
	for (size_t i = 0; i < 4; i++) {
		const struct object_record *r = x.f.inputs[i].record;

		assert_int_equal(r->sections[0].align, aligns[i][0]);
		assert_int_equal(r->sections[1].align, aligns[i][1]);
	}
	/* What was not raised costs nothing. */
	assert_null(x.f.inputs[1].aligns);
	assert_null(x.f.inputs[2].aligns);
	arena_release(&x.arena);
}

/* A group in a group: its first is aligned for it, the outer's for both; the
 * outer's number counts. */
static void test_nested(void **state)
{
	static const uint64_t aligns[][2] = {
		{ 1, 1 }, { 2, 1 }, { 4, 8 }, { 1, 1 }
	};
	struct joined x;

	(void)state;
	start(&x, aligns, 4);
	x.groups[x.ngroups++] = (struct partial_link_group){ 1, 2 };
	x.groups[x.ngroups++] = (struct partial_link_group){ 0, 3 };
	apply(&x);
	assert_inputs(&x, "4/8 2, 4/8 2, 4/8 2, 1/1 0");
	arena_release(&x.arena);
}

/* One of all objects but those of the final link has no number: the replay
 * tries that by itself.  Unread objects are passed over. */
static void test_holds_all(void **state)
{
	static const uint64_t aligns[][2] = {
		{ 1, 1 }, { 2, 1 }, { 4, 8 }, { 1, 1 }
	};
	struct joined x;

	(void)state;
	start(&x, aligns, 4);
	x.f.inputs[1].record = NULL;
	x.f.inputs[3].linktime = true;
	x.groups[x.ngroups++] = (struct partial_link_group){ 0, 3 };
	apply(&x);
	assert_inputs(&x, "4/8 0, 4/8 0, 1/1 0");
	arena_release(&x.arena);
}

/* Not allocated, or empty: ld -r's output is not aligned for it. */
static void test_not_counted(void **state)
{
	static const uint64_t aligns[][2] = { { 1, 1 }, { 32, 64 }, { 1, 1 } };
	struct joined x;

	(void)state;
	start(&x, aligns, 3);
	x.f.objects[1].sections[0].size = 0;
	x.f.objects[1].sections[1].flags = 0;
	x.groups[x.ngroups++] = (struct partial_link_group){ 0, 2 };
	apply(&x);
	assert_inputs(&x, "1/1 1, 32/64 1, 1/1 0");
	arena_release(&x.arena);
}

/* ---- against ld: a.o and b.o joined to ab.o, then linked with c.o ---- */

static const char *const sources[][2] = {
	{ "a",
	  ".globl a\n.text\n.p2align 2\na: .skip 6\n.data\nad: .byte 1\n" },
	{ "b", ".globl b,bd\n.text\n.p2align 6\nb: .skip 10\n"
	       ".data\n.p2align 5\nbd: .quad 2\n" },
	{ "c", ".globl _start,cd\n.text\n.p2align 3\n_start: .skip 3\n"
	       ".data\n.p2align 1\ncd: .word 3\n" },
};

static void link_joined(const char *dir)
{
	char command[512];

	for (size_t i = 0; i < 3; i++) {
		char name[8];
		FILE *f;

		snprintf(name, sizeof(name), "%s.s", sources[i][0]);
		f = open_file(dir, name, "w");
		fputs(sources[i][1], f);
		fclose(f);
	}
	snprintf(
		command, sizeof(command),
		"cd %s && for f in a b c; do as -o $f.o $f.s || exit 1; done && ld -r -o ab.o a.o b.o && printf '%%s' '%s' >s.lds && ld -T s.lds -o image c.o ab.o",
		dir,
		"SECTIONS { . = 0x1004; .text : { *(.text) } . = 0x2002; .data : { *(.data) } }");
	assert_int_equal(system(command), 0);
}

static void test_against_ld(void **state)
{
	char dir[] = "/tmp/kmemdb-joined-XXXXXX", command[128];
	static const char *const names[] = { "c.o", "a.o", "b.o" };
	struct object_record records[3], image;
	struct link_input inputs[3];
	const struct partial_link_group group = { 1, 2 };
	struct arena arena = ARENA_INIT;
	struct link_job job = { .inputs = inputs, .ninputs = 3 };
	struct layout layout;
	struct err e;

	(void)state;
	assert_int_equal(elf_object_init(&e), 0);
	assert_non_null(mkdtemp(dir));
	link_joined(dir);
	for (size_t i = 0; i < 3; i++) {
		read_record(dir, names[i], ELF_WANT_SYMBOLS, &records[i]);
		inputs[i] = (struct link_input){ .path = names[i],
						 .record = &records[i] };
	}
	read_record(dir, "image", ELF_WANT_SYMBOLS, &image);
	assert_int_equal(partial_link_apply(inputs, 3, &group, 1, &arena, &e),
			 0);
	job.image = &image;
	job.script =
		"SECTIONS { . = 0x1004; .text : { *(.text) } . = 0x2002; .data : { *(.data) } }";
	job.script_len = strlen(job.script);
	assert_int_equal(link_layout_compute(&job, &layout, &e), 0);
	assert_int_equal(layout.checked, 5);
	assert_int_equal(layout.agreed, 5);
	for (size_t i = 0; i < layout.nlines; i++)
		if (layout.lines[i].kind == LINE_UNEXPLAINED)
			assert_int_equal(layout.lines[i].bytes, 0);
	layout_release(&layout);
	for (size_t i = 0; i < 3; i++)
		object_record_release(&records[i]);
	object_record_release(&image);
	arena_release(&arena);
	snprintf(command, sizeof(command), "rm -r %s", dir);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_groups),
		cmocka_unit_test(test_strictest_first),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_holds_all),
		cmocka_unit_test(test_not_counted),
		cmocka_unit_test(test_against_ld),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
