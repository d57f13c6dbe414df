/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/intern.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Inlined: the call would cost as much as the hash of so short a text. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "support/grow.h"
#include "support/seed.h"

_Static_assert(INTERN_SECRET >= XXH3_SECRET_SIZE_MIN, "XXH3 needs more");

static inline uint32_t hash_of(const struct intern *t, const char *s,
			       size_t len)
{
	return (uint32_t)XXH3_64bits_withSecret(s, len, t->secret,
						sizeof(t->secret));
}

/* The slot that has s, or the empty one where it belongs. */
static inline size_t find_slot(const struct intern *t, const char *s,
			       size_t len, uint32_t hash)
{
	size_t mask = t->capacity - 1;
	size_t i = hash & mask;

	for (; t->slots[i].id1; i = (i + 1) & mask) {
		const struct intern_text *x = &t->list[t->slots[i].id1 - 1];

		if (t->slots[i].hash == hash && x->len == len &&
		    memcmp(x->text, s, len) == 0)
			break;
	}
	return i;
}

static int enlarge(struct intern *t)
{
	size_t capacity = t->capacity ? t->capacity * 2 : 64;
	struct intern_slot *slots = calloc(capacity, sizeof(*slots));

	if (!slots)
		return -1;
	if (!t->capacity)
		seed_fill(t->secret, sizeof(t->secret));
	for (size_t i = 0; i < t->capacity; i++) {
		size_t at = t->slots[i].hash & (capacity - 1);

		if (!t->slots[i].id1)
			continue;
		while (slots[at].id1)
			at = (at + 1) & (capacity - 1);
		slots[at] = t->slots[i];
	}
	free(t->slots);
	t->slots = slots;
	t->capacity = capacity;
	return 0;
}

static inline uint32_t add(struct intern *t, const char *s, size_t len,
			   bool copy)
{
	uint32_t hash;
	size_t i;

	if (len > UINT32_MAX)
		return INTERN_NONE;
	if (t->count >= t->capacity / 2 &&
	    (t->count >= INTERN_NONE - 1 || enlarge(t)))
		return INTERN_NONE;
	hash = hash_of(t, s, len);
	i = find_slot(t, s, len, hash);
	if (t->slots[i].id1)
		return t->slots[i].id1 - 1;
	if (grow_room((void **)&t->list, t->count, &t->list_capacity,
		      sizeof(*t->list)))
		return INTERN_NONE;
	if (copy && !(s = arena_strndup(&t->arena, s, len)))
		return INTERN_NONE;
	t->list[t->count++] = (struct intern_text){ s, (uint32_t)len };
	t->slots[i] = (struct intern_slot){ hash, (uint32_t)t->count };
	return (uint32_t)t->count - 1;
}

uint32_t intern_add(struct intern *t, const char *s, size_t len)
{
	return add(t, s, len, true);
}

uint32_t intern_borrow(struct intern *t, const char *s, size_t len)
{
	return add(t, s, len, false);
}

uint32_t intern_find(const struct intern *t, const char *s, size_t len)
{
	size_t i;

	if (!t->capacity || len > UINT32_MAX)
		return INTERN_NONE;
	i = find_slot(t, s, len, hash_of(t, s, len));
	return t->slots[i].id1 ? t->slots[i].id1 - 1 : INTERN_NONE;
}

uint32_t intern_id(struct intern *t, const char *s, size_t len)
{
	if (!len || len > UINT32_MAX)
		return 0;
	if (!t->count && intern_add(t, "", 0) == INTERN_NONE)
		return INTERN_NONE;
	return add(t, s, len, true);
}

struct intern_text intern_get(const struct intern *t, uint32_t id)
{
	if (id >= t->count)
		return (struct intern_text){ "", 0 };
	return t->list[id];
}

void intern_release(struct intern *t)
{
	free(t->slots);
	free(t->list);
	arena_release(&t->arena);
	*t = (struct intern)INTERN_INIT;
}
