/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Call sites, joined with a build that is in a database, and stored.
 */
#include "store_build.h"

#include "import/join_sites.h"
#include "symbols/resolve.h"
#include "store/codemap_rows.h"

#define TEXT UINT64_C(0xffffffff81000000)

/* vmlinux of a.o (fa, init_once) and b.o (fb, init_once): functions of 32
 * bytes, a call returns to the 16th byte of each in a.o and to the eighth
 * of each in b.o. */
static int64_t put_vmlinux(struct store *s)
{
	static const unsigned char a_returns[] = { 16, 32 };
	static const unsigned char b_returns[] = { 8, 32 };
	struct obj_section sections[2][1] = { { code(".text", 64, 16) },
					      { code(".text", 64, 16) } };
	struct obj_section v_sections[] = { code(".text", 128, 16) };
	struct obj_symbol a[] = { function("fa", 0, 0, STB_GLOBAL),
				  function("init_once", 0, 32, STB_LOCAL) };
	struct obj_symbol b[] = { function("fb", 0, 0, STB_GLOBAL),
				  function("init_once", 0, 32, STB_LOCAL) };
	struct obj_symbol v[] = {
		function("fa", 0, TEXT, STB_GLOBAL),
		function("init_once", 0, TEXT + 32, STB_LOCAL),
		function("fb", 0, TEXT + 64, STB_GLOBAL),
		function("init_once", 0, TEXT + 96, STB_LOCAL),
	};
	struct placement placements[] = {
		{ 0, 0, 0, TEXT, 64, LIFETIME_RESIDENT },
		{ 1, 0, 0, TEXT + 64, 64, LIFETIME_RESIDENT },
	};
	struct layout layout = { .source = LAYOUT_SCRIPT,
				 .placements = placements,
				 .nplacements = 2 };
	struct object_record ra = record(sections[0], 1, a, 2, 1);
	struct object_record rb = record(sections[1], 1, b, 2, 2);
	struct object_record rv = record(v_sections, 1, v, 4, 3);
	const struct object_record *const records[] = { &ra, &rb };
	const char *const paths[] = { "fs/a.o", "mm/b.o" };
	struct tree_image image = { .path = "vmlinux",
				    .name = "vmlinux",
				    .kind = IMAGE_VMLINUX };
	int64_t build, id;

	sections[0][0].return_sites = a_returns;
	sections[1][0].return_sites = b_returns;
	sections[0][0].return_sites_len = sections[1][0].return_sites_len = 2;
	v_sections[0].addr = TEXT;
	build = put_build(s, paths, records, 2, &image, &rv, &layout, &id);
	OK(store_image_map(s, id, &rv, &layout, records, 2, &e));
	OK(store_commit(s, &e));
	return build;
}

static struct trace_names site_names(const char *const *texts, size_t n)
{
	struct trace_names names = { .pointer_bits = 64 };

	intern_id(&names.sites, "", 0);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(intern_id(&names.sites, texts[i],
					   strlen(texts[i])),
				 i + 1);
	return names;
}

static void check_row(const struct place *p, int site, const char *caller,
		      const char *state, const char *path, const char *function)
{
	char sql[600];

	snprintf(sql, sizeof(sql),
		 "SELECT count(*) FROM sites WHERE trace = 1 AND site = %d\n"
		 " AND caller = '%s' AND state = '%s' AND path IS %s\n"
		 " AND function = '%s'",
		 site, caller, state, path, function);
	if (ask(p, sql) != 1)
		fail_msg("site %d is not as expected: %s", site, sql);
}

static const char *const texts[] = {
	"fa+0x10/0x20",	       /* confirmed */
	"fb+0x9/0x20",	       /* no call returns there */
	"init_once+0x8/0x20",  /* by the call, of b.o */
	"init_once+0x11/0x20", /* either */
	"fa+0x10/0x40",	       /* another size */
	"gone+0x1/0x2",
	"0xffffffff81000068", /* its last call */
	"0x1234",
};

