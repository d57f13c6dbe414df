/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * code/module: machine code becomes steps.  The bytes are what GNU as makes
 * of the comments.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "code_object.h"

/* The steps of the bytes; the caller releases *l. */
static void lift(enum code_isa isa, size_t size, struct made *m,
		 struct code_lifted *l)
{
	struct decoder *d;
	struct err e;

	memset(l, 0, sizeof(*l));
	assert_int_equal(kmemdb_module_code.open(isa, false, &d, &e), 0);
	kmemdb_module_code.lift(d, &m->o, MADE_TEXT, 0, size, l);
	kmemdb_module_code.close(d);
}

#define LIFT(isa, m, l, ...)                                                   \
	static const unsigned char bytes[] = { __VA_ARGS__ };                  \
	struct made m;                                                         \
	struct code_lifted l;                                                  \
	made_object(&m, isa, bytes, sizeof(bytes), "text", 5)

static void test_x86_test_and_branch(void **state)
{
	/* test rax,rax; je +1; nop; ret */
	LIFT(ISA_X86_64, m, l, 0x48, 0x85, 0xc0, 0x74, 0x01, 0x90, 0xc3);

	(void)state;
	lift(ISA_X86_64, sizeof(bytes), &m, &l);
	assert_int_equal(l.ninsns, 4);
	assert_int_equal(l.insns[0].op, OP_COMPARE);
	assert_int_equal(l.insns[0].size, 8);
	assert_int_equal(l.insns[0].b.kind, OPERAND_IMM);
	assert_int_equal(l.insns[0].b.value, 0);
	assert_int_equal(l.insns[1].op, OP_BRANCH);
	assert_int_equal(l.insns[1].cond, COND_EQ);
	assert_int_equal(l.insns[1].target, CODE_AT(MADE_TEXT, 6));
	assert_int_equal(l.insns[3].op, OP_RETURN);
	assert_int_equal(l.undecoded, 0);
	code_lifted_release(&l);
}

/* PC-relative: the correction is the way to the instruction's end, which an
 * immediate makes longer. */
static void test_x86_relocations(void **state)
{
	/* lea rdi,[rip+x]; cmp dword [rip+y],1; call f */
	LIFT(ISA_X86_64, m, l, 0x48, 0x8d, 0x3d, 0, 0, 0, 0, 0x83, 0x3d, 0, 0,
	     0, 0, 1, 0xe8, 0, 0, 0, 0);
	uint32_t f = made_undefined(&m, "f");

	(void)state;
	made_reloc(&m, 3, 1, RELOC_PC, 2 - 4);
	made_reloc(&m, 9, 1, RELOC_PC, 3 - 5);
	made_reloc(&m, 15, f, RELOC_PC, -4);
	lift(ISA_X86_64, sizeof(bytes), &m, &l);
	assert_int_equal(l.insns[0].op, OP_LEA);
	assert_true(l.insns[0].mem.absolute);
	assert_int_equal(l.insns[0].mem.at, CODE_AT(MADE_STRINGS, 2));
	assert_int_equal(l.insns[1].op, OP_LOAD);
	assert_int_equal(l.insns[1].mem.at, CODE_AT(MADE_STRINGS, 3));
	assert_int_equal(l.insns[2].op, OP_COMPARE);
	assert_int_equal(l.insns[3].op, OP_CALL);
	assert_int_equal(l.insns[3].target_kind, TARGET_SYMBOL);
	assert_int_equal(l.insns[3].target, f);
	code_lifted_release(&l);
}

/* A conditional move is a jump around a move. */
static void test_x86_cmov(void **state)
{
	/* cmove rdi,rsi */
	LIFT(ISA_X86_64, m, l, 0x48, 0x0f, 0x44, 0xfe);

	(void)state;
	lift(ISA_X86_64, sizeof(bytes), &m, &l);
	assert_int_equal(l.ninsns, 2);
	assert_int_equal(l.insns[0].op, OP_BRANCH);
	assert_int_equal(l.insns[0].cond, COND_NE);
	assert_int_equal(l.insns[0].target_kind, TARGET_STEP);
	assert_int_equal(l.insns[0].target, 2);
	assert_int_equal(l.insns[1].op, OP_MOVE);
	assert_int_equal(l.insns[1].dst, 7);
	assert_int_equal(l.insns[1].a.reg, 6);
	code_lifted_release(&l);
}

