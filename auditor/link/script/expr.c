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
	struct err *e;
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

static int read_level(struct reader *rd, int level);

static bool accept(struct reader *rd, const char *word)
{
	struct token t = script_peek_expr(rd->s);

	if (!t.len || !token_is(&t, word))
		return false;
	script_expr_token(rd->s);
	return true;
}

static int emit(struct reader *rd, enum expr_op op, uint64_t number,
		struct token name)
{
	struct expr_pool *p = rd->pool;

	if (grow_room((void **)&p->code, p->n, &p->cap, sizeof(*p->code)))
		return err_nomem(rd->e);
	p->code[p->n++] = (struct expr_code){ op, number, name };
	if (op == OP_ALIGN || op == OP_ALIGN_DOT)
		rd->aligns = true;
	return 0;
}

static int emit_op(struct reader *rd, enum expr_op op)
{
	return emit(rd, op, 0, (struct token){ "", 0 });
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

static int read_function(struct reader *rd, const struct function *f)
{
	bool two = false;
	int r;

	if (!accept(rd, "("))
		return 1;
	if (f->name) {
		struct token name = script_name(rd->s);

		r = emit(rd, f->one, 0, name);
	} else {
		r = read_level(rd, 0);
		if (!r && accept(rd, ",")) {
			two = true;
			r = read_level(rd, 0);
		}
		if (!r)
			r = emit_op(rd, two ? f->two : f->one);
	}
	if (r)
		return r;
	return accept(rd, ")") ? 0 : 1;
}

static int read_named(struct reader *rd, struct token t)
{
	uint64_t v;

	if (t.text[0] >= '0' && t.text[0] <= '9') {
		if (!read_number(t, &v))
			return 1;
		return emit(rd, OP_NUMBER, v, t);
	}
	if (token_is(&t, "."))
		return emit(rd, OP_DOT, 0, t);
	if (token_is(&t, "SIZEOF_HEADERS"))
		return emit(rd, OP_UNKNOWN, 0, t);
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		if (token_is(&t, functions[i].word))
			return read_function(rd, &functions[i]);
	/* ASSERT(expression, message) has the expression's value. */
	if (token_is(&t, "ASSERT")) {
		int r = accept(rd, "(") ? read_level(rd, 0) : 1;

		if (r || !accept(rd, ","))
			return r ? r : 1;
		script_name(rd->s);
		return accept(rd, ")") ? 0 : 1;
	}
	return emit(rd, OP_SYMBOL, 0, t);
}

static int read_unary(struct reader *rd)
{
	struct token t = script_peek_expr(rd->s);
	enum expr_op op;
	int r;

	/* What ends the statement is left for whoever looks for its end. */
	if (!t.len || rd->depth >= EXPR_DEPTH ||
	    strchr("),;{}=<>&|^?:*/%", t.text[0]))
		return 1;
	script_expr_token(rd->s);
	if (token_is(&t, "("))
		return (r = read_level(rd, 0)) ? r : accept(rd, ")") ? 0 : 1;
	if (token_is(&t, "+"))
		op = OP_DOT; /* none */
	else if (token_is(&t, "-"))
		op = OP_NEG;
	else if (token_is(&t, "!"))
		op = OP_NOT;
	else if (token_is(&t, "~"))
		op = OP_INVERT;
	else
		return read_named(rd, t);
	rd->depth++;
	r = read_unary(rd);
	rd->depth--;
	if (r || op == OP_DOT)
		return r;
	return emit_op(rd, op);
}

static const struct binary *peek_binary(const struct reader *rd)
{
	struct token t = script_peek_expr(rd->s);

	for (size_t i = 0; i < sizeof(binaries) / sizeof(*binaries); i++)
		if (token_is(&t, binaries[i].word))
			return &binaries[i];
	return NULL;
}

static int read_binaries(struct reader *rd, int level)
{
	const struct binary *b;
	int r = read_unary(rd);

	while (!r && (b = peek_binary(rd)) && b->level >= level) {
		script_expr_token(rd->s);
		r = read_level(rd, b->level + 1);
		if (!r)
			r = emit_op(rd, b->op);
	}
	return r;
}

/* Levels 0 and 1 take a?b:c, too. */
static int read_level(struct reader *rd, int level)
{
	int r;

	if (rd->depth >= EXPR_DEPTH)
		return 1;
	rd->depth++;
	r = read_binaries(rd, level);
	if (!r && level <= 1 && accept(rd, "?")) {
		r = read_level(rd, 0);
		if (!r && !accept(rd, ":"))
			r = 1;
		if (!r)
			r = read_level(rd, 1);
		if (!r)
			r = emit_op(rd, OP_COND);
	}
	rd->depth--;
	return r;
}

int expr_parse(struct expr_pool *pool, struct script_text *s, struct expr *ret,
	       struct err *e)
{
	struct reader rd = { .pool = pool, .s = s, .e = e };
	size_t first = pool->n;
	int r = read_level(&rd, 0);

	if (r > 0)
		pool->n = first;
	if (r)
		return r;
	*ret = (struct expr){ first, pool->n - first, rd.aligns };
	return 0;
}

int expr_compound(struct expr_pool *pool, struct token assign,
		  struct token target, struct expr *x, struct err *e)
{
	struct reader rd = { .pool = pool, .aligns = x->aligns, .e = e };
	struct token op = { assign.text, assign.len - 1 };
	size_t first = pool->n;

	int r;

	for (size_t i = 0; i < sizeof(binaries) / sizeof(*binaries); i++) {
		if (!token_is(&op, binaries[i].word))
			continue;
		r = emit(&rd, token_is(&target, ".") ? OP_DOT : OP_SYMBOL, 0,
			 target);
		for (size_t k = x->first; !r && k < x->first + x->n; k++)
			r = emit(&rd, pool->code[k].op, pool->code[k].number,
				 pool->code[k].name);
		if (!r)
			r = emit_op(&rd, binaries[i].op);
		if (r)
			return r;
		*x = (struct expr){ first, pool->n - first, rd.aligns };
		return 0;
	}
	return 1;
}
