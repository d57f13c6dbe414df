/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expressions of linker scripts, read into postfix code (eval.h runs it).
 * Private to link/.
 */
#ifndef LINK_SCRIPT_EXPR_H
#define LINK_SCRIPT_EXPR_H

#include <stdbool.h>
#include <stdint.h>

#include "link/script/token.h"
#include "support/err.h"

/* Deeper nesting than any script has; more is an unreadable expression. */
#define EXPR_DEPTH 64

enum expr_op {
	OP_NUMBER,
	OP_SYMBOL,
	OP_DOT,
	/* of a name */
	OP_ADDR,
	OP_LOADADDR,
	OP_SIZEOF,
	OP_ALIGNOF,
	OP_DEFINED,
	OP_UNKNOWN, /* has no value */
	/* of one operand */
	OP_NEG,
	OP_NOT,
	OP_INVERT,
	OP_ABSOLUTE,
	OP_ALIGN_DOT,
	OP_NEXT,
	OP_LOG2CEIL,
	/* of two */
	OP_MUL,
	OP_DIV,
	OP_MOD,
	OP_ADD,
	OP_SUB,
	OP_SHL,
	OP_SHR,
	OP_LT,
	OP_GT,
	OP_LE,
	OP_GE,
	OP_EQ,
	OP_NE,
	OP_AND,
	OP_XOR,
	OP_OR,
	OP_LAND,
	OP_LOR,
	OP_ALIGN,
	OP_MAX,
	OP_MIN,
	/* of three */
	OP_COND,
};

struct expr_code {
	enum expr_op op;
	uint64_t number;
	struct token name;
};

struct expr_pool {
	struct expr_code *code;
	size_t n, cap;
};

/* A piece of the pool; n is 0 for "no expression". */
struct expr {
	size_t first, n;
	bool aligns; /* it says ALIGN somewhere */
};

/*
 * Reads the expression at s, which may end anywhere a wise script ends one.
 * 0; 1 where it cannot be read (s is then somewhere inside); negative, with e
 * filled, when memory is out.
 */
int expr_parse(struct expr_pool *pool, struct script_text *s, struct expr *ret,
	       struct err *e);
/* Adds "dot <op> expr" for ". += expr" and the like; returns as expr_parse. */
int expr_compound(struct expr_pool *pool, struct token assign,
		  struct token target, struct expr *x, struct err *e);

#endif
