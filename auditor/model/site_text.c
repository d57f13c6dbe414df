/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/site_text.h"

#include <string.h>

#include "support/scan.h"

/* ---- text and address ---- */

/* Cuts ` (ADDRESS)` off the end and reads it. */
static const char *cut_address(const char *s, const char *end, uint64_t *ret)
{
	const char *open, *p;
	uint64_t v;

	if (s == end || end[-1] != ')')
		return end;
	open = memrchr(s, '(', (size_t)(end - s));
	if (!open)
		return end;
	p = scan_num(open + 1, end, &v);
	if (p == open + 1 || p != end - 1)
		return end;
	*ret = v;
	while (open > s && open[-1] == ' ')
		open--;
	return open;
}

struct trace_site site_text_split(const char *s, size_t len,
				  unsigned int pointer_bits)
{
	struct trace_site r = { NULL, 0, 0 };
	const char *end = cut_address(s, s + len, &r.addr), *p;
	uint64_t v;

	p = scan_hex(SCAN_LIT(s, end, "0x") ? s + 2 : s, end, &v);
	/* A name of hex digits, with its address after it, is a name. */
	if (p == end && p > s &&
	    !(r.addr && !SCAN_LIT(s, end, "0x") && p - s < 8)) {
		/* `%lx`, or a %pS that found no symbol: no text, only this. */
		r.addr = r.addr ? r.addr : v;
	} else if (p < end || end > s) {
		r.text = s;
		r.len = (size_t)(end - s);
	}
	/* The fields option prints an address as a signed long, and that of
	 * a 32-bit kernel is sign-extended by reading it. */
	if (pointer_bits == 32)
		r.addr &= UINT32_MAX;
	return r;
}

/* ---- the text ---- */

size_t site_text_hex(const char *s, const char *end, uint64_t *ret)
{
	const char *p = s;
	uint64_t v = 0;

	for (; p < end && scan_hex_digit(*p) < 16; p++) {
		if (v >> 60)
			return 0;
		v = v << 4 | scan_hex_digit(*p);
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

/* ` [module]`, maybe with a build-id after the name (%pSb). */
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

size_t site_text_function(const char *s, size_t len)
{
	size_t n = 0;

	/* No name of a symbol has these. */
	while (n < len && s[n] != '+' && s[n] != '/' && s[n] != ' ' &&
	       s[n] != '\t' && s[n] != '[')
		n++;
	return n;
}

size_t site_text_caller(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] != '/' && s[n] != ' ' && s[n] != '\t' &&
	       s[n] != '[')
		n++;
	return n;
}

bool site_text_parse(const char *s, size_t len, struct site_text *ret)
{
	const char *end = s + len, *p;
	struct site_text t = { .name = s };

	t.name_len = site_text_function(s, len);
	if (!t.name_len)
		return false;
	p = s + t.name_len;
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
