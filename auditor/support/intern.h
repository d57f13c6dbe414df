/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The string table: byte strings become small numbers, 0, 1, 2... in the
 * order of first sight, and back.  Nothing is ever removed; the text of a
 * number never moves.  struct strmap builds on it where strings lead to
 * values.  Hashes are seeded anew for each table: see support/seed.h.
 *
 * A table that is all zeros is empty and ready.  Not thread-safe.  When
 * memory is out, or there are 2^32 - 2 strings, INTERN_NONE is returned and
 * the table stays as it was.
 */
#ifndef SUPPORT_INTERN_H
#define SUPPORT_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"

#define INTERN_NONE UINT32_MAX

/* What the hash needs of random bytes (XXH3_SECRET_SIZE_MIN). */
#define INTERN_SECRET 136

struct intern_text {
	const char *text; /* may hold NULs within; NUL-terminated if copied */
	uint32_t len;
};

struct intern_slot {
	uint32_t hash;
	uint32_t id1; /* id + 1; 0: empty */
};

struct intern {
	struct intern_slot *slots;
	size_t capacity; /* of slots: 0 or a power of two */
	struct intern_text *list;
	size_t count, list_capacity; /* ids are 0 .. count - 1 */
	struct arena arena;	     /* the copies */
	unsigned char secret[INTERN_SECRET];
};

#define INTERN_INIT                                                            \
	{                                                                      \
		NULL, 0, NULL, 0, 0, ARENA_INIT,                               \
		{                                                              \
			0                                                      \
		}                                                              \
	}

/* The id of len bytes at s, given now where they are new: intern_add keeps a
 * copy, intern_borrow the caller's bytes, which must outlive the table. */
uint32_t intern_add(struct intern *t, const char *s, size_t len);
uint32_t intern_borrow(struct intern *t, const char *s, size_t len);

/* The id of len bytes at s, or INTERN_NONE. */
uint32_t intern_find(const struct intern *t, const char *s, size_t len);

/* intern_add for tables whose id 0 is "none", with an empty text. */
uint32_t intern_id(struct intern *t, const char *s, size_t len);

/* The text of an id; of one that is not there, the empty text. */
struct intern_text intern_get(const struct intern *t, uint32_t id);

/* The table may be used again. */
void intern_release(struct intern *t);

#endif
