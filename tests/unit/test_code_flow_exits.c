/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * code/flow: functions that print nothing are left as soon as they cannot
 * tell their callers any more that memory was out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flow_fixture.h"

#define INVALID 0xffffffea /* -EINVAL */
#define NOMEM 0xfffffff4

static void jump(struct made *m, uint32_t to)
{
	struct insn *i = step(m, OP_JUMP);

	i->target_kind = TARGET_STEP;
	i->target = to;
}

/* Each goes round until nothing new is learnt. */
static void loops(struct made *m, unsigned int n)
{
	while (n--) {
		uint32_t begin = (uint32_t)m->l.ninsns;

		call(m, ANYTHING);
		compare_zero(m, RESULT);
		branch(m, COND_NE, begin);
	}
}

/*
 * goto start;
 * other: return `early`;
 * failed: return -ENOMEM;
 * start: if (!alloc()) goto failed; if (anything()) goto other; loops
 * return 0;
 */
static void function(struct made *m, uint64_t early)
{
	jump(m, 5);
	number(m, early);
	step(m, OP_RETURN);
	number(m, NOMEM);
	step(m, OP_RETURN);
	call(m, ALLOC);
	compare_zero(m, RESULT);
	branch(m, COND_EQ, 3);
	call(m, ANYTHING);
	compare_zero(m, RESULT);
	branch(m, COND_NE, 1);
	loops(m, 5);
	number(m, 0);
	step(m, OP_RETURN);
}

static uint32_t visits_of(uint64_t early, bool only_outcome, bool *ret_ended)
{
	struct made m = { .only_outcome = only_outcome };
	uint32_t visits;

	function(&m, early);
	run(&m, 1000);
	assert_true(m.cfg.nblocks > 8);
	assert_true(m.r->returns);
	assert_false(m.r->cut_off);
	visits = m.r->visits;
	*ret_ended = m.r->ended;
	end(&m);
	return visits;
}

/* The nearest exits are first: that of the failure, then the other error, each
 * behind two blocks or three.  The loops are not run. */
static void test_another_error(void **state)
{
	bool ended;

	(void)state;
	assert_int_equal(visits_of(INVALID, true, &ended), 5);
	assert_true(ended);
	assert_true(visits_of(INVALID, false, &ended) > 8);
	assert_false(ended);
}

/* A number that no caller takes for an error: everything is looked at. */
static void test_no_error(void **state)
{
	struct made m = { .only_outcome = true };
	const struct values *v;
	bool ended;

	(void)state;
	assert_true(visits_of(1, true, &ended) > 8);
	assert_false(ended);
	function(&m, 1);
	run(&m, 1000);
	v = flow_values(m.flow);
	assert_int_equal(m.r->returned[PART_NORMAL].count, 2);
	assert_int_equal(m.r->returned[PART_ALLOCATION].count, 1);
	assert_int_equal(v->atoms[m.r->returned[PART_ALLOCATION].atoms[0]].v,
			 NOMEM);
	end(&m);
}

/* An error of 64 bits, and none where a word has 32. */
static void test_negative(void **state)
{
	(void)state;
	assert_true(flow_is_negative(0xfffffffffffffff4, 8));
	assert_true(flow_is_negative(INVALID, 8));
	assert_true(flow_is_negative(INVALID, 4));
	assert_false(flow_is_negative(0x7fffffff, 8));
	assert_false(flow_is_negative(0x100000000, 8));
}

/* What is bounded is bounded here, too. */
static void test_bounded(void **state)
{
	struct made m = { .only_outcome = true };

	(void)state;
	function(&m, 1);
	run(&m, 3);
	assert_true(m.r->cut_off);
	end(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_another_error),
		cmocka_unit_test(test_no_error),
		cmocka_unit_test(test_negative),
		cmocka_unit_test(test_bounded),
	};

	return cmocka_run_group_tests_name("code: flow, exits", tests, NULL,
					   NULL);
}
