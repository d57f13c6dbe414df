/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * elf/: sizes, classes, symbols and coverage of objects whose numbers are
 * known by construction, on every class and byte order.
 */
#include "assemble.h"

#include <elf.h>

#include "elf/elf_object.h"

static struct object_record read_asm(const char *tool, const char *source)
{
	struct object_record r;
	struct err e = { 0 };
	int fd = assemble(tool, source);

	assert_int_equal(elf_object_init(&e), 0);
	if (elf_object_read(fd, ELF_WANT_SYMBOLS | ELF_WANT_MERGE_CONTENT, &r,
			    &e) < 0)
		fail_msg("%s", e.text);
	close(fd);
	return r;
}

static const struct obj_section *section(const struct object_record *r,
					 const char *name)
{
	for (size_t i = 0; i < r->nsections; i++)
		if (strcmp(r->sections[i].name, name) == 0)
			return &r->sections[i];
	fail_msg("no section '%s'", name);
	return NULL;
}

static const struct obj_symbol *symbol(const struct object_record *r,
				       const char *name)
{
	for (size_t i = 0; i < r->nsymbols; i++)
		if (strcmp(r->symbols[i].name, name) == 0)
			return &r->symbols[i];
	return NULL;
}

/* Whatever the symbols claim: own + unattributed = size. */
static void assert_closes(const struct object_record *r)
{
	for (size_t i = 0; i < r->nsections; i++) {
		uint64_t sum = r->sections[i].unattributed;

		for (size_t k = 0; k < r->nsymbols; k++)
			if (r->symbols[k].section == i)
				sum += r->symbols[k].own;
		assert_int_equal(sum, r->sections[i].size);
	}
}

/* 16 + 3 bytes of code, 8 of constants, 6 of strings, 12 of data, 40 of
 * zeros; 7 of a debug section that counts nowhere. */
static const char plain[] =
	".text\n .globl f\n .type f, %function\nf: .fill 16,1,0\n .size f, 16\n"
	".section .init.text,\"ax\",%progbits\n .fill 3,1,0\n"
	".section .rodata,\"a\",%progbits\n .type c, %object\n .size c, 8\n"
	"c: .fill 8,1,1\n"
	".section .rodata.str1.1,\"aMS\",%progbits,1\n .asciz \"hello\"\n"
	".data\n .globl d\n .type d, %object\n .size d, 12\n"
	"d: .fill 12,1,2\n"
	".bss\n .type b, %object\n .size b, 40\nb: .space 40\n"
	".section .debug_x,\"\",%progbits\n .fill 7,1,0\n";

static void check_plain(const char *tool, unsigned int class,
			unsigned int encoding, unsigned int machine)
{
	struct object_record r = read_asm(tool, plain);

	assert_int_equal(r.elf_class, class);
	assert_int_equal(r.encoding, encoding);
	assert_int_equal(r.machine, machine);
	assert_int_equal(r.etype, ET_REL);
	/* .ARM.attributes and the like are not allocated. */
	assert_int_equal(r.text, 16 + 3 + 8 + 6);
	assert_int_equal(r.data, 12);
	assert_int_equal(r.bss, 40);
	assert_int_equal(section(&r, ".text")->cls, CLASS_TEXT);
	assert_int_equal(section(&r, ".init.text")->cls, CLASS_TEXT);
	assert_int_equal(section(&r, ".init.text")->unattributed, 3);
	assert_int_equal(section(&r, ".rodata")->cls, CLASS_RODATA);
	assert_int_equal(section(&r, ".rodata.str1.1")->cls, CLASS_STRINGS);
	assert_memory_equal(section(&r, ".rodata.str1.1")->content, "hello", 6);
	assert_int_equal(section(&r, ".data")->cls, CLASS_DATA);
	assert_int_equal(section(&r, ".bss")->cls, CLASS_BSS);
	assert_int_equal(symbol(&r, "f")->own, 16);
	assert_int_equal(symbol(&r, "f")->type, STT_FUNC);
	assert_int_equal(symbol(&r, "f")->bind, STB_GLOBAL);
	assert_int_equal(symbol(&r, "b")->bind, STB_LOCAL);
	assert_int_equal(symbol(&r, "b")->size, 40);
	assert_closes(&r);
	object_record_release(&r);
}

