/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store/: the code of a build on its way into the database and back.
 */
#include "store_build.h"
#include "store/build.h"
#include "store/codemap_rows.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))
#define TEXT UINT64_C(0xffffffff81000000)
#define INIT UINT64_C(0xffffffff82000000)

/* ---- vmlinux ---- */

/*
 * b.o could not be read: it has no record and is no input.  w is defined
 * weakly by a.o and strongly by c.o; d.o's function is not where the layout
 * says.
 */
static int64_t put_vmlinux(struct store *s)
{
	static const unsigned char returns[] = { 5, 13 };
	struct obj_section a_sections[] = {
		code(".text", 0x20, 16),
		{ .name = ".data", .flags = SHF_ALLOC | SHF_WRITE, .size = 8 },
		code(".init.text", 8, 1),
	};
	struct obj_symbol a_symbols[] = {
		function("fa", 0, 0, STB_GLOBAL),
		function("w", 0, 16, STB_WEAK),
		function("fi", 2, 0, STB_LOCAL),
	};
	struct obj_section c_sections[] = { code(".text", 0x30, 16) };
	struct obj_symbol c_symbols[] = {
		function("fc", 0, 0, STB_GLOBAL),
		function("w", 0, 16, STB_GLOBAL),
		function("end", 0, 0x30, STB_LOCAL),
	};
	struct obj_section d_sections[] = { code(".text", 0x10, 16) };
	struct obj_symbol d_symbols[] = { function("fd", 0, 0, STB_GLOBAL) };
	struct obj_section v_sections[] = {
		code(".text", 0x100, 16),
		code(".init.text", 8, 16),
	};
	struct obj_symbol v_symbols[] = {
		function("_text", 0, TEXT, STB_GLOBAL),
		function("fa", 0, TEXT, STB_GLOBAL),
		function("fc", 0, TEXT + 0x30, STB_GLOBAL),
		function("w", 0, TEXT + 0x40, STB_GLOBAL),
		function("end", 0, TEXT + 0x60, STB_LOCAL),
		function("veneer", 0, TEXT + 0x90, STB_LOCAL),
		function("fd", 0, TEXT + 0xa0, STB_GLOBAL),
		function("fi", 1, INIT, STB_LOCAL),
		function("_etext", SYM_SECTION_ABS, TEXT + 0x100, STB_GLOBAL),
		function("far", SYM_SECTION_ABS, 0x1000, STB_GLOBAL),
	};
	struct placement placements[] = {
		{ 0, 0, 0, TEXT, 0x20, LIFETIME_RESIDENT },
		{ 0, 1, PLACED_NOWHERE, 0, 0, LIFETIME_DISCARD },
		{ 0, 2, 1, INIT, 8, LIFETIME_INIT },
		{ 1, 0, 0, TEXT + 0x30, 0x30, LIFETIME_RESIDENT },
		{ 2, 0, 0, TEXT + 0x70, 0x10, LIFETIME_RESIDENT },
	};
	struct layout layout = {
		.source = LAYOUT_SCRIPT,
		.placements = placements,
		.nplacements = COUNT(placements),
	};
	struct object_record a = record(a_sections, COUNT(a_sections),
					a_symbols, COUNT(a_symbols), 1);
	struct object_record c = record(c_sections, COUNT(c_sections),
					c_symbols, COUNT(c_symbols), 2);
	struct object_record d = record(d_sections, COUNT(d_sections),
					d_symbols, COUNT(d_symbols), 3);
	struct object_record v = record(v_sections, COUNT(v_sections),
					v_symbols, COUNT(v_symbols), 4);
	const char *const paths[] = { "a.o", "b.o", "c.o", "d.o" };
	const struct object_record *const records[] = { &a, NULL, &c, &d };
	struct tree_image image = { .path = "vmlinux",
				    .name = "vmlinux",
				    .kind = IMAGE_VMLINUX };
	int64_t build, id;

	a_sections[0].return_sites = returns;
	a_sections[0].return_sites_len = sizeof(returns);
	v_sections[0].addr = TEXT;
	v_sections[1].addr = INIT;
	v_symbols[0].type = v_symbols[8].type = STT_NOTYPE;
	v_symbols[0].size = v_symbols[8].size = 0;
	build = put_build(s, paths, records, 4, &image, &v, &layout, &id);
	OK(store_image_map(s, id, &v, &layout, records, 4, &e));
	OK(store_commit(s, &e));
	return build;
}

