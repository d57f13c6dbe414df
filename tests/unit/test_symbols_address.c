/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Call sites by raw address: the KASLR offset, modules, and the names %pS gives.
 */
#include "symbols_fixture.h"
#include "symbols/kallsyms.h"

#define MODULE UINT64_C(0xffffffffc0123000)
#define EXIT UINT64_C(0xffffffffc0200000)

/* vmlinux and a module of two sections. */
static struct fix *two_images(uint16_t machine, bool is_64bit, uint64_t base)
{
	struct fix *f = fix_new(machine, is_64bit);

	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	fix_symbol_of(f, "_stext", base, 0, T_NOTYPE, B_GLOBAL, MAP_NONE);
	fix_place(f, base, 0x100, 0, RETURNS(0x20, 0x40, 0x90));
	fix_symbol(f, "__start_thing", base, 0);
	fix_symbol(f, "_a_alias", base, 0x40);
	fix_symbol(f, "alpha", base, 0x40);
	fix_symbol_of(f, "alias", base, 0x40, T_FUNC, B_WEAK, 0);
	fix_symbol(f, "beta", base + 0x40, 0x80);
	fix_symbol_of(f, "label", base + 0x60, 0, T_NOTYPE, B_LOCAL, 0);
	fix_symbol(f, "end", base + 0xc0, 0x40);
	fix_place(f, base + 0x200, 0x100, 1, RETURNS(0x10));
	fix_symbol(f, "late", base + 0x200, 0x100);

	fix_image(f, "snd_pcm");
	fix_space(f, ".text");
	fix_place(f, 0, 0x100, 10, RETURNS(0x30));
	fix_symbol_of(f, "pcm_open", 0, 0x80, T_FUNC, B_LOCAL, 2);
	fix_symbol_of(f, "same", 0x80, 0x40, T_FUNC, B_LOCAL, 2);
	fix_symbol_of(f, "same", 0xc0, 0x40, T_FUNC, B_LOCAL, 2);
	fix_space(f, ".exit.text");
	fix_place(f, 0, 0x40, 11, RETURNS(0x8));
	fix_symbol(f, "cleanup_module", 0, 0x40);
	fix_symbol_of(f, "pcm_exit", 0, 0x40, T_FUNC, B_LOCAL, 3);
	fix_start(f);
	return f;
}

static void kallsyms(struct fix *f, const char *text, bool want)
{
	bool usable = !want;

	assert_int_equal(
		resolver_kallsyms(f->r, text, strlen(text), &usable, &f->e), 0);
	assert_int_equal(usable, want);
}

#define KALLSYMS                                                               \
	"0000000000000000 A fixed_percpu_data\n"                               \
	"0000000000001000 A beta_of_other_kind\n"                              \
	"ffffffffa2000000 T _stext\n"                                          \
	"ffffffffa2000000 T alpha\n"                                           \
	"ffffffffa2000040 t beta\n"                                            \
	"ffffffffa2000200 T late\n"                                            \
	"ffffffffa3000000 D beta\n"                                            \
	"nonsense\n"                                                           \
	"ffffffffc0123080 t same\t[snd_pcm]\n"                                 \
	"ffffffffc0123000 t pcm_open\t[snd_pcm]\n"                             \
	"ffffffffc0200000 t pcm_exit\t[snd_pcm]\n"                             \
	"ffffffffc0200000 t cleanup_module\t[snd_pcm]\n"                       \
	"ffffffffc0300000 t fuse_open\t[fuse]\n"                               \
	"ffffffffc0400000 t bpf_prog_6deef7357e7b4530\t[bpf]"

static void test_kaslr_offset(void **state)
{
	struct fix *f = two_images(62, true, BASE);
	uint64_t moved = BASE + 0x21000000;
	int64_t kaslr_offset;

	(void)state;
	assert_false(resolver_kaslr_offset(f->r, &kaslr_offset));
	assert_int_equal(fix_site(f, NULL, BASE + 0x20), SITE_UNKNOWN);
	kallsyms(f, KALLSYMS, true);
	assert_true(resolver_kaslr_offset(f->r, &kaslr_offset));
	assert_int_equal(kaslr_offset, 0x21000000);
	ASSERT_OBJECT(f, NULL, moved + 0x20, 0, "alpha");
	assert_int_equal(f->m.address, BASE + 0x20);
	assert_true(f->m.exact && f->m.checked && f->m.agreed);
	/* Of four names the one that the kernel would print. */
	assert_string_equal(fix_symbol_text(f, f->m.symbol), "alpha");
	assert_int_equal(f->m.offset, 0x20);
	/* The first byte of the next function. */
	ASSERT_OBJECT(f, NULL, moved + 0x40, 0, "alpha");
	assert_string_equal(fix_symbol_text(f, f->m.symbol), "beta");
	assert_int_equal(f->m.offset, 0);
	/* A label is printed, but its function holds the call. */
	ASSERT_OBJECT(f, NULL, moved + 0x90, 0, "beta");
	assert_string_equal(fix_symbol_text(f, f->m.symbol), "label");
	assert_int_equal(f->m.offset, 0x30);
	ASSERT_OBJECT(f, NULL, moved + 0x91, 0, "beta");
	assert_true(f->m.checked && !f->m.agreed);
	/* Between two objects, and outside. */
	assert_int_equal(fix_site(f, NULL, moved + 0x180), SITE_NO_OBJECT);
	assert_string_equal(fix_symbol_text(f, f->m.symbol), "end");
	assert_int_equal(fix_site(f, NULL, moved + 0x301), SITE_UNKNOWN);
	assert_int_equal(fix_site(f, NULL, moved), SITE_UNKNOWN);
	assert_int_equal(fix_site(f, NULL, 1), SITE_UNKNOWN);
	assert_int_equal(fix_site(f, NULL, UINT64_MAX), SITE_UNKNOWN);
	fix_end(f);
}

