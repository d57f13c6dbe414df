/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/map/line.h"

#include <string.h>

bool linkmap_line(struct script_text *text, struct script_text *ret_line)
{
	const char *nl;

	if (text->p >= text->end)
		return false;
	nl = memchr(text->p, '\n', (size_t)(text->end - text->p));
	ret_line->p = text->p;
	ret_line->end = nl ? nl : text->end;
	text->p = nl ? nl + 1 : text->end;
	if (ret_line->end > ret_line->p && ret_line->end[-1] == '\r')
		ret_line->end--;
	return true;
}

static void skip_blanks(struct script_text *line)
{
	while (line->p < line->end && (*line->p == ' ' || *line->p == '\t'))
		line->p++;
}

struct token linkmap_word(struct script_text *line)
{
	struct token t;

	skip_blanks(line);
	t.text = line->p;
	while (line->p < line->end && *line->p != ' ' && *line->p != '\t')
		line->p++;
	t.len = (size_t)(line->p - t.text);
	return t;
}

struct token linkmap_rest(struct script_text *line)
{
	const char *end = line->end;
	struct token t;

	skip_blanks(line);
	while (end > line->p && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	t = (struct token){ line->p, (size_t)(end - line->p) };
	line->p = line->end;
	return t;
}

bool linkmap_hex(struct token word, uint64_t *ret)
{
	uint64_t v = 0;
	size_t i = 0;

	if (word.len > 2 && word.text[0] == '0' && word.text[1] == 'x')
		i = 2;
	if (i == word.len || word.len - i > 16)
		return false;
	for (; i < word.len; i++) {
		char c = word.text[i];
		unsigned int d;

		if (c >= '0' && c <= '9')
			d = (unsigned int)(c - '0');
		else if (c >= 'a' && c <= 'f')
			d = (unsigned int)(c - 'a') + 10;
		else
			return false;
		v = v << 4 | d;
	}
	*ret = v;
	return true;
}
