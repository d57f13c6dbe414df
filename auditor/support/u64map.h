/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A hash map from 64-bit keys to 32-bit numbers, made for keys that come and
 * go by the million: open addressing, and deletion that leaves no tombs, so
 * that its size follows what is in it now.
 */
#ifndef SUPPORT_U64MAP_H
#define SUPPORT_U64MAP_H

#include <stddef.h>
#include <stdint.h>

/* What u64map_get says of an unknown key; not a value to be stored. */
#define U64MAP_NONE UINT32_MAX

struct u64map_slot {
	uint64_t key;
	uint32_t value; /* U64MAP_NONE: empty */
};

struct u64map {
	struct u64map_slot *slots;
	size_t count, capacity; /* capacity is 0 or a power of two */
	uint64_t seed[2];	/* made with the first slots: support/seed.h */
};

#define U64MAP_INIT                                                            \
	{                                                                      \
		NULL, 0, 0,                                                    \
		{                                                              \
			0, 0                                                   \
		}                                                              \
	}

uint32_t u64map_get(const struct u64map *m, uint64_t key);

/* Stores value under key, new or known; -1 when memory is out. */
int u64map_put(struct u64map *m, uint64_t key, uint32_t value);

/* Forgets key; returns its value, or U64MAP_NONE. */
uint32_t u64map_take(struct u64map *m, uint64_t key);

void u64map_release(struct u64map *m);

#endif