static void test_x86_64(void **state)
{
	(void)state;
	check_plain("as --64", ELFCLASS64, ELFDATA2LSB, EM_X86_64);
}

static void test_i386(void **state)
{
	(void)state;
	check_plain("as --32", ELFCLASS32, ELFDATA2LSB, EM_386);
}

static void test_arm(void **state)
{
	(void)state;
	if (!assemble_have("arm-linux-gnueabihf-as"))
		skip();
	check_plain("arm-linux-gnueabihf-as", ELFCLASS32, ELFDATA2LSB, EM_ARM);
}

static void test_big_endian(void **state)
{
	(void)state;
	if (!assemble_have("clang"))
		skip();
	check_plain("clang --target=powerpc64-linux-gnu -x assembler -c",
		    ELFCLASS64, ELFDATA2MSB, EM_PPC64);
	check_plain("clang --target=powerpc-linux-gnu -x assembler -c",
		    ELFCLASS32, ELFDATA2MSB, EM_PPC);
}

static void test_coverage(void **state)
{
	/* 32 bytes: outer 0-15 with alias and inner, overlap 8-23, label and
	 * zero-size at 20, weak alias of outer; 24-31 nobody's. */
	struct object_record r = read_asm(
		"as --64", ".text\n .globl outer, alias\n .weak weakling\n"
			   "outer: alias: weakling: .fill 4,1,0\n"
			   "inner: .fill 4,1,0\n"
			   "overlap: .fill 12,1,0\n"
			   "label: .fill 12,1,0\n"
			   "end:\n"
			   ".type outer,%function\n .size outer,16\n"
			   ".type alias,%function\n .size alias,16\n"
			   ".type weakling,%function\n .size weakling,16\n"
			   ".type inner,%function\n .size inner,4\n"
			   ".type overlap,%function\n .size overlap,16\n"
			   ".type end,%object\n .size end,64\n");
	uint64_t aliases;

	(void)state;
	assert_int_equal(r.text, 32);
	aliases = symbol(&r, "outer")->own + symbol(&r, "alias")->own +
		  symbol(&r, "weakling")->own;
	assert_int_equal(aliases, 16);
	assert_int_equal(symbol(&r, "inner")->own, 0);
	assert_int_equal(symbol(&r, "overlap")->own, 8);
	assert_int_equal(symbol(&r, "label")->own, 0);
	/* Past the section's end: claims 64 bytes, has none. */
	assert_int_equal(symbol(&r, "end")->own, 0);
	assert_int_equal(symbol(&r, "weakling")->bind, STB_WEAK);
	assert_int_equal(section(&r, ".text")->unattributed, 8);
	assert_closes(&r);
	object_record_release(&r);
}

static void test_too_long_symbol(void **state)
{
	struct object_record r = read_asm(
		"as --64", ".data\n .fill 4,1,0\nx: .fill 4,1,0\n"
			   ".type x,%object\n .size x,0x7fffffffffffffff\n");

	(void)state;
	assert_int_equal(symbol(&r, "x")->own, 4);
	assert_int_equal(section(&r, ".data")->unattributed, 4);
	object_record_release(&r);
}

static void test_common(void **state)
{
	struct object_record r = read_asm(
		"as --64", ".comm shared,24,8\n .globl abs\nabs = 5\n");

	(void)state;
	assert_int_equal(r.common, 24);
	assert_int_equal(r.bss, 0); /* as size says of a .o */
	assert_int_equal(symbol(&r, "shared")->section, SYM_SECTION_COMMON);
	assert_int_equal(symbol(&r, "abs")->section, SYM_SECTION_ABS);
	object_record_release(&r);
}

