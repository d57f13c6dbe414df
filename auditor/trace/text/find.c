/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/find.h"

#include <string.h>

#include "support/scan.h"
#include "trace/text/event_formats.h"

#define BODY_KEYS (TEXT_BIT(KEY_SITE) | TEXT_BIT(KEY_REQ) | TEXT_BIT(KEY_ALLOC))
#define EVENT_KEYS                                                             \
	(BODY_KEYS | TEXT_BIT(KEY_PTR) | TEXT_BIT(KEY_PAGE) | TEXT_BIT(KEY_PFN))

#define VALUES_MAX 4096 /* of an event: more is never looked through */

static bool carries(const char *s, const char *end, unsigned int keys)
{
	const char *p = s, *w;
	size_t len;

	for (; p < end && (p = memchr(p, '=', (size_t)(end - p))); p++) {
		enum text_key key;

		for (w = p; w > s && scan_is_word(w[-1]); w--)
			;
		key = text_key_at(w, end, &len);
		if (key != KEY_NONE && TEXT_BIT(key) & keys)
			return true;
	}
	return false;
}

bool text_carries_event(const char *s, const char *end)
{
	return carries(s, end, EVENT_KEYS);
}

bool text_carries_own_key(const char *s, const char *end)
{
	return carries(s, end, BODY_KEYS);
}

/* `kmem:` before the name that begins at w: sets at and group. */
static bool foreign_group(const char *s, const char *w, struct text_found *f)
{
	const char *g = w - 1;

	f->at = w;
	f->group = false;
	if (w == s || w[-1] != ':')
		return false;
	while (g > s && scan_is_word(g[-1]))
		g--;
	if (g == w - 1)
		return false;
	f->group = scan_has(g, w, "kmem:", 5) || scan_has(g, w, "percpu:", 7);
	if (f->group)
		f->at = g;
	return !f->group;
}

/* The name that ends with the colon at c: is it one, of an event? */
static bool event_at(const char *s, const char *c, const char *end,
		     struct text_found *f)
{
	const char *w = c;
	bool foreign, paren;

	while (w > s && scan_is_word(w[-1]))
		w--;
	f->name = w;
	f->name_len = (size_t)(c - w);
	f->known = w < c ? text_known_event(w, f->name_len) : -1;
	if (f->known < 0)
		return false;
	f->values = scan_spaces(c + 1, end);
	f->end = end;
	foreign = foreign_group(s, w, f);
	if (end - f->values > VALUES_MAX)
		end = f->values + VALUES_MAX;
	paren = f->values < end && *f->values == '(';
	/* Probes print where they are, then what they were told to. */
	if (paren && (foreign || !text_carries_own_key(f->values, end))) {
		f->known = -1;
		return true;
	}
	return paren || text_known_key(f->values, end);
}

bool text_find_event(const char *s, const char *end, struct text_found *ret)
{
	struct text_found f;
	const char *c = s, *q;

	for (; c < end && (c = memchr(c, ':', (size_t)(end - c))); c++) {
		if (!event_at(s, c, end, &f))
			continue;
		for (q = f.at; q > s && q[-1] == ' '; q--)
			;
		/* A comment's end, of the comment that it is in. */
		if (q - s >= 2 && q[-2] == '/' && q[-1] == '*')
			for (q = f.values; (q = SCAN_FIND(q, end, "*/")); q++)
				f.end = q;
		while (f.end > f.values && f.end[-1] == ' ')
			f.end--;
		*ret = f;
		return true;
	}
	return false;
}

const char *text_values_end(const char *p, const char *end)
{
	/* Nothing that an event prints has these, nor a control character. */
	static const char foreign[] = "\"\\<`'";

	for (const char *q = p; q < end; q++) {
		if (memchr(foreign, *q, sizeof(foreign) - 1) ||
		    (unsigned char)*q < ' ')
			end = q;
	}
	for (; end > p; end--) {
		if (end - p >= 2 && ((end[-1] == '/' && end[-2] == '*') ||
				     (end[-1] == 'M' && end[-2] == '^')))
			end--;
		else if (!memchr(" },;>|$", end[-1], 7))
			break;
	}
	return end;
}

/* Where the escape sequence at p ends. */
static const char *escape_end(const char *p, const char *end)
{
	const char *q = p + 1;

	if (q == end)
		return q;
	if (*q == '(' || *q == ')')
		return end - q < 2 ? end : q + 2;
	if (*q == ']') {
		q = memchr(q, '\a', (size_t)(end - q));
		/* A title, unless an event would go with it. */
		return q && !text_carries_own_key(p, q) ? q + 1 : p + 1;
	}
	if (*q != '[')
		return q;
	for (q++; q < end && *q >= 0x20 && *q < 0x40; q++)
		;
	return q < end ? q + 1 : q;
}

size_t text_plain_blanks(char *to, const char *p, const char *end)
{
	char *at = to;

	while (p < end) {
		if (SCAN_LIT(p, end, "\xc2\xa0"))
			p++;
		*at++ = *p == '\t' || *p == '\xa0' ? ' ' : *p;
		p++;
	}
	return (size_t)(at - to);
}

size_t text_strip_escapes(char *to, const char *p, const char *end)
{
	char *at = to;

	while (p < end) {
		if (*p == '\x1b') {
			p = escape_end(p, end);
			continue;
		}
		*at++ = *p++;
	}
	return (size_t)(at - to);
}