static void test_join(void **state)
{
	struct store *s = open_store(*state);
	int64_t build = put_vmlinux(s);
	struct trace_names names = site_names(texts, 8);
	const char list[] = "ffffffff81000000 T fa\nffffffff81000040 T fb\n";
	struct running_kernel running = { .kallsyms = list,
					  .kallsyms_len = sizeof(list) - 1 };
	struct remarks notes = { 0 };
	struct symbol_map map;
	struct resolver *r;
	struct site_counts counts;
	struct site_join j = { s, 1, &names, &running, &map, NULL };

	OK(store_begin(s, 0, &e));
	OK(store_map_load(s, build, &map, &e));
	OK(resolver_new(&map, store_name_numbers(s), &r, &e));
	OK(kaslr_find(r, &running, &names, &notes, &e));
	j.resolver = r;
	OK(join_sites(&j, &counts, &e));
	OK(store_commit(s, &e));
	assert_int_equal(counts.sites[SITE_NO_CALLER], 1);
	assert_int_equal(counts.sites[SITE_OBJECT], 4);
	assert_int_equal(counts.sites[SITE_AMBIGUOUS], 2);
	assert_int_equal(counts.sites[SITE_UNKNOWN], 2);
	assert_int_equal(counts.sites[SITE_NO_BUILD], 0);
	/* All but the address that is nowhere. */
	assert_int_equal(counts.checked, 7);
	assert_int_equal(counts.agreed, 3);
	check_row(*state, 0, "-", "none", "NULL", "-");
	check_row(*state, 1, "fa+0x10", "object", "'fs/a.o'", "fa");
	check_row(*state, 2, "fb+0x9", "object", "'mm/b.o'", "fb");
	check_row(*state, 3, "init_once+0x8", "object", "'mm/b.o'",
		  "init_once");
	check_row(*state, 4, "init_once+0x11", "ambiguous", "NULL",
		  "init_once");
	check_row(*state, 5, "fa+0x10", "ambiguous", "NULL", "fa");
	check_row(*state, 6, "gone+0x1", "unknown", "NULL", "gone");
	check_row(*state, 7, "init_once+0x8", "object", "'mm/b.o'",
		  "init_once");
	check_row(*state, 8, "0x1234", "unknown", "NULL", "0x1234");
	assert_int_equal(
		ask(*state,
		    "SELECT count(*) FROM site_candidates WHERE site = 4"),
		2);
	resolver_free(r);
	symbol_map_release(&map);
	remarks_release(&notes);
	trace_names_release(&names);
	store_close(s);
}

/* Without a build: by name; a bare address by the list of the kernel. */
static void test_no_build(void **state)
{
	struct store *s = open_store(*state);
	struct trace_names names = site_names(texts, 8);
	struct kallsyms_name known = {
		.address = UINT64_C(0xffffffff81000068),
		.name = "elsewhere",
		.name_len = 4,
		.offset = 0x68,
	};
	struct running_kernel running = { .names = &known, .nnames = 1 };
	struct site_counts counts;
	struct site_join j = { s, 1, &names, &running, NULL, NULL };

	OK(store_begin(s, 0, &e));
	OK(join_sites(&j, &counts, &e));
	OK(store_commit(s, &e));
	assert_int_equal(counts.sites[SITE_NO_CALLER], 1);
	assert_int_equal(counts.sites[SITE_NO_BUILD], 8);
	assert_int_equal(counts.checked, 0);
	check_row(*state, 1, "fa+0x10", "no-build", "NULL", "fa");
	check_row(*state, 7, "else+0x68", "no-build", "NULL", "else");
	check_row(*state, 8, "0x1234", "no-build", "NULL", "0x1234");
	trace_names_release(&names);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_join, make_place,
						remove_place),
		cmocka_unit_test_setup_teardown(test_no_build, make_place,
						remove_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
