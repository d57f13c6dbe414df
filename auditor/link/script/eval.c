/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Running expressions.
 */
#include "link/script/eval.h"

/* An operand waits on the stack for each level that was open while reading:
 * at most two for each of them, and the third of a condition. */
#define STACK (EXPR_DEPTH * 3 + 4)

static uint64_t align_up(uint64_t v, uint64_t align)
{
	return align > 1 ? (v + align - 1) / align * align : v;
}

static uint64_t log2_ceil(uint64_t v)
{
	uint64_t n = 0;

	while (n < 63 && ((uint64_t)1 << n) < v)
		n++;
	return n;
}

static uint64_t divide(int64_t a, int64_t b, bool want_rest)
{
	/* INT64_MIN / -1 traps. */
	if (b == -1)
		return want_rest ? 0 : 0 - (uint64_t)a;
	return (uint64_t)(want_rest ? a % b : a / b);
}

static uint64_t compute(enum expr_op op, uint64_t a, uint64_t b)
{
	switch (op) {
	case OP_MUL:
		return a * b;
	case OP_DIV:
		return divide((int64_t)a, (int64_t)b, false);
	case OP_MOD:
		return divide((int64_t)a, (int64_t)b, true);
	case OP_ADD:
		return a + b;
	case OP_SUB:
		return a - b;
	case OP_SHL:
		return b < 64 ? a << b : 0;
	case OP_SHR:
		return b < 64 ? a >> b : 0;
	case OP_LT:
		return a < b;
	case OP_GT:
		return a > b;
	case OP_LE:
		return a <= b;
	case OP_GE:
		return a >= b;
	case OP_EQ:
		return a == b;
	case OP_NE:
		return a != b;
	case OP_AND:
		return a & b;
	case OP_XOR:
		return a ^ b;
	case OP_OR:
		return a | b;
	case OP_LAND:
		return a && b;
	case OP_LOR:
		return a || b;
	case OP_ALIGN:
		return align_up(a, b);
	case OP_MAX:
		return a > b ? a : b;
	case OP_MIN:
		return a < b ? a : b;
	default:
		return 0;
	}
}

static struct expr_value binary(enum expr_op op, struct expr_value a,
				struct expr_value b)
{
	struct expr_value r = { 0, a.known && b.known, false };
	bool compares = (op >= OP_LT && op <= OP_NE) || op == OP_LAND ||
			op == OP_LOR;

	if ((op == OP_DIV || op == OP_MOD) && !b.v)
		r.known = false;
	if (!r.known)
		return r;
	r.v = compute(op, a.v, b.v);
	/* The difference of two addresses is a number again; whatever else
	 * an address is part of is one, too. */
	if (!compares)
		r.address = op == OP_SUB ? a.address != b.address
					 : a.address || b.address;
	return r;
}

static struct expr_value unary(enum expr_op op, struct expr_value a,
			       uint64_t dot)
{
	switch (op) {
	case OP_NEG:
		a.v = 0 - a.v;
		break;
	case OP_NOT:
		a.v = !a.v;
		a.address = false;
		break;
	case OP_INVERT:
		a.v = ~a.v;
		break;
	case OP_ABSOLUTE:
		a.address = true;
		break;
	case OP_ALIGN_DOT:
		a.v = align_up(dot, a.v);
		a.address = true;
		break;
	case OP_LOG2CEIL:
		a.v = log2_ceil(a.v);
		a.address = false;
		break;
	default:
		a.known = false;
	}
	return a;
}

static struct expr_value leaf(const struct expr_code *c,
			      const struct expr_names *names)
{
	switch (c->op) {
	case OP_NUMBER:
		return (struct expr_value){ c->number, true, false };
	case OP_DOT:
		return (struct expr_value){ names->dot, true, true };
	case OP_SYMBOL:
		return names->symbol(names->ctx, c->name);
	case OP_UNKNOWN:
		return (struct expr_value){ 0, false, false };
	default:
		return names->query(names->ctx, c->op, c->name);
	}
}

struct expr_value expr_eval(const struct expr_pool *pool, struct expr x,
			    const struct expr_names *names)
{
	struct expr_value stack[STACK];
	struct expr_value none = { 0, false, false };
	size_t n = 0;

	for (size_t i = x.first; i < x.first + x.n; i++) {
		const struct expr_code *c = &pool->code[i];

		if (c->op < OP_NEG && n < STACK) {
			stack[n++] = leaf(c, names);
		} else if (c->op >= OP_NEG && c->op < OP_MUL && n >= 1) {
			stack[n - 1] = unary(c->op, stack[n - 1], names->dot);
		} else if (c->op >= OP_MUL && c->op < OP_COND && n >= 2) {
			stack[n - 2] = binary(c->op, stack[n - 2],
					      stack[n - 1]);
			n--;
		} else if (c->op == OP_COND && n >= 3) {
			if (!stack[n - 3].known)
				stack[n - 3] = none;
			else
				stack[n - 3] = stack[n - 3].v ? stack[n - 2]
							      : stack[n - 1];
			n -= 2;
		} else {
			return none;
		}
	}
	return n == 1 ? stack[0] : none;
}
