/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: which members of archives were taken, and in which order; by hand,
 * and against ld's own words ("Archive member included …") on random archives.
 */
#include "link_fixture.h"
#include "link_files.h"

#include <ftw.h>
#include <sys/stat.h>

#include "link/archive_members.h"

struct chosen {
	struct link_fixture f;
	struct link_candidate c[FIXTURE_MAX];
	struct arena arena;
	struct link_selection sel;
};

static void start(struct chosen *x)
{
	memset(x, 0, sizeof(*x));
	link_start(&x->f);
}

/* A candidate that defines a global symbol in a section of that name. */
static struct fixture_object *candidate(struct chosen *x, bool on_demand,
					uint32_t dir_list, const char *section,
					const char *symbol)
{
	struct fixture_object *o = link_object(&x->f, symbol);

	link_section(o, section, 0, 16, 1);
	link_global(o, symbol, 0, 0);
	x->c[x->f.job.ninputs - 1] = (struct link_candidate){
		.record = &o->record,
		.on_demand = on_demand,
		.dir_list = dir_list,
	};
	return o;
}

static void image_has(struct chosen *x, const char *symbol, uint64_t addr)
{
	link_global(&x->f.image, symbol, 0, addr);
}

/* expected: the indices as digits. */
static void assert_order(struct chosen *x, const char *expected)
{
	char got[FIXTURE_MAX + 1] = "";

	assert_int_equal(link_select_members(x->c, x->f.job.ninputs,
					     &x->f.image.record, &x->arena,
					     &x->sel, &x->f.err),
			 0);
	for (size_t i = 0; i < x->sel.norder; i++)
		got[i] = (char)('0' + x->sel.order[i]);
	assert_string_equal(got, expected);
	arena_release(&x->arena);
}

static void test_no_choice(void **state)
{
	struct chosen x;

	(void)state;
	start(&x);
	candidate(&x, false, 0, ".text", "a");
	candidate(&x, false, 0, ".text", "b");
	assert_false(link_has_choice(x.c, 2));
	image_has(&x, "b", 0x1000);
	image_has(&x, "a", 0x2000);
	assert_order(&x, "01");
	x.c[1].on_demand = true;
	assert_true(link_has_choice(x.c, 2));
	x.c[1] = (struct link_candidate){ .dir_list = 1 };
	assert_true(link_has_choice(x.c, 2));
}

/* Taken: what the image has and nobody else brought.  What could not be read
 * stays. */
static void test_on_demand(void **state)
{
	struct chosen x;

	(void)state;
	start(&x);
	candidate(&x, false, 0, ".text", "strlen");
	candidate(&x, true, 0, ".text", "strlen");
	candidate(&x, true, 0, ".text", "strcpy");
	candidate(&x, true, 0, ".text", "memcmp");
	x.c[4] = (struct link_candidate){ .on_demand = true };
	x.f.job.ninputs++;
	image_has(&x, "strlen", 0x1000);
	image_has(&x, "memcmp", 0x1100);
	assert_order(&x, "034");
	assert_int_equal(x.sel.nleft_over, 0);
}

/* A list is linked as a whole or not at all, by the names that only it has;
 * where it is not, it keeps no member out. */
static void test_dir_lists(void **state)
{
	struct chosen x;

	(void)state;
	start(&x);
	candidate(&x, false, 0, ".text", "main");
	candidate(&x, false, 1, ".text", "old");
	link_global(&x.f.objects[1], "helper", 0, 4);
	candidate(&x, false, 2, ".text", "older");
	link_global(&x.f.objects[2], "helper", 0, 4);
	candidate(&x, false, 3, ".text", "here");
	candidate(&x, false, 4, ".data", "main"); /* tells nothing */
	candidate(&x, true, 0, ".text", "helper");
	image_has(&x, "main", 0x1000);
	image_has(&x, "here", 0x1100);
	image_has(&x, "helper", 0x1200);
	assert_order(&x, "0345");
	assert_int_equal(x.sel.nleft_over, 2);
	assert_int_equal(x.sel.left_over, 1);
	assert_int_equal(x.sel.nunsure, 1);
	assert_int_equal(x.sel.unsure, 4);
}

