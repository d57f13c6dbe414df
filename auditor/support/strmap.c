/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/strmap.h"

#include <stdlib.h>

#include "support/grow.h"

bool strmap_get(const struct strmap *m, const char *key, size_t len,
		uint64_t *ret_value)
{
	uint32_t id = intern_find(&m->keys, key, len);

	if (id == INTERN_NONE)
		return false;
	*ret_value = m->values[id];
	return true;
}

uint64_t *strmap_put(struct strmap *m, const char *key, size_t len,
		     uint64_t value, bool *ret_added)
{
	size_t before = m->keys.count;
	uint32_t id;

	/* Room first: a key without a value must not stay. */
	if (grow_room((void **)&m->values, before, &m->values_capacity,
		      sizeof(*m->values)))
		return NULL;
	id = intern_add(&m->keys, key, len);
	if (id == INTERN_NONE)
		return NULL;
	*ret_added = m->keys.count > before;
	if (*ret_added)
		m->values[id] = value;
	return &m->values[id];
}

void strmap_release(struct strmap *m)
{
	intern_release(&m->keys);
	free(m->values);
	*m = (struct strmap)STRMAP_INIT;
}
