/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A map from byte strings to 64-bit numbers: a string table (intern.h) with
 * a value beside each string.  Keys are copied into the map; nothing is ever
 * removed.  All zeros is empty and ready.  Not thread-safe.
 */
#ifndef SUPPORT_STRMAP_H
#define SUPPORT_STRMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/intern.h"

struct strmap {
	struct intern keys;
	uint64_t *values; /* by id of the key */
	size_t values_capacity;
};

#define STRMAP_INIT                                                            \
	{                                                                      \
		INTERN_INIT, NULL, 0                                           \
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
