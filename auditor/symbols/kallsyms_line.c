/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/kallsyms_line.h"

#include <string.h>

#include "model/site_text.h"

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

static const char *word_end(const char *p, const char *end)
{
	while (p < end && *p != ' ' && *p != '\t' && *p != '\r')
		p++;
	return p;
}

/* Only code is compared: data may move on its own (per CPU, absolute). */
static bool is_code(char type)
{
	return memchr("tTwW", type, 4) != NULL;
}

/* `address [type] name[ [module]]`; false: another line, or no code. */
static bool parse_line(const char *p, const char *end,
		       struct kallsyms_line *ret)
{
	size_t digits = site_text_hex(p, end, &ret->addr);
	const char *next, *stop;

	p += digits;
	if (!digits || p == end || (*p != ' ' && *p != '\t'))
		return false;
	p = skip_blanks(p, end);
	stop = word_end(p, end);
	next = skip_blanks(stop, end);
	if (stop - p == 1 && next < end && *next != '[' && *next != '\r') {
		if (!is_code(*p))
			return false;
		p = next;
		stop = word_end(p, end);
		next = skip_blanks(stop, end);
	}
	ret->name = p;
	ret->name_len = (size_t)(stop - p);
	ret->module = NULL;
	if (next < end && *next == '[') {
		stop = memchr(next, ']', (size_t)(end - next));
		if (!stop)
			return false;
		ret->module = next + 1;
		ret->module_len = (size_t)(stop - next - 1);
	}
	return ret->name_len > 0;
}

bool kallsyms_next(const char **p, const char *end, struct kallsyms_line *ret)
{
	while (*p < end) {
		const char *start = *p;
		const char *stop = memchr(start, '\n', (size_t)(end - start));

		if (!stop)
			stop = end;
		*p = stop < end ? stop + 1 : end;
		if (parse_line(start, stop, ret))
			return true;
	}
	return false;
}
