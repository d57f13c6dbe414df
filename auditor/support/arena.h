/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bump allocator: many small things with one lifetime, freed at once.
 * arena_alloc returns NULL when memory is out; memory is zeroed and aligned
 * for any type.  Not thread-safe: one arena, one thread.
 */
#ifndef SUPPORT_ARENA_H
#define SUPPORT_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *head;
	size_t bytes; /* that it has taken from the system */
};

#define ARENA_INIT                                                             \
	{                                                                      \
		NULL, 0                                                        \
	}

void *arena_alloc(struct arena *a, size_t size);
/* count * size, checked for overflow. */
void *arena_calloc(struct arena *a, size_t count, size_t size);
char *arena_strdup(struct arena *a, const char *s);
/* A NUL-terminated copy of len bytes at s. */
char *arena_strndup(struct arena *a, const char *s, size_t len);
/* A copy of count elements of size bytes each, and one of zeros after them. */
void *arena_copy(struct arena *a, const void *v, size_t count, size_t size);
char *arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Frees everything; the arena may be used again. */
void arena_release(struct arena *a);

#endif
