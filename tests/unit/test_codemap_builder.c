/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Symbol maps built by hand: what store/ does with its rows, without them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "codemap/module_layout.h"
#include "codemap/order.h"
#include "codemap/vmlinux_layout.h"

#define BASE UINT64_C(0xffffffff81000000)

enum { FUNC = 2, LOCAL = 0, GLOBAL = 1, WEAK = 2 };

/* Names are numbered by their place here. */
static const char *const texts[] = {
	"",	 ".text", ".text.unlikely", ".init.text", ".exit.text",
	"first", "twice", "second",	    "third",	  "unlikely",
};
enum {
	N_TEXT = 1,
	N_UNLIKELY,
	N_INIT,
	N_EXIT,
	N_FIRST,
	N_TWICE,
	N_SECOND,
	N_THIRD,
};

static int text_of(void *ctx, int64_t number, const char **ret, struct err *e)
{
	(void)ctx;
	if (number < 1 || (size_t)number >= sizeof(texts) / sizeof(*texts))
		return err_set(e, ERR_DB, "no such name");
	*ret = texts[number];
	return 0;
}

static struct codemap_builder begin(void)
{
	return (struct codemap_builder){ .names = { NULL, NULL, text_of },
					 .database = "test.db",
					 .build = 7 };
}

#define OK(call) assert_int_equal(call, 0)

static void add_section(struct codemap_builder *b, uint32_t ordinal,
			int64_t name, uint64_t size, uint64_t align)
{
	static const unsigned char returns[] = { 4 };
	struct code_section s = { .name = name,
				  .size = size,
				  .align = align,
				  .ordinal = ordinal,
				  .return_sites = returns,
				  .return_sites_len = 1,
				  .return_sites_known = true };
	struct err e;

	OK(codemap_add_section(b, &s, &e));
}

static void add_symbol(struct codemap_builder *b, int64_t section, int64_t name,
		       uint64_t offset, uint8_t bind)
{
	struct map_symbol s = { .addr = offset,
				.size = 4,
				.name = name,
				.type = FUNC,
				.bind = bind };
	struct err e;

	OK(codemap_add_offset(b, section, &s, &e));
}

static void add_member(struct codemap_builder *b, int64_t ordinal,
		       int64_t footprint)
{
	uint32_t index = codemap_find_footprint(b, footprint);
	struct err e;

	if (index == U64MAP_NONE)
		OK(codemap_add_footprint(b, footprint, &index, &e));
	OK(codemap_add_member(b, ordinal, 100 + ordinal, index, &e));
}

/* The last image's map; releases the builder. */
static struct symbol_map finish(struct codemap_builder *b)
{
	struct symbol_map m;
	struct err e;

	OK(codemap_order_image(b, &e));
	OK(codemap_finish(b, &m, &e));
	codemap_builder_release(b);
	return m;
}

/*
 * Parts 0 (.text 10, .init.text 3, .text.unlikely 5) and 1 (.text 6 aligned
 * to 8, .text.unlikely 2): `ld -r` gives .text 10+6+6 = 22, to which the
 * script adds .text.unlikely, aligned as the strictest part's: 24 + 5 + 3 + 2.
 */
static struct codemap_builder module(void)
{
	struct codemap_builder b = begin();
	struct err e;

	OK(codemap_add_image(&b, 1, "snd-pcm", &e));
	add_section(&b, 1, N_TEXT, 10, 1);
	add_section(&b, 3, N_INIT, 3, 1);
	add_section(&b, 5, N_UNLIKELY, 5, 1);
	add_symbol(&b, 1, N_FIRST, 2, GLOBAL);
	add_symbol(&b, 2, N_TWICE, 0, GLOBAL); /* data */
	add_symbol(&b, 3, N_TWICE, 0, LOCAL);
	add_symbol(&b, 5, N_THIRD, 1, LOCAL);
	add_symbol(&b, 1, N_THIRD, 1, LOCAL); /* out of order */
	add_symbol(&b, 5, N_THIRD, 6, LOCAL); /* after its section */
	add_member(&b, 0, 50);
	add_section(&b, 1, N_TEXT, 6, 8);
	add_section(&b, 2, N_UNLIKELY, 2, 8);
	add_symbol(&b, 1, N_SECOND, 0, GLOBAL);
	add_member(&b, 4, 51);
	return b;
}