static void check_place(const struct map_place *p, uint64_t addr, uint64_t size,
			size_t return_sites_len)
{
	assert_int_equal(p->addr, addr);
	assert_int_equal(p->size, size);
	assert_int_equal(p->return_sites_len, return_sites_len);
	assert_true(p->return_sites_known);
}

static void test_vmlinux(void **state)
{
	struct store *s = open_store(*state);
	int64_t build = put_vmlinux(s);
	struct symbol_map m;

	OK(store_map_load(s, build, &m, &e));
	assert_int_equal(m.machine, EM_X86_64);
	assert_true(m.is_64bit);
	assert_int_equal(m.nimages, 1);
	assert_true(m.images[0].placed);
	assert_int_equal(m.nspaces, 1);
	assert_int_equal(m.spaces[0].end, INIT + 8);

	assert_int_equal(m.nplaces, 3);
	check_place(&m.places[0], TEXT, 0x20, 2);
	assert_memory_equal(m.places[0].return_sites, "\5\15", 2);
	check_place(&m.places[1], TEXT + 0x30, 0x30, 0);
	check_place(&m.places[2], INIT, 8, 0);
	assert_int_equal(m.places[0].object, m.places[2].object);
	assert_int_not_equal(m.places[0].object, m.places[1].object);

	for (size_t i = 1; i < m.nsymbols; i++)
		assert_true(m.symbols[i - 1].addr <= m.symbols[i].addr);
	assert_int_equal(find(s, &m, "fa")->place, 0);
	assert_int_equal(find(s, &m, "fi")->addr, INIT);
	assert_int_equal(find(s, &m, "fi")->bind, STB_LOCAL);
	assert_int_equal(find(s, &m, "w")->addr, TEXT + 0x40);
	assert_int_equal(find(s, &m, "end")->place, 1);
	/* Of no object, or not where it should be. */
	assert_int_equal(find(s, &m, "_text")->place, MAP_NONE);
	assert_int_equal(find(s, &m, "_text")->type, STT_NOTYPE);
	assert_int_equal(find(s, &m, "_etext")->addr, TEXT + 0x100);
	assert_int_equal(find(s, &m, "veneer")->size, 8);
	assert_int_equal(find(s, &m, "fd")->addr, TEXT + 0xa0);
	assert_int_equal(find(s, &m, "fd")->place, MAP_NONE);
	assert_null(find(s, &m, "far"));
	symbol_map_release(&m);
	store_close(s);
}

/* A blob that somebody damaged is an error or a smaller map, never more. */
static void test_damage(void **state)
{
	struct place *p = *state;
	struct store *s = open_store(p);
	int64_t build = put_vmlinux(s);
	int64_t len = ask(p, "SELECT length(places) FROM image_map");
	struct symbol_map m;
	struct err why = { 0 };
	char sql[128];

	for (int64_t i = len; i-- > 0;) {
		snprintf(
			sql, sizeof(sql),
			"UPDATE image_map SET places = substr(places, 1, %lld)",
			(long long)i);
		run_sql(p, sql);
		if (store_map_load(s, build, &m, &why) < 0)
			assert_non_null(strstr(why.text, "damaged"));
		else
			symbol_map_release(&m);
	}
	run_sql(p, "UPDATE image_map SET places = x'02fefefefe0f00'");
	assert_int_equal(store_map_load(s, build, &m, &why), -ERR_DB);
	run_sql(p, "UPDATE image_map SET places = x'80808080808080808080'");
	assert_int_equal(store_map_load(s, build, &m, &why), -ERR_DB);
	run_sql(p, "UPDATE image_map SET places = x'', symbols = x'01ff'");
	assert_int_equal(store_map_load(s, build, &m, &why), -ERR_DB);
	store_close(s);
}

/* A build that is audited again drops the old map. */
static void test_replaced(void **state)
{
	static const unsigned char other[STATE_LEN] = { 1 };
	struct build_info info = { .tree = "/t", .dirty = DIRTY_UNKNOWN };
	struct place *p = *state;
	struct store *s = open_store(p);
	int64_t build = put_vmlinux(s);

	assert_int_equal(ask(p, "SELECT count(*) FROM image_map"), 1);
	run_sql(p,
		"INSERT INTO source_line VALUES (1, 1, 0, 1, 0, NULL, NULL, NULL)");
	OK(store_begin(s, 0, &e));
	OK(store_build_put(s, &info, build, other, 2, &build, &e));
	OK(store_commit(s, &e));
	assert_int_equal(ask(p, "SELECT count(*) FROM image_map"), 0);
	assert_int_equal(ask(p, "SELECT count(*) FROM source_line"), 0);
	store_close(s);
}

