/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of a linker script.  What a word is depends on where it is:
 * "a+b" is a section's name in an input statement and a sum in an
 * expression; so the reader says which it wants.  Private to link/.
 */
#ifndef LINK_SCRIPT_TOKEN_H
#define LINK_SCRIPT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

struct script_text {
	const char *p, *end;
};

struct token {
	const char *text;
	size_t len; /* 0 at the end of the script */
};

static inline bool token_is(const struct token *t, const char *word)
{
	size_t i = 0;

	while (i < t->len && word[i] && word[i] == t->text[i])
		i++;
	return i == t->len && !word[i];
}

/* The next word: a name or pattern in section statements, "a string" with
 * its quotes left out, or one mark of punctuation. */
struct token script_name(struct script_text *s);
/* The next word of an expression: a number, a symbol, an operator. */
struct token script_expr_token(struct script_text *s);

/* Either, without taking it. */
struct token script_peek_name(const struct script_text *s);
struct token script_peek_expr(const struct script_text *s);

/* Takes word where it is next. */
bool script_accept(struct script_text *s, const char *word);
/* The assignment operator that is next, not taken; len 0 for none. */
struct token script_peek_assign(const struct script_text *s);

/* At a '(' or '{': passes all to its end.  Else does nothing. */
void script_skip_group(struct script_text *s);

#endif
