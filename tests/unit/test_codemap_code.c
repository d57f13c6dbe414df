/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a build keeps of vmlinux's code, and the bytes it is kept in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <elf.h>

#include "codemap/vmlinux_code.h"

#define TEXT UINT64_C(0xffffffff81000000)
#define CODE (SHF_ALLOC | SHF_EXECINSTR)

static struct obj_section section(const char *name, uint64_t flags,
				  uint64_t addr, uint64_t size)
{
	return (struct obj_section){ .name = name,
				     .type = SHT_PROGBITS,
				     .flags = flags,
				     .addr = addr,
				     .size = size };
}

static struct obj_symbol symbol(const char *name, uint32_t in, uint64_t value,
				uint8_t bind)
{
	return (struct obj_symbol){ .name = name,
				    .section = in,
				    .type = STT_FUNC,
				    .bind = bind,
				    .value = value,
				    .size = 8 };
}

/*
 * Member 0 (.text with fa and the weak w, .data), member 1 without a record,
 * member 2 (.text with fc, which vmlinux does not have where the layout
 * says).  vmlinux has another w, a veneer, and _etext at the end of its code.
 */
static void test_collect(void **state)
{
	struct obj_section as[] = { section(".text", CODE, 0, 0x20),
				    section(".data", SHF_ALLOC, 0, 8) };
	struct obj_symbol asym[] = { symbol("fa", 0, 0, STB_GLOBAL),
				     symbol("w", 0, 16, STB_WEAK) };
	struct obj_section cs[] = { section(".text", CODE, 0, 0x10) };
	struct obj_symbol csym[] = { symbol("fc", 0, 0, STB_GLOBAL) };
	struct obj_section vs[] = { section(".text", CODE, TEXT, 0x80),
				    section(".data", SHF_ALLOC, TEXT + 0x1000,
					    8) };
	struct obj_symbol vsym[] = {
		symbol("_text", 0, TEXT, STB_GLOBAL),
		symbol("fa", 0, TEXT, STB_GLOBAL),
		symbol("veneer", 0, TEXT + 0x60, STB_LOCAL),
		symbol("w", 0, TEXT + 0x70, STB_GLOBAL),
		symbol("table", 1, TEXT + 0x1000, STB_GLOBAL),
		symbol("_etext", SYM_SECTION_ABS, TEXT + 0x80, STB_GLOBAL),
		symbol("later", SYM_SECTION_ABS, TEXT + 0x81, STB_GLOBAL),
	};
	struct object_record a = {
		.sections = as, .nsections = 2, .symbols = asym, .nsymbols = 2
	};
	struct object_record c = {
		.sections = cs, .nsections = 1, .symbols = csym, .nsymbols = 1
	};
	struct object_record v = {
		.sections = vs, .nsections = 2, .symbols = vsym, .nsymbols = 7
	};
	struct placement placements[] = {
		{ 0, 0, 0, TEXT, 0x20, LIFETIME_RESIDENT },
		{ 0, 1, 1, TEXT + 0x1000, 8, LIFETIME_RESIDENT },
		{ 1, 0, 0, TEXT + 0x30, 0x10, LIFETIME_RESIDENT },
	};
	struct layout l = { .source = LAYOUT_SCRIPT,
			    .placements = placements,
			    .nplacements = 3 };
	const struct object_record *const members[] = { &a, NULL, &c };
	static const char *const left[] = { "_text", "veneer", "w", "_etext" };
	struct vmlinux_code code;
	struct err e;

	(void)state;
	vsym[0].type = vsym[5].type = vsym[6].type = STT_NOTYPE;
	vsym[0].size = vsym[5].size = vsym[6].size = 0;
	assert_int_equal(vmlinux_code_collect(&v, &l, members, 3, &code, &e),
			 0);
	/* fc is not there, and its place is left out. */
	assert_int_equal(code.nplaces, 1);
	assert_int_equal(code.places[0].addr, TEXT);
	assert_int_equal(code.places[0].member, 0);
	assert_false(code.places[0].own_size);
	assert_int_equal(code.nsymbols, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(code.symbols[i]->name, left[i]);
	vmlinux_code_release(&code);
	/* Placed nowhere: there is nothing to keep. */
	placements[0].output = placements[2].output = PLACED_NOWHERE;
	assert_int_equal(vmlinux_code_collect(&v, &l, members, 3, &code, &e),
			 0);
	assert_int_equal(code.nplaces, 0);
	assert_int_equal(code.nsymbols, 0);
	vmlinux_code_release(&code);
}

static void test_blob_places(void **state)
{
	/* Down again, over the end of memory, and a member before. */
	static const struct blob_place in[] = {
		{ TEXT, 0x20, 3, 1, true },
		{ TEXT + 0x20, 0, 4, 70000, true },
		{ 0x10, UINT64_C(0x123456789), 0, 0, true },
		{ UINT64_MAX - 3, 3, UINT32_MAX, 2, true },
	};
	struct codemap_blob b = CODEMAP_BLOB_INIT;
	struct blob_cursor c;
	struct blob_place p;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(codemap_blob_put_place(&b, &in[i]), 0);
	c = (struct blob_cursor){ b.bytes, b.bytes + b.len, 0, 0 };
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(codemap_blob_get_place(&c, &p), 1);
		assert_int_equal(p.addr, in[i].addr);
		assert_int_equal(p.size, in[i].size);
		assert_int_equal(p.member, in[i].member);
		assert_int_equal(p.section, in[i].section);
		assert_true(p.own_size);
	}
	assert_int_equal(codemap_blob_get_place(&c, &p), 0);
	/* Cut anywhere but between two, it is damaged. */
	for (size_t cut = 1; cut < 6; cut++) {
		c = (struct blob_cursor){ b.bytes, b.bytes + cut, 0, 0 };
		assert_int_equal(codemap_blob_get_place(&c, &p), -1);
	}
	codemap_blob_release(&b);
}

static void test_blob_symbols(void **state)
{
	static const struct blob_symbol in[] = {
		{ TEXT, 8, 1, STT_FUNC, STB_GLOBAL },
		{ TEXT, 0, INT64_MAX, STT_NOTYPE, STB_WEAK },
		{ TEXT + 0x1000, 1 << 20, 40, STT_FUNC, STB_LOCAL },
	};
	struct codemap_blob b = CODEMAP_BLOB_INIT;
	struct blob_cursor c;
	struct blob_symbol s;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(codemap_blob_put_symbol(&b, &in[i]), 0);
	c = (struct blob_cursor){ b.bytes, b.bytes + b.len, 0, 0 };
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(codemap_blob_get_symbol(&c, &s), 1);
		assert_int_equal(s.addr, in[i].addr);
		assert_int_equal(s.size, in[i].size);
		assert_int_equal(s.name, in[i].name);
		assert_int_equal(s.type, in[i].type);
		assert_int_equal(s.bind, in[i].bind);
	}
	assert_int_equal(codemap_blob_get_symbol(&c, &s), 0);
	c = (struct blob_cursor){ b.bytes, b.bytes + b.len - 1, 0, 0 };
	assert_int_equal(codemap_blob_get_symbol(&c, &s), 1);
	assert_int_equal(codemap_blob_get_symbol(&c, &s), 1);
	assert_int_equal(codemap_blob_get_symbol(&c, &s), -1);
	codemap_blob_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_collect),
		cmocka_unit_test(test_blob_places),
		cmocka_unit_test(test_blob_symbols),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