static void test_x86_nonsense(void **state)
{
	/* No instruction; then a prefix at the end. */
	LIFT(ISA_X86_64, m, l, 0x06, 0x07, 0xc3, 0x66);

	(void)state;
	lift(ISA_X86_64, sizeof(bytes), &m, &l);
	assert_int_equal(l.undecoded, 3);
	assert_int_equal(l.insns[0].op, OP_TRAP);
	assert_int_equal(l.insns[l.ninsns - 1].op, OP_TRAP);
	code_lifted_release(&l);
}

static void test_i386_push(void **state)
{
	/* push imm32 with a relocation; ret */
	LIFT(ISA_I386, m, l, 0x68, 0, 0, 0, 0, 0xc3);

	(void)state;
	made_reloc(&m, 1, 1, RELOC_ABS, 0);
	lift(ISA_I386, sizeof(bytes), &m, &l);
	assert_int_equal(l.insns[0].op, OP_ALU);
	assert_int_equal(l.insns[0].dst, 4);
	assert_int_equal(l.insns[0].b.value, 4);
	assert_int_equal(l.insns[1].op, OP_STORE);
	assert_int_equal(l.insns[1].a.kind, OPERAND_ADDRESS);
	assert_int_equal(l.insns[1].a.value, CODE_AT(MADE_STRINGS, 0));
	code_lifted_release(&l);
}

/* Marks say what is Thumb, ARM and data; a movw and a movt make one address. */
static void test_arm_marks(void **state)
{
	/* Thumb: cbz r0,.+4; bx lr.  Data.  ARM: moveq r0,#1; bx lr */
	LIFT(ISA_ARM, m, l, 0x00, 0xb1, 0x70, 0x47, 0xff, 0xff, 0xff, 0xff,
	     0x01, 0x00, 0xa0, 0x03, 0x1e, 0xff, 0x2f, 0xe1);
	struct code_mark marks[] = { { MADE_TEXT, 0, 't' },
				     { MADE_TEXT, 4, 'd' },
				     { MADE_TEXT, 8, 'a' } };

	(void)state;
	m.o.marks = marks;
	m.o.nmarks = 3;
	lift(ISA_ARM, sizeof(bytes), &m, &l);
	assert_int_equal(l.undecoded, 0);
	assert_int_equal(l.ninsns, 6);
	assert_int_equal(l.insns[0].op, OP_COMPARE);
	assert_int_equal(l.insns[1].op, OP_BRANCH);
	assert_int_equal(l.insns[1].target, CODE_AT(MADE_TEXT, 4));
	assert_int_equal(l.insns[2].op, OP_RETURN);
	assert_int_equal(l.insns[3].op, OP_BRANCH);
	assert_int_equal(l.insns[3].cond, COND_NE);
	assert_int_equal(l.insns[4].op, OP_MOVE);
	assert_int_equal(l.insns[5].op, OP_RETURN);
	code_lifted_release(&l);
}

static void test_arm64_address(void **state)
{
	/* adrp x0,s; add x0,x0,:lo12:s; cbz x0,.; ret */
	LIFT(ISA_ARM64, m, l, 0x00, 0x00, 0x00, 0x90, 0x00, 0x00, 0x00, 0x91,
	     0x00, 0x00, 0x00, 0xb4, 0xc0, 0x03, 0x5f, 0xd6);

	(void)state;
	made_reloc(&m, 0, 1, RELOC_HIGH, 1);
	made_reloc(&m, 4, 1, RELOC_LOW, 1);
	lift(ISA_ARM64, sizeof(bytes), &m, &l);
	assert_int_equal(l.insns[1].op, OP_MOVE);
	assert_int_equal(l.insns[1].a.value, CODE_AT(MADE_STRINGS, 1));
	assert_int_equal(l.insns[2].op, OP_COMPARE);
	assert_int_equal(l.insns[3].op, OP_BRANCH);
	assert_int_equal(l.insns[3].target, CODE_AT(MADE_TEXT, 8));
	assert_int_equal(l.insns[4].op, OP_RETURN);
	code_lifted_release(&l);
}

