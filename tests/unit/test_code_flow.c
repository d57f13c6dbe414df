/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * code/flow: paths over steps that are written by hand, of a machine with
 * words of 8 bytes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "code/code_object.h"
#include "code/decode/machine.h"
#include "code/flow/flow.h"
#include "code/flow/largest_size.h"
#include "code/flow/reach.h"

#define STEPS 32
#define RESULT 0 /* rax */
#define ARG 7	 /* rdi */
#define KEPT 3	 /* rbx */
#define TEXT CODE_AT(2, 0)

enum { ALLOC, PRINT, MAKE, ANYTHING };

struct made {
	struct insn insns[STEPS];
	struct code_where where[STEPS];
	struct code_lifted l;
	struct cfg cfg;
	struct flow *flow;
	const struct flow_result *r;
};

static struct insn *step(struct made *m, enum op op)
{
	size_t n = m->l.ninsns++;

	m->where[n] = (struct code_where){ CODE_AT(1, n), (uint32_t)n, 1 };
	m->l.nwhere = m->l.ninsns;
	m->insns[n] = (struct insn){ .op = (uint8_t)op,
				     .size = 8,
				     .at = (uint32_t)n,
				     .mem = { .base = REG_NONE,
					      .index = REG_NONE } };
	m->l.insns = m->insns;
	m->l.where = m->where;
	return &m->insns[n];
}

static void call(struct made *m, unsigned int callee)
{
	struct insn *i = step(m, OP_CALL);

	i->target_kind = TARGET_SYMBOL;
	i->target = callee;
}

static void compare_zero(struct made *m, uint8_t reg)
{
	struct insn *i = step(m, OP_COMPARE);

	i->a = (struct operand){ .kind = OPERAND_REG, .reg = reg };
	i->b = (struct operand){ .kind = OPERAND_IMM };
}

static void branch(struct made *m, enum cond cond, uint32_t to)
{
	struct insn *i = step(m, OP_BRANCH);

	i->cond = (uint8_t)cond;
	i->target_kind = TARGET_STEP;
	i->target = to;
}

static void load_text(struct made *m)
{
	struct insn *i = step(m, OP_MOVE);

	i->dst = ARG;
	i->a = (struct operand){ .kind = OPERAND_ADDRESS,
				 .symbol = UINT32_MAX,
				 .value = TEXT };
}

static void number(struct made *m, uint64_t v)
{
	struct insn *i = step(m, OP_MOVE);

	i->dst = RESULT;
	i->a = (struct operand){ .kind = OPERAND_IMM, .value = v };
}

static void memory(struct made *m, enum op op, uint8_t reg, int64_t disp)
{
	struct insn *i = step(m, op);

	i->dst = reg;
	i->a = (struct operand){ .kind = OPERAND_REG, .reg = reg };
	i->mem = (struct memory){
		.base = KEPT, .index = REG_NONE, .scale = 1, .disp = disp
	};
}

/* ---- the world outside ---- */

static void callee(void *context, const struct insn *i, struct flow_callee *ret)
{
	static const struct outcome alloc = { .cls = OUTCOME_ALLOCATION,
					      .nfails = 1,
					      .nsuccesses = 1,
					      .successes = { { SUCCESS_POINTER,
							       0 } } };
	static const struct outcome make = { .cls = OUTCOME_CONSTRUCTOR,
					     .nfails = 1,
					     .fails = { 0xfffffff4 },
					     .nsuccesses = 1 };

	(void)context;
	ret->id = (uint32_t)i->target;
	ret->writes_nothing = i->target != ANYTHING;
	ret->outcome = i->target == ALLOC  ? &alloc
		       : i->target == MAKE ? &make
					   : NULL;
	if (i->target == PRINT)
		ret->format = 0;
}

static bool warns(void *context, uint64_t at)
{
	(void)context;
	return at % 2 == 0; /* traps at even places */
}

static bool is_text(void *context, uint64_t at, bool *ret_nested)
{
	(void)context;
	*ret_nested = false;
	return at == TEXT;
}

static void run(struct made *m, uint32_t max_visits)
{
	const struct flow_job job = { .lifted = &m->l,
				      .cfg = &m->cfg,
				      .machine = machine_of_isa(ISA_X86_64),
				      .callee = callee,
				      .warns = warns,
				      .is_text = is_text,
				      .max_visits = max_visits };

	assert_int_equal(cfg_build(&m->cfg, &m->l, NULL, 0), 0);
	m->flow = flow_new();
	assert_non_null(m->flow);
	assert_int_equal(flow_run(m->flow, &job, &m->r), 0);
}

static void end(struct made *m)
{
	flow_free(m->flow);
	cfg_release(&m->cfg);
}

/* In which parts the text is printed. */
static unsigned int parts(const struct made *m)
{
	unsigned int all = 0;

	for (size_t i = 0; i < m->r->nprints; i++)
		all |= m->r->prints[i].parts;
	return all;
}

/* ---- tests ---- */

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
