/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading expressions.  Precedence climbing: the C operators, loosest 1.
 */
#include "link/script/expr.h"

#include <string.h>

#include "support/grow.h"

struct reader {
	struct expr_pool *pool;
	struct script_text *s;
	int depth;
	bool aligns;
};

static const struct binary {
	const char *word;
	enum expr_op op;
	int level;
} binaries[] = {
	{ "||", OP_LOR, 2 }, { "&&", OP_LAND, 3 }, { "|", OP_OR, 4 },
	{ "^", OP_XOR, 5 },  { "&", OP_AND, 6 },   { "==", OP_EQ, 7 },
	{ "!=", OP_NE, 7 },  { "<", OP_LT, 8 },	   { ">", OP_GT, 8 },
	{ "<=", OP_LE, 8 },  { ">=", OP_GE, 8 },   { "<<", OP_SHL, 9 },
	{ ">>", OP_SHR, 9 }, { "+", OP_ADD, 10 },  { "-", OP_SUB, 10 },
	{ "*", OP_MUL, 11 }, { "/", OP_DIV, 11 },  { "%", OP_MOD, 11 },
};

static const struct function {
	const char *word;
	enum expr_op one, two; /* with one argument, with two */
	bool name;	       /* the argument is a name */
} functions[] = {
	{ "ADDR", OP_ADDR, OP_UNKNOWN, true },
	{ "LOADADDR", OP_LOADADDR, OP_UNKNOWN, true },
	{ "SIZEOF", OP_SIZEOF, OP_UNKNOWN, true },
	{ "ALIGNOF", OP_ALIGNOF, OP_UNKNOWN, true },
	{ "DEFINED", OP_DEFINED, OP_UNKNOWN, true },
	{ "ABSOLUTE", OP_ABSOLUTE, OP_UNKNOWN, false },
	{ "ALIGN", OP_ALIGN_DOT, OP_ALIGN, false },
	{ "BLOCK", OP_ALIGN_DOT, OP_UNKNOWN, false },
	{ "NEXT", OP_ALIGN_DOT, OP_UNKNOWN, false },
	{ "LOG2CEIL", OP_LOG2CEIL, OP_UNKNOWN, false },
	{ "MAX", OP_UNKNOWN, OP_MAX, false },
	{ "MIN", OP_UNKNOWN, OP_MIN, false },
	/* Of a fixed layout only the first is needed: the image says where
	 * things are. */
	{ "DATA_SEGMENT_ALIGN", OP_UNKNOWN, OP_UNKNOWN, false },
	{ "DATA_SEGMENT_END", OP_ABSOLUTE, OP_UNKNOWN, false },
	{ "ORIGIN", OP_UNKNOWN, OP_UNKNOWN, true },
	{ "LENGTH", OP_UNKNOWN, OP_UNKNOWN, true },
	{ "CONSTANT", OP_UNKNOWN, OP_UNKNOWN, true },
};

static int read_level(struct reader *r, int level);

static bool accept(struct reader *r, const char *word)
{
	struct token t = script_peek_expr(r->s);

	if (!t.len || !token_is(&t, word))
		return false;
	script_expr_token(r->s);
	return true;
}

static int emit(struct reader *r, enum expr_op op, uint64_t number,
		struct token name)
{
	struct expr_pool *p = r->pool;

	if (grow_room((void **)&p->code, p->n, &p->cap, sizeof(*p->code)))
		return -1;
	p->code[p->n++] = (struct expr_code){ op, number, name };
	if (op == OP_ALIGN || op == OP_ALIGN_DOT)
		r->aligns = true;
	return 0;
}

