/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Statements that may be inside of an output section and outside of it.
 */
#include "link/script/stmt.h"

#include <stdlib.h>

#include "support/grow.h"

struct script_stmt *script_add(struct script *s, enum stmt_kind kind)
{
	struct script_stmt *x;

	if (s->nstmts >= UINT32_MAX - 1 ||
	    grow_room((void **)&s->stmts, s->nstmts, &s->stmts_cap,
		      sizeof(*s->stmts)))
		return NULL;
	x = &s->stmts[s->nstmts++];
	*x = (struct script_stmt){
		.kind = kind,
		.secs = { UINT32_MAX, UINT32_MAX, 0 },
	};
	return x;
}

void script_odd(struct script *s, struct token t)
{
	if (!s->nodd++)
		s->odd = t;
}

/* To the ';' that ends a statement that could not be read, or before the
 * brace that ends what it is in. */
void script_skip_statement(struct script_text *t)
{
	for (;;) {
		struct token x = script_peek_name(t);

		if (!x.len || token_is(&x, "}"))
			return;
		if (token_is(&x, "(") || token_is(&x, "{"))
			script_skip_group(t);
		else
			script_name(t);
		if (token_is(&x, ";") || token_is(&x, "{"))
			return;
	}
}

int script_assignment(struct script *s, struct script_text *t,
		      struct token name, bool provide, struct err *e)
{
	struct token op = script_peek_assign(t);
	struct script_stmt *x;
	struct expr value;
	int r;

	if (!op.len)
		return 1;
	script_expr_token(t);
	r = expr_parse(&s->pool, t, &value, e);
	if (!r && !token_is(&op, "="))
		r = expr_compound(&s->pool, op, name, &value, e);
	if (r > 0) {
		script_odd(s, name);
		script_skip_statement(t);
		return 0;
	}
	if (r)
		return r;
	x = script_add(s, STMT_ASSIGN);
	if (!x)
		return err_nomem(e);
	x->name = name;
	x->value = value;
	x->provide = provide;
	script_accept(t, ";");
	return 0;
}

int script_common(struct script *s, struct script_text *t, struct token word,
		  struct err *e)
{
	struct token name;
	int r;

	if (token_is(&word, "ASSERT")) {
		script_skip_group(t);
		return 0;
	}
	if (!token_is(&word, "PROVIDE") && !token_is(&word, "HIDDEN") &&
	    !token_is(&word, "PROVIDE_HIDDEN"))
		return 1;
	if (!script_accept(t, "("))
		return 1;
	name = script_name(t);
	r = script_assignment(s, t, name, !token_is(&word, "HIDDEN"), e);
	if (r > 0)
		script_odd(s, name);
	script_accept(t, ")");
	return r < 0 ? r : 0;
}

void script_release(struct script *s)
{
	free(s->stmts);
	free(s->specs);
	free(s->lists);
	free(s->pool.code);
	*s = (struct script){ 0 };
}