static void test_address_wins(void **state)
{
	struct fix *f = two_images(62, true, BASE);

	(void)state;
	kallsyms(f, KALLSYMS, true);
	ASSERT_OBJECT(f, "late+0x10/0x100", BASE + 0x21000020, 0, "alpha");
	assert_int_equal(f->m.symbol, MAP_NONE);
	assert_false(f->m.agreed);
	ASSERT_OBJECT(f, "alpha+0x20/0x40", BASE + 0x21000020, 0, "alpha");
	assert_true(f->m.agreed);
	/* An address of nothing: the name is left. */
	ASSERT_OBJECT(f, "late+0x10/0x100", 0x1234, 1, "late");
	assert_int_equal(f->m.address, BASE + 0x210);
	assert_int_equal(fix_site(f, "nothing+0x10", 0x1234), SITE_UNKNOWN);
	fix_end(f);
}

static void test_modules(void **state)
{
	struct fix *f = two_images(62, true, BASE);

	(void)state;
	/* By name, also while nobody knows where it is loaded. */
	ASSERT_OBJECT(f, "pcm_open+0x30/0x80 [snd_pcm]", 0, 10, "pcm_open");
	assert_int_equal(f->m.space, 1);
	assert_int_equal(f->m.address, 0x30);
	ASSERT_OBJECT(f, "pcm_open+0x30/0x80 [snd-pcm]", 0, 10, "pcm_open");
	ASSERT_OBJECT(f, "pcm_open+0x30/0x80 [snd_pcm 0011aabb]", 0, 10,
		      "pcm_open");
	/* The kernel counts to the end of the module's code. */
	ASSERT_OBJECT(f, "pcm_exit+0x8/0xf40 [snd_pcm]", 0, 11, "pcm_exit");
	assert_true(f->m.agreed);
	assert_int_equal(fix_site(f, "pcm_open+0x30/0x80", 0), SITE_UNKNOWN);
	assert_int_equal(fix_site(f, "alpha+0x20/0x40 [snd_pcm]", 0),
			 SITE_UNKNOWN);
	assert_int_equal(fix_site(f, "pcm_open+0x0/0x80 [snd_pcm]", 0),
			 SITE_NO_OBJECT);
	assert_int_equal(fix_site(f, NULL, MODULE + 0x30), SITE_UNKNOWN);

	kallsyms(f, KALLSYMS, true);
	ASSERT_OBJECT(f, NULL, MODULE + 0x30, 10, "pcm_open");
	assert_int_equal(f->m.space, 1);
	assert_int_equal(f->m.address, 0x30);
	assert_true(f->m.agreed);
	assert_string_equal(fix_symbol_text(f, f->m.symbol), "pcm_open");
	ASSERT_OBJECT(f, NULL, EXIT + 0x8, 11, "pcm_exit");
	assert_int_equal(f->m.space, 2);
	/* The symbol table's first: local ones. */
	assert_string_equal(fix_symbol_text(f, f->m.symbol), "pcm_exit");
	assert_int_equal(fix_site(f, NULL, EXIT + 0x41), SITE_UNKNOWN);
	assert_int_equal(fix_site(f, NULL, MODULE + 0x100000), SITE_UNKNOWN);
	assert_int_equal(fix_site(f, NULL, UINT64_C(0xffffffffc0300010)),
			 SITE_UNKNOWN);
	fix_end(f);
}