static int emit_op(struct reader *r, enum expr_op op)
{
	return emit(r, op, 0, (struct token){ "", 0 });
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

/* 12, 012, 0xff, 4K, 2M; false where the word is something else. */
static bool read_number(struct token t, uint64_t *ret)
{
	uint64_t v = 0;
	int base = 10;
	size_t i = 0;

	if (t.len > 2 && t.text[0] == '0' && (t.text[1] | 32) == 'x') {
		base = 16;
		i = 2;
	} else if (t.len > 1 && t.text[0] == '0') {
		base = 8;
	}
	for (; i < t.len && digit(t.text[i]) < base; i++)
		v = v * (unsigned int)base + (unsigned int)digit(t.text[i]);
	if (i + 1 == t.len && (t.text[i] | 32) == 'k')
		v <<= 10;
	else if (i + 1 == t.len && (t.text[i] | 32) == 'm')
		v <<= 20;
	else if (i != t.len)
		return false;
	*ret = v;
	return true;
}

static int read_function(struct reader *r, const struct function *f)
{
	bool two = false;
	int rc;

	if (!accept(r, "("))
		return 1;
	if (f->name) {
		struct token name = script_name(r->s);

		rc = emit(r, f->one, 0, name);
	} else {
		rc = read_level(r, 0);
		if (!rc && accept(r, ",")) {
			two = true;
			rc = read_level(r, 0);
		}
		if (!rc)
			rc = emit_op(r, two ? f->two : f->one);
	}
	if (rc)
		return rc;
	return accept(r, ")") ? 0 : 1;
}

static int read_named(struct reader *r, struct token t)
{
	uint64_t v;

	if (t.text[0] >= '0' && t.text[0] <= '9') {
		if (!read_number(t, &v))
			return 1;
		return emit(r, OP_NUMBER, v, t);
	}
	if (token_is(&t, "."))
		return emit(r, OP_DOT, 0, t);
	if (token_is(&t, "SIZEOF_HEADERS"))
		return emit(r, OP_UNKNOWN, 0, t);
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		if (token_is(&t, functions[i].word))
			return read_function(r, &functions[i]);
	/* ASSERT(expression, message) has the expression's value. */
	if (token_is(&t, "ASSERT")) {
		int rc = accept(r, "(") ? read_level(r, 0) : 1;

		if (rc || !accept(r, ","))
			return rc ? rc : 1;
		script_name(r->s);
		return accept(r, ")") ? 0 : 1;
	}
	return emit(r, OP_SYMBOL, 0, t);
}

static int read_unary(struct reader *r)
{
	struct token t = script_peek_expr(r->s);
	enum expr_op op;
	int rc;

	/* What ends the statement is left for whoever looks for its end. */
	if (!t.len || r->depth >= EXPR_DEPTH ||
	    strchr("),;{}=<>&|^?:*/%", t.text[0]))
		return 1;
	script_expr_token(r->s);
	if (token_is(&t, "("))
		return (rc = read_level(r, 0)) ? rc : accept(r, ")") ? 0 : 1;
	if (token_is(&t, "+"))
		op = OP_DOT; /* none */
	else if (token_is(&t, "-"))
		op = OP_NEG;
	else if (token_is(&t, "!"))
		op = OP_NOT;
	else if (token_is(&t, "~"))
		op = OP_INVERT;
	else
		return read_named(r, t);
	r->depth++;
	rc = read_unary(r);
	r->depth--;
	if (rc || op == OP_DOT)
		return rc;
	return emit_op(r, op);
}

static const struct binary *peek_binary(const struct reader *r)
{
	struct token t = script_peek_expr(r->s);

	for (size_t i = 0; i < sizeof(binaries) / sizeof(*binaries); i++)
		if (token_is(&t, binaries[i].word))
			return &binaries[i];
	return NULL;
}

static int read_binaries(struct reader *r, int level)
{
	const struct binary *b;
	int rc = read_unary(r);

	while (!rc && (b = peek_binary(r)) && b->level >= level) {
		script_expr_token(r->s);
		rc = read_level(r, b->level + 1);
		if (!rc)
			rc = emit_op(r, b->op);
	}
	return rc;
}

/* Levels 0 and 1 take a?b:c, too. */
static int read_level(struct reader *r, int level)
{
	int rc;

	if (r->depth >= EXPR_DEPTH)
		return 1;
	r->depth++;
	rc = read_binaries(r, level);
	if (!rc && level <= 1 && accept(r, "?")) {
		rc = read_level(r, 0);
		if (!rc && !accept(r, ":"))
			rc = 1;
		if (!rc)
			rc = read_level(r, 1);
		if (!rc)
			rc = emit_op(r, OP_COND);
	}
	r->depth--;
	return rc;
}

int expr_parse(struct expr_pool *pool, struct script_text *s, struct expr *ret)
{
	struct reader r = { .pool = pool, .s = s };
	size_t first = pool->n;
	int rc = read_level(&r, 0);

	if (rc > 0)
		pool->n = first;
	if (rc)
		return rc;
	*ret = (struct expr){ first, pool->n - first, r.aligns };
	return 0;
}

int expr_compound(struct expr_pool *pool, struct token assign,
		  struct token target, struct expr *x)
{
	struct reader r = { .pool = pool, .aligns = x->aligns };
	struct token op = { assign.text, assign.len - 1 };
	size_t first = pool->n;

	for (size_t i = 0; i < sizeof(binaries) / sizeof(*binaries); i++) {
		if (!token_is(&op, binaries[i].word))
			continue;
		if (emit(&r, token_is(&target, ".") ? OP_DOT : OP_SYMBOL, 0,
			 target))
			return -1;
		for (size_t k = x->first; k < x->first + x->n; k++)
			if (emit(&r, pool->code[k].op, pool->code[k].number,
				 pool->code[k].name))
				return -1;
		if (emit_op(&r, binaries[i].op))
			return -1;
		*x = (struct expr){ first, pool->n - first, r.aligns };
		return 0;
	}
	return 1;
}
