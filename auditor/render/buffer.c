/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(struct buffer *b, size_t more)
{
	size_t room = b->room ? b->room : 256;
	char *p;

	if (b->failed || more > SIZE_MAX / 2 - b->len) {
		b->failed = true;
		return false;
	}
	if (b->room - b->len >= more)
		return true;
	while (room - b->len < more)
		room *= 2;
	p = realloc(b->at, room);
	if (!p) {
		b->failed = true;
		return false;
	}
	b->at = p;
	b->room = room;
	return true;
}

void buffer_add(struct buffer *b, const char *bytes, size_t len)
{
	if (!len || !make_room(b, len))
		return;
	memcpy(b->at + b->len, bytes, len);
	b->len += len;
}

void buffer_str(struct buffer *b, const char *s)
{
	buffer_add(b, s, strlen(s));
}

void buffer_char(struct buffer *b, char c)
{
	buffer_add(b, &c, 1);
}

void buffer_printf(struct buffer *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || !make_room(b, (size_t)n + 1))
		return;
	va_start(ap, fmt);
	vsnprintf(b->at + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

void buffer_clear(struct buffer *b)
{
	b->len = 0;
}

void buffer_release(struct buffer *b)
{
	free(b->at);
	*b = (struct buffer)BUFFER_INIT;
}
