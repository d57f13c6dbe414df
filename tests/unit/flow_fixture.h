/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steps that are written by hand, of a machine with words of 8 bytes, for the
 * tests of code/flow.
 */
#ifndef FLOW_FIXTURE_H
#define FLOW_FIXTURE_H

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

#define UNUSED __attribute__((unused))

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
	bool only_outcome;
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

UNUSED static void call(struct made *m, unsigned int callee)
{
	struct insn *i = step(m, OP_CALL);

	i->target_kind = TARGET_SYMBOL;
	i->target = callee;
}

UNUSED static void compare_zero(struct made *m, uint8_t reg)
{
	struct insn *i = step(m, OP_COMPARE);

	i->a = (struct operand){ .kind = OPERAND_REG, .reg = reg };
	i->b = (struct operand){ .kind = OPERAND_IMM };
}

UNUSED static void branch(struct made *m, enum cond cond, uint32_t to)
{
	struct insn *i = step(m, OP_BRANCH);

	i->cond = (uint8_t)cond;
	i->target_kind = TARGET_STEP;
	i->target = to;
}

UNUSED static void load_text(struct made *m)
{
	struct insn *i = step(m, OP_MOVE);

	i->dst = ARG;
	i->a = (struct operand){ .kind = OPERAND_ADDRESS,
				 .symbol = UINT32_MAX,
				 .value = TEXT };
}

UNUSED static void number(struct made *m, uint64_t v)
{
	struct insn *i = step(m, OP_MOVE);

	i->dst = RESULT;
	i->a = (struct operand){ .kind = OPERAND_IMM, .value = v };
}

UNUSED static void memory(struct made *m, enum op op, uint8_t reg, int64_t disp)
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
				      .only_outcome = m->only_outcome,
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
UNUSED static unsigned int parts(const struct made *m)
{
	unsigned int all = 0;

	for (size_t i = 0; i < m->r->nprints; i++)
		all |= m->r->prints[i].parts;
	return all;
}

#endif
