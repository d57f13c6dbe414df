/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/typing.h"

#include <stddef.h>
#include <string.h>

void typing_add(char text[TOP_TEXT_MAX], uint32_t c)
{
	size_t n = strlen(text);
	char bytes[4];
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	if (c < ' ' || c == 0x7f || c > 0x10ffff || n + len >= TOP_TEXT_MAX)
		return;
	for (size_t i = len - 1; i > 0; i--, c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3f));
	/* The first byte begins with as many ones as there are bytes. */
	bytes[0] = (char)(len == 1 ? c : (0xff00U >> len & 0xff) | c);
	memcpy(text + n, bytes, len);
	text[n + len] = '\0';
}

void typing_erase(char text[TOP_TEXT_MAX])
{
	size_t n = strlen(text);

	while (n && ((unsigned char)text[n - 1] & 0xc0) == 0x80)
		n--;
	text[n ? n - 1 : 0] = '\0';
}