/* Every instruction has a step: code without one would seem to end there. */
static void test_every_instruction_has_a_step(void **state)
{
	/* nop; movt r0,#0 with a relocation (Thumb); bx lr */
	LIFT(ISA_ARM, m, l, 0x00, 0xbf, 0xc0, 0xf2, 0x00, 0x00, 0x70, 0x47);
	struct code_mark mark = { MADE_TEXT, 0, 't' };

	(void)state;
	m.o.marks = &mark;
	m.o.nmarks = 1;
	made_reloc(&m, 2, 1, RELOC_HIGH, 0);
	lift(ISA_ARM, sizeof(bytes), &m, &l);
	assert_int_equal(l.nwhere, 3);
	for (size_t i = 0; i + 1 < l.nwhere; i++)
		assert_true(l.where[i].step < l.where[i + 1].step);
	code_lifted_release(&l);
}

static void test_big_endian_is_refused(void **state)
{
	struct decoder *d;
	struct err e;

	(void)state;
	assert_int_equal(kmemdb_module_code.open(ISA_ARM, true, &d, &e),
			 -ERR_IO);
	assert_int_equal(kmemdb_module_code.open(ISA_NONE, false, &d, &e),
			 -ERR_IO);
}

/* ---- what was decoded before ---- */

/* Not byte by byte: what lies between the fields is anything. */
static void take_operand(struct operand *x, struct operand *y)
{
	assert_int_equal(x->kind, y->kind);
	assert_int_equal(x->reg, y->reg);
	assert_int_equal(x->symbol, y->symbol);
	assert_int_equal(x->value, y->value);
	memset(x, 0, sizeof(*x));
	memset(y, 0, sizeof(*y));
}

static void assert_same(const struct code_lifted *a, size_t from,
			const struct code_lifted *b)
{
	assert_true(a->ninsns >= from + b->ninsns);
	for (size_t i = 0; i < b->ninsns; i++) {
		struct insn x = a->insns[from + i], y = b->insns[i];

		if (x.target_kind == TARGET_STEP)
			x.target -= from;
		x.at = y.at;
		take_operand(&x.a, &y.a);
		take_operand(&x.b, &y.b);
		assert_memory_equal(&x, &y, sizeof(x));
	}
}

/* Nonsense with frequent instructions in it, in which each is decoded as by a
 * decoder that has seen no other; each byte is the same for all processors. */
static void remembered(enum code_isa isa, uint64_t seed)
{
	static const unsigned char often[] = { 0x48, 0x8b, 0x45, 0x89, 0xe8,
					       0x0f, 0x84, 0x74, 0x83, 0xf8,
					       0x66, 0xe9, 0xeb, 0x81, 0xc7,
					       0x68, 0x6a, 0xc2, 0x8d, 0x05 };
	unsigned char bytes[1200];
	struct code_lifted all;
	struct made m;

	for (size_t i = 0; i < sizeof(bytes); i++) {
		seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
		bytes[i] = seed >> 60 < 11 ? often[(seed >> 32) % sizeof(often)]
					   : (unsigned char)(seed >> 40);
	}
	made_object(&m, isa, bytes, sizeof(bytes), "text", 5);
	lift(isa, sizeof(bytes), &m, &all);
	for (size_t i = 0; i < all.nwhere; i++) {
		uint64_t at = CODE_AT_OFFSET(all.where[i].at);
		struct code_lifted one = { 0 };
		struct decoder *d;
		struct err e;

		assert_int_equal(kmemdb_module_code.open(isa, false, &d, &e),
				 0);
		kmemdb_module_code.lift(d, &m.o, MADE_TEXT, at,
					sizeof(bytes) - at < 16
						? sizeof(bytes) - at
						: all.where[i].len,
					&one);
		kmemdb_module_code.close(d);
		if (all.where[i].len == one.where[0].len && one.nwhere == 1)
			assert_same(&all, all.where[i].step, &one);
		else
			assert_int_equal(all.where[i].len, one.where[0].len);
		code_lifted_release(&one);
	}
	code_lifted_release(&all);
}

static void test_x86_remembered(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 4; seed++) {
		remembered(ISA_X86_64, seed);
		remembered(ISA_I386, seed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_x86_test_and_branch),
		cmocka_unit_test(test_x86_relocations),
		cmocka_unit_test(test_x86_cmov),
		cmocka_unit_test(test_x86_nonsense),
		cmocka_unit_test(test_i386_push),
		cmocka_unit_test(test_arm_marks),
		cmocka_unit_test(test_arm64_address),
		cmocka_unit_test(test_every_instruction_has_a_step),
		cmocka_unit_test(test_big_endian_is_refused),
		cmocka_unit_test(test_x86_remembered),
	};

	return cmocka_run_group_tests_name("code: decode", tests, NULL, NULL);
}
