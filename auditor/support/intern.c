/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/intern.h"

#include <stdlib.h>
#include <string.h>

/* Inlined: the call would cost as much as the hash of so short a text. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "support/grow.h"

static int enlarge(struct intern *t)
{
	size_t capacity = t->capacity ? t->capacity * 2 : 64;
	struct intern_slot *slots = calloc(capacity, sizeof(*slots));

	if (!slots)
		return -1;
	for (size_t i = 0; i < t->capacity; i++) {
		size_t at = (size_t)t->slots[i].hash & (capacity - 1);

		if (!t->slots[i].id)
			continue;
		while (slots[at].id)
			at = (at + 1) & (capacity - 1);
		slots[at] = t->slots[i];
	}
	free(t->slots);
	t->slots = slots;
	t->capacity = capacity;
	return 0;
}

static int append(struct intern *t, const char *s, size_t len)
{
	char *copy;

	if (grow_room((void **)&t->texts, t->count, &t->texts_capacity,
		      sizeof(*t->texts)))
		return -1;
	copy = arena_strndup(&t->arena, s, len);
	if (!copy)
		return -1;
	t->texts[t->count++] = (struct intern_text){ copy, (uint32_t)len };
	return 0;
}

uint32_t intern_id(struct intern *t, const char *s, size_t len)
{
	uint64_t hash;
	size_t i;

	if (!len || len > UINT32_MAX)
		return 0;
	if (t->count >= t->capacity / 2) {
		if (t->count >= INTERN_FAILED - 1 || enlarge(t) ||
		    (!t->count && append(t, "", 0)))
			return INTERN_FAILED;
	}
	hash = XXH3_64bits(s, len);
	for (i = (size_t)hash & (t->capacity - 1); t->slots[i].id;
	     i = (i + 1) & (t->capacity - 1)) {
		const struct intern_text *x = &t->texts[t->slots[i].id];

		if (t->slots[i].hash == hash && x->len == len &&
		    memcmp(x->text, s, len) == 0)
			return t->slots[i].id;
	}
	if (append(t, s, len))
		return INTERN_FAILED;
	t->slots[i] = (struct intern_slot){ hash, (uint32_t)(t->count - 1) };
	return t->slots[i].id;
}

struct intern_text intern_get(const struct intern *t, uint32_t id)
{
	if (id >= t->count)
		return (struct intern_text){ "", 0 };
	return t->texts[id];
}

void intern_release(struct intern *t)
{
	free(t->slots);
	free(t->texts);
	arena_release(&t->arena);
	*t = (struct intern)INTERN_INIT;
}
