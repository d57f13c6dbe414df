/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The outer parts of a linker script: commands, SECTIONS, and the heads and
 * tails of output sections.
 */
#include "link/script/script.h"

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
static void skip_statement(struct script_text *t)
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
		      struct token name, bool provide)
{
	struct token op = script_peek_assign(t);
	struct script_stmt *x;
	struct expr value;
	int rc;

	if (!op.len)
		return 1;
	script_expr_token(t);
	rc = expr_parse(&s->pool, t, &value);
	if (!rc && !token_is(&op, "="))
		rc = expr_compound(&s->pool, op, name, &value);
	if (rc > 0) {
		script_odd(s, name);
		skip_statement(t);
		return 0;
	}
	if (rc)
		return -1;
	x = script_add(s, STMT_ASSIGN);
	if (!x)
		return -1;
	x->name = name;
	x->value = value;
	x->provide = provide;
	script_accept(t, ";");
	return 0;
}

int script_common(struct script *s, struct script_text *t, struct token word)
{
	struct token name;
	int rc;

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
	rc = script_assignment(s, t, name, !token_is(&word, "HIDDEN"));
	if (rc > 0)
		script_odd(s, name);
	script_accept(t, ")");
	return rc < 0 ? rc : 0;
}

/* "(NOLOAD)" and the other types. */
static bool at_type(const struct script_text *t)
{
	static const char *const types[] = {
		"NOLOAD",  "DSECT",    "COPY", "INFO",
		"OVERLAY", "READONLY", "TYPE",
	};
	struct script_text copy = *t;
	struct token x;

	if (!script_accept(&copy, "("))
		return false;
	x = script_name(&copy);
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (token_is(&x, types[i]))
			return true;
	return token_is(&x, ")");
}

/* "ALIGN(n)" and the like between ':' and '{'. */
static int section_option(struct script *s, struct script_text *t,
			  struct script_stmt *head)
{
	struct token word = script_name(t);
	struct expr *to = NULL, unused;
	int rc;

	if (token_is(&word, "AT"))
		to = &head->load;
	else if (token_is(&word, "SUBALIGN"))
		to = &head->subalign;
	else if (token_is(&word, "ALIGN"))
		to = &unused; /* the image says where the section is */
	if (!to)
		return 0;
	if (!script_accept(t, "("))
		return 1;
	rc = expr_parse(&s->pool, t, to);
	if (rc < 0)
		return rc;
	/* An odd expression must not take the section with it. */
	while (!rc && !script_accept(t, ")"))
		if (!script_name(t).len)
			return 1;
	return rc;
}

/* What may follow '}': >region AT>region :phdr =fill ,  */
static void section_tail(struct script *s, struct script_text *t)
{
	for (;;) {
		struct token x = script_peek_expr(t);
		struct expr fill;

		if (token_is(&x, ">") || token_is(&x, ":")) {
			script_expr_token(t);
			script_name(t);
		} else if (token_is(&x, "=")) {
			script_expr_token(t);
			if (expr_parse(&s->pool, t, &fill))
				script_odd(s, x);
		} else if (token_is(&x, ",")) {
			script_expr_token(t);
		} else if (token_is(&x, "AT")) {
			script_expr_token(t);
			if (script_accept(t, ">"))
				script_name(t);
			else
				script_skip_group(t);
		} else {
			return;
		}
	}
}

static int end_section(struct script *s, struct script_text *t)
{
	section_tail(s, t);
	return script_add(s, STMT_END) ? 0 : -1;
}

/* name [address] [(TYPE)] : [AT(x)] [ALIGN(x)]... { ... } tail */
static int output_section(struct script *s, struct script_text *t,
			  struct token name)
{
	struct script_stmt head = { .kind = STMT_OUTPUT, .name = name };
	struct script_stmt *x;
	struct token word;
	struct expr address;
	int rc;