/* ---- modules ---- */

/* Two parts; ko is what was linked of them. */
static void load_module(struct store *s, struct obj_section *ko, size_t nko,
			struct symbol_map *ret)
{
	struct obj_section a_sections[] = {
		code(".text", 5, 1),
		code(".text.unlikely", 3, 1),
		code(".exit.text", 2, 1),
	};
	struct obj_symbol a_symbols[] = {
		function("fa", 0, 1, STB_LOCAL),
		function("cold_a", 1, 0, STB_LOCAL),
		function("exit_a", 2, 0, STB_LOCAL),
	};
	struct obj_section b_sections[] = {
		code(".text", 8, 16),
		code(".text.unlikely", 4, 4),
	};
	struct obj_symbol b_symbols[] = {
		function("fb", 0, 0, STB_LOCAL),
		function("cold_b", 1, 2, STB_LOCAL),
	};
	struct object_record a = record(a_sections, COUNT(a_sections),
					a_symbols, COUNT(a_symbols), 1);
	struct object_record b = record(b_sections, COUNT(b_sections),
					b_symbols, COUNT(b_symbols), 2);
	struct object_record linked = record(ko, nko, NULL, 0, 9);
	const char *const paths[] = { "m/a.o", "m/b.o" };
	const struct object_record *const records[] = { &a, &b };
	struct tree_image image = { .path = "m/snd-x.ko",
				    .name = "snd-x",
				    .kind = IMAGE_MODULE };
	int64_t build = put_build(s, paths, records, 2, &image, &linked, NULL,
				  NULL);

	OK(store_commit(s, &e));
	OK(store_map_load(s, build, ret, &e));
	assert_string_equal(ret->images[0].name_text, "snd_x");
}

static const char *section_text(const struct symbol_map *m,
				const struct map_symbol *s)
{
	return m->spaces[s->space].section_text;
}

static void test_module(void **state)
{
	struct obj_section ko[] = {
		code(".plt", 1, 1), /* the script's own: no part has it */
		code(".text", 24, 16),
		code(".text.unlikely", 8, 4),
		code(".exit.text", 2, 1),
	};
	struct store *s = open_store(*state);
	struct symbol_map m;

	load_module(s, ko, COUNT(ko), &m);
	assert_true(m.images[0].placed);
	assert_int_equal(m.nspaces, 4);
	assert_string_equal(section_text(&m, find(s, &m, "fb")), ".text");
	assert_int_equal(find(s, &m, "fa")->addr, 1);
	assert_int_equal(find(s, &m, "fb")->addr, 16);
	assert_int_equal(find(s, &m, "cold_b")->addr, 6);
	assert_string_equal(section_text(&m, find(s, &m, "cold_b")),
			    ".text.unlikely");
	assert_string_equal(section_text(&m, find(s, &m, "exit_a")),
			    ".exit.text");
	symbol_map_release(&m);
	store_close(s);
}

/* module.lds puts .text.unlikely after .text: aligned as the strictest. */
static void test_module_gathered(void **state)
{
	struct obj_section ko[] = {
		code(".text", 32, 16),
		code(".exit.text", 2, 1),
	};
	struct store *s = open_store(*state);
	struct symbol_map m;

	load_module(s, ko, COUNT(ko), &m);
	assert_true(m.images[0].placed);
	assert_int_equal(m.nspaces, 2);
	assert_int_equal(find(s, &m, "cold_a")->addr, 24);
	assert_int_equal(find(s, &m, "cold_b")->addr, 30);
	assert_string_equal(section_text(&m, find(s, &m, "cold_b")), ".text");
	symbol_map_release(&m);
	store_close(s);
}

/* Not what ld -r makes of the parts: their names are all that is sure. */
static void test_module_unproved(void **state)
{
	struct obj_section ko[] = {
		code(".text", 25, 16),
		code(".text.unlikely", 8, 4),
	};
	struct store *s = open_store(*state);
	struct symbol_map m;

	load_module(s, ko, COUNT(ko), &m);
	assert_false(m.images[0].placed);
	assert_non_null(find(s, &m, "fb"));
	assert_string_equal(section_text(&m, find(s, &m, "exit_a")),
			    ".exit.text");
	symbol_map_release(&m);
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_vmlinux),	    TEST(test_damage),
		TEST(test_replaced),	    TEST(test_module),
		TEST(test_module_gathered), TEST(test_module_unproved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
