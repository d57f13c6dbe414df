/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes that grow.  A failed allocation is remembered and makes the rest of
 * the calls do nothing, so that only the end has to ask.
 */
#ifndef RENDER_BUFFER_H
#define RENDER_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
	char *at;
	size_t len, room;
	bool failed;
};

#define BUFFER_INIT                                                            \
	{                                                                      \
		NULL, 0, 0, false                                              \
	}

void buffer_add(struct buffer *b, const char *bytes, size_t len);
void buffer_str(struct buffer *b, const char *s);
void buffer_char(struct buffer *b, char c);
void buffer_printf(struct buffer *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Empty again; the memory stays. */
void buffer_clear(struct buffer *b);
void buffer_release(struct buffer *b);

#endif