	word = script_peek_name(t);
	if (!token_is(&word, ":") && !at_type(t)) {
		rc = expr_parse(&s->pool, t, &address);
		if (rc)
			return rc;
	}
	if (at_type(t))
		script_skip_group(t);
	if (!script_accept(t, ":"))
		return 1;
	for (;;) {
		word = script_peek_name(t);
		if (token_is(&word, "{"))
			break;
		if (!word.len || token_is(&word, "}"))
			return 1;
		rc = section_option(s, t, &head);
		if (rc)
			return rc;
	}
	head.discard = token_is(&name, "/DISCARD/");
	x = script_add(s, STMT_OUTPUT);
	if (!x)
		return -1;
	*x = head;
	rc = script_body(s, t);
	return rc ? rc : end_section(s, t);
}

static int overlay_member(struct script *s, struct script_text *t,
			  struct expr load, bool first)
{
	struct script_stmt *x = script_add(s, STMT_OUTPUT);
	struct token open;

	if (!x)
		return -1;
	x->name = script_name(t);
	x->overlay = true;
	x->overlay_first = first;
	x->load = load;
	open = script_peek_name(t);
	if (!token_is(&open, "{")) {
		s->nstmts--;
		return 1;
	}
	return script_body(s, t) ? -1 : end_section(s, t);
}

/* OVERLAY [address] : [NOCROSSREFS] [AT(x)] { name { ... } ... } tail */
static int overlay(struct script *s, struct script_text *t)
{
	struct script_stmt head = { 0 };
	struct token word = script_peek_name(t);
	struct expr address;
	bool first = true;
	int rc = 0;

	if (!token_is(&word, ":"))
		rc = expr_parse(&s->pool, t, &address);
	if (rc || !script_accept(t, ":"))
		return rc ? rc : 1;
	while (!rc && !script_accept(t, "{"))
		rc = script_peek_name(t).len ? section_option(s, t, &head) : 1;
	while (!rc && !script_accept(t, "}")) {
		if (!script_peek_name(t).len)
			return 1;
		rc = overlay_member(s, t, head.load, first);
		first = false;
	}
	if (!rc)
		section_tail(s, t);
	return rc;
}

/* One statement of SECTIONS or of the script around it. */
static int top_statement(struct script *s, struct script_text *t, bool inside)
{
	static const char *const ignored[] = {
		"OUTPUT_FORMAT",  "OUTPUT_ARCH",
		"OUTPUT",	  "ENTRY",
		"SEARCH_DIR",	  "INPUT",
		"GROUP",	  "STARTUP",
		"TARGET",	  "EXTERN",
		"VERSION",	  "PHDRS",
		"MEMORY",	  "NOCROSSREFS",
		"NOCROSSREFS_TO", "FORCE_COMMON_ALLOCATION",
		"INSERT",	  "INHIBIT_COMMON_ALLOCATION",
		"LD_FEATURE",	  "REGION_ALIAS",
	};
	struct token word = script_name(t);
	int rc;

	if (token_is(&word, ";"))
		return 0;
	for (size_t i = 0; i < sizeof(ignored) / sizeof(*ignored); i++) {
		if (token_is(&word, ignored[i])) {
			script_skip_group(t);
			return 0;
		}
	}
	rc = script_common(s, t, word);
	if (rc > 0)
		rc = script_assignment(s, t, word, false);
	if (rc > 0 && inside)
		rc = token_is(&word, "OVERLAY") ? overlay(s, t)
						: output_section(s, t, word);
	if (rc > 0) {
		script_odd(s, word);
		skip_statement(t);
		rc = 0;
	}
	return rc;
}

int script_parse(struct script *s, const char *text, size_t len)
{
	struct script_text t = { text, text + len };
	bool inside = false;
	int rc = 0;

	*s = (struct script){ 0 };
	for (;;) {
		struct token x = script_peek_name(&t);

		if (!x.len || rc)
			break;
		if (token_is(&x, "SECTIONS")) {
			script_name(&t);
			inside = script_accept(&t, "{");
		} else if (token_is(&x, "}")) {
			script_name(&t);
			inside = false;
		} else {
			rc = top_statement(s, &t, inside);
		}
	}
	if (rc)
		script_release(s);
	return rc;
}

void script_release(struct script *s)
{
	free(s->stmts);
	free(s->specs);
	free(s->lists);
	free(s->pool.code);
	*s = (struct script){ 0 };
}
