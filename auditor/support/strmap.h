/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A hash map from byte strings to 64-bit numbers.  Keys are copied into the
 * map.  Insertion order is kept nowhere; nothing is ever removed.
 */
#ifndef SUPPORT_STRMAP_H
#define SUPPORT_STRMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"

struct strmap_slot;

struct strmap {
	struct strmap_slot *slots;
	size_t count, capacity;
	struct arena keys;
};

#define STRMAP_INIT                                                            \
	{                                                                      \
		NULL, 0, 0, ARENA_INIT                                         \
	}

/* true and *ret_value where key is known. */
bool strmap_get(const struct strmap *m, const char *key, size_t len,
		uint64_t *ret_value);

/*
 * Where key is new, stores value and sets *ret_added; else leaves the old
 * value.  Returns the value's place, valid until the next strmap_put, or
 * NULL when memory is out.
 */
uint64_t *strmap_put(struct strmap *m, const char *key, size_t len,
		     uint64_t value, bool *ret_added);

void strmap_release(struct strmap *m);

#endif