/* The archive's order is a b c d e; b and d came in a second round. */
static void test_rounds(void **state)
{
	struct chosen x;

	(void)state;
	start(&x);
	candidate(&x, true, 0, ".text", "a");
	candidate(&x, true, 0, ".text", "b");
	candidate(&x, true, 0, ".text", "c");
	candidate(&x, true, 0, ".text", "d");
	candidate(&x, true, 0, ".text", "e");
	image_has(&x, "a", 0x1000);
	image_has(&x, "c", 0x1010);
	image_has(&x, "e", 0x1020);
	image_has(&x, "b", 0x1030);
	image_has(&x, "d", 0x1040);
	assert_order(&x, "02413");
}

/* c has no code; its data is after that of a, of the second round. */
static void test_round_by_data(void **state)
{
	struct chosen x;

	(void)state;
	start(&x);
	for (int i = 0; i < 4; i++) {
		static const char *const names[] = { "a", "b", "c", "d" };
		struct fixture_object *o = candidate(&x, true, 0,
						     i == 2 ? ".data" : ".text",
						     names[i]);

		if (i == 0 || i == 3) {
			link_section(o, ".data", 0, 8, 1);
			link_global(o, i ? "d_data" : "a_data", 1, 0);
		}
	}
	/* Rounds by code: b d, then a. */
	image_has(&x, "b", 0x1000);
	image_has(&x, "d", 0x1010);
	image_has(&x, "a", 0x1020);
	image_has(&x, "d_data", 0x2000);
	image_has(&x, "a_data", 0x2008);
	image_has(&x, "c", 0x2010);
	assert_order(&x, "1302");
	/* And between b and d, where its data is the first. */
	x.f.image.symbols[5].value = 0x1ff0;
	assert_order(&x, "1230");
}

/* ---- against ld ---- */

#define MEMBERS 14
static const char *const kinds[] = { ".text", ".data", ".rodata" };

struct world {
	char dir[64];
	uint64_t seed;
	bool mixed; /* some members have no code */
	char home[MEMBERS][8];
};

static unsigned int draw(struct world *w, unsigned int below)
{
	w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned int)(w->seed >> 33) % below;
}

static void run(const struct world *w, const char *command)
{
	char line[512];

	snprintf(line, sizeof(line), "cd %s && %s", w->dir, command);
	assert_int_equal(system(line), 0);
}

/* m0…: a global in one section, bytes of its own in others, and what it
 * needs of others. */
static void write_members(struct world *w)
{
	char name[32];
	FILE *f = open_file(w->dir, "main.s", "w");

	fprintf(f, ".globl _start\n_start: nop\n.data\n");
	for (int i = 0; i < 3; i++)
		fprintf(f, ".quad m%u\n", draw(w, MEMBERS));
	fclose(f);
	for (unsigned int i = 0; i < MEMBERS; i++) {
		unsigned int k = w->mixed ? draw(w, 3) : 0;

		snprintf(w->home[i], sizeof(w->home[i]), "%s", kinds[k]);
		snprintf(name, sizeof(name), "m%u.s", i);
		f = open_file(w->dir, name, "w");
		fprintf(f, ".section %s\n.skip %u\n.globl m%u\nm%u: .skip %u\n",
			kinds[k], 1 + draw(w, 9), i, i, 1 + draw(w, 30));
		/* One with code has data, too. */
		if (k == 0)
			fprintf(f, ".data\n.globl d%u\nd%u: .skip %u\n", i, i,
				1 + draw(w, 5));
		fprintf(f, ".section .needs,\"aw\"\n");
		for (unsigned int n = draw(w, 3); n; n--)
			fprintf(f, ".quad m%u\n", draw(w, MEMBERS));
		fclose(f);
	}
}

