/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/script/token.h"

#include <string.h>

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '$' ||
	       (unsigned char)c >= 0x80;
}

/* NUL is in every string that strchr is asked about. */
static bool is_name(char c)
{
	return is_word(c) || (c && strchr("/\\~-+:[]?*^!", c));
}

static void skip_line(struct script_text *s)
{
	const char *nl = memchr(s->p, '\n', (size_t)(s->end - s->p));

	s->p = nl ? nl + 1 : s->end;
}

static bool starts(const struct script_text *s, const char *what)
{
	size_t len = strlen(what);

	return (size_t)(s->end - s->p) >= len && !memcmp(s->p, what, len);
}

/* Passes white space, comments and the preprocessor's # lines. */
static void skip_space(struct script_text *s)
{
	while (s->p < s->end) {
		if (is_space(*s->p)) {
			s->p++;
		} else if (starts(s, "/*")) {
			const char *q = memmem(s->p + 2,
					       (size_t)(s->end - s->p) - 2,
					       "*/", 2);

			s->p = q ? q + 2 : s->end;
		} else if (*s->p == '#') {
			skip_line(s);
		} else {
			break;
		}
	}
}

static struct token take(struct script_text *s, size_t len)
{
	struct token t = { s->p, len };

	s->p += len;
	return t;
}

static struct token take_string(struct script_text *s)
{
	const char *q;
	struct token t;

	s->p++;
	q = memchr(s->p, '"', (size_t)(s->end - s->p));
	t = take(s, (size_t)((q ? q : s->end) - s->p));
	if (q)
		s->p++;
	/* An empty string must not look like the end. */
	if (!t.len)
		t = (struct token){ "\"\"", 2 };
	return t;
}

/* "name:" ends before the colon where the colon ends the word, as in
 * ".text: {"; "lib.a:file.o" goes on.  "x+=" is x and +=. */
static size_t name_length(const char *p, const char *end)
{
	const char *q = p;

	while (q < end && is_name(*q)) {
		if (q + 1 < end && q[0] == '/' && q[1] == '*' && q > p)
			break;
		q++;
	}
	if (q - p > 1 && q[-1] == ':')
		q--;
	if (q - p > 1 && q < end && *q == '=' && strchr("+-*/^", q[-1]))
		q--;
	return (size_t)(q - p);
}

struct token script_name(struct script_text *s)
{
	skip_space(s);
	if (s->p >= s->end)
		return take(s, 0);
	if (*s->p == '"')
		return take_string(s);
	if (*s->p == ':' || !is_name(*s->p))
		return take(s, 1);
	return take(s, name_length(s->p, s->end));
}

struct token script_expr_token(struct script_text *s)
{
	static const char *const operators[] = {
		"<<=", ">>=", "<<", ">>", "<=", ">=", "==", "!=", "&&",
		"||",  "+=",  "-=", "*=", "/=", "&=", "|=", "^=",
	};
	size_t len = 0;

	skip_space(s);
	if (s->p >= s->end)
		return take(s, 0);
	if (*s->p == '"')
		return take_string(s);
	/* No division: a fill may end right before this section. */
	if (starts(s, "/DISCARD/"))
		return take(s, strlen("/DISCARD/"));
	while (s->p + len < s->end && is_word(s->p[len]))
		len++;
	if (len)
		return take(s, len);
	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (starts(s, operators[i]))
			return take(s, strlen(operators[i]));
	return take(s, 1);
}

struct token script_peek_name(const struct script_text *s)
{
	struct script_text copy = *s;

	return script_name(&copy);
}

struct token script_peek_expr(const struct script_text *s)
{
	struct script_text copy = *s;

	return script_expr_token(&copy);
}

bool script_accept(struct script_text *s, const char *word)
{
	struct script_text copy = *s;
	struct token t = script_name(&copy);

	if (!t.len || !token_is(&t, word))
		return false;
	*s = copy;
	return true;
}

struct token script_peek_assign(const struct script_text *s)
{
	struct token t = script_peek_expr(s);
	char last = t.len ? t.text[t.len - 1] : '\0';

	if (last != '=' || token_is(&t, "==") || token_is(&t, "!=") ||
	    token_is(&t, "<=") || token_is(&t, ">="))
		t.len = 0;
	return t;
}

void script_skip_group(struct script_text *s)
{
	struct token t = script_peek_name(s);
	size_t depth = 0;

	if (!token_is(&t, "(") && !token_is(&t, "{"))
		return;
	do {
		t = script_name(s);
		if (token_is(&t, "(") || token_is(&t, "{"))
			depth++;
		else if (token_is(&t, ")") || token_is(&t, "}"))
			depth--;
	} while (t.len && depth);
}
