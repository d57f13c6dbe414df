/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/partial_layout: what "ld -r" makes of sections, by construction and
 * against ld itself.
 */
#include "link_files.h"
#include "link_fixture.h"

#include "link/partial_layout.h"

static void test_by_hand(void **state)
{
	static const struct partial_section s[] = {
		{ 7, 3, 1 },  { 9, 4, 4 }, { 7, 8, 8 },
		{ 5, 0, 64 }, { 9, 1, 1 }, { 7, 1, 2 },
	};
	static const uint32_t order[] = { 0, 2, 5, 1, 4, 3 };
	static const uint64_t offsets[] = { 0, 0, 8, 0, 4, 16 };
	struct arena arena = ARENA_INIT;
	struct partial_layout l;
	struct err e;

	(void)state;
	assert_int_equal(partial_layout_compute(s, 6, &arena, &l, &e), 0);
	assert_int_equal(l.njoined, 3);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(l.order[i], order[i]);
		assert_int_equal(l.offsets[i], offsets[i]);
	}
	assert_int_equal(l.joined[0].name, 7);
	assert_int_equal(l.joined[0].count, 3);
	assert_int_equal(l.joined[0].size, 17);
	assert_int_equal(l.joined[0].align, 8);
	assert_int_equal(l.joined[1].first, 3);
	assert_int_equal(l.joined[1].size, 5);
	assert_int_equal(l.joined[1].align, 4);
	assert_int_equal(l.joined[2].size, 0);
	assert_int_equal(l.joined[2].align, 64);
	assert_int_equal(partial_layout_compute(s, 0, &arena, &l, &e), 0);
	assert_int_equal(l.njoined, 0);
	arena_release(&arena);
}

/* Sizes of a liar. */
static void test_overflow(void **state)
{
	static const struct partial_section s[] = {
		{ 1, UINT64_MAX - 1, 1 },
		{ 2, UINT64_MAX, 0 },
		{ 1, 1, 1 },
		{ 1, 1, 1 },
		{ 2, 0, 1 },
	};
	struct arena arena = ARENA_INIT;
	struct partial_layout l;
	struct err e;

	(void)state;
	assert_int_equal(partial_layout_compute(s, 5, &arena, &l, &e), 0);
	assert_true(l.joined[0].overflows);
	assert_false(l.joined[1].overflows);
	arena_release(&arena);
}

#define NAMES 9
#define OBJECTS 6

/* Every section has a symbol of its own: xOBJECT_NAME. */
static void put_object(const char *dir, int object)
{
	char name[16];
	FILE *f;

	snprintf(name, sizeof(name), "o%d.s", object);
	f = open_file(dir, name, "w");
	for (int k = 0; k < NAMES; k++) {
		int set = (k * 5 + object) % NAMES;

		if ((object + set) % 4 == 0)
			continue;
		fprintf(f,
			".section .s%d,\"aw\"\n.globl x%d_%d\n.p2align %d\n"
			"x%d_%d: .space %d\n",
			set, object, set, (object * set) % 6, object, set,
			(object + 1) * (set + 3));
	}
	fclose(f);
}

static const struct obj_symbol *find(const struct object_record *r,
				     const char *name)
{
	for (size_t i = 0; i < r->nsymbols; i++)
		if (strcmp(r->symbols[i].name, name) == 0)
			return &r->symbols[i];
	fail_msg("no symbol %s", name);
	return NULL;
}

/* Only sections of ours: as makes .text, .data and .bss, too. */
static bool is_ours(const struct obj_section *s)
{
	return strncmp(s->name, ".s", 2) == 0 && s->name[2] <= '9';
}

static void check(const struct object_record *in,
		  const struct object_record *joined)
{
	struct partial_section pieces[OBJECTS * NAMES];
	char symbols[OBJECTS * NAMES][16];
	struct arena arena = ARENA_INIT;
	struct partial_layout l;
	size_t n = 0, k = 0;
	struct err e;

	for (int i = 0; i < OBJECTS; i++) {
		for (size_t s = 0; s < in[i].nsections; s++) {
			const struct obj_section *x = &in[i].sections[s];

			if (!is_ours(x))
				continue;
			snprintf(symbols[n], sizeof(*symbols), "x%d_%c", i,
				 x->name[2]);
			pieces[n++] = (struct partial_section){
				.name = (uint64_t)x->name[2],
				.size = x->size,
				.align = x->align,
			};
		}
	}
	assert_int_equal(partial_layout_compute(pieces, n, &arena, &l, &e), 0);
	assert_int_equal(l.njoined, NAMES);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(find(joined, symbols[i])->value, l.offsets[i]);
	/* And the joined sections, in ld's order. */
	for (size_t s = 0; s < joined->nsections; s++) {
		const struct obj_section *x = &joined->sections[s];

		if (!is_ours(x))
			continue;
		assert_int_equal(l.joined[k].name, x->name[2]);
		assert_int_equal(l.joined[k].size, x->size);
		assert_int_equal(l.joined[k].align, x->align);
		k++;
	}
	assert_int_equal(k, NAMES);
	arena_release(&arena);
}

static void test_against_ld(void **state)
{
	char dir[] = "/tmp/kmemdb-partial-XXXXXX", command[512];
	struct object_record in[OBJECTS], joined;
	struct err e;

	(void)state;
	assert_int_equal(elf_object_init(&e), 0);
	assert_non_null(mkdtemp(dir));
	for (int i = 0; i < OBJECTS; i++)
		put_object(dir, i);
	snprintf(
		command, sizeof(command),
		"cd %s && for i in 0 1 2 3 4 5; do as -o o$i.o o$i.s; done &&\n"
		"ld -r -o all.o o0.o o1.o o2.o o3.o o4.o o5.o",
		dir);
	assert_int_equal(system(command), 0);
	for (int i = 0; i < OBJECTS; i++) {
		char name[16];

		snprintf(name, sizeof(name), "o%d.o", i);
		read_record(dir, name, ELF_WANT_SYMBOLS, &in[i]);
	}
	read_record(dir, "all.o", ELF_WANT_SYMBOLS, &joined);
	check(in, &joined);
	for (int i = 0; i < OBJECTS; i++)
		object_record_release(&in[i]);
	object_record_release(&joined);
	snprintf(command, sizeof(command), "rm -r %s", dir);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_hand),
		cmocka_unit_test(test_overflow),
		cmocka_unit_test(test_against_ld),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