static void link_world(struct world *w)
{
	strcpy(w->dir, "/tmp/kmemdb-members-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	write_members(w);
	run(w, "for f in *.s; do as -o ${f%.s}.o $f || exit 1; done");
	run(w, "ar rcs one.a m0.o m1.o m2.o m3.o m4.o m5.o m6.o");
	run(w, "ar rcs two.a m7.o m8.o m9.o m10.o m11.o m12.o m13.o");
	run(w,
	    "ld -Map=map -o image main.o --start-group one.a two.a --end-group");
}

/* The members that ld took, in its order; how many. */
static size_t taken(const struct world *w, uint32_t *ret)
{
	FILE *f = open_file(w->dir, "map", "r");
	char line[256];
	size_t n = 0;

	while (fgets(line, sizeof(line), f) &&
	       strncmp(line, "Merging", 7) != 0 &&
	       strncmp(line, "Memory", 6) != 0) {
		const char *m = strstr(line, ".a(m");

		if (line[0] != ' ' && m)
			ret[n++] = (uint32_t)strtoul(m + 4, NULL, 10);
	}
	fclose(f);
	return n;
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* Only members with a section of that name, in their order. */
static size_t with_home(const struct world *w, const char *home,
			const uint32_t *order, size_t n, uint32_t *ret)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (strcmp(w->home[order[i]], home) == 0)
			ret[kept++] = order[i];
	return kept;
}

static void compare_world(struct world *w)
{
	struct object_record records[MEMBERS], image, start;
	struct link_candidate c[MEMBERS + 1] = { 0 };
	uint32_t expected[MEMBERS], got[MEMBERS];
	struct arena arena = ARENA_INIT;
	struct link_selection sel;
	size_t n = taken(w, expected);
	struct err e;

	read_record(w->dir, "main.o", ELF_WANT_SYMBOLS, &start);
	read_record(w->dir, "image", ELF_WANT_SYMBOLS, &image);
	c[0].record = &start;
	for (int i = 0; i < MEMBERS; i++) {
		char name[32];

		snprintf(name, sizeof(name), "m%d.o", i);
		read_record(w->dir, name, ELF_WANT_SYMBOLS, &records[i]);
		c[i + 1] = (struct link_candidate){ .record = &records[i],
						    .on_demand = true };
	}
	assert_int_equal(link_select_members(c, MEMBERS + 1, &image, &arena,
					     &sel, &e),
			 0);
	assert_int_equal(sel.norder, n + 1);
	assert_int_equal(sel.order[0], 0);
	for (size_t i = 0; i < n; i++)
		got[i] = sel.order[i + 1] - 1;
	if (!w->mixed)
		assert_memory_equal(got, expected, n * sizeof(*got));
	/* Each section's members, in the order of the image. */
	for (int k = 0; k < 3; k++) {
		uint32_t ours[MEMBERS], lds[MEMBERS];
		size_t kept = with_home(w, kinds[k], got, n, ours);

		assert_int_equal(with_home(w, kinds[k], expected, n, lds),
				 kept);
		assert_memory_equal(ours, lds, kept * sizeof(*ours));
	}
	for (int i = 0; i < MEMBERS; i++)
		object_record_release(&records[i]);
	object_record_release(&image);
	object_record_release(&start);
	arena_release(&arena);
}

static void test_against_ld(void **state)
{
	size_t later = 0;
	struct err e;

	(void)state;
	assert_int_equal(elf_object_init(&e), 0);
	for (uint64_t seed = 1; seed <= 24; seed++) {
		struct world w = { .seed = seed, .mixed = seed % 2 };
		uint32_t order[MEMBERS];
		size_t n;

		link_world(&w);
		n = taken(&w, order);
		for (size_t i = 1; i < n; i++)
			later += order[i] < order[i - 1];
		compare_world(&w);
		nftw(w.dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	}
	/* The archives were gone through more than once. */
	assert_true(later > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_choice),
		cmocka_unit_test(test_on_demand),
		cmocka_unit_test(test_dir_lists),
		cmocka_unit_test(test_rounds),
		cmocka_unit_test(test_round_by_data),
		cmocka_unit_test(test_against_ld),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
