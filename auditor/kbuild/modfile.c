/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/modfile.h"

#include "kbuild/path.h"

void mod_start(struct mod_reader *r, const char *buf, size_t len)
{
	*r = (struct mod_reader){ .p = buf, .end = buf + len };
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool next_word(struct mod_reader *r)
{
	while (r->p < r->end && is_space(*r->p))
		r->p++;
	r->word = r->p;
	while (r->p < r->end && !is_space(*r->p))
		r->p++;
	r->len = (size_t)(r->p - r->word);
	return r->len > 0;
}

bool mod_next(struct mod_reader *r)
{
	while (next_word(r)) {
		if (path_ends(r->word, r->len, ".o") ||
		    path_ends(r->word, r->len, ".a"))
			return true;
	}
	return false;
}

bool order_next(struct mod_reader *r)
{
	while (next_word(r)) {
		size_t tail = path_ends(r->word, r->len, ".ko")	 ? 3
			      : path_ends(r->word, r->len, ".o") ? 2
								 : 0;

		if (tail && r->len > tail) {
			r->len -= tail;
			return true;
		}
	}
	return false;
}
