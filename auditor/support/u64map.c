/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/u64map.h"

#include <stdlib.h>

#include "support/seed.h"

/* Pointers share their low and their high bits, and a stranger's differ where
 * it hurts: high bits of a factor reach only high bits of the product, so the
 * first product is folded and multiplied once more. */
static size_t home(const struct u64map *m, uint64_t key)
{
	uint64_t h = (key ^ m->seed[0]) * UINT64_C(0x9e3779b97f4a7c15);

	h = (h ^ (h >> 32)) * m->seed[1];
	return (size_t)(h ^ (h >> 32)) & (m->capacity - 1);
}

static size_t find(const struct u64map *m, uint64_t key)
{
	size_t i = home(m, key);

	while (m->slots[i].value != U64MAP_NONE && m->slots[i].key != key)
		i = (i + 1) & (m->capacity - 1);
	return i;
}

uint32_t u64map_get(const struct u64map *m, uint64_t key)
{
	if (!m->capacity)
		return U64MAP_NONE;
	return m->slots[find(m, key)].value;
}

static int enlarge(struct u64map *m)
{
	struct u64map bigger = {
		.count = m->count,
		.capacity = m->capacity ? m->capacity * 2 : 64,
		.seed = { m->seed[0], m->seed[1] },
	};

	if (bigger.capacity > SIZE_MAX / sizeof(*bigger.slots))
		return -1;
	bigger.slots = malloc(bigger.capacity * sizeof(*bigger.slots));
	if (!bigger.slots)
		return -1;
	if (!m->capacity) {
		seed_fill(bigger.seed, sizeof(bigger.seed));
		bigger.seed[1] |= 1;
	}
	for (size_t i = 0; i < bigger.capacity; i++)
		bigger.slots[i] = (struct u64map_slot){ 0, U64MAP_NONE };
	for (size_t i = 0; i < m->capacity; i++) {
		if (m->slots[i].value != U64MAP_NONE)
			bigger.slots[find(&bigger, m->slots[i].key)] =
				m->slots[i];
	}
	free(m->slots);
	*m = bigger;
	return 0;
}

int u64map_put(struct u64map *m, uint64_t key, uint32_t value)
{
	size_t i;

	if (m->count >= m->capacity / 4 * 3 && enlarge(m))
		return -1;
	i = find(m, key);
	if (m->slots[i].value == U64MAP_NONE)
		m->count++;
	m->slots[i] = (struct u64map_slot){ key, value };
	return 0;
}

uint32_t u64map_take(struct u64map *m, uint64_t key)
{
	size_t mask = m->capacity - 1, hole, i;
	uint32_t value;

	if (!m->capacity)
		return U64MAP_NONE;
	hole = find(m, key);
	value = m->slots[hole].value;
	if (value == U64MAP_NONE)
		return U64MAP_NONE;
	/* Move up every later slot of the run that may be in the hole. */
	for (i = (hole + 1) & mask; m->slots[i].value != U64MAP_NONE;
	     i = (i + 1) & mask) {
		size_t want = home(m, m->slots[i].key);

		if (((i - want) & mask) >= ((i - hole) & mask)) {
			m->slots[hole] = m->slots[i];
			hole = i;
		}
	}
	m->slots[hole].value = U64MAP_NONE;
	m->count--;
	return value;
}

void u64map_release(struct u64map *m)
{
	free(m->slots);
	*m = (struct u64map)U64MAP_INIT;
}
