/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A thousand objects have an arena each, and most are small: the first block
 * is, too, and the next ones double what there is. */
#define FIRST_BLOCK ((size_t)4 * 1024 - 64)
#define BLOCK_SIZE ((size_t)32 * 1024)

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) unsigned char data[];
};

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct arena_block *b = a->head;
	void *p;

	if (size > SIZE_MAX - sizeof(*b) - align)
		return NULL;
	size = (size + align - 1) & ~(align - 1);
	if (!b || b->size - b->used < size) {
		size_t usual = a->bytes < FIRST_BLOCK  ? FIRST_BLOCK
			       : a->bytes < BLOCK_SIZE ? a->bytes
						       : BLOCK_SIZE;
		size_t room = size > usual ? size : usual;

		b = calloc(1, sizeof(*b) + room);
		if (!b)
			return NULL;
		b->size = room;
		a->bytes += sizeof(*b) + room;
		/* A block made for one large thing goes after the head, so
		 * that the head's free room stays in use. */
		if (a->head && room > usual) {
			b->next = a->head->next;
			a->head->next = b;
		} else {
			b->next = a->head;
			a->head = b;
		}
	}
	p = b->data + b->used;
	b->used += size;
	return p;
}

void *arena_calloc(struct arena *a, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total))
		return NULL;
	return arena_alloc(a, total);
}

void *arena_copy(struct arena *a, const void *v, size_t count, size_t size)
{
	void *copy = count < SIZE_MAX ? arena_calloc(a, count + 1, size) : NULL;

	if (copy && count)
		memcpy(copy, v, count * size);
	return copy;
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	char *p = len < SIZE_MAX ? arena_alloc(a, len + 1) : NULL;

	if (!p)
		return NULL;
	/* An empty text may have no place. */
	if (len)
		memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *p = NULL;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	if (len >= 0)
		p = arena_alloc(a, (size_t)len + 1);
	if (p)
		vsnprintf(p, (size_t)len + 1, fmt, again);
	va_end(again);
	va_end(ap);
	return p;
}

void arena_release(struct arena *a)
{
	struct arena_block *b = a->head;

	while (b) {
		struct arena_block *next = b->next;

		free(b);
		b = next;
	}
	*a = (struct arena)ARENA_INIT;
}