static void test_thumb(void **state)
{
	struct object_record r;

	(void)state;
	if (!assemble_have("arm-linux-gnueabihf-as"))
		skip();
	r = read_asm("arm-linux-gnueabihf-as -mthumb",
		     ".syntax unified\n.text\n.thumb_func\n.type t,%function\n"
		     "t: nop\n nop\n.size t,.-t\n.arm\n.type a,%function\n"
		     "a: nop\n.size a,.-a\n.word 1\n");
	assert_int_equal(symbol(&r, "t")->value, 0);
	assert_true(symbol(&r, "t")->thumb);
	assert_int_equal(symbol(&r, "t")->own, 4);
	assert_false(symbol(&r, "a")->thumb);
	/* Mapping symbols name nothing. */
	assert_null(symbol(&r, "$t"));
	assert_null(symbol(&r, "$a"));
	assert_null(symbol(&r, "$d"));
	object_record_release(&r);
}

static void test_many_sections(void **state)
{
	/* Past SHN_LORESERVE (65,280): symbols need SHT_SYMTAB_SHNDX. */
	enum { COUNT = 66000 };
	char *source = malloc(COUNT * 80 + 1), *at = source;
	struct object_record r;

	(void)state;
	assert_non_null(source);
	for (int i = 0; i < COUNT; i++)
		at += sprintf(at,
			      ".section .text.f%d,\"ax\"\nf%d: .byte 1\n"
			      ".size f%d,1\n",
			      i, i, i);
	r = read_asm("as --64", source);
	free(source);
	assert_int_equal(r.text, COUNT);
	assert_int_equal(symbol(&r, "f65999")->own, 1);
	assert_string_equal(r.sections[symbol(&r, "f65999")->section].name,
			    ".text.f65999");
	for (size_t i = 0; i < r.nsections; i++)
		assert_true(r.sections[i].unattributed == 0 ||
			    r.sections[i].size != 1);
	object_record_release(&r);
}

static void test_classes(void **state)
{
	struct object_record r = read_asm(
		"as --64",
		".section .data..percpu,\"aw\",@progbits\n .fill 8,1,0\n"
		".section __ksymtab_strings,\"aMS\",@progbits,1\n .asciz \"x\"\n"
		".section .altinstr_replacement,\"ax\",@progbits\n .byte 1\n"
		".section __mcount_loc,\"a\",@progbits\n .quad 0\n"
		".section .orc_unwind,\"a\",@progbits\n .fill 6,1,0\n"
		".section .note.Linux,\"a\",@note\n .fill 12,1,0\n"
		".section .data..ro_after_init,\"aw\",@progbits\n .byte 1\n");

	(void)state;
	assert_int_equal(section(&r, ".data..percpu")->cls, CLASS_PERCPU);
	assert_int_equal(section(&r, "__ksymtab_strings")->cls, CLASS_META);
	assert_int_equal(section(&r, ".altinstr_replacement")->cls, CLASS_META);
	assert_int_equal(section(&r, "__mcount_loc")->cls, CLASS_META);
	assert_int_equal(section(&r, ".orc_unwind")->cls, CLASS_META);
	assert_int_equal(section(&r, ".note.Linux")->cls, CLASS_META);
	assert_int_equal(section(&r, ".data..ro_after_init")->cls, CLASS_DATA);
	object_record_release(&r);
}

static void test_debug_section_with_symbol(void **state)
{
	struct object_record r = read_asm(
		"as --64",
		".section .discard.addressable,\"\"\n"
		"__UNIQUE_ID___addressable_f294: .quad 0\n .size __UNIQUE_ID___addressable_f294,8\n"
		".section .debug_y,\"\"\n .quad 1\n");

	(void)state;
	assert_int_equal(r.text + r.data + r.bss, 0);
	assert_int_equal(section(&r, ".discard.addressable")->cls, CLASS_DEBUG);
	for (size_t i = 0; i < r.nsections; i++)
		assert_string_not_equal(r.sections[i].name, ".debug_y");
	object_record_release(&r);
}

/* What the header of a common include does to every object: counters and
 * line numbers move, nothing else. */
