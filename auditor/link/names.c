/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "support/grow.h"

static size_t find_slot(const struct link_names *n, const char *text,
			size_t len, uint32_t hash)
{
	size_t mask = n->capacity - 1;
	size_t i = hash & mask;

	for (;; i = (i + 1) & mask) {
		const struct link_name *x;

		if (!n->slots[i])
			return i;
		x = &n->list[n->slots[i] - 1];
		if (x->hash == hash && x->len == len &&
		    memcmp(x->text, text, len) == 0)
			return i;
	}
}

static bool enlarge(struct link_names *n)
{
	size_t capacity = n->capacity ? n->capacity * 4 : 256;
	uint32_t *slots = calloc(capacity, sizeof(*slots));

	if (!slots)
		return false;
	for (size_t id = 0; id < n->count; id++) {
		size_t i = n->list[id].hash & (capacity - 1);

		while (slots[i])
			i = (i + 1) & (capacity - 1);
		slots[i] = (uint32_t)id + 1;
	}
	free(n->slots);
	n->slots = slots;
	n->capacity = capacity;
	return true;
}

uint32_t link_names_add(struct link_names *n, const char *text, size_t len)
{
	uint32_t hash = (uint32_t)XXH3_64bits(text, len);
	size_t slot;

	if (len > UINT32_MAX || n->count >= NO_NAME - 1)
		return NO_NAME;
	if (n->count >= n->capacity / 2 && !enlarge(n))
		return NO_NAME;
	slot = find_slot(n, text, len, hash);
	if (n->slots[slot])
		return n->slots[slot] - 1;
	if (grow_room((void **)&n->list, n->count, &n->list_cap,
		      sizeof(*n->list)))
		return NO_NAME;
	n->list[n->count] = (struct link_name){ text, (uint32_t)len, hash };
	n->slots[slot] = (uint32_t)++n->count;
	return (uint32_t)n->count - 1;
}

uint32_t link_names_find(const struct link_names *n, const char *text,
			 size_t len)
{
	size_t slot;

	if (!n->capacity)
		return NO_NAME;
	slot = find_slot(n, text, len, (uint32_t)XXH3_64bits(text, len));
	return n->slots[slot] ? n->slots[slot] - 1 : NO_NAME;
}

void link_names_release(struct link_names *n)
{
	free(n->list);
	free(n->slots);
	*n = (struct link_names){ 0 };
}
