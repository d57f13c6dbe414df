/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/site_text.h"

#include <string.h>

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

size_t site_text_hex(const char *s, const char *end, uint64_t *ret)
{
	const char *p = s;
	uint64_t v = 0;

	for (; p < end && digit(*p) >= 0; p++) {
		if (v >> 60)
			return 0;
		v = v << 4 | (uint64_t)digit(*p);
	}
	if (p > s)
		*ret = v;
	return (size_t)(p - s);
}

/* `MARK0xHEX` at *p; false: it is not there, and *p stays. */
static bool take_number(const char **p, const char *end, char mark,
			uint64_t *ret)
{
	const char *s = *p;
	size_t n;

	if (end - s < 4 || s[0] != mark || s[1] != '0' || s[2] != 'x')
		return false;
	n = site_text_hex(s + 3, end, ret);
	*p = s + 3 + n;
	return n > 0;
}

/* ` [module]`, maybe with a build-id behind the name (%pSb). */
static bool take_module(const char *p, const char *end, struct site_text *t)
{
	const char *close, *space;

	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	if (p == end)
		return true;
	if (*p++ != '[')
		return false;
	close = memchr(p, ']', (size_t)(end - p));
	if (!close)
		return false;
	space = memchr(p, ' ', (size_t)(close - p));
	t->module = p;
	t->module_len = (size_t)((space ? space : close) - p);
	return t->module_len > 0;
}

bool site_text_parse(const char *s, size_t len, struct site_text *ret)
{
	const char *end = s + len, *p = s;
	struct site_text t = { .name = s };

	/* No name of a symbol has these. */
	while (p < end && *p != '+' && *p != ' ' && *p != '\t' && *p != '[')
		p++;
	t.name_len = (size_t)(p - s);
	if (!t.name_len)
		return false;
	if (p < end && *p == '+') {
		if (!take_number(&p, end, '+', &t.offset))
			return false;
		t.has_offset = true;
		if (p < end && *p == '/' &&
		    (!take_number(&p, end, '/', &t.size) || !t.size))
			return false;
	}
	if (!take_module(p, end, &t))
		return false;
	*ret = t;
	return true;
}
