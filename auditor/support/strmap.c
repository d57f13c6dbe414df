/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/strmap.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

struct strmap_slot {
	const char *key; /* NULL: empty */
	size_t len;
	uint64_t hash;
	uint64_t value;
};

static struct strmap_slot *find(const struct strmap *m, const char *key,
				size_t len, uint64_t hash)
{
	size_t mask = m->capacity - 1;
	size_t i = (size_t)hash & mask;

	for (;; i = (i + 1) & mask) {
		struct strmap_slot *s = &m->slots[i];

		if (!s->key || (s->hash == hash && s->len == len &&
				memcmp(s->key, key, len) == 0))
			return s;
	}
}

static int enlarge(struct strmap *m)
{
	struct strmap bigger = *m;

	bigger.capacity = m->capacity ? m->capacity * 2 : 64;
	bigger.slots = calloc(bigger.capacity, sizeof(*bigger.slots));
	if (!bigger.slots)
		return -1;
	for (size_t i = 0; i < m->capacity; i++) {
		const struct strmap_slot *s = &m->slots[i];

		if (s->key)
			*find(&bigger, s->key, s->len, s->hash) = *s;
	}
	free(m->slots);
	*m = bigger;
	return 0;
}

bool strmap_get(const struct strmap *m, const char *key, size_t len,
		uint64_t *ret_value)
{
	const struct strmap_slot *s;

	if (!m->capacity)
		return false;
	s = find(m, key, len, XXH3_64bits(key, len));
	if (!s->key)
		return false;
	*ret_value = s->value;
	return true;
}

uint64_t *strmap_put(struct strmap *m, const char *key, size_t len,
		     uint64_t value, bool *ret_added)
{
	uint64_t hash = XXH3_64bits(key, len);
	struct strmap_slot *s;

	if (m->count >= m->capacity / 2 && enlarge(m))
		return NULL;
	s = find(m, key, len, hash);
	*ret_added = !s->key;
	if (!s->key) {
		char *copy = arena_strndup(&m->keys, key, len);

		if (!copy)
			return NULL;
		*s = (struct strmap_slot){ copy, len, hash, value };
		m->count++;
	}
	return &s->value;
}

void strmap_release(struct strmap *m)
{
	free(m->slots);
	arena_release(&m->keys);
	*m = (struct strmap)STRMAP_INIT;
}