static void test_module(void **state)
{
	struct codemap_builder b = module();
	struct symbol_map m;
	struct err e;

	(void)state;
	OK(codemap_add_linked(&b, N_TEXT, ".text", 34, &e));
	OK(codemap_add_linked(&b, N_INIT, ".init.text", 3, &e));
	/* The script's own. */
	OK(codemap_add_linked(&b, N_EXIT, ".plt", 64, &e));
	OK(codemap_lay_out_module(&b, &e));
	m = finish(&b);
	assert_string_equal(m.images[0].name_text, "snd_pcm");
	assert_true(m.images[0].placed);
	assert_int_equal(m.nspaces, 3);
	assert_int_equal(m.nplaces, 5);
	assert_int_equal(m.places[0].addr, 0);
	assert_int_equal(m.places[1].addr, 16);
	assert_int_equal(m.places[2].addr, 24);
	assert_int_equal(m.places[3].addr, 32);
	assert_int_equal(m.places[3].object, 1);
	assert_int_equal(m.spaces[0].end, 34);
	assert_int_equal(m.spaces[1].first_place, 4);
	assert_int_equal(m.nobjects, 2);
	assert_int_equal(m.objects[1].path, 104);
	assert_true(m.places[4].return_sites_known);
	assert_int_equal(*m.places[4].return_sites, 4);
	assert_int_equal(m.nsymbols, 4);
	assert_int_equal(m.symbols[0].name, N_FIRST);
	assert_int_equal(m.symbols[0].addr, 2);
	assert_int_equal(m.symbols[1].name, N_SECOND);
	assert_int_equal(m.symbols[1].addr, 16);
	assert_int_equal(m.symbols[2].name, N_THIRD);
	assert_int_equal(m.symbols[2].addr, 25);
	assert_int_equal(m.symbols[3].space, 1);
	symbol_map_release(&m);
}

static void test_module_of_other_sizes(void **state)
{
	struct codemap_builder b = module();
	struct symbol_map m;
	struct err e;

	(void)state;
	OK(codemap_add_linked(&b, N_TEXT, ".text", 33, &e));
	OK(codemap_add_linked(&b, N_INIT, ".init.text", 3, &e));
	OK(codemap_lay_out_module(&b, &e));
	m = finish(&b);
	assert_false(m.images[0].placed);
	symbol_map_release(&m);
	/* Without its .ko there is nothing to compare with. */
	b = module();
	OK(codemap_lay_out_module(&b, &e));
	m = finish(&b);
	assert_int_equal(m.nspaces, 2);
	assert_string_equal(m.spaces[0].section_text, ".text");
	assert_string_equal(m.spaces[1].section_text, ".init.text");
	assert_false(m.images[0].placed);
	symbol_map_release(&m);
}

static void test_module_too_large(void **state)
{
	struct codemap_builder b = begin();
	struct err e;

	(void)state;
	OK(codemap_add_image(&b, 1, "m", &e));
	add_section(&b, 1, N_TEXT, UINT64_MAX - 2, 1);
	add_member(&b, 0, 50);
	add_section(&b, 1, N_TEXT, 2, 8);
	add_member(&b, 1, 51);
	assert_int_equal(codemap_lay_out_module(&b, &e), -ERR_DB);
	assert_non_null(strstr(e.text, "'test.db'"));
	assert_non_null(strstr(e.text, "build 7"));
	codemap_builder_release(&b);
}

/* Two members of one content, at the places of the blob. */
static struct codemap_builder vmlinux(void)
{
	struct codemap_builder b = begin();
	struct err e;

	OK(codemap_add_image(&b, 1, "vmlinux", &e));
	codemap_set_machine(&b, 62, true);
	codemap_set_machine(&b, 40, false);
	add_section(&b, 1, N_TEXT, 0x20, 16);
	add_symbol(&b, 1, N_FIRST, 0, LOCAL);
	add_symbol(&b, 1, N_TWICE, 0x10, WEAK);
	add_member(&b, 0, 50);
	add_member(&b, 2, 50);
	return b;
}

