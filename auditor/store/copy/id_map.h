/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers of rows in one database, and what they are in another.  Private to
 * store/copy.
 */
#ifndef STORE_COPY_ID_MAP_H
#define STORE_COPY_ID_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/u64map.h"

struct id_map {
	struct u64map places;
	int64_t *ids;
	size_t count, capacity;
};

/* Of a number that is new; -1 when memory is out. */
int id_map_put(struct id_map *m, int64_t from, int64_t to);
bool id_map_get(const struct id_map *m, int64_t from, int64_t *ret);
void id_map_release(struct id_map *m);

#endif
