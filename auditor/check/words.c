/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/words.h"

#include <stdbool.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/* One word at *at, of what is before end; false where a quote is not closed. */
static bool take_word(const char **at, const char *end, const char **ret,
		      size_t *ret_len)
{
	const char *p = *at;
	bool quoted = *p == '"';
	const char *start = p + quoted;

	p = start;
	while (p < end && (quoted ? *p != '"' : !is_blank(*p)))
		p++;
	*ret = start;
	*ret_len = (size_t)(p - start);
	if (quoted && (p == end || (p + 1 < end && !is_blank(p[1]))))
		return false;
	*at = p + quoted;
	return true;
}

int words_split(const char *at, size_t len, struct arena *a, struct words *ret,
		const char **ret_why, struct err *e)
{
	const char *end = at + len, *word;
	size_t n;

	*ret_why = NULL;
	ret->count = 0;
	for (;;) {
		while (at < end && is_blank(*at))
			at++;
		if (at == end || *at == '#')
			return 0;
		if (!take_word(&at, end, &word, &n))
			*ret_why =
				"a quote is not closed, or a word follows it without a blank";
		else if (!n)
			*ret_why = "a word is empty";
		else if (ret->count == WORDS_MAX)
			*ret_why = "it has too many words";
		if (*ret_why)
			return 0;
		ret->list[ret->count] = arena_strndup(a, word, n);
		if (!ret->list[ret->count])
			return err_nomem(e);
		ret->count++;
	}
}
