/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy/id_map.h"

#include <stdlib.h>

#include "support/grow.h"

int id_map_put(struct id_map *m, int64_t from, int64_t to)
{
	if (m->count >= U64MAP_NONE ||
	    grow_room((void **)&m->ids, m->count, &m->capacity,
		      sizeof(*m->ids)) ||
	    u64map_put(&m->places, (uint64_t)from, (uint32_t)m->count))
		return -1;
	m->ids[m->count++] = to;
	return 0;
}

bool id_map_get(const struct id_map *m, int64_t from, int64_t *ret)
{
	uint32_t at = u64map_get(&m->places, (uint64_t)from);

	if (at == U64MAP_NONE)
		return false;
	*ret = m->ids[at];
	return true;
}

void id_map_release(struct id_map *m)
{
	u64map_release(&m->places);
	free(m->ids);
	*m = (struct id_map){ .places = U64MAP_INIT };
}
