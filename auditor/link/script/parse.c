/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The outer parts of a linker script: commands, SECTIONS, and the heads and
 * tails of output sections.
 */
#include "link/script/parse.h"

#include "link/script/body.h"
#include "link/script/stmt.h"

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
			  struct script_stmt *head, struct err *e)
{
	struct token word = script_name(t);
	struct expr *to = NULL, unused;
	int r;

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
	r = expr_parse(&s->pool, t, to, e);
	if (r < 0)
		return r;
	/* An odd expression must not take the section with it. */
	while (!r && !script_accept(t, ")"))
		if (!script_name(t).len)
			return 1;
	return r;
}

/* What may follow '}': >region AT>region :phdr =fill ,  */
static int section_tail(struct script *s, struct script_text *t, struct err *e)
{
	for (;;) {
		struct token x = script_peek_expr(t);
		struct expr fill;
		int r;

		if (token_is(&x, ">") || token_is(&x, ":")) {
			script_expr_token(t);
			script_name(t);
		} else if (token_is(&x, "=")) {
			script_expr_token(t);
			r = expr_parse(&s->pool, t, &fill, e);
			if (r < 0)
				return r;
			if (r > 0)
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
			return 0;
		}
	}
}

static int end_section(struct script *s, struct script_text *t, struct err *e)
{
	int r = section_tail(s, t, e);

	if (r)
		return r;
	return script_add(s, STMT_END) ? 0 : err_nomem(e);
}

/* name [address] [(TYPE)] : [AT(x)] [ALIGN(x)]... { ... } tail */
static int output_section(struct script *s, struct script_text *t,
			  struct token name, struct err *e)
{
	struct script_stmt head = { .kind = STMT_OUTPUT, .name = name };
	struct script_stmt *x;
	struct token word;
	struct expr address;
	int r;

	word = script_peek_name(t);
	if (!token_is(&word, ":") && !at_type(t)) {
		r = expr_parse(&s->pool, t, &address, e);
		if (r)
			return r;
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
		r = section_option(s, t, &head, e);
		if (r)
			return r;
	}
	head.discard = token_is(&name, "/DISCARD/");
	x = script_add(s, STMT_OUTPUT);
	if (!x)
		return err_nomem(e);
	*x = head;
	r = script_body(s, t, e);
	return r ? r : end_section(s, t, e);
}

static int overlay_member(struct script *s, struct script_text *t,
			  struct expr load, bool first, struct err *e)
{
	struct script_stmt *x = script_add(s, STMT_OUTPUT);
	struct token open;
	int r;

	if (!x)
		return err_nomem(e);
	x->name = script_name(t);
	x->overlay = true;
	x->overlay_first = first;
	x->load = load;
	open = script_peek_name(t);
	if (!token_is(&open, "{")) {
		s->nstmts--;
		return 1;
	}
	r = script_body(s, t, e);
	return r ? r : end_section(s, t, e);
}

/* OVERLAY [address] : [NOCROSSREFS] [AT(x)] { name { ... } ... } tail */
static int overlay(struct script *s, struct script_text *t, struct err *e)
{
	struct script_stmt head = { 0 };
	struct token word = script_peek_name(t);
	struct expr address;
	bool first = true;
	int r = 0;

	if (!token_is(&word, ":"))
		r = expr_parse(&s->pool, t, &address, e);
	if (r || !script_accept(t, ":"))
		return r ? r : 1;
	while (!r && !script_accept(t, "{"))
		r = script_peek_name(t).len ? section_option(s, t, &head, e)
					    : 1;
	while (!r && !script_accept(t, "}")) {
		if (!script_peek_name(t).len)
			return 1;
		r = overlay_member(s, t, head.load, first, e);
		first = false;
	}
	return r ? r : section_tail(s, t, e);
}

/* One statement of SECTIONS or of the script around it. */
static int top_statement(struct script *s, struct script_text *t, bool inside,
			 struct err *e)
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
	int r;

	if (token_is(&word, ";"))
		return 0;
	for (size_t i = 0; i < sizeof(ignored) / sizeof(*ignored); i++) {
		if (token_is(&word, ignored[i])) {
			script_skip_group(t);
			return 0;
		}
	}
	r = script_common(s, t, word, e);
	if (r > 0)
		r = script_assignment(s, t, word, false, e);
	if (r > 0 && inside)
		r = token_is(&word, "OVERLAY") ? overlay(s, t, e)
					       : output_section(s, t, word, e);
	if (r > 0) {
		script_odd(s, word);
		script_skip_statement(t);
		r = 0;
	}
	return r;
}

int script_parse(struct script *s, const char *text, size_t len, struct err *e)
{
	struct script_text t = { text, text + len };
	bool inside = false;
	int r = 0;

	*s = (struct script){ 0 };
	for (;;) {
		struct token x = script_peek_name(&t);

		if (!x.len || r)
			break;
		if (token_is(&x, "SECTIONS")) {
			script_name(&t);
			inside = script_accept(&t, "{");
		} else if (token_is(&x, "}")) {
			script_name(&t);
			inside = false;
		} else {
			r = top_statement(s, &t, inside, e);
		}
	}
	if (r)
		script_release(s);
	return r;
}
