/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/message_text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The letter of a backslash escape; 0: the character has none. */
static char escape_letter(unsigned char c)
{
	static const char from[] = "\n\t\r\"\\\a\b\f\v";
	static const char to[] = "ntr\"\\abfv";
	const char *at = c ? strchr(from, c) : NULL;

	return at ? to[at - from] : '\0';
}

/* Octal, of three digits: what follows can be a digit. */
static char *put_octal(char *to, unsigned char c)
{
	*to++ = '\\';
	*to++ = (char)('0' + (c >> 6));
	*to++ = (char)('0' + ((c >> 3) & 7));
	*to++ = (char)('0' + (c & 7));
	return to;
}

/* Bytes of the UTF-8 character at p; 0: it is none, or beyond U+10FFFF. */
static size_t utf8_len(const unsigned char *p)
{
	size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;

	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
	    (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return n;
}

char *message_text_escape(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	char *ret = malloc(4 * strlen(text) + 1), *to = ret;

	while (ret && *p) {
		char letter = escape_letter(*p);
		size_t n = *p < 0x80 ? 0 : utf8_len(p);

		if (letter) {
			*to++ = '\\';
			*to++ = letter;
		} else if (n) {
			memcpy(to, p, n);
			to += n;
			p += n - 1;
		} else if (*p < 0x20 || *p >= 0x7f) {
			to = put_octal(to, *p);
		} else {
			*to++ = (char)*p;
		}
		p++;
	}
	if (ret)
		*to = '\0';
	return ret;
}
