/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * code/call_scan: bytes in, offsets out.  The bytes are what GNU as makes of
 * the comments (objdump -d agrees); test_elf_return_sites has the machines'
 * other calls, assembled.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "code/call_scan.h"

#define BYTES(...) ((const unsigned char[]){ __VA_ARGS__ })
#define SIZE(...) (sizeof((const unsigned char[]){ __VA_ARGS__ }))
/* Finds the calls of the bytes in list l. */
#define FIND(l, machine, flags, ...)                                           \
	find((l), (machine), BYTES(__VA_ARGS__), SIZE(__VA_ARGS__), (flags))

enum flags { PLAIN = 0, BIG = 1, WIDE = 2, ARM_ONLY = 4, THUMB_ONLY = 8 };

static void find(struct return_list *l, enum code_machine machine,
		 const unsigned char *bytes, size_t size, unsigned int flags)
{
	/* A copy of its own: reading past its end is an error of ASan's. */
	unsigned char *copy = malloc(size);
	struct code_bytes c = {
		.bytes = copy,
		.size = size,
		.largest = size,
		.big_endian = flags & BIG,
		.is_64bit = flags & WIDE,
		.arm = !(flags & THUMB_ONLY),
		.thumb = !(flags & ARM_ONLY),
	};

	assert_non_null(copy);
	memcpy(copy, bytes, size);
	l->count = 0;
	assert_true(code_find_calls(machine, &c, l));
	free(copy);
}

static void assert_found(const struct return_list *l, size_t n,
			 const uint64_t *at)
{
	assert_int_equal(l->count, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(l->at[i], at[i]);
}

static void test_x86(void **state)
{
	struct return_list l = { 0 };

	(void)state;
	/* push %rbx; call .; call *%rax; call *8(%rsp); ret */
	FIND(&l, CODE_X86, WIDE, 0x53, 0xe8, 0, 0, 0, 0, 0xff, 0xd0, 0xff, 0x54,
	     0x24, 8, 0xc3);
	assert_found(&l, 3, (uint64_t[]){ 6, 8, 12 });
	/* jmp *%rax (ff /4) is no call, nor is e8 that leads out of the code. */
	FIND(&l, CODE_X86, WIDE, 0xff, 0xe0, 0xe8, 0, 0, 0, 0x70, 0x90);
	assert_found(&l, 0, NULL);
	/* The first e8 leads out; the second, and an ff within it, do not. */
	FIND(&l, CODE_X86, WIDE, 0xe8, 0xe8, 0xff, 0xff, 0xff, 0xff, 0xd0,
	     0x90);
	assert_found(&l, 2, (uint64_t[]){ 6, 7 });
	/* Cut off: nothing is read after the end. */
	FIND(&l, CODE_X86, WIDE, 0x90, 0xe8, 0, 0);
	assert_found(&l, 0, NULL);
	FIND(&l, CODE_X86, WIDE, 0x90, 0xff);
	assert_found(&l, 0, NULL);
	FIND(&l, CODE_X86, WIDE, 0xff, 0x94);
	assert_found(&l, 0, NULL);
	free(l.at);
}

static void test_words(void **state)
{
	struct return_list l = { 0 };

	(void)state;
	/* arm64: bl .; blr x1; ret; then half of a bl */
	FIND(&l, CODE_ARM64, WIDE, 0, 0, 0, 0x94, 0x20, 0, 0x3f, 0xd6, 0xc0, 3,
	     0x5f, 0xd6, 0, 0);
	assert_found(&l, 2, (uint64_t[]){ 4, 8 });
	/* mips, big and little: jal 0; nop; jr ra; nop */
	FIND(&l, CODE_MIPS, BIG, 0x0c, 0, 0, 0, 0, 0, 0, 0, 3, 0xe0, 0, 8, 0, 0,
	     0, 0);
	assert_found(&l, 1, (uint64_t[]){ 8 });
	FIND(&l, CODE_MIPS, PLAIN, 0, 0, 0, 0x0c, 0, 0, 0, 0, 8, 0, 0xe0, 3);
	assert_found(&l, 1, (uint64_t[]){ 8 });
	/* ppc: bl .; b .; bctrl */
	FIND(&l, CODE_POWERPC, BIG, 0x48, 0, 0, 1, 0x48, 0, 0, 0, 0x4e, 0x80,
	     0x04, 0x21);
	assert_found(&l, 2, (uint64_t[]){ 4, 12 });
	/* loongarch: bl 0; jirl $ra, $a0, 0; jirl $zero, $ra, 0 */
	FIND(&l, CODE_LOONGARCH, WIDE, 0, 0, 0, 0x54, 0x81, 0, 0, 0x4c, 0x20, 0,
	     0, 0x4c);
	assert_found(&l, 2, (uint64_t[]){ 4, 8 });
	free(l.at);
}

static void test_halves(void **state)
{
	struct return_list l = { 0 };

	(void)state;
	/* ARM: bl .; bx lr.  The same bytes as Thumb are no calls. */
	FIND(&l, CODE_ARM, ARM_ONLY, 0xfe, 0xff, 0xff, 0xeb, 0x1e, 0xff, 0x2f,
	     0xe1);
	assert_found(&l, 1, (uint64_t[]){ 4 });
	/* Thumb: bl .; blx r3; bx lr */
	FIND(&l, CODE_ARM, THUMB_ONLY, 0xff, 0xf7, 0xfe, 0xff, 0x98, 0x47, 0x70,
	     0x47);
	assert_found(&l, 2, (uint64_t[]){ 4, 6 });
	/* riscv: c.jalr a5; jal ra, .; ret */
	FIND(&l, CODE_RISCV, WIDE, 0x82, 0x97, 0xef, 0, 0, 0, 0x82, 0x80);
	assert_found(&l, 2, (uint64_t[]){ 2, 6 });
	/* s390: brasl %r14, .; basr %r14, %r1; br %r14 */
	FIND(&l, CODE_S390, BIG, 0xc0, 0xe5, 0, 0, 0, 0, 0x0d, 0xe1, 0x07,
	     0xfe);
	assert_found(&l, 2, (uint64_t[]){ 6, 8 });
	free(l.at);
}

/* What is outside of the stretch is not looked at, and nothing is found for a
 * machine that is not known. */
static void test_stretch(void **state)
{
	static const unsigned char code[] = { 0, 0, 0, 0x94, 0, 0, 0, 0x94,
					      0, 0, 0, 0x94, 0, 0, 0, 0x94 };
	struct return_list l = { 0 };
	struct code_bytes c = {
		.bytes = code,
		.from = 4,
		.size = 12,
		.largest = sizeof(code),
	};

	(void)state;
	assert_true(code_find_calls(CODE_ARM64, &c, &l));
	assert_found(&l, 2, (uint64_t[]){ 8, 12 });
	/* Once more into the same list: each place is there once. */
	assert_true(code_find_calls(CODE_ARM64, &c, &l));
	assert_found(&l, 2, (uint64_t[]){ 8, 12 });
	l.count = 0;
	assert_true(code_find_calls(CODE_UNKNOWN, &c, &l));
	assert_found(&l, 0, NULL);
	c.size = 0;
	c.from = 0;
	for (int m = CODE_UNKNOWN; m <= CODE_LOONGARCH; m++)
		assert_true(code_find_calls((enum code_machine)m, &c, &l));
	assert_found(&l, 0, NULL);
	free(l.at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_x86),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_halves),
		cmocka_unit_test(test_stretch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