static struct image_blobs blobs_of(const struct codemap_blob *places,
				   const struct codemap_blob *symbols)
{
	return (struct image_blobs){
		{ places->bytes, places->bytes + places->len, 0, 0 },
		{ symbols->bytes, symbols->bytes + symbols->len, 0, 0 },
	};
}

static void test_vmlinux(void **state)
{
	struct codemap_blob places = CODEMAP_BLOB_INIT;
	struct codemap_blob symbols = CODEMAP_BLOB_INIT;
	struct codemap_builder b = vmlinux();
	struct image_blobs blobs;
	struct symbol_map m;
	struct err e;

	(void)state;
	/* The second member's, merged to less, comes first. */
	OK(codemap_blob_put_place(&places, &(struct blob_place){ BASE, 0x18, 2,
								 1, true }));
	OK(codemap_blob_put_place(&places,
				  &(struct blob_place){ BASE + 0x40, 0x20, 0, 1,
							false }));
	OK(codemap_blob_put_symbol(&symbols,
				   &(struct blob_symbol){ BASE + 0x60, 0,
							  N_THIRD, 0, 1 }));
	blobs = blobs_of(&places, &symbols);
	OK(codemap_lay_out_vmlinux(&b, &blobs, &e));
	m = finish(&b);
	assert_int_equal(m.machine, 62);
	assert_true(m.is_64bit);
	assert_true(m.images[0].placed);
	assert_int_equal(m.nplaces, 2);
	assert_int_equal(m.places[0].size, 0x18);
	assert_int_equal(m.places[0].object, 1);
	assert_int_equal(m.places[1].size, 0x20);
	assert_int_equal(m.spaces[0].end, BASE + 0x60);
	/* Of two weak ones the first member's is left. */
	assert_int_equal(m.nsymbols, 4);
	assert_int_equal(m.symbols[0].addr, BASE);
	assert_int_equal(m.symbols[1].addr, BASE + 0x40);
	assert_int_equal(m.symbols[2].addr, BASE + 0x50);
	assert_int_equal(m.symbols[2].name, N_TWICE);
	assert_int_equal(m.symbols[3].place, MAP_NONE);
	symbol_map_release(&m);
	codemap_blob_release(&places);
	codemap_blob_release(&symbols);
}

static void test_vmlinux_without_layout(void **state)
{
	struct codemap_builder b = vmlinux();
	struct symbol_map m;
	struct err e;

	(void)state;
	OK(codemap_lay_out_vmlinux(&b, NULL, &e));
	m = finish(&b);
	assert_false(m.images[0].placed);
	assert_int_equal(m.nplaces, 2);
	assert_int_equal(m.places[1].addr, 0x20);
	symbol_map_release(&m);
}

/* Blobs that speak of what is not there. */
static void test_damaged_blobs(void **state)
{
	static const struct blob_place wrong[] = {
		{ BASE, 0x20, 1, 1, false }, /* no such member */
		{ BASE, 0x20, 0, 9, false }, /* no such section */
		{ UINT64_MAX - 4, 8, 0, 1, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct codemap_blob places = CODEMAP_BLOB_INIT;
		struct codemap_blob symbols = CODEMAP_BLOB_INIT;
		struct codemap_builder b = vmlinux();
		struct image_blobs blobs;
		struct err e;

		OK(codemap_blob_put_place(&places, &wrong[i]));
		blobs = blobs_of(&places, &symbols);
		assert_int_equal(codemap_lay_out_vmlinux(&b, &blobs, &e),
				 -ERR_DB);
		/* And one that is cut. */
		codemap_builder_release(&b);
		b = vmlinux();
		places.len--;
		blobs = blobs_of(&places, &symbols);
		assert_int_equal(codemap_lay_out_vmlinux(&b, &blobs, &e),
				 -ERR_DB);
		codemap_builder_release(&b);
		codemap_blob_release(&places);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_module),
		cmocka_unit_test(test_module_of_other_sizes),
		cmocka_unit_test(test_module_too_large),
		cmocka_unit_test(test_vmlinux),
		cmocka_unit_test(test_vmlinux_without_layout),
		cmocka_unit_test(test_damaged_blobs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