static void test_fingerprint_ignores_counters(void **state)
{
	static const char form[] =
		".text\n .type fn.isra.%d,%%function\nfn.isra.%d: .fill 8,1,0\n"
		".size fn.isra.%d,8\n"
		".section .rodata,\"a\"\n__func__.%d: .fill 4,1,0\n"
		".size __func__.%d,4\n"
		"__UNIQUE_ID_license%d: .fill 4,1,0\n"
		"__initcall__kmod_x__%d_%d_fn6: .quad 0\n.size __initcall__kmod_x__%d_%d_fn6,8\n";
	char one[2048], two[2048], three[2100];
	struct object_record a, b, c;

	(void)state;
	snprintf(one, sizeof(one), form, 0, 0, 0, 7, 7, 294, 294, 40, 294, 40);
	snprintf(two, sizeof(two), form, 3, 3, 3, 12, 12, 301, 301, 41, 301,
		 41);
	snprintf(three, sizeof(three), "%s.byte 1\n", one);
	a = read_asm("as --64", one);
	b = read_asm("as --64", two);
	c = read_asm("as --64", three);
	assert_memory_equal(a.fingerprint, b.fingerprint, 16);
	assert_memory_not_equal(a.fingerprint, c.fingerprint, 16);
	object_record_release(&a);
	object_record_release(&b);
	object_record_release(&c);
}

static int read_bytes(const void *data, size_t len, struct err *e)
{
	char path[] = "/tmp/kmemdb-bytes-XXXXXX";
	struct object_record r;
	int fd = mkstemp(path), ret;

	assert_true(fd >= 0);
	unlink(path);
	assert_int_equal(write(fd, data, len), (ssize_t)len);
	ret = elf_object_read(fd, ELF_WANT_SYMBOLS, &r, e);
	close(fd);
	if (ret == 0)
		object_record_release(&r);
	return ret;
}

static void test_refusals(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_int_equal(elf_object_init(&e), 0);
	assert_int_equal(read_bytes("", 0, &e), -ERR_FORMAT);
	assert_string_equal(e.text, "empty file");
	assert_int_equal(read_bytes("BC\xC0\xDE more", 9, &e), -ERR_FORMAT);
	assert_string_equal(e.text, "LLVM bitcode: no ELF size");
	assert_int_equal(read_bytes("!<arch>\n", 8, &e), -ERR_FORMAT);
	assert_string_equal(e.text, "an archive, not an object");
	assert_int_equal(read_bytes("#!/bin/sh\n", 10, &e), -ERR_FORMAT);
	assert_string_equal(e.text, "not an ELF file");
	assert_int_equal(read_bytes("\177ELF\2\1\1", 7, &e), -ERR_FORMAT);
}

/* Cut at every length: an error or a record, never more bytes than there
 * are, and never a crash. */
static void test_truncated(void **state)
{
	struct err e = { 0 };
	char data[8192];
	int fd = assemble("as --64", plain);
	ssize_t len = read(fd, data, sizeof(data));

	(void)state;
	close(fd);
	assert_true(len > 0 && len < (ssize_t)sizeof(data));
	assert_int_equal(elf_object_init(&e), 0);
	for (ssize_t cut = 0; cut < len; cut++)
		if (read_bytes(data, (size_t)cut, &e) == 0)
			fail_msg("accepted %zd of %zd bytes", cut, len);
	assert_int_equal(read_bytes(data, (size_t)len, &e), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_x86_64),
		cmocka_unit_test(test_i386),
		cmocka_unit_test(test_arm),
		cmocka_unit_test(test_big_endian),
		cmocka_unit_test(test_coverage),
		cmocka_unit_test(test_too_long_symbol),
		cmocka_unit_test(test_common),
		cmocka_unit_test(test_thumb),
		cmocka_unit_test(test_many_sections),
		cmocka_unit_test(test_classes),
		cmocka_unit_test(test_debug_section_with_symbol),
		cmocka_unit_test(test_fingerprint_ignores_counters),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_truncated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
