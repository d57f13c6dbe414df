/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Byte strings become small numbers: 1, 2, 3… in order of first sight; 0 is
 * "none" and its text is empty.  Made for the same few thousand strings
 * coming by the million.  Nothing is ever removed; a text's place never
 * moves.
 */
#ifndef SUPPORT_INTERN_H
#define SUPPORT_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"

/* intern_id when memory is out. */
#define INTERN_FAILED UINT32_MAX

struct intern_text {
	const char *text; /* NUL-terminated; may hold NULs within */
	uint32_t len;
};

struct intern_slot {
	uint64_t hash;
	uint32_t id; /* 0: empty */
};

struct intern {
	struct intern_slot *slots;
	size_t capacity;	      /* of slots: 0 or a power of two */
	struct intern_text *texts;    /* [0] is the empty text of id 0 */
	size_t count, texts_capacity; /* ids are 0 .. count - 1 */
	struct arena arena;
};

#define INTERN_INIT                                                            \
	{                                                                      \
		NULL, 0, NULL, 0, 0, ARENA_INIT                                \
	}

/* The id of len bytes at s, new or known; of an empty text, 0. */
uint32_t intern_id(struct intern *t, const char *s, size_t len);

/* The text of an id; of one that is not there, the empty text. */
struct intern_text intern_get(const struct intern *t, uint32_t id);

void intern_release(struct intern *t);

#endif
