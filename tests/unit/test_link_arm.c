/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: what is ARM's own: the unwind index and veneers.
 */
#include "link_fixture.h"

#define assert_line(f, kind, subject, bytes)                                   \
	assert_int_equal(link_line((f), (kind), (subject)), (bytes))

static const char script[] =
	"SECTIONS { .text : { *(.text) . = ALIGN(16); } .idx : { __start_unwind_idx = .; *(.ARM.exidx*) } }";

/* Two words an entry, little endian: where, and what. */
#define WORD(x) (x) & 0xff, (x) >> 8 & 0xff, (x) >> 16 & 0xff, (x) >> 24 & 0xff
#define CANT 1u
#define INLINE_A 0x80b0b0b0u
#define INLINE_B 0x8001b0b0u
#define TABLE 0u

static void add_index(struct fixture_object *o, const unsigned char *content,
		      uint64_t size)
{
	struct obj_section *s = link_section(o, ".ARM.exidx", 0, size, 4);

	s->type = SHT_ARM_EXIDX;
	s->flags |= SHF_LINK_ORDER;
	s->has_relocs = true;
	s->content = content;
}

static struct fixture_object *add_code(struct link_fixture *f, const char *path,
				       uint64_t size)
{
	struct fixture_object *o = link_object(f, path);

	link_section(o, ".text", 0, size, 4)->flags |= SHF_EXECINSTR;
	return o;
}

static void test_unwind_index(void **state)
{
	/* Three times the same: one stays. */
	static const unsigned char a[] = {
		WORD(0u), WORD(INLINE_A), WORD(4u),  WORD(INLINE_A),
		WORD(8u), WORD(INLINE_A), WORD(12u), WORD(CANT),
	};
	/* Begins as a ends: dropped. */
	static const unsigned char b[] = {
		WORD(0u),
		WORD(CANT),
		WORD(4u),
		WORD(TABLE),
	};
	/* Begins after its code's start, after an end: nothing to add. */
	static const unsigned char d[] = { WORD(4u), WORD(INLINE_B) };
	struct link_fixture f;

	(void)state;
	link_start(&f);
	f.image.record.machine = EM_ARM;
	f.image.record.encoding = ELFDATA2LSB;
	add_index(add_code(&f, "a.o", 16), a, sizeof(a));
	add_index(add_code(&f, "b.o", 8), b, sizeof(b));
	add_code(&f, "c.o", 4); /* no index: b's gets an end */
	add_index(add_code(&f, "d.o", 4), d, sizeof(d)); /* and the last */
	link_section(&f.image, ".text", 0x1000, 32, 4);
	link_section(&f.image, ".idx", 0x2000, 48, 4);
	link_run(&f, script, NULL);
	assert_line(&f, LINE_UNEXPLAINED, NULL, 0);
	assert_line(&f, LINE_MERGE, ".idx", -8);
	assert_int_equal(link_place(&f, 0, ".ARM.exidx")->size, 16);
	assert_int_equal(link_place(&f, 1, ".ARM.exidx")->size, 16);
	assert_int_equal(link_place(&f, 3, ".ARM.exidx")->size, 16);
	assert_int_equal(link_place(&f, 3, ".ARM.exidx")->addr, 0x2020);
	assert_int_equal(remarks_count(&f.layout.remarks), 0);
	link_end(&f);
}

/* Without the contents the image tells the sum, and that is said. */
static void test_unwind_index_by_image(void **state)
{
	struct link_fixture f;

	(void)state;
	link_start(&f);
	f.image.record.machine = EM_ARM;
	add_index(add_code(&f, "a.o", 16), NULL, 32);
	add_index(add_code(&f, "b.o", 16), NULL, 32);
	link_section(&f.image, ".text", 0x1000, 32, 4);
	link_section(&f.image, ".idx", 0x2000, 24, 4);
	link_run(&f, script, NULL);
	assert_line(&f, LINE_UNEXPLAINED, NULL, 0);
	assert_line(&f, LINE_MERGE, ".idx", -40);
	assert_int_equal(link_place(&f, 0, ".ARM.exidx")->size, 8);
	assert_int_equal(link_place(&f, 1, ".ARM.exidx")->size, 16);
	assert_int_equal(remarks_count(&f.layout.remarks), 1);
	link_end(&f);
}

static void add_veneer(struct link_fixture *f, uint64_t addr, uint64_t size)
{
	link_global(&f->image, "", 0, addr);
	f->image.symbols[f->image.record.nsymbols - 1].bind = STB_LOCAL;
	f->image.symbols[f->image.record.nsymbols - 1].type = STT_FUNC;
	f->image.symbols[f->image.record.nsymbols - 1].size = size;
}

static void test_veneers(void **state)
{
	struct link_fixture f;

	(void)state;
	link_start(&f);
	f.image.record.machine = EM_ARM;
	add_code(&f, "a.o", 4);
	add_code(&f, "b.o", 6);
	link_section(&f.image, ".text", 0x1000, 32, 4);
	/* After a.o at 4, and after b.o at 0xc + 6 -> 0x18. */
	add_veneer(&f, 0x1004, 8);
	add_veneer(&f, 0x1018, 4);
	link_run(&f, script, NULL);
	assert_line(&f, LINE_UNEXPLAINED, NULL, 0);
	assert_line(&f, LINE_LINKER, ".text.__stub", 12);
	assert_line(&f, LINE_FILL, ".text", 6 + 4);
	assert_int_equal(link_place(&f, 1, ".text")->addr, 0x100c);
	link_end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unwind_index),
		cmocka_unit_test(test_unwind_index_by_image),
		cmocka_unit_test(test_veneers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
