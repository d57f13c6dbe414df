/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/trace_names.h"

#include <stdlib.h>
#include <string.h>

#include "model/site_text.h"

void trace_names_release(struct trace_names *n)
{
	intern_release(&n->sites);
	intern_release(&n->gfps);
	intern_release(&n->comms);
	intern_release(&n->caches);
	intern_release(&n->stacks);
	intern_release(&n->others);
	free(n->other_counts);
	*n = (struct trace_names){ .pointer_bits = 0 };
}

uint32_t trace_names_site_id(struct trace_names *n, const char *s, size_t len)
{
	uint32_t id;

	if (n->sites.count <= SITE_NAMES_MAX)
		return intern_id(&n->sites, s, len);
	id = len ? intern_find(&n->sites, s, len) : 0;
	if (id != INTERN_NONE)
		return id;
	n->sites_left_out = true;
	return intern_id(&n->sites, SITE_NAMES_REST,
			 sizeof(SITE_NAMES_REST) - 1);
}

static int room_for(struct trace_names *n, size_t id)
{
	size_t capacity = n->other_capacity ? n->other_capacity : 16;
	uint64_t *grown;

	if (id < n->other_capacity)
		return 0;
	while (capacity <= id)
		capacity *= 2;
	grown = realloc(n->other_counts, capacity * sizeof(*grown));
	if (!grown)
		return -1;
	memset(grown + n->other_capacity, 0,
	       (capacity - n->other_capacity) * sizeof(*grown));
	n->other_counts = grown;
	n->other_capacity = capacity;
	return 0;
}

int trace_names_count_other(struct trace_names *n, const char *name, size_t len)
{
	uint32_t id;

	/* A hostile log may name a new event a line. */
	if (n->others.count > OTHER_NAMES_MAX)
		id = intern_id(&n->others, OTHER_NAMES_REST,
			       sizeof(OTHER_NAMES_REST) - 1);
	else
		id = intern_id(&n->others, name, len);
	if (id == INTERN_NONE || room_for(n, id))
		return -1;
	n->other_counts[id]++;
	return 0;
}

struct trace_site trace_names_site(const struct trace_names *n, uint32_t id)
{
	struct intern_text t = intern_get(&n->sites, id);

	if (!t.len)
		return (struct trace_site){ NULL, 0, 0 };
	return site_text_split(t.text, t.len, n->pointer_bits);
}

const uint32_t *trace_names_stack(const struct trace_names *n, uint32_t id,
				  size_t *ret_count)
{
	struct intern_text t = intern_get(&n->stacks, id);

	/* An arena aligns for any type. */
	*ret_count = t.len / sizeof(uint32_t);
	return (const uint32_t *)(const void *)t.text;
}