static void test_hidden(void **state)
{
	struct fix *f = two_images(62, true, BASE);
	int64_t kaslr_offset;

	(void)state;
	kallsyms(f, "", false);
	kallsyms(f, "\n\n", false);
	kallsyms(f,
		 "0000000000000000 T alpha\n0000000000000000 T beta\n"
		 "0000000000000000 t pcm_open\t[snd_pcm]\n",
		 false);
	assert_false(resolver_kaslr_offset(f->r, &kaslr_offset));
	/* They do not agree: no KASLR offset. */
	kallsyms(f, "ffffffffa2000000 T alpha\nffffffffa2000041 T beta\n",
		 true);
	assert_false(resolver_kaslr_offset(f->r, &kaslr_offset));
	kallsyms(f,
		 "ffffffffffffffffff T alpha\nffffffffa2000000\n"
		 "ffffffffa2000000 \nffffffffa2000000 T\nffffffffa2000000 T \n"
		 "zz T alpha\n T alpha\nffffffffa2000000 T alpha [\n",
		 true);
	assert_false(resolver_kaslr_offset(f->r, &kaslr_offset));
	/* System.map, and what libtraceevent lists: no types, CR at ends. */
	kallsyms(f, "ffffffff81000000 T alpha\r\n", true);
	assert_true(resolver_kaslr_offset(f->r, &kaslr_offset));
	assert_int_equal(kaslr_offset, 0);
	kallsyms(f,
		 "ffffffff80000000 alpha\nffffffff80000040 beta\n"
		 "ffffffffc0123000 pcm_open [snd_pcm]\n",
		 true);
	assert_true(resolver_kaslr_offset(f->r, &kaslr_offset));
	assert_int_equal(kaslr_offset, -0x1000000);
	ASSERT_OBJECT(f, NULL, MODULE + 0x30, 10, "pcm_open");
	fix_end(f);
}

/* 100 functions, of which the first wrong ones are a byte off. */
static void list_functions(char *text, size_t size, uint64_t wrong)
{
	size_t len = 0;

	for (uint64_t i = 0; i < 100; i++)
		len += (size_t)snprintf(text + len, size - len, "%llx t f%u\n",
					(unsigned long long)(BASE + i * 16 +
							     0x200000 +
							     (i < wrong)),
					(unsigned int)i);
}

static void test_majority(void **state)
{
	struct fix *f = fix_new(62, true);
	char text[4096], name[16];
	int64_t kaslr_offset;

	(void)state;
	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	fix_place(f, BASE, 0x1000, 0, NULL);
	for (unsigned int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "f%u", i);
		fix_symbol(f, name, BASE + i * 16, 16);
	}
	fix_start(f);
	/* Nine of ten must agree. */
	list_functions(text, sizeof(text), 11);
	kallsyms(f, text, true);
	assert_false(resolver_kaslr_offset(f->r, &kaslr_offset));
	list_functions(text, sizeof(text), 10);
	kallsyms(f, text, true);
	assert_true(resolver_kaslr_offset(f->r, &kaslr_offset));
	assert_int_equal(kaslr_offset, 0x200000);
	fix_end(f);
}

static void test_thumb(void **state)
{
	struct fix *f = two_images(40, false, 0xc0008000);

	(void)state;
	kallsyms(
		f,
		"c0008000 T alpha\nc0008040 t beta\nbf000000 t pcm_open [snd_pcm]\n",
		true);
	/* Bit 0 of a return address says Thumb. */
	ASSERT_OBJECT(f, NULL, 0xc0008021, 0, "alpha");
	assert_int_equal(f->m.address, 0xc0008020);
	assert_true(f->m.agreed);
	ASSERT_OBJECT(f, "alpha+0x21/0x40", 0, 0, "alpha");
	assert_int_equal(f->m.address, 0xc0008020);
	assert_true(f->m.agreed);
	ASSERT_OBJECT(f, "beta+0x1/0x20", 0, 0, "alpha");
	assert_true(f->m.agreed);
	ASSERT_OBJECT(f, NULL, 0xbf000031, 10, "pcm_open");
	/* Sign-extended by who read it as a signed number. */
	ASSERT_OBJECT(f, NULL, UINT64_C(0xffffffffc0008021), 0, "alpha");
	assert_int_equal(fix_site(f, "alpha+0xffffffff", 0), SITE_UNKNOWN);
	assert_int_equal(fix_site(f, "alpha+0xffffffffffffffff", 0),
			 SITE_UNKNOWN);
	fix_end(f);
}

static void test_32_bits(void **state)
{
	struct fix *f = two_images(3, false, 0xc1000000);
	int64_t kaslr_offset;

	(void)state;
	/* A kernel that was moved down. */
	kallsyms(f, "c0400000 T alpha\nc0400040 t beta\n", true);
	assert_true(resolver_kaslr_offset(f->r, &kaslr_offset));
	assert_int_equal(kaslr_offset, -0xc00000);
	ASSERT_OBJECT(f, NULL, 0xc0400020, 0, "alpha");
	assert_int_equal(f->m.address, 0xc1000020);
	ASSERT_OBJECT(f, NULL, UINT64_C(0xffffffffc0400020), 0, "alpha");
	fix_end(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kaslr_offset),
		cmocka_unit_test(test_address_wins),
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_majority),
		cmocka_unit_test(test_thumb),
		cmocka_unit_test(test_32_bits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
