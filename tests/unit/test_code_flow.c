/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * code/flow: paths over steps that are written by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "code/flow/largest_size.h"
#include "code/flow/reach.h"
#include "flow_fixture.h"

/* if (!(x = alloc())) print(text); */
static void test_failed_alone(void **state)
{
	struct made m = { 0 };

	(void)state;
	call(&m, ALLOC);
	compare_zero(&m, RESULT);
	branch(&m, COND_NE, 5);
	load_text(&m);
	call(&m, PRINT);
	step(&m, OP_RETURN);
	run(&m, 1000);
	assert_int_equal(parts(&m), PART_BIT(PART_ALLOCATION));
	assert_int_equal(m.r->nfailures, 1);
	assert_int_equal(m.r->failures[0].callee, ALLOC);
	end(&m);
}

/* alloc(); print(text); */
static void test_printed_always(void **state)
{
	struct made m = { 0 };

	(void)state;
	call(&m, ALLOC);
	load_text(&m);
	call(&m, PRINT);
	step(&m, OP_RETURN);
	run(&m, 1000);
	assert_int_equal(parts(&m), PART_BIT(PART_NORMAL));
	end(&m);
}

/* p->f = alloc(); anything(); if (!p->f) print(text): the field outlives a
 * call that nobody knows to write it. */
static void test_field_tested_later(void **state)
{
	struct made m = { 0 };

	(void)state;
	call(&m, ALLOC);
	memory(&m, OP_STORE, RESULT, 16);
	call(&m, ANYTHING);
	memory(&m, OP_LOAD, RESULT, 16);
	compare_zero(&m, RESULT);
	branch(&m, COND_NE, 8);
	load_text(&m);
	call(&m, PRINT);
	step(&m, OP_RETURN);
	run(&m, 1000);
	assert_int_equal(parts(&m), PART_BIT(PART_ALLOCATION));
	end(&m);
}

/* Another field is not that one. */
static void test_other_field(void **state)
{
	struct made m = { 0 };

	(void)state;
	call(&m, ALLOC);
	memory(&m, OP_STORE, RESULT, 16);
	memory(&m, OP_LOAD, RESULT, 24);
	compare_zero(&m, RESULT);
	branch(&m, COND_NE, 7);
	load_text(&m);
	call(&m, PRINT);
	step(&m, OP_RETURN);
	run(&m, 1000);
	assert_int_equal(parts(&m), PART_BIT(PART_NORMAL));
	end(&m);
}

/* if (!alloc()) if (alloc()) print(text): it has recovered. */
static void test_recovered(void **state)
{
	struct made m = { 0 };

	(void)state;
	call(&m, ALLOC);
	compare_zero(&m, RESULT);
	branch(&m, COND_NE, 8);
	call(&m, ALLOC);
	compare_zero(&m, RESULT);
	branch(&m, COND_EQ, 8);
	load_text(&m);
	call(&m, PRINT);
	step(&m, OP_RETURN);
	run(&m, 1000);
	assert_int_equal(parts(&m), PART_BIT(PART_RECOVERED));
	end(&m);
}

/* x->a = alloc(), x->b = alloc(); if (!x->a) if (x->b) print(text): the second
 * was not made because the first had failed. */
static void test_beside(void **state)
{
	struct made m = { 0 };

	(void)state;
	call(&m, ALLOC);
	memory(&m, OP_STORE, RESULT, 16);
	call(&m, ALLOC);
	memory(&m, OP_STORE, RESULT, 24);
	memory(&m, OP_LOAD, RESULT, 16);
	compare_zero(&m, RESULT);
	branch(&m, COND_NE, 12);
	memory(&m, OP_LOAD, RESULT, 24);
	compare_zero(&m, RESULT);
	branch(&m, COND_EQ, 12);
	load_text(&m);
	call(&m, PRINT);
	step(&m, OP_RETURN);
	run(&m, 1000);
	assert_int_equal(parts(&m), PART_BIT(PART_BESIDE));
	end(&m);
}

/* if (make() < 0) print(text), of 4 bytes. */
static void test_constructor(void **state)
{
	struct made m = { 0 };

	(void)state;
	call(&m, MAKE);
	compare_zero(&m, RESULT);
	m.insns[1].size = 4;
	branch(&m, COND_GE, 5);
	load_text(&m);
	call(&m, PRINT);
	step(&m, OP_RETURN);
	run(&m, 1000);
	assert_int_equal(parts(&m), PART_BIT(PART_CONSTRUCTOR));
	end(&m);
}

/* Two branches on the same flags go the same way. */
static void test_same_flags(void **state)
{
	struct made m = { 0 };

	(void)state;
	call(&m, ALLOC);
	compare_zero(&m, RESULT);
	branch(&m, COND_NE, 4);
	step(&m, OP_NOP);
	branch(&m, COND_NE, 7);
	load_text(&m);
	call(&m, PRINT);
	step(&m, OP_RETURN);
	run(&m, 1000);
	assert_int_equal(parts(&m), PART_BIT(PART_ALLOCATION));
	end(&m);
}

/* After a WARN() it is an error's path. */
static void test_warning(void **state)
{
	struct made m = { 0 };

	(void)state;
	step(&m, OP_TRAP);
	load_text(&m);
	call(&m, PRINT);
	step(&m, OP_RETURN);
	run(&m, 1000);
	assert_int_equal(parts(&m), PART_BIT(PART_WARNED));
	end(&m);
}

/* What is returned, by part. */
static void test_returned(void **state)
{
	struct made m = { 0 };
	const struct values *v;
	const struct atom *a;

	(void)state;
	call(&m, ALLOC);
	compare_zero(&m, RESULT);
	branch(&m, COND_EQ, 5);
	number(&m, 0);
	step(&m, OP_RETURN);
	number(&m, 0xfffffff4);
	step(&m, OP_RETURN);
	run(&m, 1000);
	v = flow_values(m.flow);
	assert_int_equal(m.r->returned[PART_ALLOCATION].count, 1);
	a = &v->atoms[m.r->returned[PART_ALLOCATION].atoms[0]];
	assert_int_equal(a->kind, ATOM_CONST);
	assert_int_equal(a->v, 0xfffffff4);
	assert_int_equal(m.r->returned[PART_NORMAL].count, 1);
	assert_false(m.r->returned[PART_NORMAL].any);
	assert_true(m.r->returns);
	end(&m);
}

/* A loop ends; too few visits cut it off. */
static void test_bounds(void **state)
{
	struct made m = { 0 };

	(void)state;
	call(&m, ANYTHING);
	compare_zero(&m, RESULT);
	branch(&m, COND_NE, 0);
	step(&m, OP_RETURN);
	run(&m, 1000);
	assert_false(m.r->cut_off);
	end(&m);
	run(&m, 1);
	assert_true(m.r->cut_off);
	end(&m);
}

static void test_reach(void **state)
{
	struct made m = { 0 };
	uint64_t print;
	uint32_t block;

	(void)state;
	call(&m, ALLOC);
	compare_zero(&m, RESULT);
	branch(&m, COND_NE, 5);
	load_text(&m);
	call(&m, PRINT);
	step(&m, OP_RETURN);
	run(&m, 1000);
	block = flow_block_of(m.flow, 4);
	print = (uint64_t)1 << block;
	assert_true(flow_reaches(m.flow, PART_NORMAL, &print));
	assert_true(flow_leaves_without(m.flow, PART_NORMAL, &print));
	assert_false(flow_leaves_without(m.flow, m.r->failures[0].to, &print));
	end(&m);
}

static void test_largest_size(void **state)
{
	(void)state;
	assert_true(is_largest_size(UINT64_MAX / 24, 8));
	assert_true(is_largest_size(INT64_MAX / 24, 8));
	assert_true(is_largest_size(UINT32_MAX / 12, 4));
	assert_false(is_largest_size(UINT64_MAX, 8));
	assert_false(is_largest_size(0xffff888000001000, 8));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_failed_alone),
		cmocka_unit_test(test_printed_always),
		cmocka_unit_test(test_field_tested_later),
		cmocka_unit_test(test_other_field),
		cmocka_unit_test(test_recovered),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_constructor),
		cmocka_unit_test(test_same_flags),
		cmocka_unit_test(test_warning),
		cmocka_unit_test(test_returned),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_reach),
		cmocka_unit_test(test_largest_size),
	};

	return cmocka_run_group_tests_name("code: flow", tests, NULL, NULL);
}
